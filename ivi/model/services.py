# SPDX-License-Identifier: Apache-2.0
"""Messages of the services process: the driving state, the UX restrictions that follow from it, and the services'."""

from enum import StrEnum

import msgspec

from ivi.model import audio, phone, profiles, resolution
from ivi.model.climate_schedule import Departures, DepartureTaken, RemoveDeparture, SetDeparture, SubscribeDepartures
from ivi.model.energy_record import EnergyRecord, SubscribeEnergy
from ivi.model.tyres import SubscribeTyres, TyreTrends


class DrivingState(StrEnum):
    """Android Automotive's driving states."""

    PARKED = "parked"
    IDLING = "idling"
    MOVING = "moving"
    UNKNOWN = "unknown"


class UxRestriction(StrEnum):
    """Android Automotive's UX restriction flags (CarUxRestrictions)."""

    NO_DIALPAD = "NO_DIALPAD"
    NO_FILTERING = "NO_FILTERING"
    LIMIT_STRING_LENGTH = "LIMIT_STRING_LENGTH"
    NO_KEYBOARD = "NO_KEYBOARD"
    NO_VIDEO = "NO_VIDEO"
    LIMIT_CONTENT = "LIMIT_CONTENT"
    NO_SETUP = "NO_SETUP"
    NO_TEXT_MESSAGE = "NO_TEXT_MESSAGE"
    NO_VOICE_TRANSCRIPTION = "NO_VOICE_TRANSCRIPTION"


class SubscribeUxRestrictions(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_ux_restrictions"):
    """Opens a stream of UxRestrictions: the present one, then each change."""


type CarRequest = SubscribeEnergy | SubscribeTyres | SubscribeDepartures | SetDeparture | RemoveDeparture
"""What the vehicle, energy and climate pages ask."""
type ServicesRequest = (
    SubscribeUxRestrictions | audio.Request | phone.Request | profiles.Request | resolution.Request | CarRequest
)


class UxRestrictions(msgspec.Struct, array_like=True, frozen=True, tag="ux_restrictions"):
    """What the driver's state allows. Unknown or stale data means all restrictions."""

    state: DrivingState
    restrictions: list[UxRestriction]
    reason: str
    """Why, in plain words, e.g. `moving at 43 km/h`."""
    max_rows: int = 0
    """Rows of a list that may be shown; 0 for no limit."""
    max_chars: int = 0
    """Characters of one text that may be shown; 0 for no limit."""


type CarAnswer = EnergyRecord | TyreTrends | Departures | DepartureTaken
type ServicesAnswer = UxRestrictions | audio.Answer | phone.Answer | profiles.Answer | resolution.Answer | CarAnswer
