# SPDX-License-Identifier: Apache-2.0
"""What is off: the car's own faults first, then those of its computers, in the words of the resolution centre."""

from ivi.model.errors import IviError
from ivi.model.resolution import ApplyFix, Fault, FixApplied, FixKind, Resolution, SubscribeResolution
from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World

FAULTS = {
    "Vehicle.IsBrokenDown": "broken_down",
    "Vehicle.ADAS.EBA.IsError": "emergency_brake",
    "Vehicle.ADAS.ABS.IsError": "brakes",
    "Vehicle.ADAS.ESC.IsError": "stability",
    "Vehicle.ADAS.TCS.IsError": "traction",
    "Vehicle.ADAS.CruiseControl.IsError": "cruise",
    "Vehicle.Chassis.Axle.Row1.Wheel.Left.Tire.IsPressureLow": "tyre",
    "Vehicle.Chassis.Axle.Row1.Wheel.Right.Tire.IsPressureLow": "tyre",
    "Vehicle.Chassis.Axle.Row2.Wheel.Left.Tire.IsPressureLow": "tyre",
    "Vehicle.Chassis.Axle.Row2.Wheel.Right.Tire.IsPressureLow": "tyre",
    "Vehicle.Service.IsServiceDue": "service",
}
"""What the car can warn of, the worst first, and the name of the answer that explains it."""
CODES = "Vehicle.Diagnostics.DTCCount"


async def read_warnings(world: World, _slots: Slots) -> Outcome:
    """How much is off, and the first of it."""
    own, faults = await _own(world), await _faults(world)
    if own is None and not faults:
        return NOT_REPORTED
    count = len(own or ()) + len(faults)
    if not count:
        return Outcome(ok=True, answer="none")
    first = {"fault": own[0]} if own else {"fault": faults[0].sentence}
    return Outcome(
        ok=True, answer="one" if count == 1 else "some", values={"count": str(count), **first}, page="resolution"
    )


async def explain_warning(world: World, _slots: Slots) -> Outcome:
    """What the first warning means and what to do."""
    own, faults = await _own(world), await _faults(world)
    if own:
        return Outcome(ok=True, answer=own[0], page="resolution")
    if faults:
        return Outcome(ok=True, answer="", said=f"{faults[0].sentence} {faults[0].hint}".strip(), page="resolution")
    codes = await world.car.number(CODES)
    if codes:
        return Outcome(ok=True, answer="codes", values={"count": str(round(codes))})
    return Outcome(ok=True, answer="none")


async def apply_fix(world: World, _slots: Slots) -> Outcome:
    """Do the one thing that ends the first fault that has one."""
    fault = next((one for one in await _faults(world) if one.fix is not None), None)
    if fault is None or fault.fix is None:
        return Outcome(ok=False, answer="none")
    if fault.fix.kind is FixKind.OPEN:
        return Outcome(ok=True, answer="open", page=fault.fix.target.partition(":")[0])
    if fault.fix.parked and not world.services.limits.parked:
        return Outcome(ok=False, answer="when_parked")
    done: FixApplied = await world.services.call(ApplyFix(fault.id))
    return Outcome(ok=True, answer="", said=done.said)


async def _own(world: World) -> list[str] | None:
    """Names of what the car itself warns of; None when it says nothing of itself."""
    said = await world.car.read(FAULTS)
    if all(value is None for value in said.values()):
        return None
    return list(dict.fromkeys(FAULTS[path] for path in FAULTS if said.get(path) is True))


async def _faults(world: World) -> list[Fault]:
    try:
        said: Resolution = await world.services.now(SubscribeResolution())
    except IviError:
        return []  # the car's own words still count
    return said.faults


ACTIONS: dict[str, Action] = {
    "ReadWarnings": read_warnings,
    "ExplainWarning": explain_warning,
    "ApplyFix": apply_fix,
}
