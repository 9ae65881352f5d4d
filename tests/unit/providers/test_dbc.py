# SPDX-License-Identifier: Apache-2.0
"""Faulty DBCs: what is wrong is reported by line and skipped, the rest decodes."""

import importlib.util
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
        ('BO_ 4096 Wide: 8 ECU\n SG_ A : 0|8@1+ (1,0) [0|0] "" ECU', 13, "is read as an extended one"),
        ('BO_ 1073741824 TooLong: 8 ECU\n SG_ A : 0|8@1+ (1,0) [0|0] "" ECU', 13, "more than 11 bits"),
        ('BO_ 257 Short: 1 ECU\n SG_ A : 0|16@1+ (1,0) [0|0] "" ECU', 14, "does not fit in its message of 1 bytes"),
        (
            'BO_ 257 Twice: 8 ECU\n SG_ A : 0|8@1+ (1,0) [0|0] "" ECU\n SG_ A : 8|8@1+ (1,0) [0|0] "" ECU',
            15,
            "a second signal A",
        ),
        ('BO_ 256 Again: 8 ECU\n SG_ A : 0|8@1+ (1,0) [0|0] "" ECU', 13, "a second message with the id 256"),
        ('BO_ 257 Long: 9999999 ECU\n SG_ A : 0|8@1+ (1,0) [0|0] "" ECU', 13, "a length of 9999999 bytes"),
        ('BO_ 257 None: 8 ECU\n SG_ A : 0|0@1+ (1,0) [0|0] "" ECU', 14, "A has no bits"),
        ("SIG_VALTYPE_ 256 Gear : 1;", 13, "Gear is no float, it has 4 bits"),
        ('BO_ 257 4WD: 8 ECU\n SG_ 4WD_On : 0|8@1+ (1,0) [0|0] "" ECU', 13, "is called _4WD here"),
        (
            'BO_ 257 Over: 8 ECU\n SG_ A : 0|8@1+ (1,0) [0|0] "" ECU\n SG_ B : 4|8@1+ (1,0) [0|0] "" ECU',
            15,
            "the signal B is overlapping A",
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
    assert {item.line for item in model3.skipped} == {1722, 1723, 1724, 1732, 1733, 1734, 4403, 4405}


def test_names_that_begin_with_a_digit_keep_their_meaning(tmp_path: Path) -> None:
    result = loaded(
        tmp_path,
        'BO_ 257 4WD: 8 ECU\n SG_ 4WD_On : 0|8@1+ (1,0) [0|0] "4WD_On" ECU\nVAL_ 257 4WD_On 1 "4WD_On" ;\n',
    )
    assert [item.line for item in result.skipped] == [1, 2]
    assert result.database.get_message_by_name("_4WD").decode(b"\x01" + bytes(7)) == {"_4WD_On": "4WD_On"}
    assert result.database.get_message_by_name("_4WD").signals[0].unit == "4WD_On"


@pytest.mark.parametrize(
    "encoded",
    [
        GOOD.replace("km/h", "°C").encode("cp1252"),
        GOOD.replace("km/h", "°C").encode("utf-8"),
        GOOD.replace("km/h", "°C").encode("utf-8-sig"),
        GOOD.replace("km/h", "°C").encode("utf-16"),
        GOOD.replace("km/h", "°C").replace("\n", "\r\n").encode("cp1252"),
        GOOD.replace("km/h", "°C").replace("\n", "\r").encode("utf-8"),
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, encoded: bytes) -> None:
    file = tmp_path / "car.dbc"
    file.write_bytes(encoded)
    result = dbc.load(file)
    assert result.skipped == ()
    assert result.database.get_message_by_name("Motion").get_signal_by_name("Speed").unit == "°C"


def test_signals_of_different_branches_may_share_bits(tmp_path: Path) -> None:
    text = (
        'BO_ 257 Paged: 8 ECU\n SG_ Page M : 0|8@1+ (1,0) [0|0] "" ECU\n SG_ A m0 : 8|8@1+ (1,0) [0|0] "" ECU\n'
        ' SG_ B m1 : 8|16@1+ (1,0) [0|0] "" ECU\n SG_ C m1 : 16|8@1+ (1,0) [0|0] "" ECU\n'
    )
    result = loaded(tmp_path, text)
    assert [(item.line, item.reason) for item in result.skipped] == [(5, "the signal C is overlapping B")]
    assert [signal.name for signal in result.database.messages[0].signals] == ["Page", "A", "B"]


def test_an_extended_id_without_its_flag_is_read_as_one(tmp_path: Path) -> None:
    """As SavvyCAN and opendbc read it: no frame could have it otherwise. What refers to the message follows."""
    text = (
        'VERSION ""\nBU_: A\nBO_ 318291879 Wide: 8 A\n SG_ Gear : 0|8@1+ (1,0) [0|0] "" A\n'
        'CM_ BO_ 318291879 "seen";\nVAL_ 318291879 Gear 1 "D" ;\n'
    )
    result = loaded(tmp_path, text)
    message = result.database.messages[0]
    assert (message.frame_id, message.is_extended_frame, message.comment) == (318291879, True, "seen")
    assert message.decode(bytes([1, 0, 0, 0, 0, 0, 0, 0])) == {"Gear": "D"}
    assert [item.line for item in result.skipped] == [3]
    both = text + 'BO_ 2465775527 Flagged: 8 A\n SG_ B : 0|8@1+ (1,0) [0|0] "" A\n'
    assert [one.name for one in loaded(tmp_path, both).database.messages] == ["Flagged"]


def test_a_template_of_imports_is_refused_as_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"line 2: .*imports _common\.dbc") as refused:
        loaded(tmp_path, '\nCM_ "IMPORT _common.dbc";\n')
    assert "template" in refused.value.hint


def refusal_of(file: Path) -> str:
    """Why a file is refused; empty when it is used."""
    try:
        assert dbc.load(file).database.messages is not None
    except ConfigurationError as error:
        return error.message
    return ""


def test_every_file_of_opendbc_loads_or_is_refused_with_a_line() -> None:
    spec = importlib.util.find_spec("opendbc")
    places = list(spec.submodule_search_locations or ()) if spec else os.environ.get("IVI_OPENDBC", "").split()
    files = sorted(file for place in places for file in Path(place).rglob("*.dbc"))
    if not files:
        pytest.skip(
            "the package opendbc is not installed (Python 3.12), nor is its unpacked folder named in IVI_OPENDBC"
        )
    refused = [refusal for file in files if (refusal := refusal_of(file))]
    assert all(re.search(r"line \d+: ", refusal) for refusal in refused), refused
    assert len(refused) <= len(files) // 10, refused


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_used_or_refused_but_never_more(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever is cut, doubled or written over, there is a database or a refusal with a line."""
    lines = GOOD.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        cut = data.draw(st.integers(0, len(line)))
        junk = data.draw(st.text(st.sampled_from('BO_SG 0189|@+-:;"(),.mM\x00é\r\v'), max_size=8))
        lines[at] = data.draw(
            st.sampled_from([line[:cut], line[cut:], line[:cut] + junk + line[cut:], junk, f"{line}{line}"])
        )
    file = tmp_path / "damaged.dbc"
    file.write_bytes("\n".join(lines).encode("utf-8", errors="replace"))
    refusal = refusal_of(file)
    assert not refusal or re.search(r"line \d+: ", refusal), refusal


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read the DBC"):
        dbc.load(tmp_path / "none.dbc")
    file = tmp_path / "empty.dbc"
    file.write_text("")
    with pytest.raises(ConfigurationError, match=r"empty\.dbc"):
        dbc.load(file)
