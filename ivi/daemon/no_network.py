# SPDX-License-Identifier: Apache-2.0
"""A process without a network: leave it for good at the start, and look from outside whether somebody has one.

On a head unit systemd does this (PrivateNetwork=, RestrictAddressFamilies=). Elsewhere the process moves itself into a
network namespace of its own, where there is no interface but the loopback; sockets that are files stay.
"""

import contextlib
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "lo"
NOWHERE = ("192.0.2.1", 9)  # an address for documentation (RFC 5737): nobody has it


@dataclass(frozen=True)
class Reach:
    """What network a process has."""

    interfaces: tuple[str, ...]
    """Names, without the loopback: it leads to nobody but who shares the namespace."""
    shared: bool
    """Whether it is in the same network namespace as who asks."""

    @property
    def none(self) -> bool:
        """Whether it cannot reach anything."""
        return not self.interfaces


def leave() -> str:
    """Leave the network, before any thread is started; what was done, in words. Raises OSError when the kernel refuses.

    Sockets that are open keep their network, so there must be none but those that are files.
    """
    if reach().none:
        return "there was none"
    try:
        os.unshare(os.CLONE_NEWNET)
    except PermissionError:
        _leave_as_user()
        return "a network namespace of its own, by a user namespace"
    return "a network namespace of its own"


def _leave_as_user() -> None:
    """Without the right to a network namespace a user namespace gives it; users and groups stay what they are."""
    user, group = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    # One user and one group may be mapped without rights, the group only by who gives up changing groups.
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def reach(pid: int | str = "self") -> Reach:
    """The network of a process. Raises OSError when it has ended or may not be looked at."""
    lines = Path(f"/proc/{pid}/net/dev").read_text(encoding="ascii").splitlines()[2:]
    found = tuple(name for line in lines if (name := line.partition(":")[0].strip()) != LOOPBACK)
    return Reach(found, _namespace(pid) == _namespace("self"))


def family(pid: int) -> list[int]:
    """A process and everything that it has started, as far as it lives."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
    return found


def main() -> int:
    """`python -m ivi.daemon.no_network`: leave the network and try to reach something; 0 when nothing is reached."""
    try:
        leave()
        left = reach()
    except OSError as error:
        print(error.strerror or error)
        return 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(NOWHERE)  # sends nothing; with any route it would succeed
        except OSError:
            pass
        else:
            print("a route was found")
            return 1
    print(", ".join(left.interfaces))
    return 0 if left.none else 1


def _namespace(pid: int | str) -> str:
    return str(Path(f"/proc/{pid}/ns/net").readlink())


if __name__ == "__main__":
    sys.exit(main())
