# SPDX-License-Identifier: Apache-2.0
"""The network and sockets, tried in the box of an app that may use the network: its filter is the weaker one."""

import ctypes
import os
import socket
import struct

from escapes.registry import DeniedError, Told, attack

ODD = "odd sockets"
GROUP = "network and IPC"
PATIENCE = 2.0  # seconds until an answer counts as none
NETLINK, VSOCK, ALG, PACKET, CAN, TIPC, RDS, XDP, KCM, BLUETOOTH, QIPCRTR, SMC = (
    16, 40, 38, 17, 29, 30, 21, 44, 41, 31, 42, 43,
)  # fmt: skip
STREAM, DATAGRAM, RAW, RELIABLE, SEQUENCED = 1, 2, 3, 4, 5


def _made(family: int, kind: int, protocol: int = 0) -> str:
    with socket.socket(family, kind, protocol):
        return "the socket was made"


@attack(ODD, box="net")
def netlink_routes(_told: Told) -> str:
    """Routes and interfaces, by netlink."""
    return _made(NETLINK, RAW, 0)


@attack(ODD, box="net")
def netlink_audit(_told: Told) -> str:
    """The kernel's audit, by netlink."""
    return _made(NETLINK, RAW, 9)


@attack(ODD, box="net")
def netlink_devices(_told: Told) -> str:
    """Events of devices, by netlink."""
    return _made(NETLINK, DATAGRAM, 15)


@attack(ODD, box="net")
def netlink_filter(_told: Told) -> str:
    """The packet filter of the kernel, by netlink."""
    return _made(NETLINK, RAW, 12)


@attack(ODD, box="net")
def hypervisor(_told: Told) -> str:
    """A socket to the hypervisor or another machine on the chip (vsock), which no network namespace confines."""
    return _made(VSOCK, STREAM)


@attack(ODD, box="net")
def kernel_crypto(_told: Told) -> str:
    """The kernel's cryptography."""
    return _made(ALG, SEQUENCED)


@attack(ODD, box="net")
def packets(_told: Told) -> str:
    """Packets as they are on the wire."""
    return _made(PACKET, RAW, 0x300)


@attack(ODD, box="net")
def raw_internet(_told: Told) -> str:
    """Raw internet packets."""
    return _made(socket.AF_INET, RAW, 1)


@attack(ODD, box="net")
def echo_requests(_told: Told) -> str:
    """Echo requests (ping)."""
    return _made(socket.AF_INET, DATAGRAM, 1)


@attack(ODD, box="net")
def can_bus(_told: Told) -> str:
    """The car's CAN bus."""
    return _made(CAN, RAW, 1)


@attack(ODD, box="net")
def can_transport(_told: Told) -> str:
    """Diagnostics on the CAN bus (ISO-TP)."""
    return _made(CAN, DATAGRAM, 6)


@attack(ODD, box="net")
def cluster_messages(_told: Told) -> str:
    """Cluster messages (TIPC)."""
    return _made(TIPC, SEQUENCED)


@attack(ODD, box="net")
def tipc_pair(_told: Told) -> str:
    """A pair of cluster sockets (TIPC)."""
    one, other = socket.socketpair(TIPC, DATAGRAM)
    one.close()
    other.close()
    return "the pair was made"


@attack(ODD, box="net")
def reliable_datagrams(_told: Told) -> str:
    """Reliable datagrams (RDS)."""
    return _made(RDS, SEQUENCED)


@attack(ODD, box="net")
def packet_rings(_told: Told) -> str:
    """Packet rings in memory (XDP)."""
    return _made(XDP, RAW)


@attack(ODD, box="net")
def connection_multiplexer(_told: Told) -> str:
    """The kernel's connection multiplexer."""
    return _made(KCM, DATAGRAM)


@attack(ODD, box="net")
def bluetooth(_told: Told) -> str:
    """Bluetooth, beside the car's own."""
    return _made(BLUETOOTH, RAW, 1)


@attack(ODD, box="net")
def modem_router(_told: Told) -> str:
    """The router of a modem on the chip."""
    return _made(QIPCRTR, DATAGRAM)


