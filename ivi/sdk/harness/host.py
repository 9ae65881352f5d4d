# SPDX-License-Identifier: Apache-2.0
"""The fake host as tests use it: it starts an app, plays the driver, and shows what the app did."""

import math
import socket
from typing import Self

import msgspec

from ivi.model.app import (
    Accepted,
    Dismissed,
    Granted,
    Heartbeat,
    Hello,
    InputEvent,
    MoreWanted,
    Revoked,
    Searched,
    Stopping,
    Tapped,
    Toggled,
    TransportPressed,
    Welcome,
    WentBack,
    WentHome,
)
from ivi.model.errors import IviError
from ivi.model.templates import NoticeTemplate, PageTemplate, Template, TransportCommand
from ivi.sdk.app import App
from ivi.sdk.connection import HostGoneError
from ivi.sdk.harness.clock import HandClock
from ivi.sdk.harness.heard import FakeAudio, FakeNotifications, FakeVoice, Notification
from ivi.sdk.harness.items import FakeStorage
from ivi.sdk.harness.link import AppEnd, HostEnd
from ivi.sdk.harness.manifest import Grants
from ivi.sdk.harness.payments import FakePayments
from ivi.sdk.harness.screen import FakeScreen
from ivi.sdk.harness.session import Denied, Session, limits_for
from ivi.sdk.harness.vehicle import FakeVehicle

GESTURE = 1.0  # seconds that the driver takes for anything he does
HEARTBEAT = 2.0  # seconds
POLITE = 1.0  # seconds an app has to end
MAX_TURNS = 1000  # events that an app may answer with new events before it counts as going round in circles


