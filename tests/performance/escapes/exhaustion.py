# SPDX-License-Identifier: Apache-2.0
"""Using up what all share. Each attack stops by itself far below what would hurt, and says if it was let through."""

import ctypes
import fcntl
import mmap
import os
import resource
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

from escapes.registry import DeniedError, Told, attack, call, failed, libc

GROUP = "exhaustion"
MIB = 1 << 20
MEMORY = 160 * MIB  # of an app with 64 MiB
TOGETHER = 256 * MIB  # of its processes together
WRITTEN = 48 * MIB  # into folders of 16 MiB
FILES = 3000  # where 1024 are allowed
CHILDREN = 48  # of an app that may have 4 processes
THREADS = 200
DESCRIPTORS = 1000
TIMERS = 2000
IN_FLIGHT = 1200  # descriptors sent and not received


@attack(GROUP)
def processes(_told: Told) -> str:
    """Processes without end."""
    made: list[int] = []
    done, wait = os.pipe()
    try:
        while len(made) < CHILDREN:
            child = os.fork()
            if child == 0:
                os.close(wait)
                select.select([done], [], [])
                os._exit(0)
            made.append(child)
    finally:
        os.close(wait)
        os.close(done)
        for child in made:
            os.kill(child, 9)
            os.waitpid(child, 0)
    return f"{len(made)} processes"


@attack(GROUP)
def threads(_told: Told) -> str:
    """Threads without end."""
    over = threading.Event()
    made = []
    try:
        for _ in range(THREADS):
            thread = threading.Thread(target=over.wait, daemon=True)
            thread.start()
            made.append(thread)
    finally:
        over.set()
    return f"{len(made)} threads"


@attack(GROUP)
def memory(_told: Told) -> str:
    """Memory of one process."""
    taken = bytearray()
    while len(taken) < MEMORY:
        taken += b"\1" * (8 * MIB)
    return f"{len(taken) // MIB} MB"


@attack(GROUP)
def mapped_memory(_told: Told) -> str:
    """Memory shared with its children, which some limits do not count."""
    with mmap.mmap(-1, MEMORY * 3) as taken:
        for at in range(0, MEMORY, mmap.PAGESIZE):
            taken[at] = 1
    return f"{MEMORY // MIB} MB"


@attack(GROUP)
def address_space(_told: Told) -> str:
    """A terabyte of address space."""
    libc.mmap.restype = ctypes.c_void_p
    address = libc.mmap(None, 1 << 40, 3, 0x22 | 0x4000, -1, 0)
    if address in {None, ctypes.c_void_p(-1).value}:
        failed()
    return f"at {address:#x}"


@attack(GROUP)
def locked_memory(_told: Told) -> str:
    """Memory that cannot be paged out."""
    call("mlockall", 1)
    return "locked"


