# SPDX-License-Identifier: Apache-2.0
"""Why the proxy says no: an HTTP status for the app's library, a sentence for its author, a line for the audit."""

from http import HTTPStatus

MAX_REASON = 200  # characters of a status line's reason


class Refused(Exception):  # noqa: N818  # a refusal is an answer, not a fault
    """A request that is answered with a status instead of a connection."""

    def __init__(self, status: HTTPStatus, reason: str, *, hint: str = "") -> None:
        super().__init__(reason)
        self.status, self.reason, self.hint = status, reason, hint

    def response(self) -> bytes:
        """The answer. Python's HTTP libraries show the status line, so the whole reason stands there."""
        said = f"{self.reason}; {self.hint}" if self.hint else self.reason
        plain = "".join(letter if " " <= letter <= "~" else "?" for letter in said)
        head = f"HTTP/1.1 {self.status.value} {plain[:MAX_REASON]}\r\nContent-Type: text/plain; charset=us-ascii\r\n"
        body = plain.encode("ascii") + b"\n"
        return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode("ascii") + body