class FakeHost:
    """One app's host. What the driver does takes him a second of the clock, and the app has answered when it returns.

    An error that the app does not catch comes out of the line that caused it.
    """

    def __init__(self, clock: HandClock | None = None) -> None:
        self.clock = clock or HandClock()
        self._end = HostEnd()
        self._session = Session(self.clock, self._end)
        self._app: App | None = None
        self._connection: AppEnd | None = None
        self._settling = False
        self.vehicle = FakeVehicle(self._session)
        self._screen = FakeScreen(self._session)
        self.storage = FakeStorage(self._session)
        self.payments = FakePayments(self._session)
        self.audio = FakeAudio(self._session)
        self._voice = FakeVoice(self._session)
        self._notifications = FakeNotifications(self._session)
        self._end.calls[Hello] = self._hello
        self._end.calls[Heartbeat] = self._heartbeat
        self.heartbeats = 0
        """Signs of life so far."""
        self.clock.join(self._due, self.settle)

    def __enter__(self) -> Self:
        """Close it at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the link."""
        self.close()

    # -- the app's life -----------------------------------------------------------------------------------------------
    def start[A: App](self, app: A, grants: Grants) -> A:
        """Start an app over a new link and let it come to rest. Raises what its on_start raises."""
        self.close()
        ours, theirs = socket.socketpair()
        self._end.open(ours)
        self._session.begin(grants)
        self._screen.begin()
        self._connection = AppEnd(theirs, self._end, self.clock)
        try:
            app.begin(self._connection, self.clock)
        except HostGoneError as error:
            raise self._ended() from error
        self._app = app
        self.settle()
        return app

    def settle(self) -> None:
        """Let the app do everything that it can without time passing."""
        if self._app is None or self._settling:
            return
        self._settling = True
        try:
            for _ in range(MAX_TURNS):
                busy = self._end.work()
                if not self._app.turn(0.0):
                    self.close("the car ended the app")
                    return
                if not busy and not self._end.work():
                    return
        except HostGoneError as error:
            raise self._ended() from error
        finally:
            self._settling = False
        raise AssertionError("the app does not come to rest: each of its answers causes another one")

    def stop(self) -> None:
        """End the app as the car does: `on_stop` is called, then the link closes."""
        self._screen.send(Stopping(POLITE))
        self.settle()

    def close(self, reason: str = "the test is over") -> None:
        """Close the link without a word, as if the host had died. Nothing happens when it is closed already."""
        self._app = None
        self._end.close(reason)
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def running(self) -> bool:
        """Whether the app has been started and has not ended."""
        return self._app is not None

    @property
    def answers(self) -> bool:
        """Set it to False and the host hears calls without answering: the app's deadlines pass on the clock."""
        return self._end.answers

    @answers.setter
    def answers(self, answers: bool) -> None:
        self._end.answers = answers

    # -- what the app did ---------------------------------------------------------------------------------------------
    @property
    def shown(self) -> PageTemplate | None:
        """The page on the screen; None for none."""
        return self._screen.page

    @property
    def history(self) -> list[Template]:
        """Everything that was shown, oldest first."""
        return self._screen.history

    @property
    def alerts(self) -> list[NoticeTemplate]:
        """NotificationTemplate and AlertTemplate that lie above the page now."""
        return list(self._screen.notices.values())

    @property
    def refused(self) -> list[IviError]:
        """Templates that were not shown, by their error."""
        return self._screen.refused

    @property
    def notices(self) -> list[Notification]:
        """`title`, `text` and `importance` of what was sent with `notify`, oldest first."""
        return self._notifications.sent

    @property
    def denied(self) -> list[Denied]:
        """Calls that the permissions refused, with `use`, `target` and `reason`."""
        return self._session.denied

    @property
    def asked(self) -> list[str]:
        """What the driver was asked to agree to."""
        return self._session.asked

    # -- what the driver does -----------------------------------------------------------------------------------------
    @property
    def agrees(self) -> bool | None:
        """What the driver answers when he is asked about an actuator; None when he does not answer."""
        return self._session.agrees

    @agrees.setter
    def agrees(self, agrees: bool | None) -> None:
        self._session.agrees = agrees

    def tap(self, target: str) -> None:
        """Choose the row, item, marker, route or action with this id. Raises AssertionError when it is not there."""
        number = self._screen.notice_with(target) or self._screen.revision
        self._do(Tapped(number, target), f"tap {target!r}")

    def toggle(self, target: str, on: bool) -> None:  # the switch's new state
        """Move a row's switch."""
        self._do(Toggled(self._screen.revision, target, on), f"toggle {target!r}")

    def transport(self, command: TransportCommand | str, value: float = 0.0) -> None:
        """Press a button of the player."""
        pressed = TransportPressed(self._screen.revision, TransportCommand(command), value)
        self._do(pressed, f"press {command}")

    def more(self) -> None:
        """Scroll to the end of a list with `more`."""
        found = [getattr(self._screen.page, name, []) for name in ("rows", "items", "queue")]
        self._do(MoreWanted(self._screen.revision, max(map(len, found))), "scroll to the end")

    def search(self, text: str, *, submitted: bool = True) -> None:
        """Type into the list's search field."""
        self._do(Searched(self._screen.revision, text, submitted), f"search for {text!r}")

    def back(self) -> None:
        """Go back to the page before."""
        self._do(WentBack(self._screen.revision), "go back")

    def home(self) -> None:
        """Go to the task's first page."""
        self._do(WentHome(self._screen.revision), "go home")

    def dismiss(self) -> None:
        """Wipe the newest notification or alert away."""
        number = max(self._screen.notices, default=0)
        if not number:
            raise AssertionError("dismiss: no notification or alert is up")
        self._do(Dismissed(number), "dismiss")

    def intent(self, intent: str, **slots: str) -> str:
        """Say one of the app's sentences; returns what the car answers."""
        self._voice.say(intent, slots)
        self._pass(GESTURE)
        return self._voice.answered()

    def drive(self, state: str) -> None:
        """Change the driving state: parked, idling, moving or unknown."""
        if state not in {"parked", "idling", "moving", "unknown"}:
            raise AssertionError(f"{state!r} is no driving state")
        self._session.limits = limits_for(state)
        self._screen.tell_limits()
        self._pass(0)

    def revoke(self, what: str = "") -> None:
        """Take a permission back: a kind like `net`, a VSS path, a host; all when empty.

        The app is ended when it is one that the manifest does not call optional.
        """
        self._change(what, given=False)
        if self.running and self._session.grants.lacking:
            self.stop()

    def grant(self, what: str = "") -> None:
        """Give back what was taken."""
        self._change(what, given=True)

    # -- inside -------------------------------------------------------------------------------------------------------
    def _change(self, what: str, *, given: bool) -> None:
        paths, uses = self._session.grants.change(what, given=given)
        if uses:
            self._session.rights_changed()
            self._screen.send((Granted if given else Revoked)(paths, uses))
        self._pass(0)

    def _do(self, event: InputEvent, what: str) -> None:
        self.settle()
        self._screen.answer(event, what)
        self._pass(GESTURE)

    def _pass(self, seconds: float) -> None:
        self.settle()
        self.clock.advance(seconds)

    def _ended(self) -> AssertionError:
        """The host has ended the link, as the car would."""
        error = AssertionError(f"the host has ended the link: {self._end.closed_because}")
        self.close()
        return error

    def _due(self) -> float:
        return math.inf if self._app is None else self._app.next_timer

    def _hello(self, _request: Hello) -> Welcome:
        self._session.said_hello = True
        return Welcome(self._session.grants.app_id, HEARTBEAT)

    def _heartbeat(self, _request: Heartbeat) -> msgspec.Struct:
        self.heartbeats += 1
        return Accepted()
