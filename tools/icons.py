#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write the car's icons as SVG files, from the paths in qml/Style/Glyphs.qml that the screen draws.

Run it after a change there: ``python tools/icons.py``. With ``--check`` nothing is written, and the exit status is 1
when a file is missing, too many or different. Standard library only.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GLYPHS = ROOT / "qml" / "Style" / "Glyphs.qml"
ICONS = ROOT / "qml" / "Style" / "icons"
WEIGHT = 1.8  # of 24: the line's width, as Controls.Icon draws it

_TABLE = re.compile(r"readonly property var (\w+): \(\{(.*?)\}\)", re.DOTALL)
_ENTRY = re.compile(r'^\s*(\w+): "([^"]+)",?$', re.MULTILINE)


def glyphs(source: str) -> dict[str, str]:
    """Paths by the name of their file: icons as they are called, manoeuvres with ``turn-`` before it."""
    found = {}
    for table, body in _TABLE.findall(source):
        for name, path in _ENTRY.findall(body):
            found[name if table == "paths" else f"turn-{name}"] = path
    return found


def svg(path: str) -> str:
    """A picture of this path that takes the colour of the text around it."""
    return (
        "<!-- SPDX-License-Identifier: Apache-2.0 -->\n"
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">\n'
        f'  <path d="{path}" fill="none" stroke="currentColor" stroke-width="{WEIGHT:g}" '
        'stroke-linecap="round" stroke-linejoin="round"/>\n'
        "</svg>\n"
    )


def differences(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Names of the files that are missing, too many or different."""
    there = {file.stem: file.read_text("utf-8") for file in folder.glob("*.svg")}
    return sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))


def main(arguments: list[str]) -> int:
    """Write or check the files. Returns the exit status."""
    wanted = {name: svg(path) for name, path in glyphs(GLYPHS.read_text("utf-8")).items()}
    different = differences(ICONS, wanted)
    if "--check" in arguments:
        for name in different:
            sys.stdout.write(f"qml/Style/icons/{name}.svg: does not agree with Glyphs.qml; run tools/icons.py\n")
        return 1 if different else 0
    ICONS.mkdir(exist_ok=True)
    for name in different:
        file = ICONS / f"{name}.svg"
        if name in wanted:
            file.write_text(wanted[name], "utf-8")
        else:
            file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
