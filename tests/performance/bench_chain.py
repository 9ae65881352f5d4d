# SPDX-License-Identifier: Apache-2.0
"""The whole chain under load: simulated traffic -> our bus -> databroker process -> three subscribers over the link.

8,000 frames/s of a real car's DBC, a sender that ticks every 5 ms (the simulated car ticks every 10), 100 signals
mapped without interval, three processes that subscribe to all of them without a rate limit. Counted: CPU time of the
databroker process (user and system, all threads), age of the newest values when a subscriber has decoded them, and
everything that was lost on the way: on the bus, in the broker, on the link.

What a process costs that sleeps between two ticks depends on the machine more than on the process: a virtual machine's
core that was asleep has lost its caches to others, and the same code costs 4 % in one minute and 7 % in another. So the
peer, python-can and cantools alone (stock_databroker.py), runs in turn with the databroker, and the ratios say what the
percents do not.
"""

import asyncio
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from receive_traffic import dbc_file, overlay_of, traffic

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.databroker import DatabrokerAnswer, Subscribe, ValuesUpdate
from ivi.model.errors import IviError
from ivi.model.status import GetStatus, ProcessStatus
from simulator.bus import IviBus

ROOT = Path(__file__).resolve().parents[2]
RATE = 8000  # frames per second
TICK = 0.005  # seconds between two sends
WINDOW = 6.0  # seconds of one measurement
WINDOWS = 5
TURNS = 5  # runs of the databroker and of the peer
SUBSCRIBERS = 3
SIGNALS = 100
DEADLINE = 30.0  # seconds
CLOCK = os.sysconf("SC_CLK_TCK")  # of /proc/PID/stat


def send(channel: str, tick: float) -> None:
    """Child: put the traffic on the bus until killed; payloads and pace are fixed beforehand."""
    records = [(0, key, len(data), 0, data) for key, data in traffic(dbc_file(), 2 * RATE)]
    per_tick = round(RATE * tick)
    with IviBus(channel) as bus:
        print("ready", flush=True)
        due, at = time.monotonic(), 0
        while True:
            bus.send_batch(records[at : at + per_tick])
            at = (at + per_tick) % len(records)
            due += tick
            if (wait := due - time.monotonic()) > 0:
                time.sleep(wait)


