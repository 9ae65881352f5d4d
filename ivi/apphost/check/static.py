# SPDX-License-Identifier: Apache-2.0
"""What can be seen in an app's files: manifest, sentences, code, texts and libraries."""

from collections.abc import Iterator
from pathlib import Path

from ivi.apphost import sharing
from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.check import code, texts
from ivi.apphost.check.findings import Finding, Severity, of_error
from ivi.apphost.dev import saves
from ivi.apphost.manifest import Manifest, Net, VehicleActuate, VehicleRead, read
from ivi.apphost.manifest_source import Source
from ivi.apphost.package import builder
from ivi.apphost.package.wheels import WHEELS
from ivi.apphost.resolution import resolve
from ivi.model.errors import IviError

WIDE = 10  # signals behind one pattern; a driver cannot judge more
EVERYWHERE = "-any.whl"  # how the name of a wheel without compiled code ends


def check(folder: Path, catalogue: SignalCatalogue) -> Iterator[Finding]:
    """All findings; the first error of the manifest or of Python itself ends it, since nothing runs then."""
    try:
        saves.check(folder)
        manifest, source = read(folder)
        resolved = resolve(manifest, source, catalogue)
    except IviError as error:
        yield of_error(error, str(folder))
        return
    for number, why in resolved.absent:
        line = source.line(("permission", number))
        fix = "check the names with `ivi signals list`; other cars may have it"
        yield Finding(Severity.WARNING, f"this car cannot give it: {why}", fix, source.path.name, line)
    yield from _permissions(manifest, source, catalogue)
    yield from code.check(folder, manifest)
    yield from texts.check(folder)
    yield from _package(folder)


def _permissions(manifest: Manifest, source: Source, catalogue: SignalCatalogue) -> Iterator[Finding]:
    name = source.path.name
    for number, permission in enumerate(manifest.permission):
        if isinstance(permission, VehicleRead | VehicleActuate):
            for element, pattern in enumerate(permission.paths):
                if (count := len(catalogue.resolve(pattern))) > WIDE:
                    line = source.line(("permission", number, "paths", element))
                    fix = f"name those that the app needs, at most {WIDE} with one pattern"
                    yield Finding(Severity.WARNING, f"{pattern} asks for {count} signals", fix, name, line)
    for text in sharing.undeclared(manifest):
        what, _, fix = text.partition(": ")
        at = next((number for number, one in enumerate(manifest.permission) if isinstance(one, Net)), 0)
        yield Finding(Severity.WARNING, what, fix, name, source.line(("permission", at)))


def _package(folder: Path) -> Iterator[Finding]:
    try:
        builder.build(folder)
    except IviError as error:
        yield of_error(error, str(folder))
    for wheel in sorted((folder / WHEELS).glob("*.whl")):
        if not wheel.name.endswith(EVERYWHERE):
            yield Finding(
                Severity.WARNING,
                f"{wheel.name} has compiled code: the package fits one kind of machine only",
                "take a pure wheel (its name ends in none-any.whl), or pack for each machine with --arch",
                f"{WHEELS}/{wheel.name}",
            )
    if not any((folder / "tests").glob("test_*.py")):
        fix = "write tests/test_app.py; `ivi app new` shows how one looks"
        yield Finding(Severity.WARNING, "the app has no tests", fix)
