# SPDX-License-Identifier: Apache-2.0
"""Makes docs/screens/<page>-<size>-<day|night>.png and docs/screens/contact.png, in 256 colours, by `ivi hmi --shots`.

Run it from the repository's root: python tools/doc_screens.py
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QImageWriter

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
EVERY_PAGE = "1280x720"
HOME = "1920x720,1024x600,1080x1920"
SHOTS = ("hmi", "--scenes", "moving", "--shots")


def _take(folder: str, *switches: str) -> None:
    subprocess.run([sys.executable, "-m", "ivi", *SHOTS, folder, *switches], cwd=ROOT, check=True, timeout=600)


def _palette(image: QImage) -> list[int]:
    """The 176 most frequent colours, and 80 that stand for all others, such as those of a picture."""
    counts = Counter(memoryview(image.constBits()).cast("B").cast("I").tolist())
    frequent = [colour for colour, _ in counts.most_common(176)]
    coarse: Counter[int] = Counter()
    for colour, count in counts.items():
        coarse[(colour & 0xFFE0E0E0) | 0x101010] += count
    return frequent + [colour for colour, _ in coarse.most_common(80)]


def _put(source: Path, target: Path) -> None:
    image = QImage(os.fspath(source)).convertToFormat(QImage.Format.Format_RGB32)
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    writer = QImageWriter(os.fspath(target), QByteArray(b"PNG"))
    writer.setCompression(100)
    writer.write(image.convertToFormat(QImage.Format.Format_Indexed8, _palette(image), flags))


def main() -> int:
    """Take the pictures; returns the exit status."""
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        tempfile.TemporaryDirectory() as parked,
    ):
        _take(other, "--only", "home", "--sizes", HOME)
        _take(one, "--sizes", EVERY_PAGE)
        _take(
            parked, "--only", "store", "--sizes", EVERY_PAGE, "--scenes", "parked"
        )  # there is little else to see of it
        for folder in (one, other, parked):
            for picture in sorted(Path(folder).glob("*/*.png")):
                name = f"{picture.parent.name}-{picture.stem.removesuffix('-moving')}.png"
                _put(picture, SCREENS / name)
        _put(Path(one) / "contact.png", SCREENS / "contact.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
