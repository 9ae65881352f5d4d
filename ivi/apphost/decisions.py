# SPDX-License-Identifier: Apache-2.0
"""May this app read or change this path? The answer with its reason, and the manifest line that is missing."""

from ivi.apphost.permissions import MAX_PATH, Decision, is_leaf
from ivi.model.protected import is_unnamed, never_actuated, tells_location


def decide_read(path: str, app_id: str, *, granted: bool) -> Decision:
    """`granted`: whether the rights in force cover this leaf."""
    if not is_leaf(path):
        return _no_path(path)
    if granted:
        return Decision(allowed=True, reason="granted")
    if is_unnamed(path):
        hint = "signals without a name are closed to apps; give them names first: ivi dbc"
    elif tells_location(path):
        hint = 'its manifest.toml would need [[permission]] use = "location" precision = "fine"'
    else:
        hint = f'its manifest.toml would need [[permission]] use = "vehicle.read" paths = ["{path}"]'
    return Decision(allowed=False, reason=f"{path} may not be read by {app_id}", hint=hint)


def decide_actuate(path: str, app_id: str, *, granted: bool) -> Decision:
    """The driving state aside. What is closed to all apps stays closed whatever was granted."""
    if not is_leaf(path):
        return _no_path(path)
    if (closed := never_actuated(path)) is not None:
        return Decision(
            allowed=False, reason=f"{path} may never be changed by an app", hint=f"{closed} is closed to all apps"
        )
    if granted:
        return Decision(allowed=True, reason="granted")
    return Decision(
        allowed=False,
        reason=f"{path} may not be changed by {app_id}",
        hint=f'its manifest.toml would need [[permission]] use = "vehicle.actuate" paths = ["{path}"]',
    )


def _no_path(path: str) -> Decision:
    return Decision(
        allowed=False, reason=f"{path[:MAX_PATH]!r} is not a VSS path", hint="name one leaf, without wildcards"
    )
