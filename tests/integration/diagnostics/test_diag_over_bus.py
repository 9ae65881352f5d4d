# SPDX-License-Identifier: Apache-2.0
"""The tester and the simulated ECUs as separate processes on the ivi bus."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import can
import pytest

pytest.importorskip("isotp", reason="needs the extra ivi[diag]: can-isotp")
pytest.importorskip("udsoncan", reason="needs the extra ivi[diag]: udsoncan")

from ivi.model.errors import DeadlineError, IviError, LinkError, PermissionDeniedError, UnavailableError
from ivi.providers.uds import obd
from ivi.providers.uds.budget import frame_bits
from ivi.providers.uds.description import Description, load
from ivi.providers.uds.tester import DiagnosticTester
from simulator.bus import IviBus
from simulator.bus.record import ID_MASK
from simulator.diagnostics.access import toy_key

ROOT = Path(__file__).resolve().parents[3]
BUS = "ivi:can0"
IDENTIFIERS = {0x7DF, 0x7E0, 0x7E8, 0x7E4, 0x7EC, 0x7B3, 0x7BB, 0x7A0, 0x7A8}

type Start = Callable[..., subprocess.Popen[str]]
type Ivi = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def description() -> Description:
    return load(ROOT / "can_dbc" / "ivi_ev" / "diagnostics.toml")


@pytest.fixture
def ecus(start: Start) -> subprocess.Popen[str]:
    start("simulator.bus", "can0")
    return start("simulator.diagnostics", "--can", BUS, "--fault", "BMS:all", "--fault", "VCU:P0A1F-00")


@pytest.fixture
def tester(ecus: subprocess.Popen[str], description: Description) -> Iterator[DiagnosticTester]:
    assert ecus.poll() is None
    with DiagnosticTester(BUS, description) as opened:
        yield opened


@pytest.fixture
def quick(ecus: subprocess.Popen[str], description: Description) -> Iterator[DiagnosticTester]:
    """A tester that may use half the bus."""
    assert ecus.poll() is None
    with DiagnosticTester(BUS, description, share=0.5) as opened:
        yield opened


class Listener:
    """Notes when how many bits of diagnostics pass."""

    def __init__(self) -> None:
        self.frames: list[tuple[float, int]] = []
        self._bus = IviBus("can0")
        self._stopping = False
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._thread.join()
        self._bus.shutdown()

    def most_in(self, window: float) -> int:
        """The most bits in any window of so many seconds."""
        most = bits = first = 0
        for at, length in self.frames:
            bits += frame_bits(length)
            while self.frames[first][0] < at - window:
                bits -= frame_bits(self.frames[first][1])
                first += 1
            most = max(most, bits)
        return most

    def _listen(self) -> None:
        while not self._stopping:
            for ns, identifier, length, _flags, _data in self._bus.recv_batch(0.05):
                if identifier & ID_MASK in IDENTIFIERS:
                    self.frames.append((ns / 1e9, length))


def test_a_scan_finds_four_ecus(quick: DiagnosticTester) -> None:
    found = {entry.ecu.name: entry for entry in quick.scan()}
    assert set(found) == {"VCU", "BMS", "HVAC", "BCM"}
    assert {entry.identity["vin"] for entry in found.values()} == {"XV1EVS1M0DE000042"}
    assert found["BMS"].identity["software"] == "2.3.1"


def test_a_scan_finds_an_ecu_that_nobody_described(ecus: subprocess.Popen[str]) -> None:
    assert ecus.poll() is None
    with DiagnosticTester(BUS, Description(), share=0.5) as opened:
        found = {entry.ecu.request for entry in opened.scan()}
    assert found == {0x7E0, 0x7E4, 0x7B3, 0x7A0}


def test_forty_codes_with_snapshot_and_clear(quick: DiagnosticTester) -> None:
    bms = quick.ecu("BMS")
    codes = bms.trouble_codes(0x01)
    assert len(codes) == 40
    worn = next(code for code in codes if code.name == "P0A7F-00")
    assert worn.text == "Traction battery worn out"
    assert worn.words[:1] == ["failed now"]
    kept = {reading.name: reading.value for reading in bms.snapshot(worn.code)}
    assert kept == {"odometer": 18432.1, "speed": 0.0, "voltage_12v": 12.7, "charge": 71.5}
    bms.clear()
    assert bms.trouble_codes() == []
    assert len(bms.known_codes()) == 40
    assert [code.name for code in quick.ecu("VCU").trouble_codes()] == ["P0A1F-00"], "the others keep theirs"


def test_data_have_their_units(quick: DiagnosticTester) -> None:
    reading = quick.ecu("BMS").read(quick.description.item("pack_voltage").identifier)
    assert (reading.value, reading.unit) == (355.2, "V")
    assert quick.ecu("HVAC").read(0x0130).value == 19.0


def test_security_is_refused_and_locks_out(quick: DiagnosticTester) -> None:
    bms = quick.ecu("BMS")
    bms.session("extended")
    with pytest.raises(PermissionDeniedError, match=r"0x33"):
        bms.routine(0x0204)
    with pytest.raises(PermissionDeniedError, match="none is configured"):
        bms.unlock()
    bms._hook = lambda _ecu, _level, seed: bytes(len(seed))
    for code in ("0x35", "0x35", "0x36", "0x37"):
        with pytest.raises(PermissionDeniedError, match=code):
            bms.unlock()


def test_a_key_hook_opens(quick: DiagnosticTester) -> None:
    bms = quick.ecu("BMS")
    bms._hook = lambda _ecu, _level, seed: toy_key(seed)
    bms.session("extended")
    bms.unlock()
    assert bms.routine(0x0204) == b"\x00"


def test_a_slow_routine_is_waited_for(quick: DiagnosticTester) -> None:
    bms = quick.ecu("BMS")
    with pytest.raises(UnavailableError, match="--session extended"):
        bms.routine(0x0203)
    bms.session("extended")
    start = time.monotonic()
    assert bms.routine(0x0203) == b"\x00\x60"
    assert time.monotonic() - start > 2.5
    assert bms.routine(0x0203, 3) == b"\x00\x60"


def test_obd(quick: DiagnosticTester) -> None:
    (vcu,) = obd.report(quick)
    assert (vcu.ecu, vcu.vin, vcu.lamp, vcu.stored) == ("VCU", "XV1EVS1M0DE000042", True, ["P0A1F"])
    assert len(vcu.live) >= 12
    assert vcu.live["control module voltage"] == (12.7, "V")
    assert vcu.live["odometer"] == (18432.1, "km")


def test_the_bus_load_stays_in_the_budget(tester: DiagnosticTester) -> None:
    """Four ECUs asked by four threads as fast as they can; a third party measures what is on the bus."""
    listener = Listener()
    end = time.monotonic() + 6
    asked: list[int] = []

    def hammer(name: str) -> None:
        client = tester.ecu(name)
        while time.monotonic() < end:
            client.trouble_codes(0xFF)
            client.read(0xF190)
            asked.append(2)

    threads = [threading.Thread(target=hammer, args=(name,)) for name in ("VCU", "BMS", "HVAC", "BCM")]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        listener.stop()
    budget = 500_000 * 0.02
    assert listener.most_in(1.0) <= budget
    total = sum(frame_bits(length) for _, length in listener.frames)
    assert total <= tester.budget.spent, "everything on the bus is paid"
    assert total > 0.5 * budget * 6, "and what may be used is used"
    assert sum(asked) > 10


def test_an_ecu_that_dies_in_the_middle_is_a_clear_error(tester: DiagnosticTester, ecus: subprocess.Popen[str]) -> None:
    outcome: list[IviError] = []

    def ask() -> None:
        try:
            tester.ecu("BMS").trouble_codes(0xFF)
        except IviError as error:
            outcome.append(error)

    with can.Bus(interface="ivi", channel="can0") as bus:
        thread = threading.Thread(target=ask)
        thread.start()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:  # the third consecutive frame has passed
            message = bus.recv(1)
            if message is not None and message.arbitration_id == 0x7EC and message.data[0] == 0x23:
                break
        os.kill(ecus.pid, signal.SIGKILL)
        thread.join(20)
    assert not thread.is_alive()
    assert isinstance(outcome[0], LinkError)
    assert "BMS" in str(outcome[0])
    with pytest.raises(DeadlineError, match="does not answer"):
        tester.ecu("BMS").present()


def test_a_bus_that_goes_away_is_a_clear_error(start: Start, description: Description) -> None:
    server = start("simulator.bus", "can0")
    with DiagnosticTester(BUS, description) as opened:
        server.terminate()
        server.wait(10)
        with pytest.raises(LinkError, match="can0"):
            opened.ecu("BMS").present()


def test_idle_ecus_cost_nothing(ecus: subprocess.Popen[str]) -> None:
    def spent() -> int:
        fields = Path(f"/proc/{ecus.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    before = spent()
    time.sleep(3)  # what is measured is that nothing happens
    assert spent() - before <= 1, "at most a hundredth of a second of CPU in three"


def test_the_command_line(ecus: subprocess.Popen[str], ivi: Ivi) -> None:
    assert ecus.poll() is None
    scan = ivi("diag", "scan", "--share", "50")
    assert (scan.returncode, scan.stdout.splitlines()[-1]) == (0, "4 of 4 ECUs answer on ivi:can0")
    codes = json.loads(ivi("diag", "dtc", "--ecu", "VCU", "--snapshot", "--clear", "--json").stdout)
    assert codes["ecus"]["VCU"][0]["code"] == "P0A1F-00"
    assert codes["ecus"]["VCU"][0]["snapshot"][0]["value"] == 18432.1
    assert "VCU: no trouble codes" in ivi("diag", "dtc", "--ecu", "VCU").stdout
    assert "BMS    vin = XV1EVS1M0DE000042" in ivi("diag", "read", "vin", "--ecu", "bms").stdout
    assert "lamp_test done" in ivi("diag", "routine", "lamp_test").stdout
    assert "vehicle speed" in ivi("diag", "obd", "--share", "50").stdout


def test_the_command_line_says_what_is_wrong(ecus: subprocess.Popen[str], ivi: Ivi) -> None:
    assert ecus.poll() is None
    for status, words, said in (
        (3, ("diag", "read", "F199", "--ecu", "BMS"), "RequestOutOfRange (0x31)"),
        (3, ("diag", "dtc", "--ecu", "XYZ"), "there is no ECU 'XYZ'"),
        (4, ("diag", "routine", "contactor_test"), "SecurityAccessDenied (0x33)"),
        (5, ("diag", "dtc", "--mask", "none"), "--mask"),
        (6, ("diag", "scan", "--can", "ivi:nowhere"), "ivi:nowhere"),
        (7, ("diag", "read", "vin", "--ecu", "0x712"), "does not answer"),
        (2, ("diag", "scan", "--description", "none.toml"), "none.toml"),
    ):
        done = ivi(*words)
        assert done.returncode == status, done.stderr
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_faults_come_and_go(ecus: subprocess.Popen[str], ivi: Ivi, runtime: Path) -> None:
    assert (ecus.poll(), runtime.is_dir()) == (None, True)
    assert ivi("sim", "fault", "HVAC", "B1234-11").returncode == 0
    shown = ivi("diag", "dtc", "--ecu", "HVAC").stdout
    assert "B1234-11  Driver vent temperature sensor" in shown
    assert "failed now" in shown
    assert ivi("sim", "fault", "HVAC", "B1234-11", "--gone").returncode == 0
    assert "failed now" not in ivi("diag", "dtc", "--ecu", "HVAC").stdout
    assert ivi("sim", "fault", "HVAC", "--cycles", "50").returncode == 0
    assert "no trouble codes" in ivi("diag", "dtc", "--ecu", "HVAC").stdout
    refused = ivi("sim", "fault", "HVAC", "P0A7F")
    assert (refused.returncode, "refuses" in refused.stderr) == (1, True)


def test_the_whole_car_answers_with_live_values(start: Start, description: Description) -> None:
    start("simulator.bus", "can0")
    start("simulator.vehicle", "--can", BUS, "--fault", "BMS:P0A7F-00")
    with DiagnosticTester(BUS, description, share=0.5) as opened:
        bms = opened.ecu("BMS")
        deadline = time.monotonic() + 20
        while not (codes := bms.trouble_codes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert [code.name for code in codes] == ["P0A7F-00"]
        kept = {reading.name: reading.value for reading in bms.snapshot(codes[0].code)}
        assert float(kept["odometer"]) > 1000
        assert float(opened.ecu("VCU").read(0x0102).value) > 11
