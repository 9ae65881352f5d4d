# SPDX-License-Identifier: Apache-2.0
"""What apps are offered over their link, one module each; `FACILITIES` is what each life of an app gets."""

from collections.abc import Callable

from ivi.apphost.facilities.audio import Heard
from ivi.apphost.facilities.notifications import Notifications
from ivi.apphost.facilities.payments import Payments
from ivi.apphost.facilities.screen import Screen
from ivi.apphost.facilities.signals import VehicleSignals
from ivi.apphost.facilities.storage import KeptItems
from ivi.apphost.facilities.voice import SpokenTo
from ivi.apphost.facility import Facility, Life

FACILITIES: tuple[Callable[[Life], Facility], ...] = (
    VehicleSignals,
    Screen,
    KeptItems,
    Payments,
    SpokenTo,
    Notifications,
    Heard,
)
