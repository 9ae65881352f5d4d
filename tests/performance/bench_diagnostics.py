#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What diagnostics cost: requests over the ivi bus between two processes, and ECUs that nobody asks.

Without the extra ``ivi[diag]`` only the ECUs' own figures are measured. Prints one JSON object.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
ROUNDS = 40
PACED_ROUNDS = 7
IDLE = 5.0  # seconds
BUS = "ivi:can0"

type Figure = dict[str, object]


def start(*arguments: str) -> subprocess.Popen[str]:
    """Start a module and wait for its ready line."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert process.stdout is not None
    if " ready on " not in process.stdout.readline():
        raise SystemExit(f"{arguments[0]} did not start")
    return process


def cpu(pid: int) -> float:
    """Seconds of CPU that a process has spent, in the kernel's clock ticks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def median_ms(act: Callable[[], object], rounds: int) -> float:
    """Median duration in milliseconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        act()
        times.append(time.perf_counter() - begin)
    return round(statistics.median(times) * 1000, 2)


def requests() -> dict[str, Figure]:
    """Figures of the tester."""
    from ivi.providers.uds.description import load  # noqa: PLC0415  # they need the extra
    from ivi.providers.uds.tester import DiagnosticTester  # noqa: PLC0415

    car = load(ROOT / "can_dbc" / "ivi_ev" / "diagnostics.toml")
    figures: dict[str, Figure] = {}
    for name, share, rounds in (("", 1.0, ROUNDS), ("_2_percent", 0.02, PACED_ROUNDS)):
        how = f"python ISO-TP, {share:.0%} of 500 kbit/s, two processes on the ivi bus, median of {rounds}"
        with DiagnosticTester(BUS, car, share=share) as tester:
            bms = tester.ecu("BMS")
            if len(bms.trouble_codes(0x01)) != 40:  # what the simulated BMS has
                raise SystemExit("the BMS did not report its 40 codes")
            codes = median_ms(partial(bms.trouble_codes, 0x01), rounds)
            present = median_ms(bms.present, rounds)
        figures[f"uds_read_40_codes_ms{name}"] = {"value": codes, "unit": "ms", "method": f"0x19 02, 163 bytes: {how}"}
        figures[f"uds_tester_present_ms{name}"] = {"value": present, "unit": "ms", "method": f"0x3E: {how}"}
    return figures


def main() -> None:
    """Measure and print."""
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IVI_RUNTIME_DIR"] = folder
        processes = [start("simulator.bus", "can0")]
        try:
            processes.append(start("simulator.diagnostics", "--can", BUS, "--fault", "BMS:all"))
            try:
                figures |= requests()
            except ImportError as error:
                print(f"left out: the tester needs {error.name} (pip install 'ivi[diag]')", file=sys.stderr)
            before = cpu(processes[1].pid)
            time.sleep(IDLE)
            spent = (cpu(processes[1].pid) - before) / IDLE * 100
            method = f"four ECUs in a process of their own, nobody asks, {IDLE:g} s"
            figures["uds_ecus_idle_core_percent"] = {"value": round(spent, 2), "unit": "%", "method": method}
        finally:
            for process in reversed(processes):
                process.terminate()
                process.communicate(timeout=10)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
