# SPDX-License-Identifier: Apache-2.0
"""Which addresses apps may be connected to."""

from ipaddress import ip_network

import pytest

from ivi.apphost.egress.addresses import Reachable, parse_networks
from ivi.model.errors import ConfigurationError


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "1.1.1.1", "192.88.98.1", "192.88.100.1", "2606:4700:4700::1111", "2a00:1450:4001:82a::200e"],
)
def test_public_addresses_may_be_reached(address: str) -> None:
    assert Reachable().refusal(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.251", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:93.184.216.34", "64:ff9b::7f00:1", "64:ff9b::5db8:d822", "64:ff9b:1::a00:1",
        "fec0::1", "feff:ffff::1", "192.88.99.1",
        "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "::7f00:1", "", "localhost", "1.2.3", "0x7f.1",
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_a_reason(address: str) -> None:
    assert Reachable().refusal(address)


def test_an_operator_may_open_a_network_and_nothing_beside_it() -> None:
    reachable = Reachable([ip_network("127.0.0.0/8"), ip_network("fd00:1::/32")])
    assert reachable.refusal("127.1.2.3") == ""
    assert reachable.refusal("fd00:1::5") == ""
    assert reachable.refusal("10.0.0.1")
    assert reachable.refusal("::ffff:127.0.0.1"), "a mapped address is not the address"
    assert reachable.refusal("fd00:2::5")


def test_networks_are_read_from_a_list() -> None:
    assert parse_networks(" 10.1.0.0/16, ::1/128 ,") == [ip_network("10.1.0.0/16"), ip_network("::1/128")]
    assert parse_networks("") == []
    with pytest.raises(ConfigurationError, match=r"'10\.1\.2\.3/8' is not a network"):
        parse_networks("10.1.2.3/8")
