# SPDX-License-Identifier: Apache-2.0
"""An app's templates towards the screen and the driver's answers towards the app."""

import asyncio
import time

from ivi.apphost.facility import Life
from ivi.apphost.manifest import Notify, Ui
from ivi.apphost.permissions import Decision
from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.app import AddPicture, FollowInput, PictureAdded, Shown, ShowTemplate
from ivi.model.errors import IviError, PermissionDeniedError, ResourceExhaustedError
from ivi.model.templates import AlertTemplate, NotificationTemplate, Rule, Template, kind_of
from ivi.model.templates.checks import check
from ivi.model.templates.limits import is_moving
from ivi.model.templates.rates import Bucket, ShowRate
from ivi.model.templates.rules import refusal, rule_of

PICTURES_PER_S, PICTURES_BURST = 4.0, 32.0  # each costs the host a check of up to 2 ms
CHECKS_PER_S, CHECKS_BURST = 6.0, 4.0  # templates that are looked at, whether they are shown or refused


class Screen:
    """Checks each template against the `ui` permission, its limits, its rate and its task."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._stage = life.app.stage
        now = time.monotonic()
        self._rate = ShowRate(now)
        self._pictures = Bucket(PICTURES_BURST, now)
        self._checks = Bucket(CHECKS_BURST, now)
        self._expiry: asyncio.TimerHandle | None = None
        life.rights.watch(self._rights_changed)

    def serve(self, router: Router) -> None:
        """Register the calls and streams."""
        router.on_call(ShowTemplate, self._show)
        router.on_call(AddPicture, self._add_picture)
        router.on_stream(FollowInput, self._follow_input)

    def close(self) -> None:
        """Stop the clock of the notices."""
        self._life.rights.unwatch(self._rights_changed)
        if self._expiry is not None:
            self._expiry.cancel()

    async def _show(self, request: ShowTemplate, _session: Session) -> Shown:
        self._life.require_hello()
        template = request.template
        try:
            self._require_grant(template)
            self._require_now(template)
            if not self._checks.take(CHECKS_PER_S, time.monotonic()):
                raise self._too_fast(template)
            check(template, self._stage.pictures)
            limits = self._life.car.driving.limits
            if isinstance(template, NotificationTemplate | AlertTemplate):
                self._take_notice(template)
                revision = self._stage.notify(template)
                self._arm()
                return Shown(revision)
            self._take_rate(template)
            revision = self._stage.show(template, moving=is_moving(limits.driving_state))
        except IviError as error:
            rule = rule_of(error)
            self._stage.refused[rule.value if rule else error.code] += 1
            if rule not in {Rule.GRANT, Rule.REFRESH_RATE}:  # the one is told already, the other passes
                self._life.tell_refusal(error.message, error.hint)
            raise
        return Shown(revision, self._stage.limits(limits).steps_left)

    def _granted(self, kind: str) -> bool:
        return any(kind in grant.templates for grant in self._life.rights.of(Ui))

    def _require_grant(self, template: Template) -> None:
        life, kind = self._life, kind_of(template)
        if not self._granted(kind):
            why = f"{life.app.id} may not show the template {kind}"
            hint = f'its manifest.toml would need [[permission]] use = "ui" templates = ["{kind}"] surfaces = ["card"]'
            said = refusal(PermissionDeniedError, kind, Rule.GRANT, why, hint)
            life.judge("ui", kind, Decision(allowed=False, reason=said.message, hint=hint))

    def _require_now(self, template: Template) -> None:
        limits = self._life.car.driving.limits
        kind = kind_of(template)
        if kind not in limits.kinds:
            why = f"it is not shown while the car is {limits.driving_state}"
            raise refusal(PermissionDeniedError, kind, Rule.KIND_NOW, why, "Limits.kinds says what is shown now")

    def _take_rate(self, template: Template) -> None:
        if not self._rate.take(self._life.car.driving.limits.driving_state, time.monotonic()):
            raise self._too_fast(template)

    def _too_fast(self, template: Template) -> ResourceExhaustedError:
        limits = self._life.car.driving.limits
        why = f"templates come too fast while the car is {limits.driving_state}"
        hint = f"show it {limits.refresh_s:g} s later"
        return refusal(ResourceExhaustedError, kind_of(template), Rule.REFRESH_RATE, why, hint)

    def _per_hour(self) -> int:
        return max((grant.per_hour for grant in self._life.rights.of(Notify)), default=0)

    def _take_notice(self, template: Template) -> None:
        per_hour = self._per_hour()
        if not per_hour:
            kind = kind_of(template)
            hint = 'its manifest.toml would need [[permission]] use = "notify" per_hour = 4'
            said = refusal(PermissionDeniedError, kind, Rule.GRANT, f"{self._life.app.id} may not notify", hint)
            self._life.judge("notify", kind, Decision(allowed=False, reason=said.message, hint=hint))
        if not self._life.app.notice_rate.take(per_hour, time.monotonic()):
            why = f"{per_hour} in an hour are the limit"
            raise refusal(ResourceExhaustedError, kind_of(template), Rule.NOTICES, why, "keep the rest for its pages")
        self._life.judge("notify", kind_of(template), Decision(allowed=True, reason="granted by its manifest"))

    async def _add_picture(self, request: AddPicture, _session: Session) -> PictureAdded:
        self._life.require_hello()
        if not self._pictures.take(PICTURES_PER_S, time.monotonic()):
            raise ResourceExhaustedError("pictures come too fast", hint="add the next one a second later")
        return PictureAdded(self._stage.pictures.add(request.png))

    async def _follow_input(self, _request: FollowInput, stream: Stream) -> None:
        with self._life.counted_stream():
            stream.send(self._stage.limits(self._life.car.driving.limits))
            self._stage.inputs.add(stream)
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                self._stage.inputs.discard(stream)

    def _rights_changed(self) -> None:
        """What may not be shown any more goes at once."""
        if self._stage.page is not None and not self._granted(kind_of(self._stage.page)):
            self._stage.withdraw()
        may_notify = self._per_hour() > 0
        self._stage.withdraw_notices(lambda notice: may_notify and self._granted(kind_of(notice)))

    # -- notices that end by themselves -------------------------------------------------------------------------------
    def _arm(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
        end = self._stage.next_end
        loop = asyncio.get_running_loop()
        self._expiry = None if end is None else loop.call_later(max(0.0, end - time.monotonic()), self._expire)

    def _expire(self) -> None:
        self._stage.expire(time.monotonic())
        self._arm()
