# SPDX-License-Identifier: Apache-2.0
"""Finds an app's folder and imports it under the name that its manifest gives it, as the box does."""

import importlib
import importlib.util
import inspect
import sys
from pathlib import Path
from types import ModuleType

from ivi.model.app_package import is_taken, package_of
from ivi.model.errors import ConfigurationError
from ivi.sdk.app import App
from ivi.sdk.harness.manifest import Grants

MANIFEST = "manifest.toml"


def folder_above(place: Path) -> Path | None:
    """The nearest folder with a manifest, from a file or folder upwards."""
    return next((folder for folder in (place, *place.parents) if (folder / MANIFEST).is_file()), None)


def folder_of(app: type[App]) -> Path | None:
    """The folder with the manifest of the app whose class this is."""
    try:
        return folder_above(Path(inspect.getfile(app)).resolve())
    except (OSError, TypeError):
        return None  # written into a prompt or an example


def grants_of(folder: Path) -> Grants:
    """The folder's manifest. Raises ConfigurationError when it cannot be read."""
    try:
        return Grants.read((folder / MANIFEST).read_text(encoding="utf-8"), folder)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read {folder / MANIFEST}: {error}", hint="an app has a manifest") from error


def make_importable(folder: Path, entry: str) -> None:
    """Let the app's folder be imported as its package, whatever it is called, with the libraries of its vendor/.

    Raises ConfigurationError for a package that no app can have, or that cannot be imported.
    """
    package = package_of(entry)
    if is_taken(package):
        text = f"{entry}: Python or the SDK has a module {package!r} itself"
        raise ConfigurationError(text, hint=f"name the package otherwise, like my_{package}")
    if package in sys.modules:
        return
    init = folder / "__init__.py"
    if init.is_file():
        spec = importlib.util.spec_from_file_location(package, init, submodule_search_locations=[str(folder)])
        if spec is None or spec.loader is None:
            raise ConfigurationError(f"{init} cannot be imported")
        module = importlib.util.module_from_spec(spec)
        sys.modules[package] = module
        spec.loader.exec_module(module)
    else:
        module = ModuleType(package)
        module.__path__ = [str(folder)]
        sys.modules[package] = module
    vendor = str(folder / "vendor")
    if vendor not in sys.path:
        sys.path.append(vendor)


def app_class(grants: Grants) -> type[App]:
    """The class that the manifest's entry names. Raises ConfigurationError when it is no App."""
    if grants.folder is None:
        raise ConfigurationError("the manifest has no folder", hint="name the app's class")
    make_importable(grants.folder, grants.entry)
    module, _, name = grants.entry.partition(":")
    found = getattr(importlib.import_module(module), name, None)
    if not isinstance(found, type) or not issubclass(found, App):
        raise ConfigurationError(f"{grants.entry} is no class of an App", hint="see entry in manifest.toml")
    return found
