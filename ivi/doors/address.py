# SPDX-License-Identifier: Apache-2.0
"""Where a door opens, and for whom: `unix:/path` or `HOST:PORT`, then perhaps `=SCOPE` for clients without a token."""

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

from ivi.daemon.paths import MAX_SOCKET_PATH
from ivi.doors import scopes
from ivi.doors.tokens import Gate, TokenKey
from ivi.model.errors import ConfigurationError, InvalidArgumentError, UnavailableError

EVERYTHING = "read actuate provide"
_EXAMPLE = "unix:/run/ivi/kuksa.sock, 127.0.0.1:55555, or 'unix:/run/ivi/read.sock=read:Vehicle.Speed'"


@dataclass(frozen=True)
class Address:
    """One place to listen at."""

    host: str
    """Empty for a Unix socket."""
    port: int
    path: Path | None
    gate: Gate

    def __str__(self) -> str:
        """As gRPC writes it."""
        if self.path is not None:
            return f"unix:{self.path}"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def exposed(self) -> bool:
        """Whether other machines can reach it."""
        return self.path is None and not _is_loopback(self.host)


def parse(text: str, key: TokenKey | None) -> Address:
    """An address of the command line. Raises ConfigurationError.

    Without a token key everything may be done there unless a scope follows, so it must not be reachable from outside.
    With one, a client needs a token, or what the scope that follows permits.
    """
    place, given, words = text.partition("=")
    if given and not words.strip():
        raise ConfigurationError(f"{text}: the scope is empty", hint=f"e.g. {_EXAMPLE}")
    try:
        static = None if key is not None and not given else scopes.parse(words or EVERYTHING)
    except InvalidArgumentError as error:
        raise ConfigurationError(f"{text}: {error.message}", hint=error.hint) from error
    address = _place(place, Gate(key, static))
    if address.exposed and key is None:
        raise ConfigurationError(
            f"{address} can be reached from other machines", hint="give a --token-key, or listen at 127.0.0.1"
        )
    if address.exposed and static is not None:
        raise ConfigurationError(
            f"{address} would serve other machines without a token",
            hint="give a scope to loopback and Unix sockets only",
        )
    return address


def prepare(address: Address) -> None:
    """Make room for a Unix socket. Raises ConfigurationError (no folder), UnavailableError (somebody serves it)."""
    path = address.path
    if path is None:
        return
    if not path.parent.is_dir():
        raise ConfigurationError(f"{path.parent} is no folder", hint="make it, or choose another socket")
    if not path.exists():
        return
    if not path.is_socket():
        raise ConfigurationError(f"{path} is there and is no socket", hint="choose another path")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            return
        except OSError as error:
            raise ConfigurationError(
                f"{path} cannot be used: {error.strerror}", hint="choose another socket"
            ) from error
    raise UnavailableError(f"somebody serves {path} already", hint="stop that one first")


def _place(text: str, gate: Gate) -> Address:
    if text.startswith("unix:"):
        path = Path(text.removeprefix("unix:"))
        if not path.is_absolute() or len(bytes(path)) > MAX_SOCKET_PATH:
            raise ConfigurationError(f"{text} is no path of a Unix socket", hint=f"e.g. {_EXAMPLE}")
        return Address("", 0, path, gate)
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:  # noqa: PLR2004  # ports have 16 bits
        raise ConfigurationError(f"{text} is no address of a door", hint=f"e.g. {_EXAMPLE}")
    return Address(host, int(port), None, gate)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
