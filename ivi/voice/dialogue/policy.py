# SPDX-License-Identifier: Apache-2.0
"""Which intents need what before they are done: a slot, a yes, a car that is parked, sure words.

The driving-state rules are those of the screen (NO_SETUP for what is set up). What opens the car to the outside is
stricter than a finger: a mishearing must never open a boot or a lock, so it is done while parked and after a yes.
"""

from dataclasses import dataclass
from enum import StrEnum

from ivi.voice.nlu.context_grammar import CHOICE, CONTACTS, DICTATION, NAVIGATION, NUMBER

MIN_CONFIDENCE = 0.7  # of the least certain word; at or below it the sentence counts as not understood
SURE = 0.8  # of the least certain word; below it what changes something is confirmed first


class When(StrEnum):
    """In which driving state something may be done."""

    ALWAYS = "always"
    SETUP = "setup"
    """Unless NO_SETUP is in force: as on the settings page."""
    PARKED = "parked"


@dataclass(frozen=True)
class Rule:
    """What one intent needs."""

    changes: bool = True
    """Whether it changes something; a question may be answered on less sure words."""
    risky: bool = False
    """Whether it is done only after a yes."""
    when: When = When.ALWAYS
    needs: tuple[str, ...] = ()
    """Slots that are asked for when the sentence did not have them."""
    value: str = ""
    """The slot that a corrected number goes into ("I said twenty one")."""
    zoned: bool = False
    """Whether "no, the passenger" makes sense."""

    def unsure(self, confidence: float) -> bool:
        """Whether words of this confidence are confirmed before it is done."""
        return self.changes and confidence < SURE


_READ = Rule(changes=False)
_DO = Rule()
_ZONED = Rule(zoned=True)
_SETUP = Rule(when=When.SETUP)
_OPENS = Rule(risky=True, when=When.PARKED)

CONTEXT_OF_SLOT = {
    "temperature": NUMBER,
    "percent": NUMBER,
    "minutes": NUMBER,
    "hour": NUMBER,
    "place": NAVIGATION,
    "contact": CONTACTS,
    "title": CHOICE,
    "app": CHOICE,
    "text": DICTATION,
}
"""Where the answer for a missing slot is heard."""

RULES: dict[str, Rule] = {
    "SetTemperature": Rule(needs=("temperature",), value="temperature", zoned=True),
    "ChangeTemperature": _ZONED,
    "SetFan": Rule(needs=("percent",), value="percent", zoned=True),
    "ChangeFan": _ZONED,
    "AirDirection": _ZONED,
    "SeatHeating": _ZONED,
    "ChangeSeatHeating": _ZONED,
    "OpenWindow": _ZONED,
    "CloseWindow": Rule(risky=True, zoned=True),
    "SetWindow": Rule(risky=True, needs=("percent",), value="percent", zoned=True),
    "WindowChildLock": Rule(when=When.ALWAYS),
    "UnlockDoors": _OPENS,
    "OpenBoot": _OPENS,
    "CloseBoot": _OPENS,
    "FoldMirrors": Rule(when=When.PARKED),
    "ChargeFlap": Rule(when=When.PARKED),
    "ChargeCable": _OPENS,
    "StopCharging": Rule(risky=True),
    "SetChargeLimit": Rule(needs=("percent",), value="percent"),
    "SetAmbient": Rule(needs=("percent",), value="percent"),
    "SetVolume": Rule(needs=("percent",), value="percent"),
    "SetDeparture": Rule(when=When.SETUP, needs=("hour",)),
    "ClearDepartures": Rule(when=When.SETUP, risky=True),
    "DriveMode": Rule(risky=True),
    "PlayTitle": Rule(needs=("title",)),
    "NavigateTo": Rule(needs=("place",)),
    "DistanceTo": Rule(changes=False, needs=("place",)),
    "SavePlace": Rule(needs=("place",)),
    "ForgetPlace": Rule(risky=True, needs=("place",)),
    "Call": Rule(changes=False),
    "MessageReading": _DO,
    "BookService": _DO,
    "SetReminder": Rule(needs=("minutes", "text"), value="minutes"),
    "SetReminderAt": Rule(needs=("hour", "text")),
    "ClearReminders": Rule(risky=True),
    "ApplyFix": Rule(risky=True),
    "DistanceUnit": _SETUP,
    "TemperatureUnit": _SETUP,
    "PressureUnit": _SETUP,
    "TextSize": _SETUP,
    "ReducedMotion": _SETUP,
    "ScreenLanguage": _SETUP,
    "StartApp": Rule(needs=("app",)),
    "StopApp": Rule(risky=True, needs=("app",)),
}
"""By intent. What is not here changes something unless its name begins with Read, and is done at once."""


def rule(intent: str) -> Rule:
    """The rule of an intent."""
    return RULES.get(intent) or (_READ if intent.startswith(("Read", "Explain", "Show", "Count")) else _DO)
