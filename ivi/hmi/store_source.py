# SPDX-License-Identifier: Apache-2.0
"""Feeds the page of the store, and carries what the driver does there to the cloud process and the app host."""

from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from ivi.hmi.models import Models
from ivi.hmi.qt_link import QtLink
from ivi.hmi.sentences import sentence
from ivi.model.errors import IviError
from ivi.model.packages import PackageState, RemovePackage
from ivi.model.ratings import RatingView, ShowRating
from ivi.model.store import JobStep, LookIntoStore, Offer, Store, StoreJob, StoreProgress, SubscribeStore

translate = QCoreApplication.translate
LOOK_TIMEOUT = 130.0  # seconds; servers may be far away
REMOVE_TIMEOUT = 30.0  # seconds; an app is ended in order first


class StoreSource(QObject):
    """One for the screen; the links are those of ivi.hmi.sources."""

    def __init__(self, links: Mapping[str, QtLink], models: Models, parent: QObject) -> None:
        super().__init__(parent)
        self._links, self._models = links, models
        self._stop: Callable[[], None] | None = None
        self._job: StoreJob | None = None
        models.store.send = self._ask
        models.store.tell = self._tell
        models.rating.send = self._rate
        models.store.opened.connect(self._follow)
        for told in (models.store, models.permissions, models.prompts):
            models.language.changed.connect(told.retell)
        links["cloud"].changed.connect(self._cloud_changed)
        models.driving.changed.connect(self._limit)
        self._limit()

    def _limit(self) -> None:
        for shown in self._models.store.lists:
            shown.limit(self._models.driving.limits.max_rows)

    def _follow(self) -> None:
        """Only while the page is shown is anything asked."""
        if self._models.store.wanted and self._stop is None:
            self._stop = self._links["cloud"].follow(SubscribeStore(), self._heard)
        elif not self._models.store.wanted and self._stop is not None:
            self._stop()
            self._stop = None

    def _cloud_changed(self) -> None:
        if not self._links["cloud"].connected:
            self._job = None
            self._models.store.update(None)
            self._models.rating.update(None)

    def _heard(self, event: Store | StoreProgress) -> None:
        if isinstance(event, Store):
            self._models.store.update(event)
        else:
            self._progress(event.job)

    def _progress(self, job: StoreJob | None) -> None:
        """The driver is told of the end where he is, if it came while he was looking."""
        before, self._job = self._job, job
        self._models.store.take_job(job)
        ended = job is not None and job.step is JobStep.DONE and before is not None and before.step is not JobStep.DONE
        if ended and job is not None:
            self._models.notice.say(translate("Store", "It is installed. Your apps show it."))

    def _ask(self, request: msgspec.Struct) -> None:
        timeout = LOOK_TIMEOUT if isinstance(request, LookIntoStore) else 10.0
        self._links["cloud"].call(request, self._answered, timeout=timeout)

    def _answered(self, answer: object) -> None:
        if isinstance(answer, Offer):
            self._models.store.describe(answer)
        elif isinstance(answer, Store | StoreProgress):
            self._heard(answer)
        elif isinstance(answer, IviError):
            self._models.notice.say(sentence(answer.message))

    def _rate(self, request: msgspec.Struct) -> None:
        answered = self._looked_up if isinstance(request, ShowRating) else self._rated
        self._links["cloud"].call(request, answered)

    def _looked_up(self, answer: object) -> None:
        """Of a question that was not answered the page says nothing: what it shows is still to come."""
        if isinstance(answer, RatingView):
            self._models.rating.update(answer)

    def _rated(self, answer: object) -> None:
        if isinstance(answer, RatingView):
            self._models.rating.update(answer)
        elif isinstance(answer, IviError):
            self._models.rating.refuse(answer)

    def _tell(self, request: msgspec.Struct) -> None:
        removing = isinstance(request, RemovePackage)
        answered = self._removed if removing else self._took_package
        self._links["apphost"].call(request, answered, timeout=REMOVE_TIMEOUT if removing else 5.0)

    def _took_package(self, answer: object) -> None:
        if isinstance(answer, PackageState):
            self._models.store.take_package(answer)

    def _removed(self, answer: object) -> None:
        if isinstance(answer, PackageState):
            self._models.store.take_package(answer)
            self._models.notice.say(translate("Store", "The app has been removed."))
        elif isinstance(answer, IviError):
            self._models.notice.say(sentence(answer.message))
