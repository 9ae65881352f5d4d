# SPDX-License-Identifier: Apache-2.0
"""`ivi dbc check|show|diff`, as they are run."""

from pathlib import Path

import pytest

from ivi.cli.dbc_facts import MessageFacts, SignalFacts, facts
from ivi.cli.dbc_findings import findings
from ivi.cli.main import main
from ivi.providers.can import dbc

HEAD = 'VERSION ""\nBU_: ECU\n'
SMALL = f"""{HEAD}
BO_ 256 Motor: 8 ECU
 SG_ Speed : 0|16@1+ (0.1,0) [0|6553.5] "rpm" ECU
 SG_ Torque : 23|12@0- (1,-5) [0|0] "Nm" ECU
 SG_ Gear : 40|3@1+ (1,0) [0|7] "" ECU
BO_ 2566844672 Wide: 8 ECU
 SG_ Which M : 0|8@1+ (1,0) [0|1] "" ECU
 SG_ A m0 : 8|8@1+ (1,0) [0|255] "" ECU
 SG_ B m1 : 8|16@1+ (1,0) [0|65535] "" ECU
BA_DEF_ BO_ "GenMsgCycleTime" INT 0 10000;
BA_DEF_DEF_ "GenMsgCycleTime" 0;
BA_ "GenMsgCycleTime" BO_ 256 20;
VAL_ 256 Gear 0 "N" 1 "D" 2 "R" ;
"""


def written(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text)
    return str(file)


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    status = main(["dbc", *words])
    return status, capsys.readouterr().out.splitlines()


def test_our_own_dbc_is_usable_whole(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = shown(capsys, "check", str(root / "can_dbc" / "ivi_ev" / "ivi_ev.dbc"))
    assert status == 0
    assert "65 messages, 547 signals; 0 lines skipped" in lines[0]
    assert [line for line in lines[1:] if line.startswith("  ") and not line.startswith("    ")] == [
        "  messages without a cycle time (their silence cannot be noticed): 10"
    ]


def test_a_real_dbcs_faults_are_listed_with_their_lines(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = shown(capsys, "check", str(shared_data / "can" / "opendbc-tesla_can.dbc"))
    assert status == 1
    assert "    line 783: message 568 has no signal UI_mapSpeedLimit: VAL_ 568" in lines[2]
    assert any("… 39 more (--all)" in line for line in lines)
    _, everything = shown(capsys, "check", "--all", str(shared_data / "can" / "opendbc-tesla_can.dbc"))
    assert len(everything) > 150
    assert not any("more (--all)" in line for line in everything)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (' SG_ A : 0|8@1+ (1,0) [0|300] "" ECU', "M: A says 0..300, its 8 bits carry 0..255"),
        (' SG_ A : 0|8@1- (0.5,0) [-64|64] "" ECU', ""),
        (' SG_ A : 0|8@1+ (1,0) [9|2] "" ECU', "M: A says 9..2, minimum over maximum"),
        (' SG_ A : 0|8@1+ (1,0) [0|0] "" ECU', "M: A"),
        (' SG_ A : 0|2@1+ (1,0) [0|3] "" ECU\nVAL_ 256 A 9 "NINE" ;', "M: A cannot be 9 NINE"),
        ("", "0x100 M"),
        (
            ' SG_ A : 0|8@1+ (1,0) [0|9] "" ECU\nBO_ 257 M: 8 ECU\n SG_ B : 0|8@1+ (1,0) [0|9] "" ECU',
            "M stands for 2 ids",
        ),
    ],
)
def test_what_looks_wrong_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    cycle = 'BA_DEF_ BO_ "GenMsgCycleTime" INT 0 10000;\nBA_DEF_DEF_ "GenMsgCycleTime" 20;\n'
    file = written(tmp_path, "a.dbc", f"{HEAD}BO_ 256 M: 8 ECU\n{text}\n{cycle}")
    status, lines = shown(capsys, "check", file)
    assert status == 0
    assert [line.strip() for line in lines if line.startswith("    ")] == ([said] if said else [])
    assert main(["dbc", "check", "--strict", file]) == (1 if said else 0)


def test_overlap_is_found_and_branches_of_a_multiplexer_are_none(tmp_path: Path) -> None:
    def signal(name: str, start: int, multiplexer: str = "", *ids: int) -> SignalFacts:
        return SignalFacts(name, start, 8, True, False, False, 1, 0, 0, 9, "", {}, False, multiplexer, ids)

    def overlaps(*signals: SignalFacts) -> list[str]:
        message = MessageFacts(1, False, "M", 8, 10, "", False, signals)
        return findings([message]).get("signals that overlap", [])

    assert overlaps(signal("A", 0), signal("B", 4)) == ["M: A and B share 4 bits"]
    assert overlaps(signal("A", 0), signal("B", 8)) == []
    assert overlaps(signal("A", 8, "S", 0), signal("B", 8, "S", 1)) == []
    assert overlaps(signal("A", 8, "S", 0, 1), signal("B", 8, "S", 1)) == ["M: A and B share 8 bits"]
    assert overlaps(signal("A", 8, "S", 0), signal("B", 12)) == ["M: A and B share 4 bits"]