async def subscribe() -> None:
    """Child: subscribe to all and note how old the newest value of each update is; prints what it saw on SIGINT."""
    ages: list[int] = []
    async with LinkClient(socket_path("databroker"), DatabrokerAnswer) as client:
        print("ready", flush=True)
        with contextlib.suppress(IviError, asyncio.CancelledError):
            await client.listen(Subscribe(["**"]), lambda update: _note(update, ages))
    print(json.dumps({"ages": ages[len(ages) // 10 :], "dropped": client.dropped}))


def _note(update: ValuesUpdate, ages: list[int]) -> None:
    """How old the newest value is now that it is decoded."""
    now = time.time_ns()
    if update.entries:
        ages.append(now - max(point.time_ns for point in update.entries.values()))


@contextlib.contextmanager
def children() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that are stopped in the end."""
    started: list[subprocess.Popen[str]] = []
    try:
        yield started
    finally:
        for process in reversed(started):
            process.terminate()
            process.communicate(timeout=DEADLINE)


def start(*words: str) -> subprocess.Popen[str]:
    """A Python child of this checkout; its first line says that it is ready, where it has one."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def ready(process: subprocess.Popen[str]) -> subprocess.Popen[str]:
    """Wait for the first line."""
    if process.stdout is None or not process.stdout.readline():
        raise SystemExit(f"{process.args!r} did not start")
    return process


async def status() -> ProcessStatus:
    """The databroker's, as soon as it answers."""
    give_up = time.monotonic() + DEADLINE
    while True:
        try:
            async with LinkClient(socket_path("databroker"), ProcessStatus) as client:
                answer: ProcessStatus = await client.call(GetStatus(), 5.0)
                return answer
        except IviError:
            if time.monotonic() > give_up:
                raise
            await asyncio.sleep(0.1)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK


def resident_mb(pid: int) -> float:
    """Resident memory now, MB."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def run(folder: Path, tick: float, windows_wanted: int = WINDOWS, *, stock: bool = False) -> dict[str, float]:
    """One run with a sender of this tick; `stock`: with the peer in the databroker's place."""
    dbc = dbc_file()
    overlay = overlay_of(dbc, folder, SIGNALS)
    ours = ["-m", "ivi.manager.entry.databroker", "--can", "ivi:can0", "--dbc", str(dbc), "--overlay", str(overlay)]
    peer = [str(Path(__file__).with_name("stock_databroker.py")), "can0", str(dbc), str(overlay)]
    with children() as running:
        running.append(ready(start("-m", "simulator.bus", "can0")))
        broker = start(*(peer if stock else ours))
        running.append(broker)
        asyncio.run(status())
        readers = [ready(start(__file__, "subscribe")) for _ in range(SUBSCRIBERS)]
        running.extend(readers)
        sender = ready(start(__file__, "send", "can0", str(tick)))
        running.append(sender)
        time.sleep(2.0)  # start-up is no part of the figure
        windows = [window(broker.pid) for _ in range(windows_wanted)]
        memory = resident_mb(broker.pid)
        sender.terminate()
        counters = asyncio.run(status()).counters
        seen = [stop(reader) for reader in readers]
    ages = sorted(age for one in seen for age in one["ages"])
    lost = int(counters["frames_dropped"]) + int(counters["updates_overwritten"]) + sum(one["dropped"] for one in seen)
    return {
        "core_percent": statistics.median(load for load, _ in windows) * 100,
        "rate": statistics.median(rate for _, rate in windows),
        "p50_us": ages[len(ages) // 2] / 1000,
        "p99_us": ages[len(ages) * 99 // 100] / 1000,
        "lost": lost,
        "rss_mb": memory,
        "updates": len(ages),
    }


def window(pid: int) -> tuple[float, float]:
    """Share of a core, and frames per second, over one window."""
    frames, spent, began = asyncio.run(status()).counters["frames_received"], cpu_seconds(pid), time.monotonic()
    time.sleep(WINDOW)
    load = (cpu_seconds(pid) - spent) / (time.monotonic() - began)
    now = asyncio.run(status()).counters["frames_received"]
    return load, (int(now) - int(frames)) / (time.monotonic() - began)


def own_car_mb() -> float:
    """Memory of the databroker with our own car driving at its own pace."""
    with children() as running:
        running.append(ready(start("-m", "simulator.bus", "can0")))
        broker = start("-m", "ivi.manager.entry.databroker", "--can", "ivi:can0")
        running.append(broker)
        asyncio.run(status())
        running.append(start("-m", "simulator.vehicle", "--can", "ivi:can0"))
        time.sleep(WINDOW)
        if not asyncio.run(status()).counters["signals_current"]:
            raise SystemExit("the simulated car sent nothing")
        return resident_mb(broker.pid)


def stop(reader: subprocess.Popen[str]) -> dict:  # type: ignore[type-arg]  # JSON of our own child
    """End a subscriber and read what it saw."""
    reader.send_signal(2)
    out, _ = reader.communicate(timeout=DEADLINE)
    return dict(json.loads(out.splitlines()[-1]))


def main() -> None:
    """Measure and print the figures."""
    with tempfile.TemporaryDirectory(prefix="ivi-") as name:
        os.environ["IVI_RUNTIME_DIR"] = name
        turns = [(run(Path(name), TICK, 2), run(Path(name), TICK, 2, stock=True)) for _ in range(TURNS)]
        fine = run(Path(name), 0.001, 3)
        memory = own_car_mb()
    if any(one["lost"] for one in (*(ours for ours, _ in turns), fine)):
        raise SystemExit(f"something was lost: {turns} {fine}")
    coarse = {key: statistics.median(ours[key] for ours, _ in turns) for key in turns[0][0]}
    peer = {key: statistics.median(stock[key] for _, stock in turns) for key in turns[0][1]}
    how = (
        f"{SIGNALS} signals of {dbc_file().name} to {SUBSCRIBERS} subscribers without a rate limit, 0 lost, "
        f"median of {TURNS} runs of 2 windows of {WINDOW:g} s"
    )
    against = f"in turn with python-can and cantools alone, medians of {TURNS} pairs of runs"
    figures = {
        "chain_8000fps_core_percent": {
            "value": round(coarse["core_percent"], 2),
            "unit": "%",
            "method": f"{coarse['rate']:.0f} frames/s in ticks of {TICK * 1000:g} ms, {how}",
        },
        "chain_8000fps_p50_us": {
            "value": round(coarse["p50_us"]),
            "unit": "us",
            "method": f"sender's clock as it writes to decoded by a subscriber, {coarse['updates']} updates; {how}",
        },
        "chain_8000fps_p99_us": {
            "value": round(coarse["p99_us"]),
            "unit": "us",
            "method": "as chain_8000fps_p50_us; other load on the machine shows here first",
        },
        "chain_8000fps_cpu_vs_stock": {
            "value": round(statistics.median(ours["core_percent"] / stock["core_percent"] for ours, stock in turns), 3),
            "unit": "ratio",
            "method": f"{against}; the peer took {peer['core_percent']:.1f} % of a core",
        },
        "chain_8000fps_p50_vs_stock": {
            "value": round(statistics.median(ours["p50_us"] / stock["p50_us"] for ours, stock in turns), 3),
            "unit": "ratio",
            "method": f"{against}; the peer's p50 was {peer['p50_us']:.0f} us, and it lost {peer['lost']:.0f}",
        },
        "chain_8000fps_1ms_core_percent": {
            "value": round(fine["core_percent"], 2),
            "unit": "%",
            "method": f"{fine['rate']:.0f} frames/s in ticks of 1 ms (p50 {fine['p50_us']:.0f} us), 3 windows",
        },
        "databroker_rss_mb": {
            "value": round(memory, 1),
            "unit": "MB",
            "method": f"VmRSS after {WINDOW:g} s of our own car's drive, DBC and VSS catalogue loaded",
        },
        "databroker_rss_loaded_mb": {
            "value": round(max(coarse["rss_mb"], fine["rss_mb"]), 1),
            "unit": "MB",
            "method": f"VmRSS after the runs above, with {dbc_file().name}",
        },
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    if sys.argv[1:2] == ["send"]:
        send(sys.argv[2], float(sys.argv[3]))
    elif sys.argv[1:2] == ["subscribe"]:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(subscribe())
    else:
        main()
