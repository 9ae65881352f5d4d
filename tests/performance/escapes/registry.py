# SPDX-License-Identifier: Apache-2.0
"""The list of attacks. Each is a function that tries one thing: it returns what it got, or raises what stopped it."""

import ctypes
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Told = dict[str, Any]
"""What an attacker is told of its victim, so that no attack fails for want of knowledge."""


class DeniedError(Exception):
    """An attack that did not get what it wanted, though no system call failed."""


@dataclass(frozen=True)
class Attack:
    """One attempt."""

    group: str
    name: str
    run: Callable[[Told], str]
    box: str
    """`family`, `net` or `solo`: the box with the weakest filter that matters for it."""
    control: bool
    """Whether it may also be tried without any sandbox, as an ordinary user: it can do no harm then."""
    watched: bool
    """Whether the host's watch is what has to stop it, so that it gets a box and a watch of its own."""

    @property
    def key(self) -> str:
        """Its function's name."""
        return self.run.__name__


NOT_STARTED = 100  # and errno: the status of a child that could not start its program

ATTACKS: dict[str, Attack] = {}

Run = Callable[[Told], str]


def attack(group: str, *, box: str = "family", control: bool = True, watched: bool = False) -> Callable[[Run], Run]:
    """Put a function on the list; its docstring is its name in the table."""

    def add(run: Run) -> Run:
        name = (run.__doc__ or "").strip().rstrip(".")
        ATTACKS[run.__name__] = Attack(group, name, run, box, control, watched)
        return run

    return add


libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
libc.syscall.restype = ctypes.c_long

_X86_64, _AARCH64 = range(2)
NUMBERS = {
    "acct": (163, 89), "add_key": (248, 217), "adjtimex": (159, 171), "bpf": (321, 280), "capset": (126, 91),
    "chroot": (161, 51), "clock_adjtime": (305, 266), "clock_settime": (227, 112), "clone": (56, 220),
    "clone3": (435, 435), "delete_module": (176, 106), "execveat": (322, 281), "fanotify_init": (300, 262),
    "fork": (57, None), "fsopen": (430, 430), "fspick": (433, 433), "get_robust_list": (274, 100),
    "getpid": (39, 172), "init_module": (175, 105), "finit_module": (313, 273), "inotify_init1": (294, 26),
    "io_uring_setup": (425, 425), "ioperm": (173, None), "iopl": (172, None), "ioprio_set": (251, 30),
    "kcmp": (312, 272), "kexec_load": (246, 104), "keyctl": (250, 219), "linkat": (265, 37),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "mincore": (27, 232), "mknodat": (259, 33),
    "mlockall": (151, 230), "modify_ldt": (154, None), "mount": (165, 40), "mount_setattr": (442, 442),
    "move_mount": (429, 429), "move_pages": (279, 239), "mq_open": (240, 180), "msgget": (68, 186),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "open_tree": (428, 428),
    "perf_event_open": (298, 241), "personality": (135, 92), "pidfd_getfd": (438, 438), "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424), "pivot_root": (155, 41), "prlimit64": (302, 261),
    "process_madvise": (440, 440), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "ptrace": (101, 117), "quotactl": (179, 60), "reboot": (169, 142), "request_key": (249, 218),
    "rt_sigqueueinfo": (129, 138), "sched_setattr": (314, 274), "semget": (64, 190), "set_mempolicy": (238, 237),
    "setdomainname": (171, 162), "setgroups": (116, 159), "sethostname": (170, 161), "setns": (308, 268),
    "setpriority": (141, 140), "setresuid": (117, 147), "settimeofday": (164, 170), "setxattr": (188, 5),
    "shmget": (29, 194), "splice": (275, 76), "swapoff": (168, 225), "swapon": (167, 224), "symlinkat": (266, 36),
    "sysinfo": (99, 179), "syslog": (103, 116), "timer_create": (222, 107), "tkill": (200, 130),
    "umount2": (166, 39), "unshare": (272, 97), "userfaultfd": (323, 282), "vfork": (58, None),
    "vhangup": (153, 58), "vmsplice": (278, 75),
}  # fmt: skip
"""System calls by number on x86-64 and aarch64, because libc has no function for many of them."""


def call(name: str, *arguments: object) -> int:
    """A system call's answer. Raises OSError, or DeniedError where this architecture has none of that name."""
    number = NUMBERS[name][_X86_64 if platform.machine() == "x86_64" else _AARCH64]
    if number is None:
        raise DeniedError("this architecture has no such call")
    wide = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result: int = libc.syscall(ctypes.c_long(number), *wide)
    if result < 0:
        failed()
    return result


def failed() -> None:
    """Raise what errno says."""
    number = ctypes.get_errno()
    raise OSError(number, os.strerror(number))


def reached(name: str, *arguments: object, but: int = 0) -> str:
    """Whether a call got past the permission check, though what it was asked cannot be done.

    `but` is the errno that tells so. Raises OSError when it was refused.
    """
    try:
        call(name, *arguments)
    except OSError as error:
        if error.errno != but:
            raise
        return f"{name} was not refused, it failed only for what it was given"
    return f"{name} was answered"


def program(path: str, *words: str) -> str:
    """Start a program in a child. Raises DeniedError unless it ended well."""
    child = os.fork()
    if child == 0:
        try:
            os.execv(path, [path, *words])
        except OSError as error:
            os._exit(NOT_STARTED + (error.errno or 0) % 100)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        began = NOT_STARTED < status < NOT_STARTED + 27  # 127 is the loader's own
        raise DeniedError(os.strerror(status - NOT_STARTED) if began else f"it ended with status {status}")
    return f"{os.path.basename(path)} ran"
