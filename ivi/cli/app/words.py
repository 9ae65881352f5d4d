# SPDX-License-Identifier: Apache-2.0
"""What people read of a package: what it may do, who made it, how large it is."""

from collections.abc import Iterator

import msgspec

from ivi.apphost.manifest import Manifest, reason_of

KIB, MIB = 1 << 10, 1 << 20


def permissions(manifest: Manifest) -> Iterator[str]:
    """A line for each permission: its kind, the app's own reason, and whether it can do without."""
    if not manifest.permission:
        yield "It asks for nothing: it can neither read the car nor show anything."
        return
    yield "It may:"
    width = max(len(_kind(permission)) for permission in manifest.permission)
    for permission in manifest.permission:
        optional = " (optional)" if permission.optional else ""
        yield f"  {_kind(permission):<{width}}  {reason_of(permission)}{optional}"


def size(count: int) -> str:
    """Bytes as people say them."""
    if count >= MIB:
        return f"{count / MIB:.1f} MB"
    return f"{count / KIB:.1f} kB" if count >= KIB else f"{count} bytes"


def number(count: int, one: str, more: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {one if count == 1 else more}"


def _kind(permission: msgspec.Struct) -> str:
    return str(type(permission).__struct_config__.tag)
