# SPDX-License-Identifier: Apache-2.0
"""Which addresses apps may be connected to: the public Internet, and nothing of the car, its neighbours or its phone.

A host name in a manifest is a promise of a partner; what its DNS answers is not. So the address is checked, and the
checked address is what gets connected.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from ivi.model.errors import ConfigurationError

type Network = IPv4Network | IPv6Network

# `ipaddress` calls these or some of them global, though they lead to whatever is nearby.
_NOT_PUBLIC: tuple[Network, ...] = (
    IPv4Network("192.0.0.0/24"),  # IETF protocol assignments, RFC 6890; all but a few are global before Python 3.12.4
    IPv4Network("192.88.99.0/24"),  # whichever relay of 6to4 is nearest, RFC 7526
    IPv6Network("fec0::/10"),  # site-local, RFC 3879: no longer assigned, but still in use within networks
)
# `ipaddress` calls these global, though an IPv4 address that is not can stand behind them.
_CARRIES_IPV4 = (
    IPv6Network("64:ff9b::/96"),  # NAT64, RFC 6052
    IPv6Network("64:ff9b:1::/48"),  # NAT64 of an operator's own, RFC 8215
    IPv6Network("2002::/16"),  # 6to4, RFC 3056
    IPv6Network("2001::/32"),  # Teredo, RFC 4380
    IPv6Network("::/96"),  # IPv4-compatible, RFC 4291
    IPv6Network("::ffff:0:0/96"),  # IPv4-mapped, RFC 4291
)


class Reachable:
    """Decides about addresses. `allowed` are networks that may be reached although they are not public."""

    def __init__(self, allowed: Iterable[Network] = ()) -> None:
        self.allowed = tuple(allowed)

    def refusal(self, text: str) -> str:
        """Why an address may not be connected to, e.g. "it is in a private network"; empty when it may."""
        try:
            # A scope (fe80::1%eth0) makes it local whatever else it says.
            address = ip_address(text)
        except ValueError:
            return "it is not an address"
        if any(address in network for network in self.allowed if network.version == address.version):
            return ""
        if isinstance(address, IPv6Address) and (
            address.scope_id is not None or any(address in network for network in _CARRIES_IPV4)
        ):
            return "it is an IPv6 address of special use"
        return "" if _is_public(address) else _kind(address)


def parse_networks(text: str) -> list[Network]:
    """Networks from a comma-separated list. Raises ConfigurationError that names the wrong one."""
    found: list[Network] = []
    for word in filter(None, (part.strip() for part in text.split(","))):
        try:
            found.append(ip_network(word))
        except ValueError as error:
            raise ConfigurationError(f"{word!r} is not a network: {error}", hint="write it like 10.1.0.0/16") from error
    return found


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if any(address in network for network in _NOT_PUBLIC if network.version == address.version):
        return False
    # is_global is false for private, loopback, link-local and shared (CGNAT, RFC 6598) ones, but true of multicast.
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _kind(address: IPv4Address | IPv6Address) -> str:
    if address.is_loopback:
        return "it is the car itself (loopback)"
    if address.is_link_local:
        return "it is a neighbour in the car's network (link-local)"
    if address.is_private:
        return "it is in a private network"
    return "it is not a public address"
