# SPDX-License-Identifier: Apache-2.0
"""The simulated ECUs answer as real ones do: sessions, refusals, lock-out, pending routines, functional silence."""

from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.diagnostics.access import toy_key
from simulator.diagnostics.network import Network

EXTENDED = "1003"


class Bench(Protocol):
    """See conftest.py."""

    network: Network
    signals: dict[str, float]
    now: float

    def ask(self, name: str, request: str, wait: float = 0.0) -> list[str]: ...
    def ask_all(self, request: str) -> dict[int, str]: ...


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        ("8400", "7f8411"),  # no such service
        ("3e01", "7f3e12"),  # no such sub-function
        ("1905", "7f1912"),
        ("3e0000", "7f3e13"),  # wrong length
        ("10", "7f1013"),
        ("22f1", "7f2213"),
        ("14ffff", "7f1413"),
        ("22f199", "7f2231"),  # no such data
        ("14123456", "7f1431"),
        ("190412345601", "7f1931"),
        ("1002", "7f107e"),  # programming only from another session
        ("2701", "7f277f"),  # not in the default session
        ("31010203", "7f317f"),
        ("1101", "7f117f"),
    ],
)
def test_refusals(bench: Bench, request_: str, answer: str) -> None:
    assert bench.ask("BMS", request_) == [answer]


def test_in_the_extended_session(bench: Bench) -> None:
    assert bench.ask("BMS", EXTENDED) == ["5003003201f4"]
    assert bench.ask("BMS", "31010299") == ["7f3131"]
    assert bench.ask("BMS", "31030203") == ["7f3124"], "no result before it has run"
    assert bench.ask("BMS", "31010204") == ["7f3133"], "needs security access"
    assert bench.ask("BMS", "2ef190" + "41" * 17) == ["7f2e33"]
    assert bench.ask("BMS", "2ef19041") == ["7f2e13"]
    assert bench.ask("BMS", "2702" + "00000000") == ["7f2724"], "a key without a seed"


def test_a_session_ends_by_itself(bench: Bench) -> None:
    bench.ask("BMS", EXTENDED)
    bench.now += 4.9
    assert bench.ask("BMS", "3e80") == []
    bench.now += 4.9
    assert bench.ask("BMS", "2701")[0].startswith("6701")
    bench.now += 5.1
    assert bench.ask("BMS", "2701") == ["7f277f"]


def test_a_moving_car_refuses(bench: Bench) -> None:
    bench.signals["ESC_Speed"] = 50.0
    bench.ask("BMS", EXTENDED)
    assert bench.ask("BMS", "31010203") == ["7f3122"]
    assert bench.ask("BMS", "1002") == ["7f1022"]
    assert bench.ask("BMS", "1101") == ["7f1122"]


def test_the_right_key_opens(bench: Bench) -> None:
    bench.ask("BMS", EXTENDED)
    seed = bytes.fromhex(bench.ask("BMS", "2701")[0])[2:]
    assert bench.ask("BMS", "2702" + toy_key(seed).hex()) == ["6702"]
    assert bench.ask("BMS", "2701") == ["670100000000"], "open already"
    assert bench.ask("BMS", "31010204") == ["7101020400"]
    assert bench.ask("BMS", "2ef190" + "41" * 17) == ["6ef190"]
    assert bench.ask("BMS", "22f190") == ["62f190" + "41" * 17]


def test_wrong_keys_lock_out(bench: Bench) -> None:
    bench.ask("BMS", EXTENDED)
    for expected in ("7f2735", "7f2735", "7f2736"):
        bench.ask("BMS", "2701")
        assert bench.ask("BMS", "270200000000") == [expected]
    assert bench.ask("BMS", "2701") == ["7f2737"]
    bench.now += 4.9
    bench.ask("BMS", "3e00")
    bench.now += 4.9
    bench.ask("BMS", "3e00")
    bench.now += 0.3
    assert bench.ask("BMS", "2701")[0].startswith("6701")


def test_a_slow_routine_says_pending_and_is_busy(bench: Bench) -> None:
    bench.ask("BMS", EXTENDED)
    assert bench.ask("BMS", "31010203", 1.0) == ["7f3178"]
    assert bench.ask("BMS", "22f190") == ["7f2221"]
    assert bench.ask("BMS", "3e80") == []
    answers = bench.ask("BMS", "3e80", 3.0)
    assert answers[-1] == "710102030060"
    assert set(answers[:-1]) == {"7f3178"}
    assert bench.ask("BMS", "31030203") == ["710302030060"]


