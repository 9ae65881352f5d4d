# SPDX-License-Identifier: Apache-2.0
"""The class that a partner's app derives from: override what you need, call what you want."""

import socket
from collections.abc import Callable

import msgspec

from ivi.model.app import (
    ActuateSignal,
    AddPicture,
    Dismissed,
    FollowInput,
    GetSignals,
    Granted,
    Heartbeat,
    Hello,
    Importance,
    Limits,
    MoreWanted,
    Notify,
    PaymentUpdate,
    PictureAdded,
    RequestPayment,
    Revoked,
    Searched,
    Shown,
    ShowTemplate,
    Signals,
    Stopping,
    SubscribeSignals,
    Tapped,
    Toggled,
    TransportPressed,
    WentBack,
    WentHome,
)
from ivi.model.audio import AudioKind, FocusState
from ivi.model.errors import InvalidArgumentError, ResourceExhaustedError
from ivi.model.signal import Datapoint, Value
from ivi.model.templates import Rule, Template, TransportCommand, kind_of
from ivi.model.templates.rules import rule_of
from ivi.sdk.audio import AudioFocus
from ivi.sdk.connection import Connection, HostGoneError, NotConnected
from ivi.sdk.payments import request_payment
from ivi.sdk.signals import Subscription
from ivi.sdk.storage import Storage
from ivi.sdk.timers import Clock, Timer, Timers
from ivi.sdk.voice import follow_intents

SDK_VERSION = "1.1.0"
DRIVER_TIMEOUT = 30.0  # seconds for calls that the driver may have to agree to
SHOW_AGAIN = 0.5  # seconds before a template that came too soon is sent again


