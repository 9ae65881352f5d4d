# SPDX-License-Identifier: Apache-2.0
"""How long a car takes to learn that nothing new is there: image repository of 200 targets, director, real HTTP.

A warm check: the metadata of the last check is on the disk, the connection is kept. It asks for the next root of both
repositories, the timestamp and the vehicle's file, and checks all signatures. What the snapshot's hash proves to be
unchanged is not looked up again in the same process; `restarted` is a process that has only the disk.
"""

import json
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from update_lab import VEHICLE, Clock, Fleet, a_file, serving

from ivi.cloud.updates.artefact import Kind
from ivi.cloud.updates.look import Repositories
from ivi.cloud.updates.trusted import Wanted

TARGETS = 200
ORDERED = 5
ROUNDS = 60
MANY, BITS = 2000, 5


@dataclass
class Figures:
    """Milliseconds."""

    cold: float
    warm: float
    warm_cpu: float
    """Of car and server together."""
    restarted: float
    """Warm, by a process that has only the disk."""


def measure(folder: Path, targets: int, bits: int, rounds: int) -> Figures:
    """Medians over `rounds` checks."""
    clock = Clock()
    fleet = Fleet(folder, clock, bins_bits=bits)
    made = [a_file(Kind.MAP, f"tile-{number}", publisher="here") for number in range(targets)]
    fleet.repository.add([(one, fleet.file(one.name.encode())) for one in made], "maps")
    fleet.repository.publish()
    fleet.assign(*made[:ORDERED])
    with serving(fleet.web) as server:
        car = Repositories(fleet.settings(server), folder / "car", VEHICLE)
        cold, first = timed(car, clock)
        if len(first.artefacts) != ORDERED:
            raise SystemExit("the check does not find what was ordered")
        cpu = time.process_time()
        warm = [timed(car, clock) for _ in range(rounds)]
        cpu = time.process_time() - cpu
        car.close()
        restarted = []
        for _ in range(rounds):
            car = Repositories(fleet.settings(server), folder / "car", VEHICLE)
            restarted.append(timed(car, clock))
            car.close()
        if any(wanted != first for _, wanted in warm + restarted):
            raise SystemExit("two checks of the same repository differ")
    return Figures(
        cold, statistics.median(ms for ms, _ in warm), cpu / rounds * 1e3, statistics.median(ms for ms, _ in restarted)
    )


def timed(car: Repositories, clock: Clock) -> tuple[float, Wanted]:
    """Milliseconds of a check and what it found."""
    began = time.perf_counter()
    wanted = car.read(clock.now())
    return (time.perf_counter() - began) * 1e3, wanted


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        flat = measure(Path(name, "flat"), TARGETS, 0, ROUNDS)
        bins = measure(Path(name, "bins"), MANY, BITS, ROUNDS // 2)
    how = f"{TARGETS} targets of one publisher, {ORDERED} ordered, loopback HTTP"
    binned = f"{MANY} targets in {1 << BITS} hashed bins, {ORDERED} ordered, loopback HTTP"
    figures = {
        "cloud_update_check_ms": (flat.warm, f"warm, process and connection kept, median of {ROUNDS}; {how}"),
        "cloud_update_check_cpu_ms": (flat.warm_cpu, f"the same, CPU of car and server together; {how}"),
        "cloud_update_check_restarted_ms": (flat.restarted, f"warm disk, new process state and connection; {how}"),
        "cloud_update_check_cold_ms": (flat.cold, f"first check of a car; {how}"),
        "cloud_update_check_bins_ms": (bins.warm, f"warm, median of {ROUNDS // 2}; {binned}"),
        "cloud_update_check_bins_restarted_ms": (bins.restarted, f"warm disk, new process state; {binned}"),
        "cloud_update_check_bins_cold_ms": (bins.cold, f"first check of a car; {binned}"),
    }
    print(
        json.dumps({key: {"value": round(ms, 2), "unit": "ms", "method": said} for key, (ms, said) in figures.items()})
    )


if __name__ == "__main__":
    main()
