# SPDX-License-Identifier: Apache-2.0
"""Notifications of an app: plain text, as many in an hour as its `notify` permission says."""

import time

from ivi.apphost.facilities.granted import granted
from ivi.apphost.facility import Life
from ivi.apphost.manifest import Notify as NotifyGrant
from ivi.daemon.link_server import Router, Session
from ivi.model.app import Notified, Notify
from ivi.model.app.notification_words import words_of
from ivi.model.errors import ResourceExhaustedError


class Notifications:
    """Notifications of one life; the count of the hour goes on over the app's restarts."""

    def __init__(self, life: Life) -> None:
        self._life = life

    def serve(self, router: Router) -> None:
        """Register the call."""
        router.on_call(Notify, self._notify)

    def close(self) -> None:
        """What was posted is still shown, as long as the app may notify."""

    async def _notify(self, request: Notify, _session: Session) -> Notified:
        life = self._life
        grant = granted(life, NotifyGrant, "the screen", "per_hour = 4")
        title, text = words_of(request)
        now = time.monotonic()
        if not life.app.notice_rate.take(grant.per_hour, now):
            said = f"{life.app.id} has sent its {grant.per_hour} notifications of this hour"
            raise ResourceExhaustedError(said, hint=f"wait {life.app.notice_rate.wait(now):.0f} s")
        life.car.notices.follow(life.app.id, life.rights)
        return Notified(life.car.notices.post(life.app.id, life.app.name, title, text, request.importance))
