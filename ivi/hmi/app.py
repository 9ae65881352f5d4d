# SPDX-License-Identifier: Apache-2.0
"""The whole hmi process: its switches, its parts in order, and its exit status."""

import argparse
import gc
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ivi.daemon import logs, paths
from ivi.daemon.notify import notify
from ivi.hmi import catalogues, display_choice, display_size, life, page_router
from ivi.hmi.models import singleton, singletons
from ivi.hmi.models.language import Language
from ivi.hmi.models.notice import Notice
from ivi.hmi.page_router import PageRouter
from ivi.hmi.screen import Screen
from ivi.hmi.translator import Translator
from ivi.model.errors import ConfigurationError, InternalError, IviError

if TYPE_CHECKING:
    from ivi.hmi.car_side import CarSide

log = logging.getLogger(__name__)

SWITCH_INTERVAL = 0.0005  # seconds; a helper thread of a library may not hold the screen for the default 5 ms
UNDRAWN = 2000  # milliseconds after which the links open even though nothing was drawn, as on a display that is off
SETTLED = 3000  # milliseconds after which everything of the start is there
FAMILIES = ["Inter", "Noto Sans", "DejaVu Sans"]
"""Fonts in the order of preference; the first ships with the program."""


def main(argv: list[str]) -> int:
    """Run the cabin screen until SIGTERM, SIGINT or the window's end. `argv` is without the program's name.

    Returns the exit status; a start that fails says why in one line on stderr.
    """
    switches = _parse(argv)
    logs.set_up("hmi")
    sys.setswitchinterval(SWITCH_INTERVAL)
    # Qt waits 5 ms for more to draw before it draws; the coalescer has waited already.
    os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")
    on_stage = switches.shots is not None or switches.distraction is not None
    headless = switches.headless or on_stage
    try:
        os.environ.update(display_choice.choose(os.environ, headless=headless, gpu=display_choice.has_gpu()))
        if switches.gallery:
            return _show_gallery(switches.shots)
        if on_stage:
            return _on_stage(switches)
        _scale(switches)
        return _run(switches)
    except IviError as error:
        log.error("the start failed", extra={"error": error.message, "hint": error.hint})  # noqa: TRY400  # a known error needs no trace
        sys.stderr.write(f"ivi hmi: {error}\n")
        return error.exit_code


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ivi hmi", description="The cabin screen.")
    parser.add_argument("--fullscreen", action="store_true", help="cover the whole display")
    parser.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH", help="size of the window (1280x720)")
    parser.add_argument("--page", metavar="NAME", default="home", help="the page to begin with (home)")
    parser.add_argument(
        "--diagonal",
        type=_inches,
        default=0.0,
        metavar="INCHES",
        help="the display's diagonal: sizes follow it (with --fullscreen the display is asked)",
    )
    parser.add_argument("--headless", action="store_true", help="draw without a display; pictures can still be taken")
    parser.add_argument(
        "--language", choices=list(catalogues.NAMES), default=catalogues.SOURCE, help="language of the texts (en)"
    )
    parser.add_argument(
        "--camera", metavar="SOURCE", help="pictures of the rear view: none, test, file:PATH, camera[:ID]"
    )
    parser.add_argument("--rear-view", type=Path, metavar="FILE", help="the rear camera and the car's measures (TOML)")
    parser.add_argument(
        "--gallery", action="store_true", help="show every control and template in every state, without a car"
    )
    parser.add_argument("--shots", type=Path, metavar="DIR", help="write pictures of every page (--gallery: template)")
    parser.add_argument("--only", type=_names, default=(), metavar="PAGE,…", help="with --shots: these pages")
    parser.add_argument("--sizes", type=_sizes, metavar="WxH,…", help="with --shots: these sizes instead of all four")
    parser.add_argument("--scenes", type=_names, metavar="NAME,…", help="with --shots: instead of the driving states")
    parser.add_argument("--distraction", type=Path, metavar="FILE", help="write what each task takes off the road")
    switches = parser.parse_args(argv)
    if switches.shots is None and (switches.only or switches.sizes or switches.scenes):
        parser.error("--only, --sizes and --scenes go with --shots")
    return switches


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(",") if name)


def _sizes(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_size(size) for size in _names(text))


def _size(text: str) -> tuple[int, int]:
    width, by, height = text.partition("x")
    if not (by and width.isdigit() and height.isdigit() and int(width) >= 800 and int(height) >= 480):  # noqa: PLR2004  # pixels
        raise argparse.ArgumentTypeError(f"{text} is not a size of at least 800x480, such as 1280x720")
    return int(width), int(height)


def _inches(text: str) -> float:
    try:
        inches = float(text)
    except ValueError:
        inches = 0.0
    if not 3.0 <= inches <= 60.0:  # noqa: PLR2004  # inches
        raise argparse.ArgumentTypeError(f"{text} is not a diagonal of 3 to 60 inches, such as 10.1")
    return inches


def _scale(switches: argparse.Namespace) -> None:
    """Have Qt draw by the display's physical size, unless somebody has said another scale."""
    if "QT_SCALE_FACTOR" in os.environ:
        return
    panel = display_size.connected() if switches.fullscreen else None
    if switches.diagonal:
        width, height = (panel.width, panel.height) if panel else switches.size
        scale = display_size.factor(width, height, switches.diagonal)
    else:
        scale = display_size.of_panel(panel) if panel else 1.0
    if scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = f"{scale:.2f}"
        width, height = switches.size
        switches.size = (round(width / scale), round(height / scale))
        log.info("sizes follow the display", extra={"scale": round(scale, 2)})


