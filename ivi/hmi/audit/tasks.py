# SPDX-License-Identifier: Apache-2.0
"""What drivers do with this screen, and how it is known that it was done."""

from collections.abc import Callable, Sequence

from ivi.hmi.audit.seen import Kind, inside, look
from ivi.hmi.audit.walk import Happened, Task
from ivi.hmi.screen import find
from ivi.hmi.shots.described_voice import ANSWERED, ASKING, CHOOSING, LISTENING
from ivi.hmi.shots.stage import Scene, Stage
from ivi.model.app import Tapped, TransportPressed
from ivi.model.apphost import Input, Tap
from ivi.model.audio import ChangeVolume, SetMuted
from ivi.model.databroker import Actuate
from ivi.model.templates import TransportCommand
from ivi.model.voice import AnswerDialogue, DialogueUpdate, PushToTalk

_ROW = "Vehicle.Cabin.HVAC.Station.Row1"
PLUGGED = {"Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition.IsChargingCableConnected": True}
NOTICE = "Charge & Co · Charging has ended: 80 percent, 52 kWh for 24.10 EUR."


def _actuates(part: str) -> Callable[[Happened], bool]:
    return lambda happened: any(isinstance(one, Actuate) and part in one.path for one in happened.asked)


def _presses(*commands: TransportCommand) -> Callable[[Happened], bool]:
    def pressed(happened: Happened) -> bool:
        events = [one.event for one in happened.asked if isinstance(one, Input)]
        return any(isinstance(event, TransportPressed) and event.command in commands for event in events)

    return pressed


def _shows(page: str) -> Callable[[Happened], bool]:
    return lambda happened: happened.stage.page_root(page) is not None


def _asks(kind: type[object]) -> Callable[[Happened], bool]:
    return lambda happened: any(isinstance(one, kind) for one in happened.asked)


def _taps(happened: Happened) -> bool:
    events = [one.event for one in happened.asked if isinstance(one, Input)]
    return any(isinstance(one, Tap) for one in happened.asked) or any(isinstance(event, Tapped) for event in events)


def _say_notice(stage: Stage) -> str:
    stage.models.notice.say(NOTICE)
    stage.settle(keep=True)
    return NOTICE


def _overlay(update: DialogueUpdate) -> Callable[[Stage], str]:
    """All words that the voice's overlay then shows."""

    def words(stage: Stage) -> str:
        stage.say(update)
        stage.settle(keep=True)
        overlay = find(stage.window, "voiceOverlay")
        seen = (one for one in look(stage.window) if one.kind is Kind.TEXT and inside(one.item, overlay))
        return " ".join(str(one.item.property("text")) for one in seen)

    return words


def _says(phase: str) -> Callable[[Happened], bool]:
    return lambda happened: happened.stage.models.voice.property("phase") == phase


def _notice_gone(happened: Happened) -> bool:
    return happened.stage.models.notice.property("shown") is False


def tasks() -> Sequence[Task]:
    """The table's tasks."""
    return (
        Task("One step warmer", (r"^climateDriverUp$",), _actuates(f"{_ROW}.Driver.Temperature")),
        Task("Two degrees warmer", (r"^climateDriverUp$",), _actuates(f"{_ROW}.Driver.Temperature"), times=4),
        Task("Fan one step faster", (r"^climateFanUp$",), _actuates("FanSpeed")),
        Task("Clear the windscreen", (r"^climateDefrost$",), _actuates("IsFrontDefrosterActive")),
        Task("Heat the driver's seat", (r"^zoneDriverHeat$",), _actuates("Row1.DriverSide.HeatingCooling")),
        Task("Next track", (r"^appTransport_.*_next$|^mediaNext$",), _presses(TransportCommand.NEXT)),
        Task(
            "Play or pause",
            (r"^appTransport_.*_(play|pause)$|^media(Play|Pause)$",),
            _presses(TransportCommand.PLAY, TransportCommand.PAUSE),
        ),
        Task("Choose a charging station in an app", (r"^appTab_charge$|^homeApp_charge$", r"^appRow_charge_"), _taps),
        Task("Open the map", (r"(_|^)navigation$",), _shows("navigation")),
        Task("Look at the energy page", (r"_energy$",), _shows("energy")),
        Task("Look at the tyres", (r"_vehicle$",), _shows("vehicle")),
        Task("Open the phone", (r"_phone$",), _shows("phone")),
        Task("Start to charge", (r"^chargeOrder$",), _actuates("Charging"), scene=Scene.PARKED, given=PLUGGED),
        Task("Lock the doors", (r"^vehicleLocks$",), _actuates("IsLocked")),
        Task("Mute", (r"^sound$", r"^soundMute$"), _asks(SetMuted)),
        Task("Louder", (r"^sound$", r"^soundMore$"), _asks(ChangeVolume)),
        Task("Speak to the car", (r"^microphone$",), _asks(PushToTalk)),
        Task("Read what may be said", (), _says("listening"), reads=_overlay(LISTENING)),
        Task(
            "Read the voice's question and answer it",
            (r"^voiceChoice_yes$",),
            _asks(AnswerDialogue),
            reads=_overlay(ASKING),
        ),
        Task(
            "Choose one of four in the voice's question",
            (r"^voiceChoice_3$",),
            _asks(AnswerDialogue),
            reads=_overlay(CHOOSING),
        ),
        Task("Read the voice's answer", (), _says("answered"), reads=_overlay(ANSWERED)),
        Task("Read a notice and take it away", (r"^toast$",), _notice_gone, reads=_say_notice),
    )
