# SPDX-License-Identifier: Apache-2.0
"""Being spoken to: hands what the driver said to the app and its answer to the car."""

import contextlib
from collections.abc import Callable

from ivi.model.app import AnswerIntent, FollowIntents, IntentMatched
from ivi.model.errors import LinkError, NotFoundError
from ivi.sdk.connection import Connection

type OnIntent = Callable[[str, dict[str, str]], str | None]


def follow_intents(connection: Connection, on_intent: OnIntent) -> None:
    """Have `on_intent(intent, slots)` called and its text spoken. Raises PermissionDeniedError without the manifest."""

    def took(body: object) -> None:
        if not isinstance(body, IntentMatched):
            raise LinkError(f"{type(body).__name__} came where an intent was expected")
        if not body.intent:
            return
        text = on_intent(body.intent, body.slots)
        with contextlib.suppress(NotFoundError):  # too late: the driver has been told already
            connection.call(AnswerIntent(body.number, text or ""))

    connection.stream(FollowIntents(), took)