def test_the_functional_address_reaches_all_and_nobody_complains(bench: Bench) -> None:
    assert bench.ask_all("3e00") == dict.fromkeys((0x7E8, 0x7EC, 0x7BB, 0x7A8), "7e00")
    assert bench.ask_all("22f199") == {}
    assert bench.ask_all("8400") == {}
    assert bench.ask_all("1902") == dict.fromkeys((0x7E8, 0x7EC, 0x7BB, 0x7A8), "7f1913"), "but of a wrong length"


def test_forty_codes_with_snapshot(bench: Bench) -> None:
    assert bench.ask("BMS", "2efe00ffffff01") == ["6efe00"]
    (answer,) = bench.ask("BMS", "190201")
    assert len(bytes.fromhex(answer)) == 3 + 40 * 4
    assert bench.ask("BMS", "190101") == ["5901ff000028"]
    (record,) = bench.ask("BMS", "19040a7f00ff")
    assert record == "59040a7f00af0104" + "0100000003e8" + "01010000" + "010230d4" + "010301f4"
    assert bench.ask("BMS", "19060a7f0001") == ["59060a7f00af010100"]
    assert bench.ask("BMS", "14ffffff") == ["54"]
    assert bench.ask("BMS", "190208") == ["5902ff"]


def test_a_reset_is_a_new_operation_cycle(bench: Bench) -> None:
    bench.ask("VCU", "2efe0005620001")
    assert bench.ask("VCU", "190208") == ["5902ff"], "two trips are needed"
    bench.ask("VCU", EXTENDED)
    assert bench.ask("VCU", "1101") == ["5101"]
    assert bench.ask("VCU", "190208")[0].startswith("5902ff056200")
    assert bench.ask("VCU", "2701") == ["7f277f"], "and the default session"


def test_obd(bench: Bench) -> None:
    bench.signals |= {"ESC_Speed": 88.4, "INV_MotorSpeed": 4000.0}
    assert bench.ask_all("0100")[0x7E8].startswith("4100")
    assert bench.ask_all("010d") == {0x7E8: "410d58"}
    assert bench.ask_all("010c0d") == {0x7E8: "410c3e800d58"}
    assert bench.ask_all("01ff") == {}
    bench.ask("VCU", "2efe000a1f0001")
    assert bench.ask_all("03") == {0x7E8: "43010a1f"}
    assert bench.ask_all("0101") == {0x7E8: "410181000000"}
    assert bytes.fromhex(bench.ask_all("0902")[0x7E8])[3:] == b"XV1EVS1M0DE000042"
    assert bench.ask_all("04") == {0x7E8: "44"}
    assert bench.ask_all("03") == {0x7E8: "4300"}


def test_nothing_is_due_while_nobody_asks(bench: Bench) -> None:
    assert bench.network.due_at() is None
    bench.ask("BMS", EXTENDED)
    assert bench.network.due_at() is None


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from([0x7E0, 0x7E4, 0x7DF]), st.binary(max_size=12)), max_size=60))
def test_any_frames_may_come(frames: list[tuple[int, bytes]]) -> None:
    network, now = Network(lambda _name: 0.0), 0.0
    for identifier, frame in frames:
        now += 0.01
        network.take(identifier, frame, now)
        assert len(network.due(now)) < 300
    for _ in range(20):  # whatever has begun ends
        now += 1.0
        network.due(now)
    assert network.due_at() is None
    network.take(0x7E4, b"\x02\x3e\x00", now + 10)
    assert [frame[:3] for _, frame in network.due(now + 10)] == [b"\x02\x7e\x00"]


@settings(max_examples=300)
@given(st.binary(min_size=1, max_size=40))
def test_any_request_gets_an_answer_or_none(request_: bytes) -> None:
    ecu = Network(lambda _name: 0.0).ecus["VCU"]
    ecu.services.access.enter(3)
    ecu._answer(request_, 0.0, functional=False)
    answers = list(ecu._answers)
    assert all(answer[0] in {0x7F, request_[0] + 0x40} for answer in answers)
