# SPDX-License-Identifier: Apache-2.0
"""Keeps the energy record over a restart: one small file, written whole."""

import logging
import sqlite3
from pathlib import Path

import msgspec

from ivi.daemon import sqlite_file
from ivi.services.energy_record.charge_curve import Curve
from ivi.services.energy_record.consumption import Stretch, is_sound

log = logging.getLogger(__name__)

_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;"


class Kept(msgspec.Struct):
    """What is stored."""

    stretches: list[Stretch] = []
    curve: Curve = msgspec.field(default_factory=Curve)


class EnergyStore:
    """The file. Its loss costs a graph, so a damaged one is begun anew, and the log says so."""

    def __init__(self, path: Path) -> None:
        with sqlite_file.usable("the energy record", path):
            try:
                self._db = sqlite_file.connect(path, _SCHEMA, synchronous="NORMAL")
            except sqlite3.DatabaseError as error:
                if not sqlite_file.is_damage(error):
                    raise
                log.warning("the energy record is damaged and begins anew", extra={"file": path.name})
                path.unlink()
                self._db = sqlite_file.connect(path, _SCHEMA, synchronous="NORMAL")

    def load(self) -> Kept:
        """What was stored; nothing when it cannot be read or cannot be ours."""
        row = self._db.execute("SELECT body FROM kept WHERE name = 'energy'").fetchone()
        if row is None:
            return Kept()
        try:
            kept = msgspec.json.decode(row[0], type=Kept)
        except msgspec.MsgspecError as error:
            log.warning("the stored energy record cannot be read", extra={"reason": str(error)})
            return Kept()
        return kept if is_sound(kept.stretches) else Kept()

    def save(self, kept: Kept) -> None:
        """Store this in place of what is there. Raises sqlite3.Error, e.g. when the disk is full."""
        self._db.execute("INSERT OR REPLACE INTO kept VALUES ('energy', ?)", (msgspec.json.encode(kept),))

    def close(self) -> None:
        """Close the file."""
        self._db.close()
