# SPDX-License-Identifier: Apache-2.0
"""A whole demo drives, all apps busy: how even the screen's frames are, how old what they show is, how it revives.

The simulated car, all processes and the apps that ship run as `ivi run --demo` starts them; two further apps send a
new card and follow signals as fast as they may. The screen is asked for 60 frames a second, so that each late one is
seen; it shows its cards and the map in turns, and somebody touches it twice a second. Then it is killed. Prints one
JSON object {name: {value, unit, method}}.

    bench_hmi_drive.py [--seconds 600]      600 for the ten minutes of the goal; 60 without it
"""

import argparse
import contextlib
import json
import os
import signal
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from app_host import make_app
from hmi_process import ask, child, counters, own_folders, pid, rss_mb, shows, touch, until

from ivi.model.hmi import GoTo
from ivi.model.status import GetStatus

WARM = 12  # seconds after the first frame before frames are counted
TOUCH = 0.5  # seconds
PAGES = ("navigation", "home")
STAY = 15.0  # seconds on each
KILLS = 3
STABLE = 31.0  # seconds of life after which the manager takes a death for the first and waits 0.1 s
BUSY = """
from ivi.sdk import App
class Main(App):
    def on_start(self):
        self.count = 0
        self.every(0.05, self.work)
    def work(self):
        self.count += 1
        sum(number * number for number in range(20000))
"""
TOUCHED = ("climateDriverUp", "climateDriverDown")
FULL = ("speedValue", "climateDriverValue")
"""Items that have a number when the screen shows the car again."""


def full() -> bool:
    """Whether the screen shows the car's values."""
    return all(any(character.isdigit() for character in shows(name)) for name in FULL)


def restart() -> float:
    """Milliseconds from SIGKILL until another process shows the car's values."""
    until(lambda: float(ask(GetStatus()).uptime_s) > STABLE, "it has lived long enough", pause=0.5)
    before = pid()
    began = time.monotonic()
    os.kill(before, signal.SIGKILL)
    until(lambda: pid() not in {0, before} and full(), "the screen is back", pause=0.005)
    return (time.monotonic() - began) * 1000


def drive(seconds: float) -> tuple[dict[str, Any], float, int]:
    """The screen's counters after so many seconds, its memory in MB, and how often it was touched."""
    touches, page = 0, ""
    begins = time.monotonic()
    while (driven := time.monotonic() - begins) < WARM + seconds:
        wanted = PAGES[int(driven / STAY) % len(PAGES)]
        if wanted != page:
            page = ask(GoTo(wanted)).page
        touches += touch(TOUCHED[touches % 2])
        time.sleep(TOUCH)
    return counters(), rss_mb(pid()), touches


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory(prefix="ivi-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        stack.enter_context(own_folders(folder))
        apps = [make_app(folder / "apps", f"busy{number}", BUSY) for number in range(2)]
        words = ["ivi", "run", "--demo", "--headless", "--grant-all"]
        for app in apps:
            words += ["--app", str(app)]
        stack.enter_context(child(words, IVI_REMOTE_INPUT="1", IVI_FRAME_TIMES=str(WARM)))
        until(full, "the screen shows the car")
        said, memory, touches = drive(seconds)
        back = [restart() for _ in range(KILLS)]
    where = (
        f"{seconds:g} s of the demo, map and cards in turns, all apps and two busy ones, software, 1280x720, "
        "2 touches a second"
    )
    count = said["frames_timed"]
    rate = count / seconds
    print(
        json.dumps(
            {
                "hmi_frame_p99_ms": {
                    "value": said["frame_p99_ms"],
                    "unit": "ms",
                    "method": f"between two swapped frames, asked for at 60 Hz; {where}; {count} frames ({rate:.1f}/s)",
                },
                "hmi_frame_max_ms": {"value": said["frame_max_ms"], "unit": "ms", "method": "the longest of the same"},
                "hmi_frame_cpu_p99_ms": {
                    "value": said["frame_cpu_p99_ms"],
                    "unit": "ms",
                    "method": f"processor time of the screen's thread from one frame to the next; {where}; the dearest "
                    f"{said['frame_cpu_max_ms']} ms. A frame that is long and not dear waited for a processor",
                },
                "hmi_can_to_pixel_p95_ms": {
                    "value": said["can_to_pixel_p95_ms"],
                    "unit": "ms",
                    "method": f"bus time stamp of a value to the swapped frame that shows it; last 600 of {where}",
                },
                "hmi_touch_to_frame_p95_ms": {
                    "value": said["touch_to_frame_p95_ms"],
                    "unit": "ms",
                    "method": f"delivery of a touch to the next swapped frame; {touches} touches, {where}",
                },
                "hmi_rss_mb": {
                    "value": round(memory, 1),
                    "unit": "MB",
                    "method": f"resident memory of the screen's process at the end, its rear view loaded; {where}",
                },
                "hmi_restart_ms": {
                    "value": round(statistics.median(back), 1),
                    "unit": "ms",
                    "method": f"SIGKILL under `ivi run` until a new process shows speed and set temperature; median of "
                    f"{KILLS}, {min(back):.0f} to {max(back):.0f}",
                },
            }
        )
    )


if __name__ == "__main__":
    main()