class App:
    """An app in the car. Its life: `on_start` once, then the other handlers, one at a time, then `on_stop`.

    A handler that takes longer than a few seconds makes the car stop the app. Any call raises DeadlineError when the
    car does not answer within 5 s, and UnavailableError before `on_start`.
    """

    id: str = ""
    """The app's own id, once started."""
    limits: Limits = Limits("unknown", 0, 0)
    """What the screen shows of this app in the present driving state; 0 is no limit."""
    clock: Clock = Clock()
    """The car's clocks."""
    storage: Storage = Storage(NotConnected())
    """What the app keeps over restarts; see ivi.sdk.storage."""

    # -- override these -----------------------------------------------------------------------------------------------
    def on_start(self) -> None:
        """The app runs: subscribe to signals, show the first template."""

    def on_stop(self) -> None:
        """The car ends the app in order: a second is left, and calls still work. Not called after a crash or a kill."""

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        """Signals that were subscribed to have new values."""

    def on_tap(self, target: str) -> None:
        """The driver chose the row, item, marker, route or action with this id."""

    def on_toggle(self, target: str, on: bool) -> None:  # the switch's new state
        """The driver moved the switch of the row with this id; show the list with its new state."""

    def on_transport(self, command: TransportCommand, value: float) -> None:
        """The driver wants something of the player; `value` is seconds for SEEK, 1 or 0 for SHUFFLE."""

    def on_more(self, count: int) -> None:
        """The end of a list with `more` is near: show it again with more than these `count` rows."""

    def on_search(self, text: str, submitted: bool) -> None:  # whether typing is done
        """The driver typed into the list's search field."""

    def on_back(self) -> None:
        """The driver wants the page before: show it again."""

    def on_home(self) -> None:
        """The driver wants the first page: show it again."""

    def on_dismissed(self, notice: int) -> None:
        """A notification or alert is gone without an answer; `notice` is what `show` returned for it."""

    def on_limits(self, limits: Limits) -> None:
        """The driving state has changed what may be shown."""

    def on_payment(self, payment: PaymentUpdate) -> None:
        """A payment that was asked for has ended."""

    def on_audio_focus(self, state: FocusState) -> None:
        """Whether and how the app may be heard, after it asked with `request_audio_focus`."""

    def on_intent(self, intent: str, slots: dict[str, str]) -> str | None:
        """The driver said one of the app's sentences; returns what the car answers, one line. Be quick: he waits."""

    def on_revoked(self, paths: list[str], uses: list[str]) -> None:
        """The driver took permissions back: VSS paths or patterns, and kinds like `net`. No value comes after it."""

    def on_granted(self, paths: list[str], uses: list[str]) -> None:
        """The driver gave permissions (again): what was refused before may be tried."""

    # -- call these ---------------------------------------------------------------------------------------------------
    def get(self, paths: list[str]) -> dict[str, Datapoint]:
        """Current values; a path that has none yet is absent. Raises PermissionDeniedError, UnavailableError."""
        answer: Signals = self._connection.call(GetSignals(paths))
        return answer.entries

    def subscribe(self, paths: list[str]) -> Subscription:
        """Have `on_signals` called with these paths' values, now and at each change, until it is cancelled.

        Raises PermissionDeniedError, ResourceExhaustedError with more than 8 streams open.
        """
        subscription = Subscription(self._connection, self.on_signals)
        subscription.open(SubscribeSignals(paths))
        return subscription

    def actuate(self, path: str, value: Value) -> None:
        """Ask the car for a change and wait until it reports it; for the driver's answer, too, where he is asked.

        Raises PermissionDeniedError, InvalidArgumentError for a value that does not fit, UnavailableError when nobody
        can do it now or the driver does not answer, DeadlineError when the car did not do it.
        """
        self._connection.call(ActuateSignal(path, value), timeout=DRIVER_TIMEOUT)

    def show(self, template: Template) -> int:
        """Show this template and return its number; 0 when it comes too soon and is shown a moment later, newest only.

        Raises InvalidArgumentError naming the rule and the field when a text is too long, PermissionDeniedError without
        the grant, ResourceExhaustedError when the task has too many pages for a moving car.
        """
        try:
            msgspec.convert(msgspec.to_builtins(template), type(template))
        except msgspec.ValidationError as error:
            text = f"{kind_of(template)} refused by {Rule.FORM.value}: {error}"
            raise InvalidArgumentError(text, hint="docs/templates.md has the fields and their limits") from error
        return self._send_template(template)

    def add_picture(self, png: bytes) -> str:
        """Hand over a PNG and return its id, which templates name as `picture`. The car keeps the newest 64.

        Raises InvalidArgumentError when it is no plain PNG of at most 256x256 pixels and 64 KiB, and
        ResourceExhaustedError when pictures come faster than four a second for long.
        """
        added: PictureAdded = self._connection.call(AddPicture(png))
        return added.id

    def notify(self, title: str, text: str = "", importance: Importance = Importance.NORMAL) -> None:
        """Show a line or two for a moment.

        Raises PermissionDeniedError, InvalidArgumentError, ResourceExhaustedError beyond the grant's number in an hour.
        """
        self._connection.call(Notify(title, text, importance))

    def request_audio_focus(self, kind: AudioKind) -> None:
        """Ask to be heard, e.g. as `AudioKind.MEDIA`, and play when `on_audio_focus` says gained.

        Raises PermissionDeniedError, UnavailableError.
        """
        self._audio_focus.request(kind)

    def abandon_audio_focus(self) -> None:
        """Give the focus back. Raises nothing when there is none."""
        self._audio_focus.abandon()

    def pay(self, reference: str, amount: str, currency: str, what_for: str) -> None:
        """Ask the driver to pay, e.g. `pay("order-17", "12.50", "EUR", "Parking until 18:00")`; see `on_payment`.

        The same reference again gets the same outcome and never pays twice: after a crash, ask again.
        Raises PermissionDeniedError over the grant or while the car moves, InvalidArgumentError naming the field.
        """
        request_payment(self._connection, RequestPayment(reference, amount, currency, what_for), self.on_payment)

    def every(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Call something again and again while the app runs. Raises InvalidArgumentError unless seconds are above 0."""
        return self._timers.add(seconds, call, again=True)

    def after(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Call something once, later. Raises InvalidArgumentError when seconds are negative."""
        return self._timers.add(seconds, call, again=False)

    # -- the loop -----------------------------------------------------------------------------------------------------
    _connection: Connection = NotConnected()
    _audio_focus: AudioFocus = AudioFocus(NotConnected(), lambda _state: None)
    _timers: Timers = Timers(clock)
    _unsent: Template | None = None
    _stopping: bool = False

    def run(self, link_fd: int) -> None:
        """Serve the app until the car ends it. `ivi.sdk.boot` calls this."""
        connection = Connection(socket.socket(fileno=link_fd))
        try:
            self.begin(connection)
            while self.turn():
                pass
        except HostGoneError:
            return
        finally:
            connection.close()

    def begin(self, connection: Connection, clock: Clock | None = None) -> None:
        """Say Hello over a link and start. For those who drive an app themselves, like `ivi.sdk.testing`."""
        self.clock = clock or Clock()
        self._connection = connection
        self._timers = Timers(self.clock)
        self.storage = Storage(connection)
        self._audio_focus = AudioFocus(connection, self.on_audio_focus)
        welcome = connection.call(Hello(SDK_VERSION))
        self.id = welcome.app_id
        self.every(welcome.heartbeat_s, lambda: connection.post(Heartbeat()))
        connection.stream(FollowInput(), self._took_input)
        if type(self).on_intent is not App.on_intent:
            follow_intents(connection, self.on_intent)
        self.on_start()

    def turn(self, most: float | None = None) -> bool:
        """Run timers, wait for events (up to `most` seconds) and hand them to their handlers. False at the end."""
        wait = self._timers.fire()
        self._connection.dispatch(wait if most is None else min(most, wait))
        if self._stopping:
            self.on_stop()
        return not self._stopping

    @property
    def next_timer(self) -> float:
        """When the next timer is due, by the clock; infinity for none."""
        return self._timers.due

    def _send_template(self, template: Template) -> int:
        try:
            shown: Shown = self._connection.call(ShowTemplate(template))
        except ResourceExhaustedError as error:
            if rule_of(error) is not Rule.REFRESH_RATE:
                raise
            if self._unsent is None:
                self.after(SHOW_AGAIN, self._show_again)
            self._unsent = template
            return 0
        self._unsent = None
        return shown.revision

    def _show_again(self) -> None:
        template, self._unsent = self._unsent, None
        if template is not None:
            self._send_template(template)

    def _took_input(self, body: object) -> None:  # noqa: PLR0912  # one line for each event
        match body:
            case Tapped(target=target):
                self.on_tap(target)
            case Toggled(target=target, on=on):
                self.on_toggle(target, on)
            case TransportPressed(command=command, value=value):
                self.on_transport(command, value)
            case MoreWanted(count=count):
                self.on_more(count)
            case Searched(text=text, submitted=submitted):
                self.on_search(text, submitted)
            case WentBack():
                self.on_back()
            case WentHome():
                self.on_home()
            case Dismissed(revision=revision):
                self.on_dismissed(revision)
            case Limits():
                self.limits = body
                self.on_limits(body)
            case Revoked(paths=paths, uses=uses):
                self.on_revoked(paths, uses)
            case Granted(paths=paths, uses=uses):
                self.on_granted(paths, uses)
            case Stopping():
                self._stopping = True
            case _:
                # A newer car's event that this SDK does not know.
                pass
