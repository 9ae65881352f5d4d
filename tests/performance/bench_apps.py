# SPDX-License-Identifier: Apache-2.0
"""Apps in their full sandbox: start, memory, idle CPU, a call's round trip, and back after a crash.

The host is a process of its own, started as `ivi run` does; the apps are small and use the SDK that partners use.
"""

import json
import os
import signal
import statistics
import tempfile
import time
from pathlib import Path

from app_host import Host, make_app, running, until

from ivi.apphost import process_tree

IDLE = """
from ivi.sdk import App, ListTemplate, Row
class Main(App):
    def on_start(self):
        self.show(ListTemplate("Idle", [Row("a", "A row")]))
"""
CALLS = """
import time
from ivi.model.app import Heartbeat
from ivi.sdk import App
class Main(App):
    def on_start(self):
        self.every(0.5, self.measure)
    def measure(self):
        took = []
        for _ in range(150):
            began = time.perf_counter_ns()
            self._connection.call(Heartbeat())
            took.append(time.perf_counter_ns() - began)
        took.sort()
        print("p50", took[75], "p99", took[148])
"""
IDLE_APPS = 8
STARTS = 15
CRASHES = 5
QUIET = 5.0  # seconds of idling
CLOCK = 1 / os.sysconf("SC_CLK_TCK")


def wait_for_start(host: Host, name: str) -> None:
    """Until the app has said hello."""
    until(lambda: host.lines(f"dev.bench.{name}", "host")[-1].text == "running")


def starts(host: Host) -> list[float]:
    """Milliseconds from a start to the first call, several times."""
    return [host.restart("dev.bench.idle0") for _ in range(STARTS)]


def memory(host: Host) -> tuple[float, float]:
    """MiB (PSS) of an idle app with bubblewrap's two processes, and CPU seconds of all of them in QUIET seconds."""
    trees = [host.tree(f"dev.bench.idle{number}") for number in range(IDLE_APPS)]
    pids = [pid for tree in trees for pid in tree]
    used = process_tree.cpu_time(pids)
    time.sleep(QUIET)
    used = process_tree.cpu_time(pids) - used
    return statistics.median(process_tree.memory(tree) for tree in trees) / (1 << 20), used


def calls(host: Host) -> tuple[float, float]:
    """Microseconds of a call's round trip: medians of the p50s and p99s of the app's batches."""
    until(lambda: len(host.lines("dev.bench.calls")) >= 12)
    words = [line.text.split() for line in host.lines("dev.bench.calls")][2:]
    return statistics.median(int(one[1]) for one in words) / 1000, statistics.median(
        int(one[3]) for one in words
    ) / 1000


def crashes(host: Host) -> list[float]:
    """Milliseconds from SIGKILL to the next life's first call; a start by the driver lets crashes be forgotten."""
    took = []
    for _ in range(CRASHES):
        host.restart("dev.bench.idle1")
        before = host.lines("dev.bench.idle1", "host")[-1].number
        killed = time.time_ns()
        os.kill(host.tree("dev.bench.idle1")[-1], signal.SIGKILL)

        def back(after: int = before) -> bool:
            last = host.lines("dev.bench.idle1", "host")[-1]
            return last.number > after and last.text == "running"

        until(back)
        took.append((host.lines("dev.bench.idle1", "host")[-1].time_ns - killed) / 1e6)
    return took


def main() -> None:
    """Measure and print the figures."""
    with tempfile.TemporaryDirectory(prefix="ivi-") as name:
        folder = Path(name)
        apps = [make_app(folder / "apps", f"idle{number}", IDLE) for number in range(IDLE_APPS)]
        apps.append(make_app(folder / "apps", "calls", CALLS, "cpu_percent = 100"))
        with running(folder, apps) as host:
            for app in apps:
                wait_for_start(host, app.name)
            call_p50, call_p99 = calls(host)
            pss, cpu = memory(host)
            start, crash = starts(host), crashes(host)
    figures = {
        "apps_start_to_first_call_ms": {
            "value": round(statistics.median(start), 1),
            "unit": "ms",
            "method": f"spawn to the app's first call at the host, full sandbox, warm, median of {STARTS}; "
            f"{min(start):.0f} to {max(start):.0f}",
        },
        "apps_pss_mib": {
            "value": round(pss, 2),
            "unit": "MiB",
            "method": f"PSS of an idle app with bubblewrap's two processes, median of {IDLE_APPS} that run at once",
        },
        "apps_idle_cpu_percent": {
            "value": round(cpu / QUIET / IDLE_APPS * 100, 3),
            "unit": "%",
            "method": f"of a core for one idle app, {IDLE_APPS} apps over {QUIET:g} s, ticks of {CLOCK * 1000:g} ms",
        },
        "apps_call_p50_us": {
            "value": round(call_p50, 1),
            "unit": "us",
            "method": f"round trip of a call in the full sandbox, median p50 of batches of 150; p99 {call_p99:.0f} us",
        },
        "apps_crash_to_serving_ms": {
            "value": round(statistics.median(crash), 1),
            "unit": "ms",
            "method": f"SIGKILL of the app to the next life's first call, median of {CRASHES}; "
            f"{min(crash):.0f} to {max(crash):.0f}",
        },
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
