# SPDX-License-Identifier: Apache-2.0
"""JSON merge-patch (RFC 7396) over plain maps: None takes a key away, a map is merged, anything else replaces."""

from typing import Any


def merge_patch(target: object, patch: object) -> Any:  # noqa: ANN401  # JSON
    """The document after a patch; neither argument is changed."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged


def make_patch(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The patch that makes `after` out of `before`. None as a value in `after` cannot be told and is left out."""
    patch: dict[str, Any] = {key: None for key in before if after.get(key) is None}
    for key, value in after.items():
        old = before.get(key)
        if value is None or (key in before and old == value and type(old) is type(value)):
            continue
        patch[key] = make_patch(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return patch
