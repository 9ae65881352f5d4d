# SPDX-License-Identifier: Apache-2.0
"""What the head unit may ask of an ECU: request fields of the ..._Command messages, checked before they act."""

from collections.abc import Callable
from dataclasses import dataclass

type Act = Callable[[float], bool]
"""Takes a value in range and says whether the ECU obeys now."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request field: valid range of its scaled value, and what it does."""

    low: float
    high: float
    act: Act

    def take(self, value: float) -> bool:
        """Act on ``value``; False when it is out of range or cannot be obeyed now."""
        return self.low <= value <= self.high and self.act(value)


type Requests = dict[str, Request]
"""Request fields of an ECU by signal name."""

type Values = dict[str, float]
"""Signals of the whole car by name, scaled as in the DBC."""


def switch(act: Callable[[bool], None]) -> Request:
    """A request that is only on or off."""

    def obey(value: float) -> bool:
        act(value == 1)
        return True

    return Request(0, 1, obey)


def setting(low: float, high: float, act: Callable[[float], None]) -> Request:
    """A request that is always obeyed in its range."""

    def obey(value: float) -> bool:
        act(value)
        return True

    return Request(low, high, obey)
