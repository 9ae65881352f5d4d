# SPDX-License-Identifier: Apache-2.0
"""What an app that is not installed would ask for: its manifest, read by the code that an install reads it with."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from ivi.apphost import manifest as manifests
from ivi.apphost import rating, words
from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.manifest import Manifest, reason_of, reasons_of, use_of
from ivi.apphost.manifest_source import Source
from ivi.apphost.package import canonical, reader, trust
from ivi.apphost.package.metadata import MANIFEST, MAX_SIGNATURE, PackageSignature
from ivi.apphost.resolution import resolve
from ivi.daemon.durable_file import writing
from ivi.model.errors import ConfigurationError, InvalidArgumentError, IviError, PermissionDeniedError
from ivi.model.rights import DescribeManifest, ManifestDescribed, OfferedPermission

WHERE = "the store's entry"


def describe(request: DescribeManifest, signals: SignalCatalogue | None) -> ManifestDescribed:
    """What the driver should know before. Raises ConfigurationError for a manifest that no car would take."""
    manifest, source = _read(request.manifest)
    known, publisher = _publisher(request.signature, manifest.app.id)
    asked = [
        OfferedPermission(use_of(one), words.said(one), reason_of(one), not one.optional, reasons_of(one))
        for one in sorted(manifest.permission, key=lambda one: one.optional)
    ]
    return ManifestDescribed(
        manifest.app.id,
        asked,
        rating.rating(manifest.permission),
        known,
        publisher,
        _problem(manifest, source, signals),
    )


def _read(text: str) -> tuple[Manifest, Source]:
    with writing("a copy of the manifest"), tempfile.TemporaryDirectory(prefix="ivi-offer-") as folder:
        (Path(folder) / MANIFEST).write_text(text, encoding="utf-8")
        try:
            return manifests.read(Path(folder))
        except ConfigurationError as error:
            raise ConfigurationError(error.message.replace(f"{folder}/", ""), hint=error.hint) from error


def _publisher(text: str, app_id: str) -> tuple[bool, str]:
    """Whether this car knows who is behind the key, and who, or why not."""
    if len(text) > MAX_SIGNATURE:
        return False, "what the package says of its signature is too long"
    try:
        document = canonical.decode(text.encode(), PackageSignature, WHERE)
        _, origin, namespaces = reader.vouched_for(document, trust.load(), WHERE, datetime.now(UTC))
        if namespaces is not None and not reader.covers(namespaces, app_id):
            return False, f"{origin.name} may not publish {app_id}"
    except (PermissionDeniedError, InvalidArgumentError) as error:
        return False, error.message.removeprefix(f"{WHERE}: ")
    return True, origin.name


def _problem(manifest: Manifest, source: Source, signals: SignalCatalogue | None) -> str:
    """Why this car cannot run it."""
    if signals is None:
        return ""  # the databroker is on its way; the same is looked at again before each start
    try:
        resolve(manifest, source, signals)
    except IviError as error:
        return error.message
    return ""
