# SPDX-License-Identifier: Apache-2.0
"""Messages about departures for which the cabin is made warm or cool in time."""

from enum import StrEnum

import msgspec

MAX_DEPARTURES = 6  # departures that are kept: as many rows as a list may have while driving
EVERY_DAY = 0b1111111
TEMPERATURES = (16.0, 28.0)  # Celsius; what the climate control takes
MINUTES = 24 * 60  # of a day


class Departure(msgspec.Struct, array_like=True, frozen=True):
    """When somebody wants to leave, and how warm the cabin shall be then."""

    id: str
    minute: int
    """Minutes since midnight, local time."""
    days: int = EVERY_DAY
    """Bit 0 for Monday to bit 6 for Sunday."""
    temperature: float = 21.0
    """Celsius."""
    enabled: bool = True


class ScheduleState(StrEnum):
    """What is done about the next departure."""

    NOTHING = "nothing"
    """There is none."""
    WAITING = "waiting"
    RUNNING = "running"
    """The cabin is being prepared."""
    HINDERED = "hindered"
    """It is time, but the car must not; `reason` says why."""


class SubscribeDepartures(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_departures"):
    """Opens a stream of Departures: the present ones, then each change."""


class SetDeparture(msgspec.Struct, array_like=True, frozen=True, tag="set_departure"):
    """Keep this departure, in place of the one with its id. Refused unless the car is parked."""

    departure: Departure


class RemoveDeparture(msgspec.Struct, array_like=True, frozen=True, tag="remove_departure"):
    """Forget a departure. Refused unless the car is parked."""

    id: str


class Departures(msgspec.Struct, array_like=True, frozen=True, tag="departures"):
    """Everything that is kept, by time of day, and what is done about the next."""

    departures: list[Departure]
    state: ScheduleState
    reason: str = ""
    """A sentence; empty when the state says all."""
    next: int = 0
    """The next departure, seconds since 1970; 0 for none."""


class DepartureTaken(msgspec.Struct, array_like=True, frozen=True, tag="departure_taken"):
    """Answer of SetDeparture and RemoveDeparture."""
