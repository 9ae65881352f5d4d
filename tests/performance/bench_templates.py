# SPDX-License-Identifier: Apache-2.0
"""What the biggest legal template of each kind costs the screen, and what a check of it costs the host.

A template is shown on a page of 788x484 pixels that shows another kind, so that everything is made anew, and then once
more with other words, as a refresh. The time is that of the process's own CPU from the message's arrival to the frame
drawn in software. Prints one JSON object {name: {value, unit, method}}.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

import msgspec
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from ivi.hmi import app
from ivi.hmi.gallery import samples
from ivi.hmi.gallery.runner import Gallery
from ivi.hmi.gallery.scenes import APP, PARKED, Scene
from ivi.model.apphost import AppState, AppView
from ivi.model.templates import MessageTemplate, PageTemplate, Template, kind_of
from ivi.model.templates.checks import check
from ivi.model.templates.limits import limits_of, shortened

ROUNDS = 15
WIDTH, HEIGHT = 820, 516  # pixels of the gallery's window


def milliseconds(act: Callable[[], None]) -> float:
    """CPU time of one act."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def view(page: PageTemplate, revision: int) -> Scene:
    """A page as the host sends it."""
    return Scene("", AppView(APP, "App", AppState.RUNNING, "", revision, page, [], depth=1), PARKED)


def draw(gallery: Gallery, page: PageTemplate, revision: int) -> None:
    """From the decoded message to the frame."""
    gallery.show(view(page, revision))
    QGuiApplication.processEvents()
    gallery.window.grabWindow()


def refreshed(page: PageTemplate) -> PageTemplate:
    """The same page with another word."""
    field = "note" if hasattr(page, "note") else "title"
    return msgspec.structs.replace(page, **{field: "Other words"})


def measure_screen() -> tuple[dict[str, float], dict[str, float]]:
    """Milliseconds of the first and of a later frame, by kind: medians."""
    application = QGuiApplication([])
    app.load_fonts()
    engine = QQmlApplicationEngine()
    gallery = Gallery(engine)
    gallery.window.resize(WIDTH, HEIGHT)
    gallery.window.show()
    blank = MessageTemplate("Blank", "Blank")
    first: dict[str, float] = {}
    later: dict[str, float] = {}
    for page in samples.LONGEST:
        firsts, laters = [], []
        for number in range(ROUNDS):
            draw(gallery, blank, number)
            gallery.settle()
            firsts.append(milliseconds(lambda: draw(gallery, page, number + 1)))  # noqa: B023  # called at once
            gallery.settle()
            laters.append(milliseconds(lambda: draw(gallery, refreshed(page), number + 2)))  # noqa: B023
        first[kind_of(page)] = statistics.median(firsts[1:])
        later[kind_of(page)] = statistics.median(laters[1:])
    gallery.close()
    del application
    return first, later


def measure_host() -> float:
    """Milliseconds to decode, check and shorten the slowest kind: the median of it."""
    decoder: msgspec.msgpack.Decoder[Template] = msgspec.msgpack.Decoder(Template)
    limits = limits_of(PARKED)
    worst = 0.0
    for page in samples.LONGEST:
        data = msgspec.msgpack.encode(page)

        def act(data: bytes = data) -> None:
            template = decoder.decode(data)
            check(template)
            shortened(template, limits)  # type: ignore[arg-type]  # pages only

        worst = max(worst, statistics.median(milliseconds(act) for _ in range(ROUNDS * 4)))
    return worst


def main() -> int:
    """Measure and print."""
    host = measure_host()
    first, later = measure_screen()
    slow = max(first, key=lambda kind: first[kind])
    slow_later = max(later, key=lambda kind: later[kind])
    how = f"biggest legal template of each kind, 788x484, software, CPU time, median of {ROUNDS - 1} rounds"
    every = ", ".join(f"{kind} {value:.1f}" for kind, value in first.items())
    figures = {
        "templates_first_frame_worst_ms": {
            "value": round(first[slow], 2),
            "unit": "ms",
            "method": f"message to frame in place of another kind; {how}; {every}",
        },
        "templates_refresh_frame_worst_ms": {
            "value": round(later[slow_later], 2),
            "unit": "ms",
            "method": f"refresh to frame, worst is {slow_later}; {how}",
        },
        "templates_check_worst_ms": {
            "value": round(host, 3),
            "unit": "ms",
            "method": f"host: decode, check and shorten the biggest template of the slowest kind; {4 * ROUNDS} rounds",
        },
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    os._exit(0)  # Qt's teardown is no part of the measurement


if __name__ == "__main__":
    sys.exit(main())
