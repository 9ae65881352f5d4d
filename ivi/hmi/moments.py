# SPDX-License-Identifier: Apache-2.0
"""Moments as a driver reads them, in the language of the screen."""

from PySide6.QtCore import QDate, QDateTime, QLocale


def moment(ms: int) -> str:
    """Milliseconds since 1970 as a time of today, or as a date with a time; empty for 0."""
    if ms <= 0:
        return ""
    at = QDateTime.fromMSecsSinceEpoch(ms)
    locale = QLocale()
    time = locale.toString(at.time(), QLocale.FormatType.ShortFormat)
    if at.date() == QDate.currentDate():
        return time
    return f"{locale.toString(at.date(), QLocale.FormatType.ShortFormat)} {time}"
