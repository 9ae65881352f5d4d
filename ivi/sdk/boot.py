# SPDX-License-Identifier: Apache-2.0
"""First code of an app's process: closes the last doors from inside, then runs the app.

`python -m ivi.sdk.boot LINK_FD MEMORY_MB PROCESSES ENTRY`, or `… -1 MEMORY_MB PROCESSES --probe`, which prints what
holds on this machine. Namespaces and the system call filter are in place already; limits, Landlock and the ban on
writable code memory have to be set by the process itself. Where the kernel lacks one the app still runs: the host found
that out with the probe and says so.
"""

import ctypes
import faulthandler
import importlib
import os
import resource
import sys

from ivi.sdk import landlock

EXIT_LOAD_ERROR = 78  # EX_CONFIG of sysexits.h: starting again will not help
FILE_MB = 64  # MiB that one file may grow to
OPEN_FILES = 128
THREADS = 16  # threads of an app beside the first of each process
ADDRESS_SPACE_EXTRA_MB = 256  # MiB of mapped libraries and locale files beside the app's own data

_PR_SET_MDWE, _MDWE_REFUSE_EXEC_GAIN = 65, 1  # kernel 6.3
_PR_SET_NO_NEW_PRIVS, _PR_GET_NO_NEW_PRIVS = 38, 39
_PR_GET_SECCOMP, _SECCOMP_FILTER = 21, 2

READ_ONLY = ("/usr", "/lib", "/lib64", "/runtime", "/etc/ld.so.cache", "/etc/ssl/roots.pem", "/app", "/sdk")
"""No /proc: mountinfo would show where the host keeps its files."""
WRITABLE = ("/data", "/tmp", "/dev/shm", "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")  # noqa: S108  # the sandbox's own

_libc = ctypes.CDLL(None, use_errno=True)


def confine(memory_mb: int, processes: int, connects_to: tuple[int, ...] = ()) -> dict[str, int]:
    """Set limits, Landlock and MDWE for good. Returns what took effect, by name.

    `connects_to` are the TCP ports that may be connected to in the box's own network.
    """
    mib = 1 << 20
    for what, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, FILE_MB * mib),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_RTPRIO, 0),
        (resource.RLIMIT_NICE, 0),
        # The kernel counts threads as processes, in this user namespace, where bubblewrap's own init is one more.
        (resource.RLIMIT_NPROC, processes + 1 + THREADS),
        (resource.RLIMIT_DATA, memory_mb * mib),
        (resource.RLIMIT_AS, (memory_mb + ADDRESS_SPACE_EXTRA_MB) * mib),
    ):
        resource.setrlimit(what, (value, value))
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    mdwe = _libc.prctl(_PR_SET_MDWE, _MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) == 0
    return {"landlock": landlock.restrict(READ_ONLY, WRITABLE, connects_to), "mdwe": int(mdwe)}


def probe(memory_mb: int) -> str:
    """What holds inside this sandbox, as `name=number` words."""
    found = confine(memory_mb, 1)
    found["seccomp"] = int(_libc.prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) == _SECCOMP_FILTER)
    found["no_new_privs"] = _libc.prctl(_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)
    found["process_limit"] = int(_fork_is_limited())
    return " ".join(f"{name}={value}" for name, value in found.items())


def _fork_is_limited() -> bool:
    """Whether RLIMIT_NPROC stops a fork; it does not when the host runs as root."""
    resource.setrlimit(resource.RLIMIT_NPROC, (2, 2))  # this process and bubblewrap's init
    try:
        child = os.fork()
    except OSError:
        return True
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return False


def _way_out() -> tuple[int, ...]:
    """Open the way to the car's proxy, if the host offers one, and return the port that has to stay open for it."""
    control_fd = os.environ.pop("IVI_EGRESS_FD", "")
    if not control_fd:
        return ()
    # Here, because apps without a network need not load it.
    from ivi.sdk import outlet  # noqa: PLC0415

    outlet.open_outlet(int(control_fd))
    return (outlet.PORT,)


def main(arguments: list[str]) -> int:
    """Confine this process, load the app's class and run it."""
    link_fd, memory_mb, processes, entry = int(arguments[0]), int(arguments[1]), int(arguments[2]), arguments[3]
    if entry == "--probe":
        sys.stdout.write(probe(memory_mb) + "\n")
        return 0
    # The host sends SIGABRT to an app that hangs; this prints where.
    faulthandler.enable()
    confine(memory_mb, processes, _way_out())
    module, _, name = entry.partition(":")
    try:
        app = getattr(importlib.import_module(module), name)()
    except (ImportError, AttributeError, SyntaxError) as error:
        sys.stderr.write(f"cannot load {entry}: {type(error).__name__}: {error}\n")
        return EXIT_LOAD_ERROR
    app.run(link_fd)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
