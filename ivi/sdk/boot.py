# SPDX-License-Identifier: Apache-2.0
"""First code of an app's process: closes the last doors from inside, then runs the app.

`python -m ivi.sdk.boot NAME=VALUE…`, the last one `entry=MODULE:CLASS`, `entry=exec:PATH` for a program, or
`entry=--probe`, which prints what holds on this machine. Under bubblewrap namespaces and the system call filter are in
place already; limits, Landlock and the ban on writable code memory have to be set by the process itself. Under systemd,
which hands no descriptors on, the link and the filter come over a socket at standard input (`handover=NAME,…`), and the
filter is loaded here. Where the kernel lacks a layer the app still runs: the host found that out with the probe and
says so.

Until all of that holds, nothing of the app can be imported: its folder is on no search path before.
"""

import ctypes
import faulthandler
import importlib
import os
import resource
import sys

from ivi.sdk import inherited, landlock

EXIT_LOAD_ERROR = 78  # EX_CONFIG of sysexits.h: starting again will not help
FILE_MB = 64  # MiB that one file may grow to
OPEN_FILES = 128
PENDING_SIGNALS = 64  # queued signals and timers of the process
THREADS = 16  # threads of an app beside the first of each process
ADDRESS_SPACE_EXTRA_MB = 256  # MiB of mapped libraries and locale files beside the app's own data
PROXY_PORT = 3128  # on the box's own loopback: where an app with the net permission reaches the world

_PR_SET_MDWE, _MDWE_REFUSE_EXEC_GAIN = 65, 1  # kernel 6.3
_PR_SET_NO_NEW_PRIVS, _PR_GET_NO_NEW_PRIVS = 38, 39
_PR_GET_SECCOMP, _PR_SET_SECCOMP, _SECCOMP_FILTER = 21, 22, 2
_BPF_INSTRUCTION = 8  # bytes of struct sock_filter
_FILTER_MAX = 4096 * _BPF_INSTRUCTION  # bytes that the kernel takes

SDK, APP = "/sdk", "/app"  # folders of the box: what an app may import, and the one that holds its package
READ_ONLY = ("/usr", "/lib", "/lib64", "/runtime", "/etc/ld.so.cache", "/etc/ssl/roots.pem", APP, SDK)
WRITABLE = ("/data", "/tmp", "/dev/shm", "/dev/null", "/dev/zero", "/dev/urandom")  # noqa: S108  # the sandbox's own

FOREIGN = ("/proc/self/mountinfo", "/sys/class", "/home", "/root", "/etc/passwd")
"""None of these can be read in a box."""

_libc = ctypes.CDLL(None, use_errno=True)


def confine(
    memory_mb: int, processes: int, *, net: bool = False, without: frozenset[str] = frozenset()
) -> dict[str, int]:
    """Set limits, Landlock and MDWE for good, but for those in `without`. Returns what took effect, by name."""
    if "rlimits" not in without:
        _limit(memory_mb, processes)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    found = {"landlock": 0, "mdwe": 0}
    if "mdwe" not in without:
        found["mdwe"] = int(_libc.prctl(_PR_SET_MDWE, _MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) == 0)
    if "landlock" not in without:
        found["landlock"] = landlock.restrict(READ_ONLY, WRITABLE, [PROXY_PORT] if net else [])
    return found


def _limit(memory_mb: int, processes: int) -> None:
    mib = 1 << 20
    for what, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, FILE_MB * mib),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_RTPRIO, 0),
        (resource.RLIMIT_NICE, 0),
        (resource.RLIMIT_SIGPENDING, PENDING_SIGNALS),
        # The kernel counts threads as processes, in this user namespace, where bubblewrap's own init is one more.
        (resource.RLIMIT_NPROC, processes + 1 + THREADS),
        (resource.RLIMIT_DATA, memory_mb * mib),
        (resource.RLIMIT_AS, (memory_mb + ADDRESS_SPACE_EXTRA_MB) * mib),
    ):
        resource.setrlimit(what, (value, value))


