# SPDX-License-Identifier: Apache-2.0
"""`ivi app dev`."""

import argparse
import datetime
from pathlib import Path

from ivi.apphost.manifest import load
from ivi.cli.app.asking import plain
from ivi.manager import development
from ivi.manager.table import has_display
from ivi.model.errors import ConfigurationError


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app dev`."""
    parser = argparse.ArgumentParser(
        prog="ivi app dev",
        description="Run an app in the car's real sandbox beside a simulated car, and again at each save. Everything "
        "that its manifest asks for is allowed; what it lacks is printed as the lines to write.",
        epilog="In another terminal: `ivi signals watch PATH`, `ivi signals set PATH VALUE`, `ivi app info ID`.",
    )
    parser.add_argument(
        "folder", type=Path, nargs="?", default=Path(), metavar="FOLDER", help="the app's folder (default: here)"
    )
    parser.add_argument("--text", action="store_true", help="print pages as text, even where there is a display")
    parser.add_argument("--for", dest="seconds", type=float, metavar="SECONDS", help="stop by itself after this long")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app dev`; 0 after Ctrl-C."""
    arguments = build_parser().parse_args(argv)
    folder: Path = arguments.folder.resolve()
    if not (folder / "manifest.toml").is_file():
        raise ConfigurationError(f"there is no {folder / 'manifest.toml'}", hint="`ivi app new NAME` makes an app")
    _introduce(folder, text=arguments.text)
    return development.run(folder, say, text=arguments.text, seconds=arguments.seconds)


def say(about: str, text: str) -> None:
    """A line, with the time when it begins something."""
    when = f"{datetime.datetime.now().astimezone():%H:%M:%S}" if about else ""
    print(f"{when:<8}  {about:<7} {plain(text)}", flush=True)


def _introduce(folder: Path, *, text: bool) -> None:
    try:
        app = load(folder).app
        print(f"{app.name} {app.version} ({app.id}), from {folder}")
    except ConfigurationError:
        print(f"The app in {folder}")  # what is wrong is said as soon as it could run
    screen = "pages are printed here" if text or not has_display() else "the screen opens in a window"
    print(f"A simulated car drives; {screen}. Save a file to start the app again, Ctrl-C to end.")
