# SPDX-License-Identifier: Apache-2.0
"""What was learned goes into files that load again, beside what they hold already."""

from pathlib import Path

import cantools
import pytest
from cantools.database.can import Database

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.providers.can.learning.export import Named, check_path, signal_name, write_dbc, write_overlay
from ivi.providers.can.learning.field import Field
from ivi.providers.can.learning.proposal import Kind, Proposal
from ivi.vss.loader import load_catalogue
from ivi.vss.mapping import load_mapping


def proposal(key: int, field: Field, kind: Kind = Kind.PHYSICAL, *, inverted: bool = False) -> Proposal:
    """A sure one."""
    return Proposal(key, 8, field, kind, 0.95, 'because "so"', 0.01, -40, -40, 10, cycle=0.02, inverted=inverted)


def loaded(file: Path) -> Database:
    """The file as cantools reads it strictly."""
    database = cantools.database.load_file(file, strict=True)
    assert isinstance(database, Database)
    return database


def test_signal_is_written_and_decodes(tmp_path: Path) -> None:
    """Byte order, sign, scale and offset survive."""
    file = tmp_path / "my.dbc"
    written = write_dbc(file, [Named("Speed", proposal(0x1A0, Field(12, 12, "big", signed=True)), unit="km/h")])
    assert (written.added, written.refused) == (["Speed"], [])
    signal = loaded(file).get_message_by_frame_id(0x1A0).get_signal_by_name("Speed")
    assert (signal.start, signal.length, signal.byte_order, signal.is_signed) == (7, 12, "big_endian", True)
    assert (signal.scale, signal.offset, signal.unit) == (0.01, -40, "km/h")


def test_existing_signals_stay(tmp_path: Path, root: Path) -> None:
    """Added beside the car's own; what would overlap or take a name is refused, with the reason."""
    file = tmp_path / "my.dbc"
    file.write_bytes((root / "can_dbc" / "ivi_ev" / "ivi_ev.dbc").read_bytes())
    before = {message.name: [signal.name for signal in message.signals] for message in loaded(file).messages}
    written = write_dbc(
        file,
        [
            Named("Free", proposal(0x1A0, Field(56, 4, "little"))),
            Named("Over", proposal(0x0A0, Field(4, 8, "little"))),
            Named("ESC_Speed", proposal(0x7FF, Field(0, 8, "little"))),
            Named("New", proposal(0x98FF5021, Field(48, 8, "little"))),
        ],
    )
    assert written.added == ["Free", "ESC_Speed", "New"]
    assert "overlapping" in written.refused[0]
    after = loaded(file)
    for name, signals in before.items():
        assert set(signals) <= {signal.name for signal in after.get_message_by_name(name).signals}


def test_invalid_files_are_left_alone(tmp_path: Path) -> None:
    """A file that is no DBC is not replaced."""
    file = tmp_path / "my.dbc"
    file.write_text("hello")
    with pytest.raises(ConfigurationError, match="cannot add"):
        write_dbc(file, [Named("Speed", proposal(1, Field(0, 8, "little")))])
    assert file.read_text() == "hello"


def test_overlay_is_read_by_the_runtime(tmp_path: Path) -> None:
    """A flag, an inverted one and a number; a path that is there stays as it is."""
    file = tmp_path / "my.vspec"
    flag = proposal(1, Field(0, 1, "little"), Kind.FLAG)
    turned = proposal(1, Field(1, 1, "little"), Kind.FLAG, inverted=True)
    number = proposal(1, Field(8, 8, "little"))
    named = [
        Named("Brake", flag, "Vehicle.Private.Brake"),
        Named("Lid", turned, "Vehicle.Private.LidOpen"),
        Named("Heat", number, "Vehicle.Private.Heat", "Celsius"),
    ]
    assert len(write_overlay(file, named).added) == 3
    again = write_overlay(file, named[:1])
    assert (again.added, len(again.refused)) == ([], 1)
    mapping = load_mapping(file, load_catalogue())
    assert {rule.path for rule in mapping.reads} == {item.path for item in named}


def test_names_and_paths() -> None:
    """A label becomes a name that a DBC can hold; a path must be one of VSS."""
    assert signal_name("driver's door") == "DriverSDoor"
    assert signal_name("12 V load") == "S12VLoad"
    with pytest.raises(InvalidArgumentError, match="no VSS path"):
        check_path("speed")
