# SPDX-License-Identifier: Apache-2.0
"""The fake host's screen: what the app shows, and what the driver does with it."""

import hashlib
import math

import msgspec

from ivi.model.app import (
    AddPicture,
    Dismissed,
    FollowInput,
    InputEvent,
    MoreWanted,
    PictureAdded,
    Searched,
    Shown,
    ShowTemplate,
    Tapped,
    WentHome,
)
from ivi.model.errors import IviError, PermissionDeniedError, ResourceExhaustedError
from ivi.model.png import check_png
from ivi.model.templates import (
    AlertTemplate,
    NoticeTemplate,
    NotificationTemplate,
    PageTemplate,
    Rule,
    Template,
    kind_of,
)
from ivi.model.templates.checks import check
from ivi.model.templates.limits import is_moving, shortened
from ivi.model.templates.rates import ShowRate
from ivi.model.templates.rules import refusal
from ivi.model.templates.targets import fits, tappable
from ivi.model.templates.task import Task
from ivi.sdk.harness.link import Stream
from ivi.sdk.harness.session import Session

MAX_UP = 2  # notices
MAX_PICTURES, MAX_PICTURE_BYTES = 64, 1 << 20


class FakeScreen:
    """Checks templates as the host does, and hands over what the driver does."""

    def __init__(self, session: Session) -> None:
        self.page: PageTemplate | None = None
        self.history: list[Template] = []
        """Everything that was shown, oldest first."""
        self.refused: list[IviError] = []
        """Templates that were not shown, by their error."""
        self.notices: dict[int, NoticeTemplate] = {}
        """Notifications and alerts that are up, by number."""
        self._session = session
        self._task = Task()
        self._inputs: set[Stream] = set()
        self._pictures: dict[str, int] = {}
        self._revision = self._page_revision = self._more_for = 0
        self._rate = ShowRate(session.clock.monotonic())
        self._ends: dict[int, float] = {}
        end = session.end
        end.calls[ShowTemplate] = self._show
        end.calls[AddPicture] = self._add_picture
        end.openings[FollowInput] = self._follow
        session.watch(self._rights_changed)
        session.clock.join(lambda: min(self._ends.values(), default=math.inf), self._expire)

    def begin(self) -> None:
        """A new life of the app begins with nothing on the screen."""
        self.page = None
        self._task.clear()
        self._pictures.clear()
        self.notices.clear()
        self._ends.clear()
        self._rate = ShowRate(self._session.clock.monotonic())

    @property
    def _moving(self) -> bool:
        return is_moving(self._session.limits.driving_state)

    def send(self, event: msgspec.Struct) -> None:
        """To the app's stream of input."""
        for stream in self._inputs:
            stream.send(event)

    def tell_limits(self) -> None:
        """The driving state, and what the task leaves."""
        steps = self._task.steps_left(moving=self._moving)
        self.send(msgspec.structs.replace(self._session.limits, steps_left=steps))

    # -- the driver ---------------------------------------------------------------------------------------------------
    def answer(self, event: InputEvent, what: str) -> None:
        """Do something on what is shown. Raises AssertionError when nobody could."""
        notice = self.notices.get(event.revision)
        if notice is not None:
            tapped = isinstance(event, Tapped) and event.target in tappable(notice)
            if not tapped and not isinstance(event, Dismissed):
                raise AssertionError(f"{what}: it is not among the answers of {notice}")
            self._take_down(event.revision)
        else:
            self._answer_page(event, what)
        self.send(event)

    def _answer_page(self, event: InputEvent, what: str) -> None:
        page, limits = self.page, self._session.limits
        if page is None:
            raise AssertionError(f"{what}: the app shows no page")
        part = shortened(page, limits).template
        if part is None:
            raise AssertionError(f"{what}: {kind_of(page)} is not shown while the car is {limits.driving_state}")
        if not fits(part, event, depth=self._task.depth, keyboard=limits.keyboard):
            raise AssertionError(f"{what}: that is not possible on {page}")
        if isinstance(event, MoreWanted):
            if self._more_for == event.revision:
                raise AssertionError(f"{what}: the app was told already; it has to show the list again")
            self._more_for = event.revision
        if isinstance(event, Searched):
            msgspec.convert(msgspec.to_builtins(event), Searched)
        if isinstance(event, WentHome):
            self._task.home()
            self.tell_limits()

    @property
    def revision(self) -> int:
        """Number of the page that is shown."""
        return self._page_revision

    def notice_with(self, target: str) -> int:
        """Number of the newest notice that has this answer; 0 for none."""
        found = [number for number, notice in self.notices.items() if target in tappable(notice)]
        return found[-1] if found else 0

    # -- the app ------------------------------------------------------------------------------------------------------
    def _follow(self, _request: FollowInput, stream: Stream) -> None:
        self._session.count(stream, lambda: self._inputs.discard(stream))
        self._inputs.add(stream)
        steps = self._task.steps_left(moving=self._moving)
        stream.send(msgspec.structs.replace(self._session.limits, steps_left=steps))

    def _show(self, request: ShowTemplate) -> Shown:
        self._session.require_hello()
        template = request.template
        try:
            return self._checked(template)
        except IviError as error:
            self.refused.append(error)
            raise

    def _checked(self, template: Template) -> Shown:
        session, kind = self._session, kind_of(template)
        if not self._may_show(kind):
            why = f"{session.grants.app_id} may not show the template {kind}"
            hint = f'its manifest.toml would need [[permission]] use = "ui" templates = ["{kind}"] surfaces = ["card"]'
            raise session.deny("ui", kind, refusal(PermissionDeniedError, kind, Rule.GRANT, why, hint).message, hint)
        limits = session.limits
        if kind not in limits.kinds:
            why = f"it is not shown while the car is {limits.driving_state}"
            raise refusal(PermissionDeniedError, kind, Rule.KIND_NOW, why, "Limits.kinds says what is shown now")
        if isinstance(template, NotificationTemplate | AlertTemplate):
            check(template, self._pictures)
            return self._put_up(template, kind)
        self._take_rate(kind)
        check(template, self._pictures)
        self._task.show(template, moving=self._moving)
        self._revision += 1
        self.page, self._page_revision = template, self._revision
        self.history.append(template)
        return Shown(self._revision, self._task.steps_left(moving=self._moving))

    def _may_show(self, kind: str) -> bool:
        return any(kind in grant["templates"] for grant in self._session.grants.of("ui"))

    def _take_rate(self, kind: str) -> None:
        limits = self._session.limits
        if not self._rate.take(limits.driving_state, self._session.clock.monotonic()):
            why, hint = f"templates come too fast while the car is {limits.driving_state}", f"{limits.refresh_s:g}"
            raise refusal(ResourceExhaustedError, kind, Rule.REFRESH_RATE, why, f"show it {hint} s later")

    def _put_up(self, notice: NoticeTemplate, kind: str) -> Shown:
        session, now = self._session, self._session.clock.monotonic()
        per_hour = max((grant["per_hour"] for grant in session.grants.of("notify")), default=0)
        if not per_hour:
            hint = 'its manifest.toml would need [[permission]] use = "notify" per_hour = 4'
            said = refusal(PermissionDeniedError, kind, Rule.GRANT, f"{session.grants.app_id} may not notify", hint)
            raise session.deny("notify", kind, said.message, hint)
        if not session.notice_rate.take(per_hour, now):
            why = f"{per_hour} in an hour are the limit"
            raise refusal(ResourceExhaustedError, kind, Rule.NOTICES, why, "keep the rest for its pages")
        self._revision += 1
        self.notices[self._revision], self._ends[self._revision] = notice, now + notice.seconds
        self.history.append(notice)
        for number in list(self.notices)[:-MAX_UP]:
            self._take_down(number)
            self.send(Dismissed(number))
        return Shown(self._revision)

    def _take_down(self, number: int) -> None:
        del self.notices[number], self._ends[number]

    def _expire(self) -> None:
        now = self._session.clock.monotonic()
        for number in [number for number, end in self._ends.items() if end <= now]:
            self._take_down(number)
            self.send(Dismissed(number))

    def _add_picture(self, request: AddPicture) -> PictureAdded:
        self._session.require_hello()
        name = hashlib.sha256(request.png).hexdigest()
        if name not in self._pictures:
            check_png(request.png)
        self._pictures[name] = self._pictures.pop(name, len(request.png))
        while len(self._pictures) > MAX_PICTURES or sum(self._pictures.values()) > MAX_PICTURE_BYTES:
            del self._pictures[next(iter(self._pictures))]
        return PictureAdded(name)

    def _rights_changed(self) -> None:
        if self.page is not None and not self._may_show(kind_of(self.page)):
            self.page = None
            self._task.clear()
        may_notify = bool(self._session.grants.of("notify"))
        gone = [one for one, notice in self.notices.items() if not (may_notify and self._may_show(kind_of(notice)))]
        for number in gone:
            self._take_down(number)
            self.send(Dismissed(number))
