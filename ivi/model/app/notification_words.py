# SPDX-License-Identifier: Apache-2.0
"""What an app says in a notification, checked before anybody sees it: plain text as in templates.

Apart from the message, since the SDK of an app that starts has no need of it.
"""

from ivi.model.app.notifications import Notify
from ivi.model.errors import InvalidArgumentError
from ivi.model.templates.plain_text import fault_of

MAX_TITLE, MAX_TEXT = 60, 120  # characters


def words_of(request: Notify) -> tuple[str, str]:
    """Title and text as they are shown. Raises InvalidArgumentError that names the one that cannot be."""
    title, text = request.title.strip(), request.text.strip()
    for name, value, most in (("title", title, MAX_TITLE), ("text", text, MAX_TEXT)):
        fault = f"is over {most} characters" if len(value) > most else fault_of(value)
        if fault:
            raise InvalidArgumentError(f"notification: {name} {fault}", hint="write one line of plain text")
    if not title:
        raise InvalidArgumentError("notification: title is empty", hint="say in a few words what happened")
    return title, text
