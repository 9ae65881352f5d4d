# SPDX-License-Identifier: Apache-2.0
"""Compiles an app's Python files: `python -I -S compiling.py FOLDER PREFIX`, in a process of its own with limits.

A program and not an import: the compiler reads a stranger's text, so it runs with little memory and time, and whatever
happens to it happens to this process. It runs none of the text. Standard library only.
"""

import os
import py_compile
import resource
import sys
from pathlib import Path

MEMORY = 512 << 20  # bytes
SECONDS = 60  # of processor time
FILE = 64 << 20  # bytes
CANNOT_WRITE = 3  # exit status


def limit() -> None:
    """Little of everything."""
    for what, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, FILE),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (value if hard < 0 else min(value, hard),) * 2)


def main(folder: Path, prefix: str) -> int:
    """Compile what can be compiled; a file that is no Python of this version is left as it is."""
    limit()
    # The folder's digest is checked before each start, so nothing has to be checked at each import.
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    for path in sorted(folder.rglob("*.py")):
        try:
            inside = f"{prefix}/{path.relative_to(folder)}"
            py_compile.compile(str(path), dfile=inside, doraise=True, quiet=2, invalidation_mode=mode)
        except (py_compile.PyCompileError, RecursionError, MemoryError, ValueError):
            continue
        except OSError as error:
            sys.stderr.write(f"{os.strerror(error.errno or 0)}\n")
            return CANNOT_WRITE if error.errno is None else error.errno
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
