# SPDX-License-Identifier: Apache-2.0
"""A charging session at a station."""

from enum import StrEnum
from typing import Annotated

import msgspec

from ivi.model.templates.page import Actions, Page
from ivi.model.templates.texts import Percent, RowText, Seconds, Title


class ChargeState(StrEnum):
    """How far it is."""

    PLUG_IN = "plug_in"
    """Waits for the cable."""
    AUTHORISING = "authorising"
    CHARGING = "charging"
    PAUSED = "paused"
    """By the station or the grid."""
    FINISHED = "finished"
    FAULT = "fault"


class ChargeSessionTemplate(Page, frozen=True, tag="charge_session"):
    """What the car takes, how long it takes, what it costs. None for what is not known; the host says so."""

    title: Title
    """The station."""
    state: ChargeState
    power: Annotated[float, msgspec.Meta(ge=0, le=2000)] | None = None
    """kW."""
    energy: Annotated[float, msgspec.Meta(ge=0, le=2000)] | None = None
    """kWh so far."""
    charge: Percent | None = None
    """State of charge, percent."""
    target: Percent | None = None
    """State of charge at which it ends, percent."""
    time_left: Seconds | None = None
    price: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,6}(?:\.[0-9]{1,3})?$")] | None = None
    """Cost so far, a decimal number as text."""
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")] | None = None
    """ISO 4217."""
    tariff: Annotated[str, msgspec.Meta(max_length=60)] = ""
    """In words, e.g. `0.49 EUR/kWh`."""
    note: RowText = ""
    actions: Actions = msgspec.field(default_factory=list)
    """E.g. `Stop charging`."""