def _run(switches: argparse.Namespace) -> int:
    life.log_qt_messages()
    app = QGuiApplication(["ivi-hmi"])
    app.setApplicationDisplayName("ivi")
    load_fonts()
    engine = QQmlApplicationEngine()
    page_router.check(switches.page)
    window = load_window(engine)
    window.resize(*switches.size)
    PageRouter(engine).go(switches.page)
    # Parts go in this order: the window with its bindings, QML's engine with its models, what Python owns, Qt.
    status = 1
    owner = QObject()
    try:
        status = _live(app, engine, window, owner, switches)
    finally:
        window.close()
        window.deleteLater()
        del window
        QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        del engine
        del owner
        gc.collect()
        del app
    return status


def _show_gallery(shots: Path | None) -> int:
    from ivi.hmi.gallery import runner  # noqa: PLC0415  # no part of the screen in a car

    life.log_qt_messages()
    app = QGuiApplication(["ivi-hmi"])
    load_fonts()
    engine = QQmlApplicationEngine()
    try:
        return runner.run(app, engine, shots)
    finally:
        QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        del engine
        gc.collect()


def _on_stage(switches: argparse.Namespace) -> int:
    from ivi.hmi.audit import report  # noqa: PLC0415  # no part of the screen in a car
    from ivi.hmi.shots import pictures  # noqa: PLC0415

    wish = pictures.wish_of(switches.only, switches.sizes, switches.scenes)
    life.log_qt_messages()
    app = QGuiApplication(["ivi-hmi"])
    load_fonts()
    engine = QQmlApplicationEngine()
    try:
        models = singletons(engine)
        Translator(engine, models.language, models.notice, engine)
        models.language.choose(switches.language)
        if switches.distraction is not None:
            return report.run(engine, switches.distraction)
        return pictures.run(engine, switches.shots, wish)
    finally:
        QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        del engine
        gc.collect()
        del app


def _live(
    app: QGuiApplication,
    engine: QQmlApplicationEngine,
    window: QQuickWindow,
    owner: QObject,
    switches: argparse.Namespace,
) -> int:
    screen = Screen(window, owner)
    language = singleton(engine, Language)
    # Held by the engine's owner: the catalogue must outlive every text that it translates.
    Translator(engine, language, singleton(engine, Notice), owner)
    language.choose(switches.language)
    stopper = life.Stopper(owner)
    car = _Car(engine, window, screen, switches, owner)
    QTimer.singleShot(SETTLED, owner, _keep_what_is_there)
    try:
        life.keep_alive(owner)
        if switches.fullscreen:
            window.showFullScreen()
        else:
            window.show()
        status = app.exec()
        if car.failed is not None:
            raise car.failed
        return status
    finally:
        notify("STOPPING=1")
        car.close()
        stopper.close()


class _Car(QObject):
    """Connects the screen with the car as soon as it has drawn: the picture does not wait for what needs no picture."""

    def __init__(
        self,
        engine: QQmlApplicationEngine,
        window: QQuickWindow,
        screen: Screen,
        switches: argparse.Namespace,
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._parts = engine, window, screen, (switches.rear_view, switches.camera)
        self._screen = screen
        self._side: CarSide | None = None
        self.failed: IviError | None = None
        """Why the process must end; nothing while all is well."""
        screen.drawn.connect(self._drawn)
        QTimer.singleShot(UNDRAWN, self, self._connect)

    def close(self) -> None:
        """Let go of everything."""
        if self._side is not None:
            self._side.close()

    @Slot()
    def _drawn(self) -> None:
        self._connect()
        if self.failed is None:
            notify(f"READY=1\nMAINPID={os.getpid()}")
            log.info("ready", extra={"first_frame_ms": self._screen.first_frame_ms})

    @Slot()
    def _connect(self) -> None:
        if self._side is not None:
            return
        from ivi.hmi.car_side import CarSide  # noqa: PLC0415  # a third of all imports, and none draws

        try:
            self._side = CarSide(*self._parts, self)
            self._side.open()
        except IviError as error:
            self.failed = error
            QGuiApplication.exit(error.exit_code)


def _keep_what_is_there() -> None:
    """What lives since the start lives to the end: no later look for garbage has to walk through it during a frame.

    The 800 of 44,000 objects that are garbage already stay too: to find them takes as long as a frame and a half.
    """
    gc.freeze()
    gc.enable()


def load_fonts() -> None:
    """Make the bundled font the application's; without it the system's is used, which the log says."""
    try:
        folder = paths.resource("qml", "Style", "fonts")
    except ConfigurationError as error:
        log.warning("the bundled font is missing", extra={"error": error.message})
    else:
        for file in sorted(folder.glob("*.otf")):
            if QFontDatabase.addApplicationFont(os.fspath(file)) < 0:
                log.warning("a font cannot be used", extra={"file": file.name})
    font = QFont()
    font.setFamilies(FAMILIES)
    QGuiApplication.setFont(font)


def load_window(engine: QQmlApplicationEngine) -> QQuickWindow:
    """Load the screen's QML; the window is not shown yet. Raises InternalError with QML's own message."""
    qml = paths.resource("qml")
    engine.addImportPath(os.fspath(qml))
    said: list[str] = []
    engine.warnings.connect(lambda warnings: said.extend(warning.toString() for warning in warnings))
    engine.load(QUrl.fromLocalFile(os.fspath(qml / "Shell" / "Main.qml")))
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise InternalError(f"the screen's QML cannot be loaded: {said[0] if said else 'no window'}")
    return roots[0]
