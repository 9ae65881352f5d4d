# SPDX-License-Identifier: Apache-2.0
"""ISO-TP of the kernel against the simulated ECUs and our own, and other people's tools against ours."""

import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from ivi.providers.uds.budget import Budget
from ivi.providers.uds.description import Description, load
from ivi.providers.uds.link import EcuLink
from ivi.providers.uds.port import Port
from ivi.providers.uds.tester import DiagnosticTester
from tests.target.machine import DEADLINE, python

pytestmark = pytest.mark.target
LONG = 62  # bytes of a message of many frames


@pytest.fixture(scope="module")
def bus(vcan: Callable[..., str]) -> str:
    return vcan("diag0")


@pytest.fixture(scope="module")
def description(root: object) -> Description:
    return load(root / "can_dbc" / "ivi_ev" / "diagnostics.toml")  # type: ignore[operator]  # a Path


@pytest.fixture(scope="module")
def ecus(bus: str, start: Callable[..., subprocess.Popen[str]]) -> str:
    process = start(*python("simulator.diagnostics", "--can", f"socketcan:{bus}", "--fault", "BMS:all"))
    assert process.stdout is not None
    assert " ready on " in process.stdout.readline()
    return f"socketcan:{bus}"


@pytest.fixture(params=[True, False], ids=["kernel", "python"])
def tester(request: pytest.FixtureRequest, ecus: str, description: Description) -> Iterator[DiagnosticTester]:
    with DiagnosticTester(ecus, description, share=0.5, kernel=request.param) as opened:
        yield opened


def test_scan(tester: DiagnosticTester) -> None:
    found = {entry.ecu.name: entry for entry in tester.scan()}
    assert {name: entry.problem for name, entry in found.items()} == dict.fromkeys(("VCU", "BMS", "HVAC", "BCM"), "")
    assert {entry.identity["vin"] for entry in found.values()} == {"XV1EVS1M0DE000042"}


def test_an_answer_of_many_frames(tester: DiagnosticTester) -> None:
    codes = tester.ecu("BMS").trouble_codes(0x01)
    assert len(codes) == 40
    assert tester.ecu("BMS").snapshot(codes[0].code)


@pytest.fixture
def link(bus: str) -> Iterator[EcuLink]:
    """Our own end, in Python, of a pair that no ECU has."""
    port = Port(f"socketcan:{bus}")
    opened = EcuLink(port, Budget(500_000, 0.9), "peer", 0x7E3, 0x7EB)
    opened.deadline = time.monotonic() + DEADLINE
    yield opened
    opened.close()
    port.close()


def test_our_message_at_the_kernels_end(bus: str, link: EcuLink) -> None:
    message = bytes(range(LONG))
    with subprocess.Popen(
        ["timeout", str(DEADLINE), "isotprecv", "-s", "7EB", "-d", "7E3", bus], stdout=subprocess.PIPE, text=True
    ) as receiver:
        for _ in range(20):  # it says nothing when it is ready
            time.sleep(0.2)
            if "7E3" in proc_receivers():
                break
        link.specific_send(message)
        while receiver.poll() is None:
            link.poll()  # flow control comes from the other end
            time.sleep(0.01)
        assert receiver.stdout is not None
        assert bytes.fromhex(receiver.stdout.read()) == message


def proc_receivers() -> str:
    """Who listens to what, as the kernel says."""
    with open("/proc/net/can/rcvlist_sff") as file:  # noqa: PTH123  # procfs
        return file.read().upper()


def test_the_kernels_message_at_our_end(bus: str, link: EcuLink) -> None:
    message = bytes(reversed(range(LONG)))
    with subprocess.Popen(
        ["timeout", str(DEADLINE), "isotpsend", "-s", "7EB", "-d", "7E3", "-b", bus],
        stdin=subprocess.PIPE,
        text=True,
    ) as sender:
        assert sender.stdin is not None
        sender.stdin.write(message.hex(" "))
        sender.stdin.close()
        assert link.specific_wait_frame(DEADLINE) == message
        assert sender.wait(DEADLINE) == 0
