# SPDX-License-Identifier: Apache-2.0
"""What is told of updates: the history on board, records for the fleet, problems for `ivi status`."""

import logging
import time
from pathlib import Path

from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.part import Post
from ivi.cloud.record import Record, encode_record
from ivi.cloud.updates.generations import Generations
from ivi.cloud.updates.journal import Journal
from ivi.daemon.process import Process
from ivi.model.errors import IviError
from ivi.model.status import Problem

log = logging.getLogger(__name__)

SAME_REFUSAL = 3600.0  # seconds in which the same refusal is told once
MAX_DETAIL = 500  # characters


class Reports:
    """Tells; never raises, because what happened has happened, whether it can be told or not."""

    def __init__(self, process: Process, post: Post, journal: Journal, generations: Generations, folder: Path) -> None:
        """The journal and the post are open."""
        self._process, self._post, self._journal = process, post, journal
        self._generations, self._folder = generations, folder
        self._refusals: dict[str, float] = {}
        self.job = ""

    def history(self, what: str, subject: str, why: str) -> None:
        """A line of the history, and the same with its hash to the fleet."""
        software = self._software()
        try:
            entry = self._journal.tell(what, subject, why, software, self._post.clock.now())
        except IviError as error:
            self.problem("history", f"{what} is missing in the history of updates: {error.message}", error.hint)
            self.state(what, subject, why, software=software)
            return
        self.state(what, subject, why, software=software, seq=entry.seq, hash=entry.hash)

    def _software(self) -> str:
        try:
            return self._generations.current().identifier()
        except IviError as error:
            log.error("what is installed cannot be read", extra={"reason": str(error)})  # noqa: TRY400  # a known error
            return "unknown"

    def state(self, state: str, subject: str, why: str = "", **more: object) -> None:
        """A record of kind `update`."""
        self._put("update", {"job": self.job, "state": state, "subject": subject, "why": why, **more})

    def refused(self, why: str, detail: str) -> None:
        """A record of kind `refused`; the same one once an hour."""
        now = time.monotonic()
        if now - self._refusals.get(why, -SAME_REFUSAL) < SAME_REFUSAL:
            return
        self._refusals[why] = now  # as many as there are kinds of refusals
        self._put("refused", {"what": "update", "why": why, "detail": detail[:MAX_DETAIL]})

    def _put(self, kind: str, data: dict[str, object]) -> None:
        record = Record(kind, int(self._post.clock.now() * 1000), data)
        try:
            self._post.put(Outgoing(DeliveryClass.EVENTS, encode_record(record)))
        except IviError as error:
            log.warning("a record about updates could not be kept", extra={"reason": str(error)})

    def problem(self, key: str, what: str, hint: str) -> None:
        """Something is off."""
        self._process.report(key, Problem(what, str(self._folder), hint))

    def well(self, key: str) -> None:
        """It works again."""
        self._process.resolve(key)
