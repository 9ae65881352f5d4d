# SPDX-License-Identifier: Apache-2.0
"""The part of the cloud process that keeps the driver's ratings of apps, and tells them while he agrees to it.

The order makes it whole: a rating is in the file first, with the stream that it goes out in, then in the outbox, then
it is noted as told. What a crash or a full disk has interrupted is told once more; of one stream the newest counts.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from ivi.cloud.consent.coarsening import Precision, coarse_ms
from ivi.cloud.consent.gate import ConsentGate
from ivi.cloud.consent.purposes import PURPOSES, RATINGS
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.outbox_file import set_aside
from ivi.cloud.part import Post
from ivi.cloud.ratings.kept import KeptRatings, Rating, checked, load
from ivi.cloud.record import Record, encode_record
from ivi.daemon.link_server import Router, Session
from ivi.daemon.process import Counter, Process
from ivi.model.errors import ConfigurationError, InvalidArgumentError, IviError, NotFoundError, UnavailableError
from ivi.model.ratings import RateApp, RatingView, ShowRating, WithdrawRating
from ivi.model.services import DrivingState
from ivi.model.status import Problem

log = logging.getLogger(__name__)

KIND = "rating"
FILE = "ratings.json"
RETRY = 60.0  # seconds until what the disk did not take is tried again
_PRECISION = Precision(time_s=PURPOSES[RATINGS.purpose].time_s)


class Apps(Protocol):
    """Who knows what is installed."""

    async def installed(self) -> dict[str, str]:
        """App id -> version. Raises IviError."""


class Drive(Protocol):
    """Who knows whether the car is parked."""

    @property
    def driving(self) -> DrivingState:
        """The driving state."""


class RatingsPart:
    """See ivi.cloud.part.Part. It comes after the consents, which open the gate."""

    name = "ratings"
    topics: tuple[str, ...] = ()

    def __init__(self, process: Process, drive: Drive, apps: Apps, gate: ConsentGate, state: Path) -> None:
        """`state` is the process's folder."""
        self._process, self._drive, self._apps, self._gate = process, drive, apps, gate
        self._path = state / FILE
        self._kept: KeptRatings | None = None
        self._post: Post | None = None
        self._stream: Callable[[str], bytes] | None = None
        self._retry: asyncio.TimerHandle | None = None
        gate.on_change(self._tell_owed)

    def attach(self, stream: Callable[[str], bytes]) -> None:
        """Who knows the stream of a channel, from `start` on; before it."""
        self._stream = stream

    # -- ivi.cloud.part.Part ------------------------------------------------------------------------------------------
    async def start(self, post: Post) -> None:
        """Read what is kept, and tell what an earlier end has interrupted. Raises ConfigurationError."""
        try:
            self._kept = self._load()
        except OSError as error:
            raise ConfigurationError(f"cannot read {self._path}: {error.strerror}", hint="check its rights") from error
        self._post = post
        self._tell_owed()

    async def stop(self) -> None:
        """What is not told yet is told at the next start."""
        self._post = None
        if self._retry is not None:
            self._retry.cancel()

    def online(self) -> None:
        """What the disk did not take may be taken now."""
        self._tell_owed()

    def received(self, topic: str, payload: bytes) -> Awaitable[None] | None:
        """Nothing comes down for it."""
        return None

    def serve(self, router: Router) -> None:
        """Answer the screen."""
        router.on_call(ShowRating, self._show)
        router.on_call(RateApp, self._rate)
        router.on_call(WithdrawRating, self._withdraw)

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        ratings = self._kept.ratings.values() if self._kept is not None else ()
        return {
            "ratings_kept": sum(rating.stars > 0 for rating in ratings),
            "ratings_owed": sum(rating.owed for rating in ratings) if self._leaves else 0,
        }

    # -- what the screen asks -----------------------------------------------------------------------------------------
    async def _show(self, request: ShowRating, _session: Session) -> RatingView:
        return self._view(request.app_id)

    async def _rate(self, request: RateApp, _session: Session) -> RatingView:
        stars = checked(request.stars)
        if self._drive.driving is not DrivingState.PARKED:
            raise UnavailableError(
                f"apps are rated while the car is parked, and it is {self._drive.driving.value}",
                hint="park, and try again; taking back is always possible",
            )
        version = (await self._apps.installed()).get(request.app_id)
        if version is None:
            raise NotFoundError(f"no app {request.app_id[:64]!a} is installed", hint="`ivi app list` shows them")
        before = self._ratings.ratings.get(request.app_id)
        told = before.told if before is not None else ""
        self._ratings.put(request.app_id, Rating(version=version, stars=stars, told=told, owed=True))
        self._tell_owed()
        return self._view(request.app_id)

    async def _withdraw(self, request: WithdrawRating, _session: Session) -> RatingView:
        kept = self._ratings.get(request.app_id)
        if kept is not None:
            # Of what went out in the stream that may still be open the fleet has to hear.
            gone = Rating(version=kept.version, stars=0, told=kept.told, owed=True) if kept.told else None
            self._ratings.put(request.app_id, gone)
            self._tell_owed()
        return self._view(request.app_id)

    def _view(self, app_id: str) -> RatingView:
        kept = self._ratings.get(app_id)
        if kept is None:
            return RatingView(app_id, 0, "", self._leaves)
        return RatingView(app_id, kept.stars, kept.version, self._leaves)

    # -- inside -------------------------------------------------------------------------------------------------------
    @property
    def _ratings(self) -> KeptRatings:
        if self._kept is None:
            raise UnavailableError("the ratings are not read yet", hint="ask again in a moment")
        return self._kept

    @property
    def _leaves(self) -> bool:
        return self._gate.may_leave(RATINGS, DeliveryClass.EVENTS)

    def _load(self) -> KeptRatings:
        try:
            return load(self._path)
        except InvalidArgumentError as error:
            aside = set_aside(self._path)
            self._process.report(
                "ratings",
                Problem(
                    f"The ratings of apps were damaged, and none is kept any more: {error.message}",
                    str(aside),
                    "rate the apps again; check the disk",
                ),
            )
        return KeptRatings(self._path, {})

    def _tell_owed(self) -> None:
        """Tell the fleet what it does not know yet, if the driver agrees to it."""
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None
        channel = self._gate.channel(RATINGS, DeliveryClass.EVENTS)
        if self._post is None or self._stream is None or self._kept is None or channel is None:
            return
        try:
            stream = self._stream(channel).hex()
            for app_id, rating in list(self._kept.ratings.items()):
                self._tell(self._post, self._kept, app_id, rating, stream)
        except IviError as error:
            log.warning("a rating is not told yet", extra={"reason": error.message})
            self._retry = asyncio.get_running_loop().call_later(RETRY, self._tell_owed)

    @staticmethod
    def _tell(post: Post, kept: KeptRatings, app_id: str, rating: Rating, stream: str) -> None:
        """Raises IviError; then it is owed still."""
        if rating.told == stream and not rating.owed:
            return
        if not rating.stars and rating.told != stream:  # the fleet was asked to delete that stream with all in it
            kept.put(app_id, None)
            return
        if rating.told != stream:
            kept.put(app_id, Rating(version=rating.version, stars=rating.stars, told=stream, owed=True))
        said = {"app": app_id, "version": rating.version, "stars": rating.stars} if rating.stars else {"app": app_id}
        at_ms = coarse_ms(int(post.clock.now() * 1000), _PRECISION)
        if post.put_now(Outgoing(DeliveryClass.EVENTS, encode_record(Record(KIND, at_ms, said)), RATINGS)):
            done = Rating(version=rating.version, stars=rating.stars, told=stream) if rating.stars else None
            kept.put(app_id, done)
