# SPDX-License-Identifier: Apache-2.0
"""Permissions in a driver's words: "how full the battery is", never a VSS name.

Signals that apps often ask for have phrases of our own. Others are told by the names of their branches, in small
letters, which is clumsy and honest; the catalogue's own sentences are written for engineers.
"""

import re
from collections.abc import Iterable

from ivi.apphost.manifest import (
    AudioFocus,
    Background,
    DataShare,
    Location,
    Net,
    Notify,
    Payment,
    Permission,
    Storage,
    Ui,
    VehicleActuate,
    VehicleRead,
    VoiceIntents,
    reason_of,
)
from ivi.model.signal import Value
from ivi.model.vss_patterns import covered

MAX_NAMED = 4  # things that one sentence lists before it says "and more"

SIGNALS: tuple[tuple[str, str], ...] = (
    ("Vehicle.Speed", "how fast the car drives"),
    ("Vehicle.AverageSpeed", "how fast the car drives"),
    ("Vehicle.IsMoving", "whether the car moves"),
    ("Vehicle.TraveledDistance", "how far the car has driven"),
    ("Vehicle.TripMeterReading", "how far this trip has been"),
    ("Vehicle.Acceleration.**", "how hard the car speeds up, brakes and turns"),
    ("Vehicle.AngularVelocity.**", "how hard the car speeds up, brakes and turns"),
    ("Vehicle.Powertrain.Range", "how far the car can still go"),
    ("Vehicle.Powertrain.TractionBattery.StateOfCharge.**", "how full the battery is"),
    ("Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.*.IsFlapOpen", "the charging flap"),
    ("Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.*.*.IsFlapOpen", "the charging flap"),
    ("Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.**", "the charging port"),
    ("Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit", "up to where the battery is charged"),
    ("Vehicle.Powertrain.TractionBattery.Charging.**", "how the car is charging"),
    ("Vehicle.Powertrain.TractionBattery.**", "how the battery is"),
    ("Vehicle.Powertrain.Transmission.**", "which gear is chosen"),
    ("Vehicle.Powertrain.FuelSystem.**", "how much fuel is left"),
    ("Vehicle.Exterior.AirTemperature", "how warm it is outside"),
    ("Vehicle.Exterior.**", "the weather around the car"),
    ("Vehicle.Body.Raindetection.Intensity", "whether it rains"),
    ("Vehicle.Body.Trunk.**", "the boot"),
    ("Vehicle.Body.Lights.**", "which lights are on"),
    ("Vehicle.Body.Windshield.**", "the windscreen and its wipers"),
    ("Vehicle.Cabin.HVAC.AmbientAirTemperature", "how warm the cabin is"),
    ("Vehicle.Cabin.HVAC.Station.*.*.Temperature", "the temperature that is set for each seat"),
    ("Vehicle.Cabin.HVAC.Station.*.*.FanSpeed", "how strong the fan blows"),
    ("Vehicle.Cabin.HVAC.IsAirConditioningActive", "the air conditioning"),
    ("Vehicle.Cabin.HVAC.**", "heating and cooling"),
    ("Vehicle.Cabin.Seat.*.*.IsOccupied", "which seats are taken"),
    ("Vehicle.Cabin.Seat.*.*.IsBelted", "who is belted"),
    ("Vehicle.Cabin.Seat.*.*.HeatingCooling", "the heating of the seats"),
    ("Vehicle.Cabin.Seat.*.*.Massage.**", "the massage of the seats"),
    ("Vehicle.Cabin.Seat.**", "the seats"),
    ("Vehicle.Cabin.Door.**", "doors and windows"),
    ("Vehicle.Cabin.Light.**", "the lights in the cabin"),
    ("Vehicle.Cabin.Sunroof.**", "the sunroof"),
    ("Vehicle.Cabin.RearShade.**", "the shade of the rear window"),
    ("Vehicle.Cabin.Infotainment.Media.**", "what is played"),
    ("Vehicle.Cabin.Infotainment.Navigation.DestinationSet.**", "the destination"),
    ("Vehicle.Cabin.Infotainment.Navigation.**", "the navigation"),
    ("Vehicle.Cabin.Infotainment.HMI.**", "settings of the screen"),
    ("Vehicle.Chassis.Axle.*.Wheel.*.Tire.**", "the pressure of the tyres"),
    ("Vehicle.Chassis.ParkingBrake.**", "whether the parking brake is on"),
    ("Vehicle.Driver.HeartRate", "how fast your heart beats"),
    ("Vehicle.Driver.**", "how attentive and tired you are"),
    ("Vehicle.Occupant.**", "who sits where"),
    ("Vehicle.VehicleIdentification.VIN", "the car's identification number"),
    ("Vehicle.VehicleIdentification.LicensePlate", "the car's number plate"),
    ("Vehicle.VehicleIdentification.**", "make, model and papers of the car"),
    ("Vehicle.Service.**", "when the next service is due"),
    ("Vehicle.CurrentLocation.**", "where the car is"),
)
"""The first entry that meets a pattern gives the phrase, so the narrower stand before the wider."""

