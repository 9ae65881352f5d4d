# SPDX-License-Identifier: Apache-2.0
"""What our SocketCAN reader costs against python-can's, on the kernel's own sockets. Under emulation: ratios only.

Written to `figures.json` among the results; rounds alternate and the ratio of each pair counts. The floors are far
below what is measured: they catch a reader that has become an ordinary one.
"""

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import can
import pytest

from ivi.providers.can.bus_spec import BusSpec
from ivi.providers.can.id_mask import STANDARD
from ivi.providers.can.socketcan import BUFFER, enlarge
from ivi.providers.can.source import SocketcanSource, open_source

pytestmark = pytest.mark.target
ROUNDS = 5
FRAMES = 1500  # of one round; they wait in the socket's buffer
IDS, WANTED = 100, 10


@pytest.fixture(scope="module")
def bus(vcan: Callable[..., str]) -> str:
    return vcan("figures0")


def source(bus: str, wanted: frozenset[tuple[int, int]] | None) -> SocketcanSource:
    opened = open_source(BusSpec("v", "socketcan", bus, filtered=wanted is not None), wanted or ())
    assert isinstance(opened, SocketcanSource)
    return opened


def fill(bus: str) -> None:
    """Frames of all ids, in turn."""
    with can.Bus(interface="socketcan", channel=bus) as sender:
        for index in range(FRAMES):
            sender.send(can.Message(arbitration_id=0x100 + index % IDS, is_extended_id=False, data=bytes(8)))


def cost(take: Callable[[], int], expected: int) -> float:
    """CPU seconds until so many were taken."""
    began = time.process_time()
    taken = 0
    while taken < expected:
        found = take()
        assert found, f"{taken} of {expected}"
        taken += found
    return time.process_time() - began


def record(guest: Path, name: str, ratios: list[float], method: str) -> float:
    """Add a figure to the results; returns the median."""
    file = guest / "figures.json"
    figures = json.loads(file.read_text()) if file.exists() else {}
    value = round(statistics.median(ratios), 2)
    spread = f"{min(ratios):.1f} to {max(ratios):.1f}"
    figures[name] = {"value": value, "unit": "x", "method": f"{method}; in the guest (TCG), {ROUNDS} rounds: {spread}"}
    file.write_text(json.dumps(figures, indent=1) + "\n")
    return value


def test_receive_against_python_can(bus: str, guest: Path) -> None:
    """CPU time for each frame: a batch of recvmmsg against a Message from bus.recv."""
    ratios = []
    ours = source(bus, None)
    theirs = can.Bus(interface="socketcan", channel=bus)
    enlarge(theirs.socket, BUFFER)  # type: ignore[attr-defined]  # SocketcanBus has it; so that it loses none
    try:
        for _ in range(ROUNDS):
            fill(bus)
            our = cost(lambda: len(ours.read()), FRAMES)
            their = cost(lambda: int(theirs.recv(0) is not None), FRAMES)
            ratios.append(their / our)
    finally:
        ours.close()
        theirs.shutdown()
    assert record(guest, "socketcan_receive_vs_pythoncan", ratios, "CPU per frame, vcan, queue filled before") > 3


def test_filters_of_the_kernel_against_our_own(bus: str, guest: Path) -> None:
    """CPU time for each wanted frame, 10 of 100 ids: our fast reader on both sides, and python-can on both."""
    wanted = frozenset(range(0x100, 0x100 + WANTED))
    filters = [{"can_id": key, "can_mask": 0x7FF, "extended": False} for key in wanted]
    expected = FRAMES * WANTED // IDS
    kernel, everything = source(bus, frozenset((key, STANDARD) for key in wanted)), source(bus, None)
    their_kernel = can.Bus(interface="socketcan", channel=bus, can_filters=filters)
    their_everything = can.Bus(interface="socketcan", channel=bus)
    enlarge(their_everything.socket, BUFFER)  # type: ignore[attr-defined]  # as above
    kept: list[object] = []

    def sift() -> int:
        frames = everything.read()
        kept.extend(frame for frame in frames if frame.key in wanted)
        return len(frames)

    def their_sift() -> int:
        message = their_everything.recv(0)
        assert message is not None
        if message.arbitration_id in wanted:
            kept.append(message)
        return 1

    ours, theirs = [], []
    try:
        for _ in range(ROUNDS):
            fill(bus)
            ours.append(cost(sift, FRAMES) / cost(lambda: len(kernel.read()), expected))
            their_filtered = cost(lambda: int(their_kernel.recv(0) is not None), expected)
            theirs.append(cost(their_sift, FRAMES) / their_filtered)
    finally:
        for opened in (kernel, everything):
            opened.close()
        for bus_ in (their_kernel, their_everything):
            bus_.shutdown()
    assert len(kept) == 2 * ROUNDS * expected
    method = "CPU per wanted frame, 10 of 100 ids, filtered in Python against by the kernel"
    assert record(guest, "socketcan_kernel_filter_gain", ours, f"{method}, our reader") > 2
    assert record(guest, "socketcan_kernel_filter_gain_pythoncan", theirs, f"{method}, python-can's bus.recv") > 2
