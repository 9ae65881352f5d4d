# SPDX-License-Identifier: Apache-2.0
"""Running code that did not come with the package: dropped programs and libraries, and memory written and run."""

import ctypes
import mmap
import os
import platform
import shutil
import sys
from pathlib import Path

from escapes.registry import DeniedError, Told, attack, call, failed, libc, program

GROUP = "running dropped code"
READ, WRITE, EXECUTE = 1, 2, 4
SHARED, PRIVATE, ANONYMOUS = 1, 2, 0x20
PAGE = mmap.PAGESIZE
READ_IMPLIES_EXEC = 0x0400000
NOTHING = {"x86_64": b"\xc3", "aarch64": b"\xc0\x03\x5f\xd6"}
"""A machine's instruction that returns."""


def _dropped(folder: str) -> str:
    """A copy of the interpreter."""
    path = os.path.join(folder, "dropped")
    shutil.copyfile(sys.executable, path)
    os.chmod(path, 0o755)
    return path


def _run_dropped(folder: str) -> str:
    path = _dropped(folder)
    try:
        return program(path, "-V")
    finally:
        os.unlink(path)


def _map(length: int, protection: int, flags: int, fd: int = -1) -> int:
    address = libc.mmap(None, length, protection, flags, fd, 0)
    if address in {None, ctypes.c_void_p(-1).value}:
        failed()
    return int(address)


def _protect(address: int, protection: int) -> None:
    if libc.mprotect(address, PAGE, protection) != 0:
        failed()


def run_at(address: int) -> str:
    """Call the bytes there, which return."""
    ctypes.CFUNCTYPE(None)(address)()
    return "bytes of our own ran"


def _code() -> bytes:
    try:
        return NOTHING[platform.machine()]
    except KeyError:
        raise DeniedError("no code for this machine") from None


@attack(GROUP)
def program_in_data(told: Told) -> str:
    """A program dropped into the data folder."""
    return _run_dropped(told["data"])


@attack(GROUP)
def program_in_tmp(told: Told) -> str:
    """A program dropped into /tmp."""
    return _run_dropped(told["tmp"])


@attack(GROUP)
def program_in_shared_memory(_told: Told) -> str:
    """A program dropped into /dev/shm."""
    return _run_dropped("/dev/shm")


