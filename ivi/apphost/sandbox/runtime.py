# SPDX-License-Identifier: Apache-2.0
"""What an app sees of the machine: this interpreter, libc and the SDK, read-only and under neutral paths.

Wherever Python lives here (the distribution, pyenv, a build of its own), inside it is /usr or /runtime/python, and only
its program, standard library and shared library are there: no other packages, no folder names of the host.
"""

import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from ivi.apphost.sandbox.staging import staged_sdk
from ivi.daemon.paths import state_dir

NEUTRAL = "/runtime/python"


@dataclass(frozen=True)
class Runtime:
    """Arguments for bubblewrap, the interpreter's path inside, and the environment it needs."""

    arguments: list[str]
    python: str
    environment: dict[str, str]

    @property
    def sources(self) -> list[str]:
        """Files and folders of this machine that are mounted."""
        return [self.arguments[number + 1] for number, word in enumerate(self.arguments) if word == "--ro-bind"]


def runtime() -> Runtime:
    """Describe the running interpreter and the SDK of this installation.

    Raises ConfigurationError when the SDK cannot be put in place.
    """
    arguments = [*_libraries(), "--ro-bind", str(staged_sdk(state_dir() / "apps")), "/sdk"]
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    stdlib = Path(sysconfig.get_path("stdlib"))
    # In a virtual environment sys.executable is the environment's; the program below it is what runs.
    program = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    if stdlib.is_relative_to("/usr/lib") or stdlib.is_relative_to("/usr/lib64"):
        inside, library = f"/usr/bin/{version}", str(stdlib)
        if not any(stdlib.is_relative_to(place) for place in _shown(arguments)):
            arguments += ["--ro-bind", library, library]
        environment = {}
    else:
        inside, library = f"{NEUTRAL}/bin/{version}", f"{NEUTRAL}/{sys.platlibdir}/{version}"
        arguments += ["--ro-bind", str(stdlib), library]
        folder = Path(sys.base_prefix) / "lib"
        for shared in sorted(folder.glob(f"lib{version}*.so.*")):
            arguments += ["--ro-bind", str(shared), f"{NEUTRAL}/lib/{shared.name}"]
        # The program's own search path for libpython names a folder of the host.
        environment = {"LD_LIBRARY_PATH": f"{NEUTRAL}/lib"}
    arguments += ["--ro-bind", str(program), inside]
    shown = _shown(arguments)
    for packages in (f"{library}/site-packages", f"{library}/dist-packages", "/usr/lib/python3/dist-packages"):
        if any(Path(packages).is_relative_to(place) for place in shown) and _exists_inside(packages, library, stdlib):
            arguments += ["--tmpfs", packages, "--remount-ro", packages]
    return Runtime(arguments, inside, environment)


def _shown(arguments: list[str]) -> list[str]:
    """Paths inside where something of this machine is."""
    return [arguments[number + 2] for number, word in enumerate(arguments) if word == "--ro-bind"]


def _exists_inside(path: str, library: str, stdlib: Path) -> bool:
    """Whether a path of the sandbox exists, seen from outside."""
    return Path(path.replace(library, str(stdlib), 1)).is_dir()


def _libraries() -> list[str]:
    """The C library and its loader: the folder of this architecture where the distribution has one, else all of lib."""
    arguments: list[str] = []
    own = f"/usr/lib/{sysconfig.get_config_var('MULTIARCH') or '-'}"
    libraries = own if Path(own).is_dir() else "/usr/lib"
    for name in (libraries, "/usr/lib64", "/usr/share/zoneinfo", "/etc/ld.so.cache"):
        if Path(name).exists():
            arguments += ["--ro-bind", name, name]
    for name in ("/lib", "/lib64"):
        folder = Path(name)
        if folder.is_symlink():
            arguments += ["--symlink", str(folder.readlink()), name]
        elif folder.is_dir():
            arguments += ["--ro-bind", name, name]
    return arguments
