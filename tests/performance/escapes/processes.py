# SPDX-License-Identifier: Apache-2.0
"""Other processes: signals, memory, descriptors and priority of a process of the host, whose number is known."""

import ctypes
import fcntl
import os
import signal
import socket
import struct

from escapes.registry import Told, attack, call

GROUP = "other processes"
LIFETIME = "lifetime"
SCHEDULING = "scheduling"
PTRACE_TRACEME, PTRACE_SEIZE = 0, 0x4206
KCMP_VM = 1
SI_QUEUE = -1
MADV_COLD = 20
RLIMIT_NOFILE = 7
DEADLINE = 6
IO_REALTIME = 1 << 13


class _Vector(ctypes.Structure):
    """struct iovec."""

    _fields_ = (("start", ctypes.c_void_p), ("length", ctypes.c_size_t))


@attack(GROUP)
def signal_to_host(told: Told) -> str:
    """A signal to a host process."""
    os.kill(told["victim"], signal.SIGWINCH)  # which nobody minds
    return "delivered"


@attack(GROUP)
def signal_to_thread(told: Told) -> str:
    """A signal to a thread of a host process."""
    call("tkill", told["victim"], signal.SIGWINCH)
    return "delivered"


@attack(GROUP)
def queued_signal(told: Told) -> str:
    """A queued signal with a value."""
    call(
        "rt_sigqueueinfo",
        told["victim"],
        signal.SIGWINCH,
        struct.pack("iii", signal.SIGWINCH, 0, SI_QUEUE).ljust(128, b"\0"),
    )
    return "delivered"


@attack(GROUP)
def handle_of_host(told: Told) -> str:
    """A handle of a host process."""
    return f"descriptor {call('pidfd_open', told['victim'], 0)}"


@attack(GROUP)
def signal_by_handle(told: Told) -> str:
    """A signal by its handle."""
    call("pidfd_send_signal", call("pidfd_open", told["victim"], 0), signal.SIGWINCH, None, 0)
    return "delivered"


@attack(GROUP)
def signal_by_descriptor(told: Told) -> str:
    """A signal that the kernel sends when a descriptor is ready."""
    one, other = socket.socketpair()
    with one, other:
        fcntl.fcntl(one, fcntl.F_SETOWN, told["victim"])
        fcntl.fcntl(one, 10, signal.SIGWINCH)  # F_SETSIG
        fcntl.fcntl(one, fcntl.F_SETFL, fcntl.fcntl(one, fcntl.F_GETFL) | os.O_ASYNC)
        other.send(b"x")
    return "asked for"


@attack(GROUP)
def descriptor_of_host(told: Told) -> str:
    """A copy of a descriptor of a host process."""
    return f"descriptor {call('pidfd_getfd', call('pidfd_open', told['victim'], 0), 1, 0)}"


@attack(GROUP)
def memory_read(told: Told) -> str:
    """Memory of a host process, read."""
    room = ctypes.create_string_buffer(16)
    mine, theirs = _Vector(ctypes.addressof(room), 16), _Vector(told["address"], 16)
    call("process_vm_readv", told["victim"], ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)
    return room.value.decode(errors="replace")


@attack(GROUP)
def memory_written(told: Told) -> str:
    """Memory of a host process, written."""
    text = ctypes.create_string_buffer(told["secret_text"].encode()[:4], 4)
    mine, theirs = _Vector(ctypes.addressof(text), 4), _Vector(told["address"], 4)
    call("process_vm_writev", told["victim"], ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)
    return "written"


@attack(GROUP)
def traced(told: Told) -> str:
    """A host process, traced."""
    call("ptrace", PTRACE_SEIZE, told["victim"], 0, 0)
    return "traced"


@attack(GROUP)
def child_traced(_told: Told) -> str:
    """A child of its own, traced, to change its system calls."""
    call("ptrace", PTRACE_TRACEME, 0, 0, 0)
    return "traced"


@attack(GROUP)
def compared(told: Told) -> str:
    """Kernel objects of a host process, compared with its own."""
    return f"order {call('kcmp', os.getpid(), told['victim'], KCMP_VM, 0, 0)}"


@attack(GROUP)
def limits_of_host(told: Told) -> str:
    """Limits of a host process."""
    room = ctypes.create_string_buffer(16)
    call("prlimit64", told["victim"], RLIMIT_NOFILE, None, room)
    return f"{struct.unpack('QQ', room)[1]} open files"


@attack(GROUP)
def robust_list(told: Told) -> str:
    """An address in a host process."""
    head, length = ctypes.c_ulong(), ctypes.c_ulong()
    call("get_robust_list", told["victim"], ctypes.byref(head), ctypes.byref(length))
    return f"{head.value:#x}"


@attack(GROUP)
def pages_moved(told: Told) -> str:
    """Pages of a host process, moved."""
    call("move_pages", told["victim"], 0, None, None, None, 0)
    return "allowed"


@attack(GROUP)
def memory_made_cold(told: Told) -> str:
    """Memory of a host process, pushed out."""
    vector = _Vector(told["address"] & ~0xFFF, 4096)
    call("process_madvise", call("pidfd_open", told["victim"], 0), ctypes.byref(vector), 1, MADV_COLD, 0)
    return "pushed out"


@attack(GROUP)
def affinity_of_host(told: Told) -> str:
    """On which cores a host process runs."""
    os.sched_setaffinity(told["victim"], os.sched_getaffinity(told["victim"]))
    return "set"


@attack(GROUP)
def priority_of_host(told: Told) -> str:
    """A host process's priority."""
    os.setpriority(os.PRIO_PROCESS, told["victim"], 1)
    return "lowered"


@attack(GROUP, box="solo")
def fork_where_one_is_allowed(_told: Told) -> str:
    """A second process of an app that may have one, by fork."""
    child = call("fork")
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "forked"


@attack(GROUP, box="solo")
def vfork_where_one_is_allowed(_told: Told) -> str:
    """A second process of an app that may have one, by vfork."""
    child = os.posix_spawn("/proc/self/exe", ["none", "-V"], {})
    os.waitpid(child, 0)
    return "spawned"


@attack(GROUP, box="solo")
def clone_where_one_is_allowed(_told: Told) -> str:
    """A second process of an app that may have one, by clone."""
    child = call("clone", signal.SIGCHLD, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "cloned"


@attack(LIFETIME, box="solo")
def session_of_its_own(_told: Told) -> str:
    """A session of its own, in an app of one process."""
    os.setsid()
    return f"session {os.getsid(0)}"


@attack(SCHEDULING)
def real_time(_told: Told) -> str:
    """Real-time priority."""
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    return "in force"


@attack(SCHEDULING)
def deadline_time(_told: Told) -> str:
    """A reserved share of the processor."""
    call("sched_setattr", 0, struct.pack("IIQiIQQQ", 48, DEADLINE, 0, 0, 0, 10**7, 10**8, 10**8), 0)
    return "in force"


@attack(SCHEDULING)
def negative_nice(_told: Told) -> str:
    """A better priority than others."""
    os.setpriority(os.PRIO_PROCESS, 0, -5)
    return "in force"


@attack(SCHEDULING)
def disk_priority(_told: Told) -> str:
    """Real-time priority on the disk."""
    call("ioprio_set", 1, 0, IO_REALTIME)
    return "in force"
