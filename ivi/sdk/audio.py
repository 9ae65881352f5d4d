# SPDX-License-Identifier: Apache-2.0
"""Being heard: audio focus as an app holds it, one at a time."""

from collections.abc import Callable

from ivi.model.app import AudioFocusChanged, RequestAudioFocus
from ivi.model.audio import AudioKind, FocusState
from ivi.model.errors import LinkError
from ivi.sdk.connection import Connection


class AudioFocus:
    """The focus of this app."""

    def __init__(self, connection: Connection, on_change: Callable[[FocusState], None]) -> None:
        self._connection, self._on_change = connection, on_change
        self._stream = 0

    def request(self, kind: AudioKind) -> None:
        """Ask to be heard; a focus that is held is given back first. Raises PermissionDeniedError, UnavailableError."""
        self.abandon()
        self._stream = self._connection.stream(RequestAudioFocus(kind), self._took)

    def abandon(self) -> None:
        """Give the focus back."""
        if self._stream:
            self._connection.cancel(self._stream)
            self._stream = 0

    def _took(self, body: object) -> None:
        if not isinstance(body, AudioFocusChanged):
            raise LinkError(f"{type(body).__name__} came where audio focus was expected")
        self._on_change(body.state)
