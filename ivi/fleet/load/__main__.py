# SPDX-License-Identifier: Apache-2.0
"""`ivi sim fleet`: drives many cars for a while, then waits until the fleet has acknowledged everything."""

import argparse
import asyncio
import json
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ivi.cloud.wire import Broker, check_vehicle_id, parse_broker
from ivi.fleet.load.car import Car, Counts
from ivi.model.errors import IviError

FILES_PER_CAR = 4  # a socket, and what paho has to wake itself
MAX_CARS = 20_000
NOT_DONE = 1  # exit status when rows were not acknowledged


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be driven."""

    cars: int
    brokers: Sequence[Broker]
    rate: float = 1.0
    """Rows a second of each car."""
    seconds: float = 30.0
    ramp: float = 5.0
    """Seconds in which the cars come."""
    drain: float = 60.0
    """Seconds that the fleet has for the rest."""
    prefix: str = "sim"
    mqtt5: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it."""

    cars: int
    online: int
    """Cars with a session at the end of the drive."""
    seconds: float
    accepted: int
    acknowledged: int
    lost: int
    """Accepted and not acknowledged when the time for the rest was over."""
    refused: int
    """Not accepted: a car's memory was full."""
    sent: int
    repeated_percent: float
    connections: int
    rows_per_s: float
    """Acknowledged rows over the time from the first car to the last acknowledgement."""
    delay_p50_ms: float
    delay_p99_ms: float
    """From accepting a row to its acknowledgement; a sample."""
    cpu_percent: float
    """Of one core, this process."""
    rss_mib: float
    """Largest resident size of this process."""
    reasons: dict[str, int]


async def drive(plan: Plan) -> Result:
    """Drive the plan. Raises ConfigurationError when the machine does not allow so many files."""
    _allow_files(plan.cars)
    counts = Counts()
    cars = [
        Car(f"{plan.prefix}{number}", _turned(plan.brokers, number), plan.rate, counts, mqtt5=plan.mqtt5)
        for number in range(plan.cars)
    ]
    started, cpu = time.monotonic(), time.process_time()
    sessions, drives = [], []
    for car in cars:
        sessions.append(asyncio.create_task(car.connect()))
        drives.append(asyncio.create_task(car.drive()))
        await asyncio.sleep(plan.ramp / plan.cars)
    await asyncio.sleep(max(0.0, plan.seconds - (time.monotonic() - started)))
    for task in drives:
        task.cancel()
    online = sum(car.online for car in cars)
    drained = time.monotonic() + plan.drain
    while any(car.waiting for car in cars) and time.monotonic() < drained:  # noqa: ASYNC110  # many cars, one question
        await asyncio.sleep(0.05)
    seconds = time.monotonic() - started
    used = time.process_time() - cpu
    lost = sum(car.waiting for car in cars)
    for task in sessions:
        task.cancel()
    done = await asyncio.gather(*sessions, *drives, return_exceptions=True)
    for one in done:
        if isinstance(one, Exception):
            raise one
    delays = sorted(counts.delays) or [0.0]
    return Result(
        cars=plan.cars,
        online=online,
        seconds=round(seconds, 2),
        accepted=counts.accepted,
        acknowledged=counts.acknowledged,
        lost=lost,
        refused=counts.refused,
        sent=counts.sent,
        repeated_percent=round(100 * (counts.sent - counts.accepted + lost) / max(1, counts.accepted), 2),
        connections=counts.connections,
        rows_per_s=round(counts.acknowledged / seconds, 1),
        delay_p50_ms=round(statistics.median(delays) * 1000, 1),
        delay_p99_ms=round(delays[int(len(delays) * 0.99)] * 1000, 1),
        cpu_percent=round(100 * used / seconds, 1),
        rss_mib=round(_peak_kib() / 1024, 1),
        reasons=counts.reasons,
    )


def _peak_kib() -> int:
    """The most memory that this program had (proc_pid_status(5)); getrusage(2) would count its parent's before exec."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _turned(brokers: Sequence[Broker], number: int) -> list[Broker]:
    """The brokers in an order of each car's own, so that they share the cars."""
    start = number % len(brokers)
    return [*brokers[start:], *brokers[:start]]


def _allow_files(cars: int) -> None:
    """As many open files as the cars need, where the machine's limit allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = cars * FILES_PER_CAR + 100
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def main() -> int:
    """Parse the command line, drive, print the result; 1 when rows were lost."""
    parser = argparse.ArgumentParser(
        prog="ivi sim fleet", description="Many cars' sessions in one process against a broker and a fleet end."
    )
    parser.add_argument("--cars", type=int, default=500, help="default %(default)s")
    parser.add_argument(
        *("--broker", "-b"),
        action="append",
        metavar="HOST:PORT",
        help="default 127.0.0.1:1883; several share the cars, and take those of one that fails",
    )
    parser.add_argument("--rate", type=float, default=1.0, help="rows a second of each car (default %(default)s)")
    parser.add_argument("--seconds", type=float, default=30.0, help="length of the drive (default %(default)s)")
    parser.add_argument("--ramp", type=float, default=5.0, help="seconds in which the cars come (default %(default)s)")
    parser.add_argument("--drain", type=float, default=60.0, help="seconds for the rest (default %(default)s)")
    parser.add_argument("--prefix", default="sim", help="of the vehicles' ids (default %(default)s)")
    parser.add_argument("--mqtt", choices=("5", "3.1.1"), default="5", help="version of MQTT (default %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there, too")
    options = parser.parse_args()
    if not 1 <= options.cars <= MAX_CARS or options.rate <= 0 or min(options.seconds, options.ramp, options.drain) < 0:
        parser.error(f"--cars is 1 to {MAX_CARS}, --rate is larger than 0, and no time is negative")
    try:
        check_vehicle_id(f"{options.prefix}{options.cars}")
        brokers = [parse_broker(text) for text in options.broker or ["127.0.0.1:1883"]]
        plan = Plan(
            options.cars,
            brokers,
            *(options.rate, options.seconds, options.ramp, options.drain, options.prefix),
            mqtt5=options.mqtt == "5",
        )
        result = asyncio.run(drive(plan))
    except IviError as error:
        sys.stderr.write(f"ivi sim fleet: {error}\n")
        return error.exit_code
    text = json.dumps(asdict(result), indent=2)
    if options.json is not None:
        options.json.write_text(text + "\n", encoding="utf-8")
    print(text)
    return NOT_DONE if result.lost or not result.acknowledged else 0


if __name__ == "__main__":
    sys.exit(main())
