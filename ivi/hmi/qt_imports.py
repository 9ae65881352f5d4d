# SPDX-License-Identifier: Apache-2.0
"""Loads PySide6 without the parts that a screen does not use; the process imports this before anything of Qt.

PySide6 6.12 does two things at its import that cost a screen more than all of its own code. It compiles the modules
that put function signatures into words from their source, each time, although only help(), a stub file and the message
of a wrong call need them: here they are loaded when somebody asks. And from then on it reads the source of every module
that is imported, to see whether that module could wish for PySide's snake_case names: nothing here does.
"""

import builtins
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, SupportsIndex

if TYPE_CHECKING:
    # The import system asks for no base class, and these cost more to load than all that is saved by one module here.
    from collections.abc import Sequence
    from importlib.abc import Loader

    from _typeshed.importlib import MetaPathFinderProtocol

_SIGNATURE = "shibokensupport.signature."
_MAPPING = _SIGNATURE + "mapping"
LATER = frozenset(
    _SIGNATURE + name
    for name in ("mapping", "errorhandler", "layout", "parser", "lib.tool", "lib.enum_sig", "lib.pyi_generator")
)
"""Modules inside PySide6's library that nobody needs before something about a signature is asked."""

_LOADER = "_ivi_loader"
"""Name in such a module of what loads it; gone once it is loaded."""


def load() -> None:
    """Import PySide6.QtCore. Without effect where that has been done already."""
    if "PySide6.QtCore" in sys.modules:
        return
    kept = sys.meta_path
    later = _Later()
    sys.meta_path = _First([later, *kept])
    try:
        import PySide6.QtCore  # noqa: F401, PLC0415  # what this module is there for
    finally:
        kept[:] = [finder for finder in sys.meta_path if finder is not later]
        sys.meta_path = kept
    # PySide6 keeps here what it has replaced; a release that replaces nothing has none.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


class _First(list["MetaPathFinderProtocol"]):
    """Finders of modules of which the first stays the first: PySide6 puts its own at the front."""

    def insert(self, place: SupportsIndex, finder: "MetaPathFinderProtocol") -> None:
        super().insert(max(1, int(place)), finder)


class _Later:
    """Finds the modules that are loaded later, by whoever else finds them."""

    def find_spec(
        self, fullname: str, path: "Sequence[str] | None", target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in LATER:
            return None
        others = (finder.find_spec(fullname, path, target) for finder in sys.meta_path if finder is not self)
        found = next((spec for spec in others if spec is not None), None)
        if found is not None and found.loader is not None:
            found.loader = _LaterLoader(fullname, found.loader)  # type: ignore[assignment]  # it needs no base class
        return found


class _LaterLoader:
    """Makes a module that loads itself when it is first asked for something."""

    def __init__(self, name: str, loader: "Loader") -> None:
        self._name = name
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _LaterModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Put in what loads the rest, and what PySide6 takes out of the dictionary without asking the module."""
        module.__dict__[_LOADER] = self
        if self._name == _MAPPING:

            def update_mapping() -> None:
                self.load(module)
                module.update_mapping()

            module.__dict__["update_mapping"] = update_mapping

    def load(self, module: ModuleType) -> None:
        """Run the module's code."""
        spec = module.__spec__
        if spec is None:
            raise ImportError(f"{self._name} has lost what it is loaded by", name=self._name)
        # PySide6 has given the module a second name meanwhile; its own loader knows the first one only.
        second, spec.name, spec.loader = spec.name, self._name, self._loader
        del module.__dict__[_LOADER]
        try:
            self._loader.exec_module(module)
        finally:
            spec.name = second


class _LaterModule(ModuleType):
    def __getattr__(self, name: str) -> object:
        loader = self.__dict__.get(_LOADER)
        if name.startswith("__") or loader is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}", name=name, obj=self)
        loader.load(self)
        return getattr(self, name)
