# SPDX-License-Identifier: Apache-2.0
"""Notifications of an app: plain text, as many in an hour as its `notify` permission says."""

import time

from ivi.apphost.facilities.granted import granted
from ivi.apphost.facility import Life
from ivi.apphost.manifest import Notify as NotifyGrant
from ivi.daemon.link_server import Router, Session
from ivi.model.app import Notified, Notify
from ivi.model.app.notifications import MAX_TEXT, MAX_TITLE
from ivi.model.errors import InvalidArgumentError, ResourceExhaustedError

HOUR = 3600.0  # seconds


class Notifications:
    """Notifications of one life; the count of the hour goes on over the app's restarts."""

    def __init__(self, life: Life) -> None:
        self._life = life

    def serve(self, router: Router) -> None:
        """Register the call."""
        router.on_call(Notify, self._notify)

    def close(self) -> None:
        """What was posted is still shown."""

    async def _notify(self, request: Notify, _session: Session) -> Notified:
        life = self._life
        grant = granted(life, NotifyGrant, "the screen", "per_hour = 4")
        title, text = request.title.strip(), request.text.strip()
        for name, value, most in (("title", title, MAX_TITLE), ("text", text, MAX_TEXT)):
            if len(value) > most or not value.isprintable():
                what = f"{name} is over {most} characters or not plain text"
                raise InvalidArgumentError(f"notification: {what}", hint="write one line")
        if not title:
            raise InvalidArgumentError("notification: title is empty", hint="say in a few words what happened")
        now = time.monotonic()
        posted = life.app.notified_at
        while posted and now - posted[0] >= HOUR:
            posted.popleft()
        if len(posted) >= grant.per_hour:
            wait = round(HOUR - (now - posted[0]))
            raise ResourceExhaustedError(
                f"{life.app.id} has sent its {grant.per_hour} notifications of this hour", hint=f"wait {wait} s"
            )
        posted.append(now)
        return Notified(life.car.notices.post(life.app.id, life.app.name, title, text, request.importance))