def test_a_file_that_is_no_dbc_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = shown(capsys, "check", written(tmp_path, "a.dbc", "hello"), str(tmp_path / "none.dbc"))
    assert status == 1
    assert [line.partition(": ")[2].partition(":")[0] for line in lines] == ["refused", "refused"]


def test_all_messages_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "show", written(tmp_path, "a.dbc", SMALL)) == (
        0,
        [
            "id          message  bytes  cycle  signals  sender",
            "0x100       Motor    8      20 ms  3        ECU",
            "0x18FEF100  Wide     8             3        ECU",
        ],
    )


@pytest.mark.parametrize("name", ["Motor", "0x100", "256"])
def test_a_message_is_shown_with_its_signals_and_bits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    status, lines = shown(capsys, "show", written(tmp_path, "a.dbc", SMALL), name)
    assert status == 0
    assert lines == [
        "Motor  0x100, 8 bytes, every 20 ms, from ECU",
        "",
        "   signal  start  bits  order   type      factor  offset  range      unit  when",
        "a  Speed   0      16    little  unsigned  0.1     0       0..6553.5  rpm",
        "b  Torque  23     12    big     signed    1       -5                 Nm",
        "c  Gear    40     3     little  unsigned  1       0       0..7",
        "   Gear: 0 N, 1 D, 2 R",
        "",
        "bit      7 6 5 4 3 2 1 0",
        "byte 0   a a a a a a a a",
        "byte 1   a a a a a a a a",
        "byte 2   b b b b b b b b",
        "byte 3   b b b b · · · ·",
        "byte 4   · · · · · · · ·",
        "byte 5   · · · · · c c c",
        "byte 6   · · · · · · · ·",
        "byte 7   · · · · · · · ·",
    ]


def test_branches_share_bits_until_one_is_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "a.dbc", SMALL)
    _, lines = shown(capsys, "show", file, "Wide")
    assert "byte 1   * * * * * * * *" in lines
    assert lines[-1] == "* several signals; --mux N shows one branch"
    _, lines = shown(capsys, "show", file, "Wide", "--mux", "1")
    assert "byte 1   b b b b b b b b" in lines
    assert any(line.endswith("Which = 1") for line in lines)
    assert not any("Which = 0" in line for line in lines)


def test_an_unknown_message_suggests_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dbc", "show", written(tmp_path, "a.dbc", SMALL), "mot"]) == 3
    assert "did you mean Motor?" in capsys.readouterr().err


def test_bits_are_where_cantools_decodes_them(root: Path) -> None:
    """Setting the bits of one signal, and no others, changes that signal alone, to all ones."""
    loaded = dbc.load(root / "can_dbc" / "ivi_ev" / "ivi_ev.dbc")
    checked = 0
    for message in facts(loaded):
        if any(signal.multiplexer for signal in message.signals):
            continue
        decoder = loaded.database.get_message_by_name(message.name)
        for signal in message.signals:
            payload = bytearray(message.length)
            for bit in signal.bits:
                payload[bit // 8] |= 1 << bit % 8
            decoded = decoder.decode(bytes(payload), decode_choices=False, scaling=False)
            assert isinstance(decoded, dict)
            assert {name for name, raw in decoded.items() if raw} == {signal.name}
            checked += 1
    assert checked > 400


def test_a_difference_is_readable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = written(tmp_path, "a.dbc", SMALL)
    text = SMALL.replace("Motor: 8", "Engine: 8").replace("(0.1,0)", "(0.2,0)").replace('2 "R"', '3 "R"')
    text = text.replace(' SG_ Torque : 23|12@0- (1,-5) [0|0] "Nm" ECU\n', "").replace(
        "BO_ 2566844672", "BO_ 2566844673"
    )
    after = written(tmp_path, "b.dbc", text)
    assert shown(capsys, "diff", before, after) == (
        1,
        [
            "+ 0x18FEF101 Wide  8 bytes, 3 signals",
            "- 0x18FEF100 Wide  8 bytes, 3 signals",
            "~ 0x100 Engine",
            "    name: Motor → Engine",
            "    - Torque  23|12 big endian, factor 1, offset -5",
            "    Speed scale: 0.1 → 0.2",
            "    Gear choices: 2 R → 3 R",
            "1 messages added, 1 removed, 1 changed",
        ],
    )
    assert shown(capsys, "diff", before, before) == (0, ["0 messages added, 0 removed, 0 changed"])
