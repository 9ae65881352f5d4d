# SPDX-License-Identifier: Apache-2.0
"""The kernel's surface: calls that no app needs and that much of what broke kernels in the past went through."""

import ctypes
import mmap
import os
import platform
import struct

from escapes.registry import DeniedError, Told, attack, call, failed, libc, reached
from escapes.running import EXECUTE, READ, WRITE, run_at

GROUP = "kernel surface"
TERMINAL = "terminal"
X32 = 0x40000000
ENOKEY = 126
TIOCSTI, TIOCLINUX = 0x5412, 0x541C


@attack(GROUP)
def io_uring(_told: Told) -> str:
    """io_uring, which does system calls that no filter sees."""
    return f"descriptor {call('io_uring_setup', 1, ctypes.create_string_buffer(120))}"


@attack(GROUP)
def key_added(_told: Told) -> str:
    """A key in the kernel's keyring."""
    return f"key {call('add_key', b'user', b'ivi-attack', b'x', 1, -2)}"


@attack(GROUP)
def key_asked_for(_told: Told) -> str:
    """A key asked for, which starts a program of root's."""
    return reached("request_key", b"user", b"ivi-attack-none", None, 0, but=ENOKEY)


@attack(GROUP)
def keyring_of_user(_told: Told) -> str:
    """The keyring that all processes of the user share."""
    return f"keyring {call('keyctl', 0, -4, 1)}"


@attack(GROUP)
def performance_counters(_told: Told) -> str:
    """Performance counters, a precise clock among them."""
    attributes = struct.pack("IIQQQQQ", 1, 64, 0, 0, 0, 0, 1 | 1 << 5 | 1 << 6).ljust(64, b"\0")
    return f"descriptor {call('perf_event_open', attributes, 0, -1, -1, 0)}"


@attack(GROUP)
def page_faults(_told: Told) -> str:
    """Page faults handled by itself, to win races in the kernel."""
    return f"descriptor {call('userfaultfd', 1)}"


@attack(GROUP)
def secret_memory(_told: Told) -> str:
    """Memory that the kernel itself cannot see."""
    return f"descriptor {call('memfd_secret', 0)}"


@attack(GROUP)
def anonymous_file(_told: Told) -> str:
    """A file in memory that no quota counts."""
    return f"descriptor {call('memfd_create', b'attack', 0)}"


@attack(GROUP)
def file_events(_told: Told) -> str:
    """Events of all files of a mount."""
    return f"descriptor {call('fanotify_init', 0, os.O_RDONLY)}"


@attack(GROUP)
def file_watches(_told: Told) -> str:
    """File watches, of which the host's user has few."""
    return f"descriptor {call('inotify_init1', 0)}"


@attack(GROUP)
def shared_memory_segment(_told: Told) -> str:
    """A System V shared memory segment."""
    number = call("shmget", 0, 4096, 0o600 | 0o1000)
    libc.shmctl(number, 0, None)  # IPC_RMID
    return f"segment {number}"


@attack(GROUP)
def system_v_messages(_told: Told) -> str:
    """A System V message queue."""
    number = call("msgget", 0, 0o600 | 0o1000)
    libc.msgctl(number, 0, None)  # IPC_RMID
    return f"queue {number}"


@attack(GROUP)
def system_v_semaphores(_told: Told) -> str:
    """A System V semaphore."""
    number = call("semget", 0, 1, 0o600 | 0o1000)
    libc.semctl(number, 0, 0)  # IPC_RMID
    return f"semaphore {number}"


@attack(GROUP)
def posix_messages(_told: Told) -> str:
    """A POSIX message queue."""
    fd = call("mq_open", b"ivi-attack", os.O_RDWR | os.O_CREAT, 0o600, None)
    ctypes.CDLL(None).mq_unlink(b"/ivi-attack")
    return f"descriptor {fd}"


@attack(GROUP)
def memory_policy(_told: Told) -> str:
    """Where memory comes from."""
    call("set_mempolicy", 0, None, 0)
    return "set"


@attack(GROUP)
def pages_into_pipe(_told: Told) -> str:
    """Pages of memory spliced into a pipe."""
    out, into = os.pipe()
    room = ctypes.create_string_buffer(b"x" * 16)
    vector = struct.pack("QQ", ctypes.addressof(room), 16)
    call("vmsplice", into, vector, 1, 0)
    return f"{len(os.read(out, 16))} bytes"


@attack(GROUP)
def file_into_pipe(told: Told) -> str:
    """Pages of a read-only file spliced into a pipe."""
    fd = os.open(os.path.join(told["code"], "main.py"), os.O_RDONLY)
    return f"{call('splice', fd, 0, os.pipe()[1], 0, 16, 0)} bytes"


@attack(GROUP)
def segment_table(_told: Told) -> str:
    """Its own segment table (x86)."""
    room = ctypes.create_string_buffer(16)
    return f"{call('modify_ldt', 0, room, 16)} bytes"


@attack(GROUP)
def no_address_randomness(_told: Told) -> str:
    """A personality without address randomisation."""
    call("personality", 0x0040000)
    return "set"


@attack(GROUP)
def second_interface(_told: Told) -> str:
    """System calls of the x32 interface."""
    if platform.machine() != "x86_64":
        raise DeniedError("this architecture has none")
    if libc.syscall(ctypes.c_long(X32 | 39)) != os.getpid():
        failed()
    return "getpid answered"


@attack(GROUP)
def thirty_two_bits(_told: Told) -> str:
    """System calls of the 32-bit interface (int 0x80)."""
    if platform.machine() != "x86_64":
        raise DeniedError("this architecture has none")
    address = libc.mmap(None, mmap.PAGESIZE, READ | WRITE, 0x22 | 0x40, -1, 0)
    if address in {None, ctypes.c_void_p(-1).value}:
        failed()
    code = b"\x53\xb8\x14\x00\x00\x00\xcd\x80\x5b\xc3"  # push rbx; mov eax, 20 (getpid); int 0x80; pop rbx; ret
    ctypes.memmove(address, code, len(code))
    if libc.mprotect(address, mmap.PAGESIZE, READ | EXECUTE) != 0:
        failed()
    run_at(address)
    return "getpid answered"


@attack(TERMINAL)
def typed_by_path(_told: Told) -> str:
    """Letters typed into the host's terminal, by its path."""
    fd = os.open("/dev/tty", os.O_RDWR)
    if libc.ioctl(fd, ctypes.c_ulong(TIOCSTI), b"\n") != 0:
        failed()
    return "typed"


@attack(TERMINAL)
def typed_into_output(_told: Told) -> str:
    """Letters typed into the terminal of its own input or output."""
    for fd in (0, 1, 2):
        if libc.ioctl(fd, ctypes.c_ulong(TIOCSTI), b"\n") == 0:
            return "typed"
    failed()
    return ""


@attack(TERMINAL)
def typed_into_new_terminal(_told: Told) -> str:
    """A terminal of its own, typed into as the kernel would."""
    host, app = os.openpty()
    os.close(host)
    return f"descriptor {app}"


@attack(TERMINAL)
def console(_told: Told) -> str:
    """The machine's console."""
    for name in ("console", "tty0", "tty1"):
        if os.access(f"/dev/{name}", os.R_OK | os.W_OK):
            return f"/dev/{name} is open"
    raise DeniedError("there is none")


@attack(TERMINAL)
def selection_of_console(_told: Told) -> str:
    """The console's selection pasted, by its ioctl."""
    if libc.ioctl(0, ctypes.c_ulong(TIOCLINUX), b"\3") != 0:
        failed()
    return "pasted"
