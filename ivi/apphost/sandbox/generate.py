# SPDX-License-Identifier: Apache-2.0
"""Compiles the system call allow-lists to BPF. Build time only: `python -m ivi.apphost.sandbox.generate FOLDER`.

The bytes are shipped in `seccomp/`, so a head unit needs neither pyseccomp nor libseccomp. Four filters for each
architecture: `solo` for apps of one process (threads, but no fork), `family` for those that may fork, and both with
TCP sockets (`-net`) for apps with the net permission; without it there are Unix sockets only.
A call in ALLOWED passes, one in REFUSED answers EPERM so that an author sees a clear error, anything else answers
ENOSYS as an older kernel would, and a call of another architecture (int 0x80, x32) kills the process.
"""

import errno
import sys
import tempfile
from pathlib import Path
from typing import Any

ARCHITECTURES = ("x86_64", "aarch64", "armv7")
KINDS = ("solo", "family", "solo-net", "family-net")

ALLOWED = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range dup dup2 dup3 lseek
open openat openat2 creat stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat
getdents getdents64 getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 ftruncate
truncate fallocate fsync fdatasync fadvise64 flock umask utimensat chmod fchmod fchmodat
mmap munmap mprotect mremap madvise msync brk rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending
rt_sigsuspend rt_sigtimedwait sigaltstack pause kill tgkill exit exit_group wait4 waitid execve getpid gettid
getppid getpgrp getpgid getsid getuid geteuid getgid getegid getresuid getresgid getgroups set_tid_address
set_robust_list get_robust_list rseq futex futex_waitv membarrier sched_yield sched_getaffinity sched_getparam
sched_getscheduler sched_get_priority_max sched_get_priority_min getpriority nanosleep clock_nanosleep
clock_gettime clock_getres gettimeofday time times getitimer setitimer alarm timer_create timer_settime
timer_gettime timer_delete timer_getoverrun timerfd_create timerfd_settime timerfd_gettime eventfd eventfd2
signalfd4 epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 poll ppoll select pselect6 pipe pipe2
sendfile copy_file_range connect
getsockname getpeername getsockopt sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg shutdown
uname getrusage getrlimit prlimit64 setrlimit getrandom capget restart_syscall getcpu arch_prctl prctl
landlock_create_ruleset landlock_add_rule landlock_restrict_self
"""

ALLOWED_32 = """
mmap2 stat64 fstat64 lstat64 fstatat64 ftruncate64 truncate64 _llseek sendfile64 _newselect
ugetrlimit sigreturn sigaction sigprocmask send recv getuid32 geteuid32 getgid32 getegid32 getresuid32 getresgid32
getgroups32 arm_fadvise64_64 cacheflush set_tls clock_gettime64 clock_getres_time64 clock_nanosleep_time64 futex_time64
ppoll_time64 pselect6_time64 recvmmsg_time64 rt_sigtimedwait_time64 timer_gettime64 timer_settime64 timerfd_gettime64
timerfd_settime64 utimensat_time64 utimes
"""
"""What the names above are called where a long has 32 bits: wider files, users and times (arm's unistd.h)."""

FORKING = """
fork vfork setpgid setsid
"""
"""Passes in `family` only."""

LISTENING = """
bind listen accept accept4
"""
"""Passes in `-net` only, where ivi.sdk.boot makes the socket on which the host's proxy answers."""

REFUSED_32 = """
setuid32 setgid32 setreuid32 setregid32 setresuid32 setresgid32 setgroups32 setfsuid32 setfsgid32 chown32 fchown32
lchown32 clock_settime64 clock_adjtime64 statfs64 fstatfs64
"""

REFUSED = """
ptrace process_vm_readv process_vm_writev pidfd_open pidfd_send_signal pidfd_getfd kcmp mount umount2 pivot_root
chroot move_mount open_tree fsopen fsconfig fsmount fspick mount_setattr unshare setns add_key keyctl
request_key bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register init_module
finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff iopl ioperm acct quotactl
settimeofday clock_settime adjtimex clock_adjtime sethostname setdomainname open_by_handle_at name_to_handle_at
personality mknod mknodat syslog vhangup modify_ldt ioprio_set sched_setscheduler sched_setattr sched_setparam
sched_setaffinity setpriority setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid
capset mbind set_mempolicy migrate_pages move_pages mlock mlock2 mlockall fanotify_init memfd_secret
memfd_create chown fchown lchown fchownat setxattr lsetxattr fsetxattr shmget shmat msgget semget mq_open
symlink symlinkat link linkat execveat sysinfo inotify_init inotify_init1 inotify_add_watch
mincore statfs fstatfs
"""

# Values of Linux's own interface (linux/sched.h, bits/socket.h, asm-generic/ioctls.h).
CLONE_THREAD = 0x00010000
CLONE_NEW = 0x10000000 | 0x20000000 | 0x40000000 | 0x00020000 | 0x04000000 | 0x08000000 | 0x02000000 | 0x00000080
# AF_UNIX, AF_INET, AF_INET6: never vsock, which no network namespace confines. SOCK_STREAM is 1, SOCK_DGRAM 2. Of the
# protocols of a stream only TCP, by its default number and its own: not SCTP, MPTCP and SMC, which the kernel may load.
SOCKETS = ((1, 1, 0), (1, 2, 0))
SOCKETS_NET = tuple((family, 1, protocol) for family in (2, 10) for protocol in (0, 6))
AF_UNIX = 1
SOCKET_KIND_MASK = 0xF
IOCTLS = (0x5451, 0x5450, 0x5421, 0x541B, 0x5401, 0x5413)  # FIOCLEX FIONCLEX FIONBIO FIONREAD TCGETS TIOCGWINSZ
LOW_WORD = 0xFFFFFFFF  # the kernel looks at no more of a command

# fcntl: DUPFD GETFD SETFD GETFL SETFL GETLK SETLK SETLKW, with 64-bit offsets on 32 bits, per open file,
# DUPFD_CLOEXEC, GETPIPE_SZ. Not SETPIPE_SZ: pipes are kernel memory that no limit of the app's counts.
FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 36, 37, 38, 1030, 1032)
SETPIPE_SZ = 1031

