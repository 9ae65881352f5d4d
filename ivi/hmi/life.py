# SPDX-License-Identifier: Apache-2.0
"""The life of a process on Qt's event loop: signals that stop it, keep-alives, and Qt's messages in our log."""

import logging
import signal
import socket
from types import FrameType

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QTimer,
    QtMsgType,
    Slot,
    qInstallMessageHandler,
)

from ivi.daemon.notify import notify, watchdog_interval

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_qt_messages() -> None:
    """Send what Qt and QML say to the log of this process."""
    qInstallMessageHandler(_log_message)


def _log_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger(context.category or "qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)


class Stopper(QObject):
    """Quits the event loop on SIGTERM and SIGINT.

    Python runs a signal's handler only between its own instructions, and Qt's loop runs none while nothing happens;
    the wake-up descriptor makes something happen.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, _ignore) for number in (signal.SIGTERM, signal.SIGINT)}
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._signalled)

    def close(self) -> None:
        """Put the signals back as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()

    @Slot()
    def _signalled(self) -> None:
        numbers = self._read.recv(64)
        if any(number in numbers for number in self._handlers):
            log.info("stopping", extra={"signal": signal.Signals(numbers[0]).name})
            QCoreApplication.quit()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """The wake-up descriptor does the work."""


def keep_alive(parent: QObject) -> None:
    """Tell the service manager that this loop turns, as often as it wants to hear it."""
    interval = watchdog_interval()
    if interval is None:
        return
    timer = QTimer(parent)
    timer.timeout.connect(_alive)
    timer.start(round(interval * 1000))
    _alive()


def _alive() -> None:
    notify("WATCHDOG=1")
