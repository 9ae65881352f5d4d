# SPDX-License-Identifier: Apache-2.0
"""What apps are offered over their link, one module each; `FACILITIES` is what each life of an app gets."""

from collections.abc import Callable

from ivi.apphost.facilities.screen import Screen
from ivi.apphost.facilities.signals import VehicleSignals
from ivi.apphost.facility import Facility, Life

FACILITIES: tuple[Callable[[Life], Facility], ...] = (VehicleSignals, Screen)
