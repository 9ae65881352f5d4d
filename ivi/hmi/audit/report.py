# SPDX-License-Identifier: Apache-2.0
"""The page docs/distraction.md: what each task takes off the road, and where the rules are enforced."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtQml import QQmlApplicationEngine

from ivi.hmi.audit.operators import GLANCE, OLDER, SLOWEST, TASK, Operator, cost, seconds, written
from ivi.hmi.audit.tasks import tasks
from ivi.hmi.audit.walk import Walked, walk_all
from ivi.hmi.shots.stage import Stage
from ivi.model.errors import ConfigurationError

PREFACE = f"""# Driver distraction

This page is written by `ivi hmi --distraction FILE`; do not edit it. A test compares it with the screen.

## What each task takes off the road

The tool does each task on the real screen at 1280x720 with real touches, from the home page of a moving car unless the
table says otherwise, and notes what it touched. A task counts as done when the screen asks the car for it.

Method: a keystroke-level model with the operator times of SAE J2365 (2002, 2016) for drivers of 18 to 30; those of 55
to 60 take {OLDER} times as long. Every operator counts as eyes off the road, also thinking, so the numbers are upper
ones: Purucker and others (Applied Ergonomics 58, 2017) found that a part of these times is spent with the eyes on the
road. What the voice says is counted as read, though it is spoken too. Limits: NHTSA, 78 FR 24817 (26 April 2013):
{GLANCE:g} s for the mean glance, {TASK:g} s for a task. A glance ends after {GLANCE:g} s or before a movement that
would last longer. Pressing cannot be broken off: an older driver's takes {Operator.PRESS.seconds(OLDER):.2f} s.

How far the times can be trusted: the table of J2365 is sold and could not be compared with the one below; whoever has
it, please do. These are public, and were compared by their abstracts:

- Manes, Green and Hunter (UMTRI-96-37, 1998), from which J2365 took its keystrokes: young drivers took 1.2 to 1.5 s for
  the first press of a number or a letter, 0.5 s for each further press of a cursor key, and 2.2 s to think; drivers of
  middle age took 1.4 times and older ones 2.2 times as long.
- Nowakowski, Utsui and Green (UMTRI-2000-20): older drivers took 1.5 (remote control) to 2 times (keyboard) as long.
- Nowakowski and Green (UMTRI-2000-49): J2365 came out 0.7 s too high for a parked car; driving, tasks took 1.2 times
  as long.
- Elwart, Green and Lin (2015), on a touch screen: 0.42 s to reach for a button, 0.64 s to press it, 0.54 s for one
  search; drivers of 45 to 55 took 1.16 times as long. So pressing and searching are high below, for one and the same.

| operator | | s |
|---|---|---|
"""
MEANINGS = {
    Operator.REACH: "reach from the wheel to the screen",
    Operator.THINK: "decide, for a control that is always in its place",
    Operator.SEARCH: "find something on a page or in a list",
    Operator.PRESS: "move to a target and press it",
    Operator.AGAIN: "press the same target again",
    Operator.PAGE: "a new page is drawn",
    Operator.READ: "read a word (200 words a minute, Rayner and others 2016)",
}
TABLE = """
| task | touches | operators | s, young / older | glances | mean glance, s | within the limits |
|---|---|---|---|---|---|---|
"""
ENFORCED = """
## Where the rules are enforced

One pure function, `ivi.services.ux_restrictions.policy.restrict`, turns speed, selector, parking brake and their age
into a driving state and Android Automotive's restriction flags. What is unknown, older than 1 s or impossible restricts
everything; a car that has just stopped counts as driving for 2 s. Two places enforce what it says, each by itself:

| rule while driving | in the host of apps | on the screen |
|---|---|---|
| 6 rows of a list | cuts templates (`ivi.model.templates.limits`) | cuts them again (`template_limits`) |
| 120 characters | cuts texts | cuts them again |
| no keyboard | sends no search field | `TextEntry` opens in a parked car only, and closes when it moves |
| no video | no template has any | no page has any, except the picture behind the car |
| no set-up | asks for consent in a parked car only | the sheet that asks for consent waits for a parked car |
| 5 pages of a task, no list as the last | counts steps | shows the way home when they are used up |
| no text that moves by itself | none can | the audit |

The audit (`ivi.hmi.audit.rules`, run by the tests) looks at every page as it is drawn, by day and by night, in every
size and driving state: targets of 76 dp that do not overlap, neighbours 8 dp apart, texts of 24 dp, contrast of 4.5:1
(texts) and 3:1 (icons and fills that carry a state) in the grabbed picture, nothing off the window or on top of each
other, no cut numbers, names and roles for people who cannot see, plain text only, and the limits above. It catches each
planted fault of `tests/unit/hmi/audit/test_audit_rules.py`.

The 8 dp (1.3 mm) are those of Android's accessibility help, "Touch target size"; the guides for cars name the 76 dp and
no gap. Colle and Hiszem (Ergonomics 47, 2004) found no difference between keys 1 and 3 mm apart. Large neighbours, such
as the rows of a list, may adjoin when their centres are 84 dp from each other, since the 76 dp in their middles are
then 8 dp apart. Tabs and the entries of the rail may adjoin too: the wrong one only shows another page. The letters of
the keyboard, which a parked car has only, lie 4 to 6 dp apart.
"""


def page(walked: Sequence[Walked]) -> str:
    """The page as text."""
    lines = [PREFACE.rstrip("\n")]
    lines += [f"| {one.code} | {text} | {one.seconds(1.0):g} |" for one, text in MEANINGS.items()]
    lines.append(TABLE.rstrip("\n"))
    lines += [_line(one) for one in walked if one.offered]
    if missing := [one.task.title.lower() for one in walked if not one.offered]:
        lines.append(f"\nNot offered by this screen to the described car in that state: {', '.join(missing)}.")
    if slow := [one.task.title.lower() for one in walked if one.offered and seconds(one.operators, SLOWEST) > TASK]:
        lines.append(
            f"\nOver {TASK:g} s for a driver who takes {SLOWEST:g} times as long as a young one: {', '.join(slow)}."
        )
    lines.append(ENFORCED.rstrip("\n"))
    return "\n".join(lines) + "\n"


def _line(walked: Walked) -> str:
    young, older = cost(walked.operators, older=False), cost(walked.operators, older=True)
    where = "" if walked.task.scene == "moving" else f" ({walked.task.scene})"
    touches = " → ".join(_counted(walked.touches)) or "—"
    verdict = "yes" if young.within and older.within else "not for older drivers" if young.within else "no"
    if not walked.done:
        verdict = "**it did not come about**"
    return (
        f"| {walked.task.title}{where} | {touches} | {written(walked.operators)} | {young.seconds:.1f} / "
        f"{older.seconds:.1f} | {young.glances} / {older.glances} | {young.mean:.1f} / {older.mean:.1f} | {verdict} |"
    )


def _counted(touches: Sequence[str]) -> list[str]:
    parts: list[list[str]] = []
    for touch in touches:
        if parts and parts[-1][0] == touch:
            parts[-1].append(touch)
        else:
            parts.append([touch])
    return [part[0] if len(part) == 1 else f"{len(part)}x {part[0]}" for part in parts]


def run(engine: QQmlApplicationEngine, file: Path) -> int:
    """Walk all tasks and write the page. Returns the exit status; raises ConfigurationError."""
    stage = Stage(engine)
    try:
        text = page(walk_all(stage, tasks()))
    finally:
        stage.close()
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"cannot write {file}: {error.strerror}", hint="name a file that is yours") from error
    sys.stdout.write(f"{file}: written\n")
    return 0
