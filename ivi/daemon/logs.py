# SPDX-License-Identifier: Apache-2.0
"""Structured logs: one JSON object a line on stderr, with a syslog level in front when the journal reads it."""

import json
import logging
import os
import sys
import time

_SYSLOG = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3, logging.CRITICAL: 2}
_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Formats a record as JSON; keyword data of `extra=` becomes fields."""

    def __init__(self, process: str, *, journal: bool) -> None:
        super().__init__()
        self._process = process
        self._journal = journal

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, UTC with milliseconds."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, object] = {
            "t": f"{stamp}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "msg": record.getMessage(),
        }
        line.update({key: value for key, value in record.__dict__.items() if key not in _PLAIN})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        text = json.dumps(line, default=str, ensure_ascii=False)
        return f"<{_SYSLOG.get(record.levelno, 6)}>{text}" if self._journal else text


def set_up(process: str) -> None:
    """Send all logging of this process to stderr. The level comes from $IVI_LOG (debug, info, warning, error)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(process, journal="JOURNAL_STREAM" in os.environ))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    level = os.environ.get("IVI_LOG", "info").upper()
    root.setLevel(level if level in logging.getLevelNamesMapping() else logging.INFO)
