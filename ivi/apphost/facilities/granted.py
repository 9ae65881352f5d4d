# SPDX-License-Identifier: Apache-2.0
"""Finds the permission that allows a call, or refuses it with the manifest line that would."""

from collections.abc import Callable

from ivi.apphost.facility import Life
from ivi.apphost.manifest import Grant
from ivi.apphost.permissions import Decision


def granted[P: Grant](
    life: Life,
    kind: type[P],
    target: str,
    terms: str,
    fits: Callable[[P], bool] = lambda _grant: True,
    *,
    about: str = "",
) -> P:
    """The first permission of a kind in force that fits; allowed and refused calls are audited.

    `target` is what the call is about, `terms` the keys that the manifest would need, `about` what the app says of this
    one call. Raises PermissionDeniedError.
    """
    life.require_hello()
    use = str(kind.__struct_config__.tag)
    found = next((grant for grant in life.rights.of(kind) if fits(grant)), None)
    if found is not None:
        life.judge(use, target, Decision(allowed=True, reason="granted by its manifest"), about)
        return found
    hint = f'its manifest.toml would need [[permission]] use = "{use}" {terms}'.rstrip()
    reason = f"{life.app.id} has no permission {use} for this"
    life.judge(use, target, Decision(allowed=False, reason=reason, hint=hint), about)
    raise AssertionError("a refusal is raised by judge")
