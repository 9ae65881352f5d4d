# SPDX-License-Identifier: Apache-2.0
"""Which streams a channel has had, beside its outbox: a damaged file cannot tell any more which rows were its own.

When a consent is taken back the fleet is asked to delete all of them, those of a file that was set aside too.
"""

import os
from pathlib import Path

from ivi.cloud.wire import STREAM_BYTES
from ivi.model.errors import UnavailableError

MAX_STREAMS = 20  # of one channel; one request names up to 64


class StreamLog:
    """A line for each stream, the oldest first; and one with `-` before it when it was asked to be deleted."""

    def __init__(self, path: Path) -> None:
        """Read what there is; lines that are none (of a power cut) are passed over. Raises UnavailableError."""
        self._path = path
        try:
            lines = path.read_text(encoding="ascii", errors="replace").split("\n") if path.exists() else []
        except OSError as error:
            raise self._explain(error) from error
        found = [(line[:1] == "-", line.removeprefix("-")) for line in lines]
        self._asked = {bytes.fromhex(stream) for asked, stream in found if asked and _is_stream(stream)}
        had = [bytes.fromhex(stream) for asked, stream in found if not asked and _is_stream(stream)]
        self.streams = [stream for stream in had if stream not in self._asked][-MAX_STREAMS:]
        """Those that nobody was asked to delete."""

    def add(self, stream: bytes) -> None:
        """Note a stream; it is on the disk when this returns. Raises UnavailableError."""
        if stream not in self.streams and stream not in self._asked:
            self._write([stream.hex()])
            self.streams = [*self.streams, stream][-MAX_STREAMS:]

    def asked(self) -> None:
        """The fleet is being asked to delete all of them. Raises UnavailableError."""
        if self.streams:
            self._write([f"-{stream.hex()}" for stream in self.streams])
            self._asked.update(self.streams)
            self.streams = []

    def _write(self, lines: list[str]) -> None:
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "ab") as file:
                file.write(b"\n" + "\n".join(lines).encode() + b"\n")  # an unfinished line before it ends here
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._explain(error) from error

    def _explain(self, error: OSError) -> UnavailableError:
        return UnavailableError(f"cannot use {self._path}: {error.strerror}", hint="free some disk space")


def _is_stream(line: str) -> bool:
    return len(line) == 2 * STREAM_BYTES and all(digit in "0123456789abcdef" for digit in line)