@attack(ODD, box="net")
def stream_control(_told: Told) -> str:
    """SCTP, which looks like TCP to a filter that sees only the kind."""
    return _made(socket.AF_INET, STREAM, 132)


@attack(ODD, box="net")
def multipath(_told: Told) -> str:
    """Multipath TCP."""
    return _made(socket.AF_INET, STREAM, 262)


@attack(ODD, box="net")
def shared_memory_tcp(_told: Told) -> str:
    """TCP over shared memory (SMC)."""
    return _made(SMC, STREAM)


@attack(GROUP, box="net")
def tcp_to_host(told: Told) -> str:
    """A TCP service of the host on its loopback."""
    with socket.create_connection(("127.0.0.1", told["tcp"]), PATIENCE) as link:
        return link.recv(16).decode()


@attack(GROUP, box="net")
def tcp6_to_host(told: Told) -> str:
    """A TCP service of the host by IPv6."""
    with socket.create_connection(("::1", told["tcp6"]), PATIENCE) as link:
        return link.recv(16).decode()


@attack(GROUP, box="net")
def tcp_to_address(told: Told) -> str:
    """A TCP service of the host at its outer address."""
    with socket.create_connection((told["outer"], told["tcp"]), PATIENCE) as link:
        return link.recv(16).decode()


@attack(GROUP, box="net")
def tcp_to_every_address(told: Told) -> str:
    """A TCP service of the host at 0.0.0.0, which some take for the machine itself."""
    with socket.create_connection(("0.0.0.0", told["tcp"]), PATIENCE) as link:
        return link.recv(16).decode()


@attack(GROUP, box="net")
def udp_to_host(told: Told) -> str:
    """A UDP service of the host."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.settimeout(PATIENCE)
        link.sendto(b"hello", ("127.0.0.1", told["udp"]))
        return link.recv(16).decode()


@attack(GROUP, box="net")
def name_lookup(told: Told) -> str:
    """A name looked up, which carries data to whoever answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.sendto(b"\0" * 12, (told["outer"], 53))
    return "the question was sent"


@attack(GROUP, box="net")
def service_to_world(_told: Told) -> str:
    """A service for whoever is near the car."""
    with socket.create_server(("0.0.0.0", 0)) as server:
        if ",".join(name for _, name in socket.if_nameindex()) == "lo":
            raise DeniedError("there is no network but its own")
        return f"port {server.getsockname()[1]}"


@attack(GROUP, box="net")
def abstract_of_host(told: Told) -> str:
    """A service of the host at an abstract address."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(PATIENCE)
        link.connect(told["abstract"])
        return link.recv(16).decode()


@attack(GROUP, box="net")
def path_of_host(told: Told) -> str:
    """A service of the host at a path."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(PATIENCE)
        link.connect(told["socket"])
        return link.recv(16).decode()


@attack(GROUP, box="net")
def system_bus(_told: Told) -> str:
    """The system's D-Bus."""
    with socket.socket(socket.AF_UNIX) as link:
        link.connect("/run/dbus/system_bus_socket")
    return "connected"


@attack(GROUP)
def message_to_host(told: Told) -> str:
    """A datagram to a socket of the host at a path."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
        link.sendto(b"hello", told["datagram"])
    return "delivered"


@attack(GROUP)
def identity_of_host(told: Told) -> str:
    """Which user and process is at the other end of its link."""
    with socket.socket(fileno=os.dup(told["link"])) as link:
        pid, uid, _ = struct.unpack("3i", link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    if (pid, uid) == (told["host_pid"], told["host_uid"]):
        return f"process {pid} of user {uid}"
    raise DeniedError(f"process {pid} of user {uid}")


@attack(GROUP, box="net")
def packet_filter_code(_told: Told) -> str:
    """Packet filter code for the kernel on its own socket."""
    one, other = socket.socketpair()
    with one, other:
        code = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0xFFFF))
        one.setsockopt(socket.SOL_SOCKET, 26, struct.pack("HxxxxxxQ", 1, ctypes.addressof(code)))
    return "attached"