THINGS = {
    "how strong the fan blows": "the fan",
    "up to where the battery is charged": "the charge limit",
    "how the car is charging": "charging",
    "how the battery is": "the conditioning of the battery",
    "how much fuel is left": "the fuel flap",
    "how far this trip has been": "the trip meter",
    "what is played": "the music",
}
"""Phrases that are questions, as the thing that is changed."""

_SPLIT = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_SKIPPED = {"vehicle", "is"}


def signal(pattern: str) -> str:
    """What a path or pattern tells, e.g. `how fast the car drives`."""
    for known, phrase in SIGNALS:
        if covered(pattern, known):
            return phrase
    parts = [part for segment in pattern.split(".") if "*" not in segment for part in _SPLIT.findall(segment)]
    plain = [part if part.isupper() and len(part) > 1 else part.lower() for part in parts]
    return " ".join(part for part in plain if part.lower() not in _SKIPPED)


def sentence(permission: Permission) -> str:  # noqa: PLR0911  # one for each kind
    """What the permission allows, as the end of "It may …"."""
    match permission:
        case VehicleRead():
            often = "" if permission.max_hz <= 1 else f", up to {permission.max_hz:g} times a second"
            return f"read {_listed(map(signal, permission.paths))}{often}"
        case VehicleActuate():
            when = "while parked" if permission.when == "parked" else "also while driving"
            asked = {"never": "", "first": ", after asking you once", "each": ", asking you each time"}
            return f"change {_listed(map(thing, permission.paths))} {when}{asked[permission.confirm]}"
        case Location():
            return (
                "know roughly where the car is" if permission.precision == "coarse" else "know exactly where the car is"
            )
        case Net():
            hosts = _listed(host.rpartition(":")[0] for host in permission.hosts)
            return f"send and receive up to {permission.mb_per_day} MB a day with {hosts}"
        case Ui():
            return "show its pages on the screen"
        case VoiceIntents():
            return "be spoken to"
        case AudioFocus():
            return f"be heard ({', '.join(permission.kinds)})"
        case Payment():
            return f"ask you to pay up to {permission.max_amount} {permission.currency}, confirmed by you each time"
        case Storage():
            return f"keep up to {permission.mb} MB in the car"
        case Notify():
            return f"show up to {permission.per_hour} notifications an hour"
        case Background():
            return "run on while you do not see it"
        case DataShare():
            kept = f"{permission.retention_days} days" if permission.retention_days else "not at all"
            return f"pass the car's data on to {permission.recipient} for {permission.purpose} (kept: {kept})"


def said(permission: Permission) -> str:
    """The sentence with a capital, for a line of its own."""
    text = sentence(permission)
    return text[0].upper() + text[1:]


def quoted(permission: Permission) -> str:
    """The app's own reason, marked as its words."""
    return f"It says: “{reason_of(permission)}”"


def thing(pattern: str) -> str:
    """What an actuator is, e.g. `the fan`."""
    phrase = signal(pattern)
    return THINGS.get(phrase, phrase)


def change(path: str, value: Value) -> str:
    """An actuation, as the end of "… wants to"."""
    if isinstance(value, bool):
        return f"switch {thing(path)} {'on' if value else 'off'}" if not _opens(path) else _opening(path, value)
    shown = f"{value:g}" if isinstance(value, int | float) else str(value)[:40]
    return f"set {thing(path)} to {shown}"


def _opens(path: str) -> bool:
    return path.endswith("Open")


def _opening(path: str, value: Value) -> str:
    return f"{'open' if value else 'close'} {thing(path)}"


def _listed(phrases: Iterable[str]) -> str:
    """Joined with commas and "and", each once."""
    found = list(dict.fromkeys(phrases))
    if len(found) > MAX_NAMED:
        found = [*found[:MAX_NAMED], f"{len(found) - MAX_NAMED} more things"]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
