# SPDX-License-Identifier: Apache-2.0
"""The keys of the steering wheel, pressed by a thumb at given times."""

import re
from dataclasses import dataclass

from simulator.errors import SimulatorError
from simulator.vehicle.requests import Values

FORM = "[left:|right:]KEY[@SECOND]"
KEYS = ("NONE", "VOLUME_UP", "VOLUME_DOWN", "NEXT", "PREVIOUS", "VOICE", "OK", "BACK", "PHONE", "MUTE")
"""As SCM_KeyLeft and SCM_KeyRight number them."""
SIDES = {"left": "SCM_KeyLeft", "right": "SCM_KeyRight"}
HELD = 0.15  # simulated seconds of one press
COUNTS = 16  # of SCM_KeysCounter
_TEXT = re.compile(r"(?:(?P<side>left|right):)?(?P<key>[A-Z_]+)(?:@(?P<second>\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True)
class Press:
    """One press, at simulated seconds since the start."""

    signal: str
    key: int
    second: float

    def holds(self, time: float) -> bool:
        """Whether the thumb is on it now."""
        return self.second <= time < self.second + HELD


def parse_press(text: str) -> Press:
    """``VOICE@5`` or ``left:NEXT@2.5``; the voice key lies on the right. Raises SimulatorError."""
    found = _TEXT.fullmatch(text)
    if found is None or found["key"] not in KEYS[1:]:
        raise SimulatorError(f"no such key: {text!r}", f"{FORM}, KEY one of {', '.join(KEYS[1:])}")
    return Press(SIDES[found["side"] or "right"], KEYS.index(found["key"]), float(found["second"] or 0))


class WheelKeys:
    """Both sides of the wheel."""

    def __init__(self) -> None:
        self._presses: list[Press] = []
        self._held: set[Press] = set()
        self._count = 0

    def plan(self, press: Press) -> None:
        """Press a key when its time comes."""
        self._presses.append(press)

    def publish(self, values: Values, time: float) -> None:
        """What the wheel reports at this simulated second."""
        held = {press for press in self._presses if press.holds(time)}
        self._count = (self._count + len(held - self._held)) % COUNTS
        self._held = held
        for signal in SIDES.values():
            values[signal] = max((press.key for press in held if press.signal == signal), default=0)
        values["SCM_KeysCounter"] = self._count
