# SPDX-License-Identifier: Apache-2.0
"""Why something is shown, held back or said: for each topic the signals that were looked at and the rule, in words.

The numbers in the sentences are those of the code that decides, so that no explanation can say another one.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from ivi.hmi.catalogues import later
from ivi.hmi.models.why import Cause
from ivi.model.resolution import Fault
from ivi.model.tyres import WHEELS
from ivi.services.resolution.findings import LOW_DISK
from ivi.services.ux_restrictions import policy

translate = QCoreApplication.translate


def _rows() -> Cause:
    rule = translate("Why", "While the car drives, a list shows up to {rows} rows and a text up to {signs} characters.")
    return Cause(
        translate("Why", "Shorter while driving"),
        rule.format(rows=policy.MAX_ROWS_MOVING, signs=policy.MAX_CHARS_MOVING),
    )


def _setup() -> Cause:
    return Cause(
        translate("Why", "Set up when parked"),
        translate("Why", "What takes several glances to set up is changed while the selector is in P."),
    )


def _page() -> Cause:
    return Cause(
        translate("Why", "Shown when parked"),
        translate("Why", "Pages for reading, typing and films are shown while the selector is in P."),
    )


def _steps() -> Cause:
    return Cause(
        translate("Why", "The task is long enough"),
        translate("Why", "While the car drives, a task in an app has a limited number of pages."),
    )


def _tyres() -> Cause:
    tires = [f"Vehicle.Chassis.Axle.{wheel}.Tire.IsPressureLow" for wheel in WHEELS.values()]
    return Cause(
        translate("Why", "Tyre pressure"),
        translate("Why", "A tyre counts as low when the car's own tyre monitoring says so. The screen judges nothing."),
        tuple(tires),
        translate("Why", "The car reports the pressure of each tyre and whether it is too low."),
    )


def _range() -> Cause:
    from ivi.services.energy_record import consumption  # noqa: PLC0415  # asked for now and then, not at each start
    from ivi.services.energy_record import service as energy  # noqa: PLC0415

    rule = translate(
        "Why",
        "From the energy left and the use over each {window} km of the last {kept} km; it needs {enough} km of road.",
    )
    kilometres = {
        "window": round(consumption.WINDOW * consumption.STRETCH / 1000),
        "kept": round(consumption.KEPT * consumption.STRETCH / 1000),
        "enough": round(consumption.ENOUGH * consumption.STRETCH / 1000),
    }
    return Cause(
        translate("Why", "Range"),
        rule.format(**kilometres),
        (energy.USABLE, energy.POWER, energy.SPEED),
        translate("Why", "Used as on eight of ten stretches of the road behind, the energy ends within the band."),
    )


def _charge() -> Cause:
    from ivi.services.energy_record import service as energy  # noqa: PLC0415  # asked for now and then, not at each start

    return Cause(
        translate("Why", "Charging"),
        translate("Why", "Charge, plug and time left are what the car reports. The screen judges nothing."),
        (energy.CHARGE, energy.CABLE, energy.CHARGING),
        translate("Why", "Charging begins with a plug and your word, and ends at the limit or when you stop it."),
    )


def _departures() -> Cause:
    from ivi.services.climate_schedule import plan  # noqa: PLC0415  # asked for now and then, not at each start
    from ivi.services.climate_schedule import service as climate  # noqa: PLC0415

    rule = translate(
        "Why",
        "It begins a minute earlier for each degree, in P with {floor} % charge or more, or {plug} % at a plug.",
    )
    return Cause(
        translate("Why", "Departures"),
        rule.format(floor=f"{plan.FLOOR:g}", plug=f"{plan.FLOOR_AT_PLUG:g}"),
        (climate.CABIN, climate.CHARGE, climate.CABLE, climate.GEAR),
        translate("Why", "The car makes the cabin ready by itself, or says why it does not."),
    )


def _update() -> Cause:
    return Cause(
        translate("Why", "Updates"),
        translate("Why", "An update is installed after you agree, and taken back when it does not do well."),
        policy.PATHS,
        translate("Why", "It is installed while the car is parked, so that nothing is missing on the road."),
    )


def _repair() -> Cause:
    return Cause(
        translate("Why", "Repaired when parked"),
        translate("Why", "What stops a part that you need to drive is done while the selector is in P."),
    )


TOPICS: dict[str, Callable[[], Cause]] = {
    "rows": _rows,
    "setup": _setup,
    "page": _page,
    "steps": _steps,
    "tyres": _tyres,
    "range": _range,
    "charge": _charge,
    "departures": _departures,
    "update": _update,
    "repair": _repair,
}
"""What may be asked about."""


_FAULTS = {
    "process": later("Why", "A part of the car's computer is off when it does not answer, or ends again and again."),
    "bus": later("Why", "A vehicle bus is off when its controller reports errors or no frame arrives."),
    "message": later("Why", "A message is damaged when its checksum or its counter is wrong too often."),
    "app": later("Why", "An app that ended by itself is started again more and more rarely."),
    "update": later("Why", "An update is installed after you agree, and taken back when it does not do well."),
    "trouble-codes": later("Why", "The car counts the trouble codes that its control units have stored."),
    "disk": later("Why", "Below {least} MB of free storage, drives may not be kept."),
    "problem": later("Why", "This part of the car's computer reported it itself."),
}
"""By the beginning of a fault's id (ivi.services.resolution.findings)."""


def of_process(*, away: bool) -> Cause:
    """Why a sign of the status bar says that a part of the car's computer is away, or that something is off with it."""
    return Cause("", translate("Why", _FAULTS["process" if away else "problem"]), ())


def of_app(name: str, *, urgent: bool) -> Cause:
    """Why an app's words lie above the pages."""
    if urgent:
        rule = translate("Why", "You allowed this app to show alerts. One stays until you answer or its time is over.")
    else:
        rule = translate("Why", "You allowed this app to show news. It goes by itself and makes no sound.")
    said = translate("Why", "{app} says it. The car has not checked what the app says.").format(app=name)
    return Cause(name, rule, (), said)


def of_fault(fault: Fault) -> str:
    """The rule by which the resolution centre took something for a fault; empty when there is none in words."""
    rule = _FAULTS.get(fault.id.partition(":")[0], "")
    return translate("Why", rule).format(least=LOW_DISK >> 20) if rule else ""