@attack(GROUP)
def program_by_loader(told: Told) -> str:
    """A dropped program, started by the system's loader."""
    path = _dropped(told["data"])
    loader = next(one for one in ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1") if os.path.exists(one))
    try:
        return program(loader, path, "-V")
    finally:
        os.unlink(path)


@attack(GROUP)
def script(told: Told) -> str:
    """A script that names its interpreter."""
    path = Path(told["data"], "script")
    path.write_text(f"#!{sys.executable} -V\n")
    path.chmod(0o755)
    try:
        return program(str(path))
    finally:
        path.unlink()


@attack(GROUP)
def program_by_descriptor(told: Told) -> str:
    """A dropped program, by its descriptor."""
    path = _dropped(told["data"])
    fd = os.open(path, os.O_RDONLY)
    os.unlink(path)
    child = os.fork()
    if child == 0:
        words = (ctypes.c_char_p * 3)(b"dropped", b"-V", None)
        ctypes.CDLL(None).syscall(322 if platform.machine() == "x86_64" else 281, fd, b"", words, None, 0x1000)
        os._exit(1)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise DeniedError("it did not run")
    return "it ran"


@attack(GROUP)
def library_in_data(told: Told) -> str:
    """A library dropped into the data folder."""
    source = next(path for path in Path("/usr/lib").rglob("libm.so.6"))
    path = os.path.join(told["data"], "dropped.so")
    shutil.copyfile(source, path)
    try:
        return f"{ctypes.CDLL(path).abs(-3)} from a library of our own"
    finally:
        os.unlink(path)


@attack(GROUP)
def extension_in_data(told: Told) -> str:
    """A compiled module dropped into the data folder."""
    folder = next(one for one in sys.path if one.endswith("lib-dynload"))
    source = next(path for path in Path(folder).glob("_heapq*.so"))
    path = Path(told["data"], source.name)
    shutil.copyfile(source, path)
    sys.path.insert(0, told["data"])
    sys.modules.pop("_heapq", None)
    try:
        import _heapq  # noqa: PLC0415  # ours

        return f"loaded from {told['data']}" if _heapq.__file__ == str(path) else _nothing()
    except ImportError as error:
        raise DeniedError(str(error)) from error
    finally:
        path.unlink()


@attack(GROUP)
def program_in_memory(_told: Told) -> str:
    """A program in an anonymous file, never on a disk."""
    fd = call("memfd_create", b"dropped", 0)
    os.write(fd, Path(sys.executable).read_bytes())
    return program(f"/proc/self/fd/{fd}", "-V")


@attack(GROUP)
def code_in_memory_file(_told: Told) -> str:
    """Code in an anonymous file, mapped to be run."""
    fd = call("memfd_create", b"code", 0)
    os.write(fd, _code().ljust(PAGE, b"\0"))
    return run_at(_map(PAGE, READ | EXECUTE, PRIVATE, fd))


@attack(GROUP)
def writable_and_executable(_told: Told) -> str:
    """Memory that is writable and executable."""
    address = _map(PAGE, READ | WRITE | EXECUTE, PRIVATE | ANONYMOUS)
    ctypes.memmove(address, _code(), len(_code()))
    return run_at(address)


@attack(GROUP)
def written_then_executable(_told: Told) -> str:
    """Memory that is written and made executable then."""
    address = _map(PAGE, READ | WRITE, PRIVATE | ANONYMOUS)
    ctypes.memmove(address, _code(), len(_code()))
    _protect(address, READ | EXECUTE)
    return run_at(address)


@attack(GROUP)
def mapped_twice(told: Told) -> str:
    """A file mapped twice, once to write and once to run."""
    with Path(told["data"], "twice").open("w+b") as file:
        file.truncate(PAGE)
        written = _map(PAGE, READ | WRITE, SHARED, file.fileno())
        executed = _map(PAGE, READ | EXECUTE, SHARED, file.fileno())
        ctypes.memmove(written, _code(), len(_code()))
        return run_at(executed)


@attack(GROUP)
def library_code_rewritten(_told: Told) -> str:
    """Code of a library in this process, rewritten."""
    address = ctypes.cast(libc.abs, ctypes.c_void_p).value or 0
    _protect(address & ~(PAGE - 1), READ | WRITE)
    _protect(address & ~(PAGE - 1), READ | EXECUTE)
    return "a page of libc was writable"


@attack(GROUP)
def library_code_through_proc(_told: Told) -> str:
    """Code of a library rewritten through /proc/self/mem, which heeds no protection."""
    address = ctypes.cast(libc.abs, ctypes.c_void_p).value or 0
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(address)
        byte = memory.read(1)
        memory.seek(address)
        memory.write(byte)
    return "a byte of libc was written"


@attack(GROUP)
def readable_is_executable(_told: Told) -> str:
    """A personality in which all readable memory can be run."""
    call("personality", READ_IMPLIES_EXEC)
    address = _map(PAGE, READ | WRITE, PRIVATE | ANONYMOUS)
    ctypes.memmove(address, _code(), len(_code()))
    return run_at(address)


@attack(GROUP)
def programs_of_the_machine(_told: Told) -> str:
    """A shell or another program of the machine."""
    for path in ("/bin/sh", "/usr/bin/env", "/usr/bin/perl", "/bin/busybox"):
        if os.path.exists(path):
            return program(path, *(["-c", ":"] if path == "/bin/sh" else ["--help"]))
    raise DeniedError("there is none")


def _nothing() -> str:
    raise DeniedError("another one was loaded")
