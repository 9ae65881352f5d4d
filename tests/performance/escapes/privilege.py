# SPDX-License-Identifier: Apache-2.0
"""Becoming more than an app: users, capabilities, namespaces, mounts, kernel code, the clock.

None is tried without a sandbox but those that change nothing. What a call is given can do no harm where it is let
through: a path that does not exist, the time that it is, no code.
"""

import ctypes
import os
import resource
import stat
import struct
import time

from escapes.registry import DeniedError, Told, attack, call, libc, reached

GROUP = "privilege"
NEW_USER, NEW_NS, NEW_NET = 0x10000000, 0x00020000, 0x40000000
SIGCHLD = 17
EINVAL, ENOENT, ENOEXEC, EBADF = 22, 2, 8, 9
PR_GET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_SET_SECUREBITS, PR_CAPBSET_READ = 39, 47, 28, 23
PR_GET_SECCOMP = 21
NOWHERE = b"/ivi-attack-nowhere"


@attack(GROUP)
def set_uid_program(_told: Told) -> str:
    """A set-user-id program of the machine."""
    for name in ("su", "sudo", "mount", "passwd", "newgrp", "pkexec", "fusermount3"):
        path = f"/usr/bin/{name}"
        if os.path.exists(path) and os.stat(path).st_mode & stat.S_ISUID:
            if libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1:
                raise DeniedError("no_new_privs is set")
            return f"{path} would run as its owner"
    raise DeniedError("there is none")


@attack(GROUP)
def become_root(_told: Told) -> str:
    """User 0."""
    call("setresuid", 0, 0, 0)
    return "user 0"


@attack(GROUP)
def root_group(_told: Told) -> str:
    """Group 0."""
    groups = (ctypes.c_uint * 1)(0)
    call("setgroups", 1, groups)
    return "group 0"


@attack(GROUP)
def capabilities(_told: Told) -> str:
    """Capabilities that were left."""
    found = [number for number in range(40) if libc.prctl(PR_CAP_AMBIENT, 1, number, 0, 0) == 1]
    bounded = [number for number in range(40) if libc.prctl(PR_CAPBSET_READ, number, 0, 0, 0) == 1]
    if found or (bounded and libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1):
        return f"{len(found)} in force, {len(bounded)} to be had"
    raise DeniedError("none")


@attack(GROUP)
def regained_capabilities(_told: Told) -> str:
    """Capabilities regained."""
    header = struct.pack("Ii", 0x20080522, 0)
    call("capset", header, struct.pack("6I", *[0xFFFFFFFF] * 6))
    return "all of them"


@attack(GROUP)
def secure_bits(_told: Told) -> str:
    """Secure bits that keep capabilities."""
    if libc.prctl(PR_SET_SECUREBITS, 1 << 4, 0, 0, 0) != 0:
        raise DeniedError("refused")
    return "set"


@attack(GROUP)
def filter_taken_off(_told: Told) -> str:
    """System calls without a filter."""
    if libc.prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 0:
        return "there is none"
    raise DeniedError("it is in force")


@attack(GROUP)
def limits_raised(_told: Told) -> str:
    """Higher limits than it was given."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard > 1024:
        return f"{hard} open files were allowed to begin with"
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft + 1, hard + 1))
    except ValueError as error:
        raise DeniedError(str(error)) from error
    return f"{hard + 1} open files"


@attack(GROUP)
def nested_user_namespace(_told: Told) -> str:
    """A user namespace of its own, by unshare."""
    call("unshare", NEW_USER)
    return "root in a namespace"


@attack(GROUP)
def nested_by_clone(_told: Told) -> str:
    """A user namespace of its own, by clone."""
    child = call("clone", NEW_USER | SIGCHLD, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "root in a namespace"


@attack(GROUP)
def nested_by_clone3(_told: Told) -> str:
    """A user namespace of its own, by clone3, whose flags no filter can see."""
    child = call("clone3", struct.pack("8Q", NEW_USER, 0, 0, 0, SIGCHLD, 0, 0, 0), 64)
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "root in a namespace"


@attack(GROUP, control=False)
def mount_namespace(_told: Told) -> str:
    """A mount namespace of its own."""
    call("unshare", NEW_NS)
    return "mounts of its own"


@attack(GROUP)
def namespaces_of_host(told: Told) -> str:
    """A host process's namespaces."""
    fd = os.open(f"/proc/{told['victim']}/ns/net", os.O_RDONLY)
    call("setns", fd, NEW_NET)
    return "the host's network"


@attack(GROUP)
def namespaces_by_process(told: Told) -> str:
    """A host process's namespaces by its handle."""
    call("setns", call("pidfd_open", told["victim"], 0), NEW_NET)
    return "the host's network"


@attack(GROUP, control=False)
def mount_tmpfs(_told: Told) -> str:
    """A mount of a new file system."""
    return reached("mount", b"none", b"/tmp", b"tmpfs", 0, 0)


@attack(GROUP, control=False)
def remount_writable(_told: Told) -> str:
    """The root remounted to be written."""
    return reached("mount", b"none", b"/", b"", 32 | 4096, 0, but=EINVAL)


@attack(GROUP, control=False)
def unmount(_told: Told) -> str:
    """A mount taken away to see what is below."""
    return reached("umount2", b"/tmp", 2, but=EINVAL)


