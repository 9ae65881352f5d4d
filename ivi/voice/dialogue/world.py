# SPDX-License-Identifier: Apache-2.0
"""All that an action may touch: the car, the services, the apps and what the voice itself remembers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from ivi.model.signal import Scalar
from ivi.voice.dialogue.car import Car
from ivi.voice.dialogue.notebook import Notebook
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.owners import Apps, Services


@dataclass
class World:
    """One for a dialogue."""

    car: Car
    services: Services
    apps: Apps
    notebook: Notebook
    clock: Callable[[], datetime]
    """Local time with its zone."""
    contacts: tuple[str, ...] = ()


type Action = Callable[[World, Slots], Awaitable[Outcome]]


def number(slots: Slots, name: str, default: float = 0.0) -> float:
    """A numeric slot; `default` when the sentence did not have it."""
    value: Scalar = slots.get(name, default)
    return float(value)


def plain(value: float) -> str:
    """A number as it is said: 21, 21.5."""
    return f"{value:g}"
