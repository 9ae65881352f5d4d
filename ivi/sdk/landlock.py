# SPDX-License-Identifier: Apache-2.0
"""Landlock by ctypes alone: the second layer under the namespaces, set by the process itself before the app's code.

landlock(7): the kernel is asked for its ABI and the rules shrink to what it knows. It has to be applied inside the
sandbox, since it forbids mounts. It does not cover UDP or sockets with a path name.
"""

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

# System calls of linux/landlock.h; the numbers are the same on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_VERSION = 1  # flag: answer with the ABI instead of a rule set
_RULE_PATH_BENEATH, _RULE_NET_PORT = 1, 2
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE, _READ, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_SOCK, _MAKE_FIFO, _MAKE_BLOCK, _MAKE_SYM = 1 << 6, 1 << 9, 1 << 10, 1 << 11, 1 << 12
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_FILE_RIGHTS_NOW = (1 << 16) - 1  # from ABI 5 on
_TCP = 0b11  # bind and connect, from ABI 4 on
_CONNECT_TCP = 0b10
_SCOPED = 0b11  # abstract sockets and signals stay inside, from ABI 6 on
_READ_ONLY = _EXECUTE | _READ | _READ_DIR
_NEVER_MADE = _EXECUTE | _MAKE_CHAR | _MAKE_BLOCK | _MAKE_SOCK | _MAKE_FIFO | _MAKE_SYM | _IOCTL_DEV
_ABI_TCP, _ABI_SCOPED = 4, 6

_libc = ctypes.CDLL(None, use_errno=True)


def abi() -> int:
    """The kernel's Landlock ABI; 0 where it has none or it is switched off."""
    try:
        return _call(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_VERSION)
    except OSError:
        return 0


def restrict(read_only: Iterable[str], writable: Iterable[str], connect_ports: Iterable[int] = ()) -> int:
    """Confine this process for good to these files, folders and TCP ports. Returns the ABI in force, or 0.

    Sockets that listen already go on; no new one is bound from ABI 4 on. Paths that do not exist are left out.
    Raises OSError when the kernel has Landlock but refuses the rules.
    """
    version = abi()
    if version < 1:
        return 0
    rights = _FILE_RIGHTS.get(version, _FILE_RIGHTS_NOW)
    fields = [rights]
    if version >= _ABI_TCP:
        fields.append(_TCP)
    if version >= _ABI_SCOPED:
        fields.append(_SCOPED)
    attributes = struct.pack(f"{len(fields)}Q", *fields)
    rules = _call(_CREATE_RULESET, ctypes.c_char_p(attributes), ctypes.c_size_t(len(attributes)), 0)
    try:
        for path in read_only:
            _allow(rules, path, _READ_ONLY & rights)
        for path in writable:
            _allow(rules, path, rights & ~_NEVER_MADE)
        if version >= _ABI_TCP:
            for port in connect_ports:
                rule = struct.pack("=QQ", _CONNECT_TCP, port)
                _call(_ADD_RULE, rules, _RULE_NET_PORT, ctypes.c_char_p(rule), 0)
        _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _call(_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)
    return version


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL_DEV
        _call(_ADD_RULE, rules, _RULE_PATH_BENEATH, ctypes.c_char_p(struct.pack("=Qi", rights, fd)), 0)
    finally:
        os.close(fd)


def _call(number: int, *arguments: object) -> int:
    result: int = _libc.syscall(number, *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