class _Program(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def load_filter(fd: int) -> None:
    """Put the system call filter that this descriptor reads in force for good. Raises OSError when it is refused."""
    data = os.read(fd, _FILTER_MAX)
    os.close(fd)
    code = ctypes.create_string_buffer(data, len(data))
    program = _Program(len(data) // _BPF_INSTRUCTION, ctypes.addressof(code))
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if _libc.prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the kernel refused the system call filter")


def take_over(names: list[str]) -> dict[str, int]:
    """Descriptors that the host sends over the socket at standard input, which becomes /dev/null."""
    import socket  # noqa: PLC0415  # an app under bubblewrap starts without it

    with socket.socket(fileno=0) as handover:
        handover.settimeout(5)
        _, fds, _, _ = socket.recv_fds(handover, 1, len(names))
        handover.send(b"x")  # the kernel tells the host who sent it
    if os.open(os.devnull, os.O_RDONLY) != 0 or len(fds) != len(names):
        raise OSError(0, f"the host sent {len(fds)} of {len(names)} descriptors")
    return dict(zip(names, fds, strict=True))


def probe(memory_mb: int, without: frozenset[str]) -> str:
    """What holds inside this sandbox, as `name=number` words."""
    found = confine(memory_mb, 1, without=without)
    found["seccomp"] = int(_libc.prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) == _SECCOMP_FILTER)
    found["no_new_privs"] = _libc.prctl(_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)
    found["rlimits"] = int(resource.getrlimit(resource.RLIMIT_NOFILE)[1] == OPEN_FILES)
    found["process_limit"] = int(_fork_is_limited())
    # Nothing of the machine but what was put there: no table of mounts, no /sys, no home folders.
    found["neutral"] = int(not any(map(_readable, FOREIGN)))
    return " ".join(f"{name}={value}" for name, value in found.items())


def _readable(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


def _fork_is_limited() -> bool:
    """Whether RLIMIT_NPROC stops a fork; it does not for root."""
    resource.setrlimit(resource.RLIMIT_NPROC, (2, 2))  # this process and bubblewrap's init
    try:
        child = os.fork()
    except OSError:
        return True
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return False


def open_outlet(control_fd: int) -> None:
    """Open the way to the car's proxy, while a socket can still be bound."""
    from ivi.sdk import outlet  # noqa: PLC0415  # apps without a network need not load it

    outlet.open_outlet(control_fd, PROXY_PORT)


def let_import(package: str) -> None:
    """Let this process and those that it starts import the app's package, after everything that Python has itself."""
    sys.path += [APP, f"{APP}/{package}/vendor"]  # the second holds libraries that came in the app's package
    os.environ["PYTHONPATH"] = f"{SDK}:{APP}"


def run_program(path: str, link_fd: int) -> int:
    """Become an app that is not Python's; the number of its link is its argument. Returns only when that fails."""
    os.set_inheritable(link_fd, True)
    try:
        os.execve(path, [path, str(link_fd)], os.environ)  # noqa: S606  # the app itself, in its box
    except OSError as error:
        sys.stderr.write(f"cannot run {path}: {error.strerror}\n")
        return EXIT_LOAD_ERROR


def main(arguments: list[str]) -> int:
    """Confine this process, load the app's class and run it."""
    given = dict(word.split("=", 1) for word in arguments)
    memory_mb, processes, entry = int(given["memory"]), int(given["processes"]), given["entry"]
    without = frozenset(given.get("without", "").split(","))
    inherited.descriptors.update({name[3:]: int(fd) for name, fd in given.items() if name[:3] == "fd."})
    if "handover" in given:
        inherited.descriptors.update(take_over(given["handover"].split(",")))
    link_fd = inherited.descriptors.pop("link", int(given["link"]))
    if (filter_fd := inherited.descriptors.pop("filter", -1)) >= 0:
        load_filter(filter_fd)
    if entry == "--probe":
        sys.stdout.write(probe(memory_mb, without) + "\n")
        return 0
    # The host sends SIGABRT to an app that hangs; this prints where.
    faulthandler.enable()
    if (egress_fd := inherited.descriptors.pop("egress", -1)) >= 0:
        open_outlet(egress_fd)
    confine(memory_mb, processes, net=given.get("net") == "1", without=without)
    module, _, name = entry.partition(":")
    let_import(module.partition(".")[0])
    if module == "exec":
        return run_program(f"{APP}/exec/{name}", link_fd)
    try:
        app = getattr(importlib.import_module(module), name)()
    except (ImportError, AttributeError, SyntaxError) as error:
        sys.stderr.write(f"cannot load {entry}: {type(error).__name__}: {error}\n")
        return EXIT_LOAD_ERROR
    app.run(link_fd)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
