# SPDX-License-Identifier: Apache-2.0
"""Faulty DBCs: what is wrong is reported by line and skipped, the rest decodes."""

from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError
from ivi.providers.can import dbc

GOOD = """VERSION ""

BU_: ECU

BO_ 256 Motion: 8 ECU
 SG_ Speed : 0|16@1+ (0.01,0) [0|655.35] "km/h" ECU
 SG_ Gear : 16|4@1+ (1,0) [0|15] "" ECU

CM_ SG_ 256 Speed "of the
wheels";
VAL_ 256 Gear 0 "PARK" 1 "DRIVE" ;
"""


def loaded(tmp_path: Path, text: str) -> dbc.LoadedDbc:
    file = tmp_path / "car.dbc"
    file.write_text(text)
    return dbc.load(file)


def test_a_good_file_has_nothing_skipped(tmp_path: Path) -> None:
    result = loaded(tmp_path, GOOD)
    assert result.skipped == ()
    assert result.database.get_message_by_name("Motion").decode(b"\x10\x27\x01\0\0\0\0\0") == {
        "Speed": 100.0,
        "Gear": "DRIVE",
    }


@pytest.mark.parametrize(
    ("extra", "line", "reason"),
    [
        ('VAL_ 256 Speeed 0 "X" ;', 13, "message 256 has no signal Speeed"),
        ('VAL_ 999 Speed 0 "X" ;', 13, "message 999 has no signal Speed"),
        ('CM_ BO_ 999 "over two\nlines";', 13, "there is no message 999"),
        ("this is no DBC line", 13, "Invalid syntax"),
        ('BO_ 4096 TooLong: 8 ECU\n SG_ A : 0|8@1+ (1,0) [0|0] "" ECU', 13, "more than 11 bits"),
        ('BO_ 257 Short: 1 ECU\n SG_ A : 0|16@1+ (1,0) [0|0] "" ECU', 14, "does not fit in message Short"),
        (
            'BO_ 257 Twice: 8 ECU\n SG_ A : 0|8@1+ (1,0) [0|0] "" ECU\n SG_ A : 8|8@1+ (1,0) [0|0] "" ECU',
            15,
            "a second signal A",
        ),
        (
            'BO_ 257 Over: 8 ECU\n SG_ A : 0|8@1+ (1,0) [0|0] "" ECU\n SG_ B : 4|8@1+ (1,0) [0|0] "" ECU',
            14,
            "overlapping",
        ),
    ],
)
def test_a_faulty_line_is_reported_and_the_rest_is_used(tmp_path: Path, extra: str, line: int, reason: str) -> None:
    result = loaded(tmp_path, f"{GOOD}\n{extra}\n")
    first = result.skipped[0]
    assert (first.line, reason in first.reason) == (line, True), result.skipped
    decoded = result.database.get_message_by_name("Motion").decode(b"\x10\x27\0\0\0\0\0\0")
    assert isinstance(decoded, dict)
    assert decoded["Speed"] == 100.0


def test_the_real_files_load_with_their_faults_named(shared_data: Path) -> None:
    tesla = dbc.load(shared_data / "can" / "opendbc-tesla_can.dbc")
    assert [(item.line, "UI_mapSpeedLimit" in item.text) for item in tesla.skipped] == [(783, True)]
    assert len(tesla.database.messages) == 44
    model3 = dbc.load(shared_data / "can" / "Model3CAN.dbc")
    assert {item.line for item in model3.skipped} == {1722, 1723, 1724, 1732, 1733, 1734}


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read the DBC"):
        dbc.load(tmp_path / "none.dbc")
    file = tmp_path / "empty.dbc"
    file.write_text("")
    with pytest.raises(ConfigurationError, match=r"empty\.dbc"):
        dbc.load(file)
