# SPDX-License-Identifier: Apache-2.0
"""Following signals: one subscription and its end."""

from collections.abc import Callable

from ivi.model.app import Revoked, Signals, SubscribeSignals
from ivi.model.errors import LinkError
from ivi.model.signal import Datapoint
from ivi.sdk.connection import Connection

type OnSignals = Callable[[dict[str, Datapoint]], None]


class Subscription:
    """Values of some signals as they change, until it is cancelled or the last of them is taken back."""

    def __init__(self, connection: Connection, on_signals: OnSignals) -> None:
        self._connection, self._on_signals = connection, on_signals
        self._stream = 0
        self._cancelled = False

    def open(self, request: SubscribeSignals) -> None:
        """Raises PermissionDeniedError when one of the paths is not granted."""
        self._stream = self._connection.stream(request, self._took)

    def cancel(self) -> None:
        """No value comes any more."""
        if not self._cancelled:
            self._cancelled = True
            self._connection.cancel(self._stream)

    def _took(self, body: object) -> None:
        if isinstance(body, Revoked):
            # It marks the place in this stream; on_revoked is told once, by the stream of the app's input.
            return
        if not isinstance(body, Signals):
            raise LinkError(f"{type(body).__name__} came where signals were expected")
        if body.entries and not self._cancelled:
            self._on_signals(body.entries)
