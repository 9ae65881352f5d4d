# SPDX-License-Identifier: Apache-2.0
"""One seed, one drive; and the schedule keeps the DBC's cycle times."""

import hashlib
import os
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from cantools.database.can import Database

from simulator.bus.record import EFF
from simulator.vehicle.car import Car

SECONDS = 20
DIGEST = """
import hashlib, sys
from pathlib import Path
from simulator.vehicle.car import Car
car, digest = Car(Path(sys.argv[1]), 3), hashlib.sha256()
for _ in range(300):
    for record in car.tick():
        digest.update(repr(record).encode())
print(digest.hexdigest())
"""


def _drive(dbc_file: Path, seed: int, seconds: int = SECONDS) -> list[list[tuple[int, bytes]]]:
    car = Car(dbc_file, seed)
    return [[(record[1], record[4]) for record in car.tick()] for _ in range(seconds * 100)]


def test_the_same_seed_gives_the_same_frames_and_another_seed_other_noise(dbc_file: Path) -> None:
    first, second, other = (_drive(dbc_file, seed) for seed in (3, 3, 4))
    assert first == second
    assert first != other

    def speeds(ticks: list[list[tuple[int, bytes]]]) -> list[bytes]:
        return [payload for frames in ticks for identifier, payload in frames if identifier == 0xB0]

    # Same road and driver, so the same frames at the same times; what differs is the sensors' noise.
    assert len(speeds(first)) == len(speeds(other)) == SECONDS * 50
    assert speeds(first) != speeds(other)


def test_another_process_with_other_hashes_drives_the_same(dbc_file: Path) -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST, str(dbc_file)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(dbc_file.parents[2])},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    digest = hashlib.sha256()
    car = Car(dbc_file, 3)
    for _ in range(300):
        for record in car.tick():
            digest.update(repr(record).encode())
    assert digests == {digest.hexdigest() + "\n"}


def test_cycle_times_are_those_of_the_dbc_and_ticks_are_even(dbc_file: Path, dbc: Database) -> None:
    ticks = _drive(dbc_file, 1, 3)
    times: dict[int, list[int]] = defaultdict(list)
    for number, frames in enumerate(ticks):
        for identifier, _ in frames:
            times[identifier].append(number * 10)  # ms
    for message in dbc.messages:
        sent = times.get(message.frame_id | (EFF if message.is_extended_frame else 0), [])
        if not message.cycle_time:
            assert sent == [], message.name
        elif message.send_type == "Cyclic":
            assert {later - earlier for earlier, later in pairwise(sent)} == {message.cycle_time}, message.name
        else:
            assert max(later - earlier for earlier, later in pairwise(sent)) <= message.cycle_time, message.name
    assert max(len(frames) for frames in ticks[100:]) <= 20


def test_alive_counters_count_every_frame(dbc_file: Path, dbc: Database) -> None:
    message = dbc.get_message_by_name("VCU_Drive")
    decoded = [
        message.decode(payload, decode_choices=False)
        for frames in _drive(dbc_file, 1, 1)
        for identifier, payload in frames
        if identifier == message.frame_id
    ]
    counters = [entry["VCU_DriveCounter"] for entry in decoded if isinstance(entry, dict)]
    assert counters == [number & 15 for number in range(100)]