# setsockopt, level and name: SOL_SOCKET REUSEADDR KEEPALIVE LINGER REUSEPORT PASSCRED RCVLOWAT RCVTIMEO SNDTIMEO and
# the two times with 64 bits. Not the buffer sizes, kernel memory again, and no packet filters, which are code for it.
OPTIONS = tuple((1, name) for name in (2, 9, 13, 15, 16, 18, 20, 21, 66, 67))
# IPPROTO_TCP NODELAY KEEPIDLE KEEPINTVL KEEPCNT USER_TIMEOUT, IPPROTO_IPV6 V6ONLY.
OPTIONS_NET = (*((6, name) for name in (1, 4, 5, 6, 18)), (41, 26))
BUFFER_OPTIONS = tuple((1, name) for name in (7, 8, 32, 33))  # SNDBUF RCVBUF SNDBUFFORCE RCVBUFFORCE


def compile_filter(architecture: str, kind: str) -> bytes:
    """The BPF program of one filter. Raises ImportError without pyseccomp or libseccomp."""
    # Here, because only whoever builds the filters has it.
    import pyseccomp as seccomp  # noqa: PLC0415

    program = seccomp.SyscallFilter(defaction=seccomp.ERRNO(errno.ENOSYS))
    program.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    arch = {"x86_64": seccomp.Arch.X86_64, "aarch64": seccomp.Arch.AARCH64, "armv7": seccomp.Arch.ARM}[architecture]
    if arch != seccomp.system_arch():
        program.remove_arch(seccomp.system_arch())
        program.add_arch(arch)
    allow, refuse = seccomp.ALLOW, seccomp.ERRNO(errno.EPERM)
    family, net = kind.startswith("family"), kind.endswith("-net")
    wide = architecture == "armv7"
    for action, names in (
        (allow, ALLOWED + (ALLOWED_32 if wide else "")),
        (allow if family else refuse, FORKING),
        (allow if net else refuse, LISTENING),
        (refuse, REFUSED + (REFUSED_32 if wide else "")),
    ):
        for name in names.split():
            _add(program, action, name)
    # clone3's flags lie behind a pointer that BPF cannot follow: it stays at ENOSYS and libc falls back to clone.
    if family:
        program.add_rule(allow, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_NEW, 0))
    else:
        program.add_rule(allow, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_NEW | CLONE_THREAD, CLONE_THREAD))
        program.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, 0))
    _add_argument_rules(program, net=net, wide=wide)
    with tempfile.TemporaryFile() as file:
        program.export_bpf(file)
        file.seek(0)
        return file.read()


def _add_argument_rules(program: Any, *, net: bool, wide: bool) -> None:  # noqa: ANN401  # pyseccomp ships no types
    """Calls of which only some uses pass: sockets by family, and commands by number."""
    import pyseccomp as seccomp  # noqa: PLC0415  # as above

    allow, refuse = seccomp.ALLOW, seccomp.ERRNO(errno.EPERM)
    for domain, socket_kind, protocol in (*SOCKETS, *(SOCKETS_NET if net else ())):
        program.add_rule(
            allow, "socket", seccomp.Arg(0, seccomp.EQ, domain),
            seccomp.Arg(1, seccomp.MASKED_EQ, SOCKET_KIND_MASK, socket_kind),
            seccomp.Arg(2, seccomp.MASKED_EQ, LOW_WORD, protocol),
        )  # fmt: skip
    program.add_rule(allow, "socketpair", seccomp.Arg(0, seccomp.EQ, AF_UNIX))
    for request in IOCTLS:
        program.add_rule(allow, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, LOW_WORD, request))
    for name in ("fcntl", "fcntl64") if wide else ("fcntl",):
        for command in FCNTLS:
            program.add_rule(allow, name, seccomp.Arg(1, seccomp.MASKED_EQ, LOW_WORD, command))
        program.add_rule(refuse, name, seccomp.Arg(1, seccomp.MASKED_EQ, LOW_WORD, SETPIPE_SZ))
    options = [(allow, option) for option in (*OPTIONS, *(OPTIONS_NET if net else ()))]
    for action, (level, option) in options + [(refuse, option) for option in BUFFER_OPTIONS]:
        program.add_rule(
            action, "setsockopt", seccomp.Arg(1, seccomp.MASKED_EQ, LOW_WORD, level),
            seccomp.Arg(2, seccomp.MASKED_EQ, LOW_WORD, option),
        )  # fmt: skip


def _add(program: object, action: object, name: str) -> None:
    """Add a rule; a name that this architecture or libseccomp does not know needs none: the default refuses it."""
    try:
        program.add_rule(action, name)  # type: ignore[attr-defined]  # pyseccomp ships no types
    except (OSError, ValueError, RuntimeError) as error:
        sys.stderr.write(f"no rule for {name}: {error}\n")


def main(folder: Path) -> int:
    """Write all filters into the folder."""
    for architecture in ARCHITECTURES:
        for kind in KINDS:
            data = compile_filter(architecture, kind)
            (folder / f"{kind}-{architecture}.bpf").write_bytes(data)
            sys.stdout.write(f"{kind}-{architecture}: {len(data) // 8} instructions\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("seccomp")))
