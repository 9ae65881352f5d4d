# SPDX-License-Identifier: Apache-2.0
"""Addresses of doors: what is open to whom, and what is never opened."""

import socket
from pathlib import Path

import pytest

from ivi.doors.address import parse, prepare
from ivi.doors.scopes import UnauthenticatedError
from ivi.doors.tokens import TokenKey
from ivi.model.errors import ConfigurationError, UnavailableError


@pytest.fixture
def key(tmp_path: Path) -> TokenKey:
    """A token key that is never used to verify anything here."""
    pytest.importorskip("jwt", reason="the extras kuksa and viss are not installed")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  # an extra
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415

    file = tmp_path / "key.pem"
    public = Ed25519PrivateKey.generate().public_key()
    file.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return TokenKey(file)


@pytest.mark.parametrize("text", ["unix:/run/k.sock", "127.0.0.1:55555", "[::1]:1", "localhost:0", "127.9.9.9:1"])
def test_without_a_key_what_is_near_may_do_everything(text: str) -> None:
    permissions = parse(text, None).gate.admit("")
    assert permissions.can_read("Vehicle.Speed")
    assert "Vehicle.Speed" in permissions.provide_data


def test_a_scope_limits_an_address() -> None:
    address = parse("unix:/run/k.sock=read:Vehicle.Speed actuate:Vehicle.Cabin", None)
    assert address.path == Path("/run/k.sock")
    permissions = address.gate.admit("any token")  # nobody could verify it, so it says nothing
    assert permissions.can_read("Vehicle.Speed")
    assert "Vehicle.Speed" not in permissions.actuate


@pytest.mark.parametrize("text", ["0.0.0.0:1", "192.168.1.5:1", "[::]:1", "car.example:1"])
def test_other_machines_need_a_key(text: str) -> None:
    with pytest.raises(ConfigurationError, match="--token-key"):
        parse(text, None)


@pytest.mark.parametrize("text", ["unix:/run/k.sock", "127.0.0.1:1", "0.0.0.0:1"])
def test_with_a_key_nothing_is_permitted_without_a_token(text: str, key: TokenKey) -> None:
    with pytest.raises(UnauthenticatedError):
        parse(text, key).gate.admit("")


def test_with_a_key_a_near_address_may_have_a_scope(key: TokenKey) -> None:
    gate = parse("unix:/run/k.sock=read", key).gate
    assert gate.admit("").can_read("Vehicle.Speed")
    with pytest.raises(UnauthenticatedError):
        gate.admit("nonsense")  # a bad token is not the same as none
    with pytest.raises(ConfigurationError, match="without a token"):
        parse("0.0.0.0:1=read", key)


@pytest.mark.parametrize(
    "text",
    [
        *("", ":1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:²"),
        *("unix:", "unix:k.sock", "unix:/" + "x" * 200),
        *("127.0.0.1:1=", "127.0.0.1:1= ", "127.0.0.1:1=write"),
    ],
)
def test_refuses_what_is_no_address(text: str) -> None:
    with pytest.raises(ConfigurationError):
        parse(text, None)


def test_a_dead_socket_is_removed_and_a_living_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "k.sock"
    address = parse(f"unix:{path}", None)
    prepare(address)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        with pytest.raises(UnavailableError):
            prepare(address)
    prepare(address)
    assert not path.exists()
    path.write_text("no socket")
    with pytest.raises(ConfigurationError):
        prepare(address)
    assert path.read_text() == "no socket"
    with pytest.raises(ConfigurationError, match="no folder"):
        prepare(parse(f"unix:{tmp_path}/no/k.sock", None))
