# SPDX-License-Identifier: Apache-2.0
"""What a frame costs on its way to a VSS value: our translator against the loop that people write with cantools.

Both get the same frames of the simulated car, recorded from its own senders. The loop decodes every frame and compares
each value with the last one; ours decodes what changed, and gives VSS names, types, intervals and checks besides.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import can
import cantools

from ivi.providers.can.frame import Frame, from_message
from ivi.providers.can.provider import load_car
from ivi.vss.loader import load_catalogue

ROOT = Path(__file__).resolve().parents[2]
CAR = ROOT / "can_dbc" / "ivi_ev"
SECONDS = 10.0  # of simulated driving
ROUNDS = 5


def record(folder: Path) -> list[can.Message]:
    """Frames of the simulated car over our own bus."""
    channel = str(folder / "bench.sock")
    server = subprocess.Popen([sys.executable, "-m", "simulator.bus", channel], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        if server.stdout is None or not server.stdout.readline():
            raise SystemExit("the bus did not start")
        with can.Bus(interface="ivi", channel=channel) as bus:
            drive = [sys.executable, "-m", "simulator.vehicle", "--can", f"ivi:{channel}", "--speedup", "5"]
            car = subprocess.Popen([*drive, "--for", str(SECONDS)], cwd=ROOT, stdout=subprocess.DEVNULL)
            frames = []
            while (message := bus.recv(timeout=3)) is not None:
                frames.append(message)
            car.wait(30)
    finally:
        server.terminate()
        server.wait(10)
    return frames


def ours(frames: list[Frame]) -> tuple[float, int]:
    """Seconds and values let through."""
    car = load_car(CAR / "ivi_ev.dbc", CAR / "ivi_ev.vspec", load_catalogue())
    started = time.perf_counter()
    values = 0
    for at in range(0, len(frames), 12):  # about what one read of a busy bus brings
        values += len(car.translator.feed(frames[at : at + 12]))
    return time.perf_counter() - started, values


def theirs(messages: list[can.Message]) -> tuple[float, int]:
    """Seconds and changed signals of the plain loop: decode_message and a dictionary of last values."""
    database = cantools.database.load_file(CAR / "ivi_ev.dbc")
    started = time.perf_counter()
    last: dict[str, object] = {}
    changed = 0
    for message in messages:
        values = database.decode_message(message.arbitration_id, message.data)  # type: ignore[union-attr, arg-type]
        for name, value in values.items():  # type: ignore[union-attr]
            if last.get(name) != value:
                last[name] = value
                changed += 1
    return time.perf_counter() - started, changed


def main() -> None:
    """Measure and print the figures."""
    with tempfile.TemporaryDirectory(prefix="ivi-bench-") as folder:
        messages = record(Path(folder))
    if len(messages) < 1000:
        raise SystemExit(f"only {len(messages)} frames were recorded")
    frames = [from_message(message) for message in messages]
    pairs = [(ours(frames), theirs(messages)) for _ in range(ROUNDS)]
    ratio = statistics.median(their[0] / our[0] for our, their in pairs)
    what = f"{len(frames)} frames ({SECONDS:g} s) of the simulated car"
    method = f"{what}, median of {ROUNDS} alternating rounds in one process"
    figures = {
        "can_to_vss_ratio": {
            "value": round(ratio, 2),
            "unit": "x",
            "method": f"time of a cantools decode_message loop with change check / time of the translator: {method}",
        },
        "can_to_vss_us": {
            "value": round(statistics.median(our[0] for our, _ in pairs) / len(frames) * 1e6, 2),
            "unit": "us/frame",
            "method": f"frame to VSS values with types, intervals and on_change: {method}",
        },
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