@attack(GROUP, control=False)
def new_mount_calls(_told: Told) -> str:
    """A file system by the new mount calls."""
    return f"descriptor {call('fsopen', b'tmpfs', 0)}"


@attack(GROUP, control=False)
def cloned_mount(_told: Told) -> str:
    """A detached copy of a mount."""
    return f"descriptor {call('open_tree', -100, b'/', 1 | 0o2000000)}"


@attack(GROUP, control=False)
def moved_mount(_told: Told) -> str:
    """A mount moved."""
    return reached("move_mount", -1, b"", -1, NOWHERE, 4, but=EBADF)


@attack(GROUP, control=False)
def changed_mount(_told: Told) -> str:
    """A mount's read-only attribute cleared."""
    return reached("mount_setattr", -100, b"/", 0, struct.pack("4Q", 0, 1, 0, 0), 32, but=EINVAL)


@attack(GROUP, control=False)
def other_root(_told: Told) -> str:
    """Another root folder, by chroot."""
    return reached("chroot", b"/", but=ENOENT)


@attack(GROUP, control=False)
def swapped_root(_told: Told) -> str:
    """Another root folder, by pivot_root."""
    return reached("pivot_root", NOWHERE, NOWHERE, but=ENOENT)


@attack(GROUP)
def kernel_program(_told: Told) -> str:
    """A BPF program loaded into the kernel."""
    code = struct.pack("<BBhi", 0xB7, 0, 0, 0) + struct.pack("<BBhi", 0x95, 0, 0, 0)
    text = ctypes.create_string_buffer(code)
    license_name = ctypes.create_string_buffer(b"GPL")
    attributes = struct.pack("IIQQ", 1, 2, ctypes.addressof(text), ctypes.addressof(license_name)).ljust(120, b"\0")
    return f"descriptor {call('bpf', 5, attributes, len(attributes))}"


@attack(GROUP)
def kernel_map(_told: Told) -> str:
    """A BPF map, which is kernel memory."""
    return f"descriptor {call('bpf', 0, struct.pack('4I', 2, 4, 8, 1).ljust(120, bytes(1)), 120)}"


@attack(GROUP, control=False)
def kernel_module(_told: Told) -> str:
    """A kernel module from memory."""
    return reached("init_module", b"no module", 9, b"", but=ENOEXEC)


@attack(GROUP, control=False)
def kernel_module_file(told: Told) -> str:
    """A kernel module from a file."""
    fd = os.open(os.path.join(told["code"], "main.py"), os.O_RDONLY)
    return reached("finit_module", fd, b"", 0, but=ENOEXEC)


@attack(GROUP, control=False)
def kernel_module_removed(_told: Told) -> str:
    """A kernel module removed."""
    return reached("delete_module", b"ivi_attack_none", 0o4000, but=ENOENT)


@attack(GROUP, control=False)
def another_kernel(_told: Told) -> str:
    """Another kernel loaded."""
    return reached("kexec_load", 0, 1 << 20, 0, 0, but=EINVAL)


@attack(GROUP, control=False)
def restart(_told: Told) -> str:
    """The machine restarted."""
    return reached("reboot", 0, 0, 0, 0, but=EINVAL)


@attack(GROUP, control=False)
def disk_node(told: Told) -> str:
    """A device node for the disk."""
    path = os.path.join(told["data"], "disk").encode()
    call("mknodat", -100, path, stat.S_IFBLK | 0o600, os.makedev(8, 0))
    os.unlink(path)
    return "the node was made"


@attack(GROUP, control=False)
def clock_by_clock(_told: Told) -> str:
    """The clock set."""
    now = time.clock_gettime_ns(time.CLOCK_REALTIME)
    call("clock_settime", 0, struct.pack("qq", *divmod(now, 10**9)))
    return "set to the time that it is"


@attack(GROUP, control=False)
def clock_by_day(_told: Told) -> str:
    """The time zone of the kernel set."""
    call("settimeofday", None, struct.pack("ii", 0, 0))
    return "set"


@attack(GROUP, control=False)
def clock_speed(_told: Told) -> str:
    """The clock's speed changed."""
    call("clock_adjtime", 0, struct.pack("IxxxxqqqqixxxxqqQQ", 0x4000, 0, 0, 0, 0, 0, 0, 0, 0, 0).ljust(208, b"\0"))
    return "changed"


@attack(GROUP, control=False)
def host_name(_told: Told) -> str:
    """The machine's name changed."""
    call("sethostname", b"app", 3)
    return "changed"


@attack(GROUP, control=False)
def swap(_told: Told) -> str:
    """Swap space added."""
    return reached("swapon", NOWHERE, 0, but=ENOENT)


@attack(GROUP, control=False)
def accounting(_told: Told) -> str:
    """Process accounting into a file."""
    return reached("acct", NOWHERE, but=ENOENT)


@attack(GROUP, control=False)
def input_output_ports(_told: Told) -> str:
    """The machine's input and output ports."""
    call("iopl", 3)
    return "open"


@attack(GROUP, control=False)
def terminal_hung_up(_told: Told) -> str:
    """The terminal hung up."""
    call("vhangup")
    return "done"
