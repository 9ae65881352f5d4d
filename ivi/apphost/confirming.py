# SPDX-License-Identifier: Apache-2.0
"""Asks the driver before an app changes something: on the host's sheet, in the host's words."""

from ivi.apphost import words
from ivi.apphost.facility import Life
from ivi.apphost.permissions import Decision
from ivi.apphost.prompts import ALLOW, REFUSE, Question
from ivi.model.errors import UnavailableError
from ivi.model.prompts import PromptAction, PromptKind
from ivi.model.signal import Value

SECONDS = 20.0  # that a sheet waits for the driver


async def confirm(life: Life, path: str, value: Value, *, each: bool) -> None:
    """Return when the driver agrees; with `each` false his first yes counts for this run of the car.

    Raises PermissionDeniedError when he does not, UnavailableError without a screen or an answer.
    """
    if not each and path in life.app.confirmed:
        return
    what = words.change(path, value)
    once = "If you agree, it will not ask again until the car is switched off."
    question = Question(
        life.app.id,
        life.app.name,
        PromptKind.CONFIRM,
        f"{life.app.name} wants to {what}",
        "It happens only if you agree." if each else once,
        (PromptAction(REFUSE, "No"), PromptAction(ALLOW, "Yes, do it", primary=True)),
        seconds=SECONDS,
    )
    decided = await life.ask(question)
    if not decided.choice:
        raise UnavailableError("the driver did not answer", hint="ask again when it matters")
    if decided.choice != ALLOW:
        refusal = Decision(allowed=False, reason=f"the driver did not agree to {what}", hint="do without")
        life.judge("vehicle.actuate", path, refusal)
    life.car.audit.record(life.app.id, "confirm", path, allowed=True, reason=f"the driver agreed to {what}")
    if not each:
        life.app.confirmed.add(path)
