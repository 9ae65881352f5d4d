# SPDX-License-Identifier: Apache-2.0
"""Opening what is kept of consents.

A ledger that is not as it was written is set aside, and nothing is agreed to any more. The copies of what was sent are
for the driver to look at: without them the consents hold all the same, and can be taken back.
"""

import contextlib
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

from ivi.cloud.consent.copies import SentCopies
from ivi.cloud.consent.entry import What
from ivi.cloud.consent.ledger import BrokenLedgerError, Ledger
from ivi.cloud.consent.signing_key import load_or_make
from ivi.cloud.outbox_file import set_aside
from ivi.daemon.sqlite_file import is_damage, usable
from ivi.model.status import Problem

log = logging.getLogger(__name__)

LEDGER_FILE = "consent.db"
KEY_FILE = "consent-key.pem"
COPIES_FILE = "sent.db"
CAR = "the car"


def open_ledger(path: Path, key_file: Path, now_ms: int) -> tuple[Ledger, str]:
    """The ledger, and why an earlier one does not count; empty when there is nothing to say.

    Raises ConfigurationError when the folder cannot be used, UnavailableError when the disk takes nothing.
    """
    key = load_or_make(key_file)
    broken = ""
    with usable("the ledger of consents", path):
        try:
            ledger = _checked(Ledger(path, key))
        except BrokenLedgerError as error:
            broken = f"The record of what was agreed to is not as it was written, and does not count: {error.message}"
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            broken = f"The record of what was agreed to is damaged, and does not count: {error}"
        if broken:
            log.error("ledger set aside", extra={"why": broken})
            _set_aside(path)
            ledger = _checked(Ledger(path, key))
    with contextlib.ExitStack() as undo:
        undo.callback(ledger.close)
        if not ledger.entries:
            ledger.add(What.BEGAN, at_ms=now_ms, by=CAR)
        undo.pop_all()
    return ledger, broken


def open_copies(path: Path, now: Callable[[], float]) -> tuple[SentCopies | None, Problem | None]:
    """The copies of what was sent, or None when the disk has no place for them, and what is to be said of it.

    `now` is the car's trusted clock, in seconds since 1970.
    """
    problem = None
    try:
        try:
            return SentCopies(path, now), None
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            aside = set_aside(path)
            problem = Problem(
                f"The copies of what was sent were damaged, and new ones are made: {error}", str(aside), "see the disk"
            )
        return SentCopies(path, now), problem
    except (OSError, sqlite3.Error) as error:
        return None, Problem(
            f"No copies are made of what is sent: {error}", str(path), "check the disk, then start again"
        )


def _checked(ledger: Ledger) -> Ledger:
    with contextlib.ExitStack() as undo:
        undo.callback(ledger.close)
        ledger.check()
        undo.pop_all()
    return ledger


def _set_aside(path: Path) -> None:
    """Keep everything for whoever wants to know what happened."""
    aside = set_aside(path)
    copy = path.with_suffix(".head")
    if copy.exists():
        copy.rename(aside.with_name(aside.name + ".head"))