@attack(GROUP)
def anonymous_memory_file(_told: Told) -> str:
    """Memory in an anonymous file, which belongs to no folder."""
    fd = call("memfd_create", b"large", 0)
    for _ in range(WRITTEN // MIB):
        os.write(fd, b"\1" * MIB)
    return f"{WRITTEN // MIB} MB"


def _fill(folder: str) -> str:
    made: list[Path] = []
    try:
        for number in range(WRITTEN // MIB):
            made.append(Path(folder, f"fill{number}"))
            made[-1].write_bytes(b"\1" * MIB)
    finally:
        for path in made:
            path.unlink(missing_ok=True)
    return f"{WRITTEN // MIB} MB"


@attack(GROUP)
def space_in_tmp(told: Told) -> str:
    """Bytes in /tmp."""
    return _fill(told["tmp"])


@attack(GROUP)
def space_in_data(told: Told) -> str:
    """Bytes in the data folder."""
    return _fill(told["data"])


@attack(GROUP)
def space_in_shared_memory(_told: Told) -> str:
    """Bytes in /dev/shm."""
    return _fill("/dev/shm")


def _many(folder: str) -> str:
    made: list[Path] = []
    try:
        for number in range(FILES):
            made.append(Path(folder, f"many{number}"))
            made[-1].touch()
    finally:
        for path in made:
            path.unlink(missing_ok=True)
    return f"{FILES} files"


@attack(GROUP)
def files_in_tmp(told: Told) -> str:
    """Empty files in /tmp, a kilobyte of the kernel's memory each."""
    return _many(told["tmp"])


@attack(GROUP)
def files_in_data(told: Told) -> str:
    """Empty files in the data folder."""
    return _many(told["data"])


@attack(GROUP)
def one_large_file(told: Told) -> str:
    """One file of 200 MB."""
    path = Path(told["tmp"], "large")
    try:
        with path.open("wb") as file:
            file.truncate(200 * MIB)
        return f"{path.stat().st_size // MIB} MB"
    finally:
        path.unlink(missing_ok=True)


@attack(GROUP)
def descriptors(_told: Told) -> str:
    """Open files."""
    made: list[int] = []
    try:
        while len(made) < DESCRIPTORS:
            made += [os.open("/dev/null", os.O_RDONLY)]
    finally:
        for fd in made:
            os.close(fd)
    return f"{len(made)} descriptors"


@attack(GROUP)
def pipe_buffers(_told: Told) -> str:
    """Pipes of a megabyte, which are the kernel's memory."""
    sizes = [fcntl.fcntl(os.pipe()[1], 1031, MIB) for _ in range(8)]
    return f"{sum(sizes) // MIB} MB"


def _buffer(option: int) -> str:
    one, other = socket.socketpair()
    with one, other:
        before = one.getsockopt(socket.SOL_SOCKET, option)
        one.setsockopt(socket.SOL_SOCKET, option, 4 * MIB)
        after = one.getsockopt(socket.SOL_SOCKET, option)
    if after <= before:
        raise DeniedError(f"it stayed at {after} bytes")
    return f"{after} bytes"


@attack(GROUP)
def send_buffer(_told: Told) -> str:
    """Larger send buffers of sockets, the kernel's memory too."""
    return _buffer(socket.SO_SNDBUF)


@attack(GROUP)
def receive_buffer(_told: Told) -> str:
    """Larger receive buffers."""
    return _buffer(socket.SO_RCVBUF)


@attack(GROUP)
def forced_buffer(_told: Told) -> str:
    """Send buffers beyond the machine's limit."""
    one, other = socket.socketpair()
    with one, other:
        one.setsockopt(socket.SOL_SOCKET, 32, 64 * MIB)
    return "set"


@attack(GROUP)
def sockets_in_flight(_told: Told) -> str:
    """Descriptors sent to itself and never received."""
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)
        for _ in range(IN_FLIGHT // 100):
            socket.send_fds(one, [b"x"], [0] * 100)
    return f"{IN_FLIGHT} descriptors"


@attack(GROUP)
def timers(_told: Told) -> str:
    """Timers in the kernel."""
    number = ctypes.c_int()
    for _ in range(TIMERS):
        call("timer_create", 1, None, ctypes.byref(number))
    return f"{TIMERS} timers"


@attack(GROUP)
def core_dump(_told: Told) -> str:
    """A core dump of all its memory on the host's disk."""
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError as error:
        raise DeniedError(str(error)) from error
    return "it may be as large as memory"


@attack(GROUP)
def message_queue_memory(_told: Told) -> str:
    """Memory in message queues."""
    attributes = struct.pack("4l", 0, 10, 8192, 0) + bytes(32)
    fd = call("mq_open", b"ivi-attack-large", os.O_RDWR | os.O_CREAT, 0o600, attributes)
    ctypes.CDLL(None).mq_unlink(b"/ivi-attack-large")
    return f"descriptor {fd}"


def _in_children(number: int, work: Callable[[], None]) -> None:
    """Have `number` children do the work, and never come back."""
    for _ in range(number):
        if os.fork() == 0:
            try:
                work()
            finally:
                os._exit(1)


@attack(GROUP, control=False, watched=True)
def memory_together(told: Told) -> str:
    """Memory of all its processes together."""
    each = 40 * MIB
    ready, tell = os.pipe()

    def take() -> None:
        taken = bytearray(each)
        for at in range(0, each, mmap.PAGESIZE):
            taken[at] = 1
        os.write(tell, b"x")
        time.sleep(60)

    _in_children(TOGETHER // each + 1, take)
    os.close(tell)
    had = 0
    while had * each < TOGETHER:
        if not os.read(ready, 1):
            raise DeniedError(f"{had * each // MIB} MB")
        had += 1
    # Whoever watches looks once a second.
    time.sleep(told["patience"])
    return f"{had * each // MIB} MB"


@attack(GROUP, control=False, watched=True)
def processor(told: Told) -> str:
    """All of the processor, for longer than a start takes."""

    def spin() -> None:
        while True:
            pass

    _in_children(2, spin)
    time.sleep(told["spin"])
    return f"two processes spun for {told['spin']:g} s"


@attack("lifetime", control=False, watched=True)
def outliving_child(_told: Told) -> str:
    """A child that leaves its parent and session and heeds no signal, and outlives its app."""
    if os.fork() == 0:
        os.setsid()
        for number in (1, 2, 3, 13, 15):
            libc.signal(number, 1)
        if os.fork():
            os._exit(0)
        time.sleep(120)
    return "started"
