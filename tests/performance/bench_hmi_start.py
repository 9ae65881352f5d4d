# SPDX-License-Identifier: Apache-2.0
"""How soon the screen is there: from the start of its process to its first frame, in software and by OpenGL.

Prints one JSON object {name: {value, unit, method}}.
"""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hmi_process import child, counters, own_folders, rss_mb, until

ROUNDS = 9
HMI = ["ivi.manager.entry.hmi", "--camera", "test"]


def first_frame(words: list[str], **variables: str) -> tuple[float, float]:
    """Milliseconds from exec to the first frame of one process as it counts them, and its memory a moment later, MB."""
    with (
        tempfile.TemporaryDirectory(prefix="ivi-") as name,
        own_folders(Path(name)),
        child(words, **variables) as process,
    ):
        until(lambda: counters().get("first_frame_ms"), "the first frame")
        return float(counters()["first_frame_ms"]), rss_mb(process.pid)


@contextlib.contextmanager
def x_display(folder: Path) -> Iterator[str]:
    """An X server without a monitor; yields its DISPLAY."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    os.close(write)
    try:
        with os.fdopen(read) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


def main() -> None:
    """Measure and print."""
    first_frame([*HMI, "--headless"])  # byte code and QML's cache are there from now on
    software = [first_frame([*HMI, "--headless"])[0] for _ in range(ROUNDS)]
    figures = {
        "hmi_first_frame_ms": {
            "value": round(statistics.median(software), 1),
            "unit": "ms",
            "method": "exec of the screen's process to its first swapped frame, whole shell, 1280x720, software; "
            f"median of {ROUNDS}, {min(software):.0f} to {max(software):.0f}",
        }
    }
    if shutil.which("Xvfb") is None:
        sys.stderr.write("no Xvfb: OpenGL is not measured\n")
    else:
        with tempfile.TemporaryDirectory(prefix="ivi-x-") as name, x_display(Path(name)) as display:
            opengl = {
                "DISPLAY": display,
                "WAYLAND_DISPLAY": "",
                "QT_QPA_PLATFORM": "xcb",
                "QT_QUICK_BACKEND": "",
                "QSG_RHI_BACKEND": "opengl",
            }
            first_frame(HMI, **opengl)
            taken = [first_frame(HMI, **opengl) for _ in range(ROUNDS)]
        frames, memory = [one[0] for one in taken], [one[1] for one in taken]
        figures["hmi_first_frame_gl_ms"] = {
            "value": round(statistics.median(frames), 1),
            "unit": "ms",
            "method": f"the same with OpenGL (llvmpipe without a graphics card) under Xvfb; median of {ROUNDS}, "
            f"{min(frames):.0f} to {max(frames):.0f}; memory then {statistics.median(memory):.0f} MB",
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
