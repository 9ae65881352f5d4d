# SPDX-License-Identifier: Apache-2.0
"""PySide6 loads less at the start of the screen, and says the same when it is asked."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
LOAD = "from ivi.hmi import qt_imports; qt_imports.load()\n"
ASK = """
from PySide6.QtCore import QTimer, QUrl
for wrong in (lambda: QTimer().setInterval("x"), lambda: QUrl(5), lambda: QTimer().start(1, 2, 3)):
    try:
        wrong()
    except TypeError as error:
        print(error)
import inspect
print(inspect.signature(QTimer.setInterval), QTimer.__doc__, QTimer.start.__doc__)
"""
LOOK = """
import sys
from PySide6.QtCore import QObject, Property, Signal, Slot
class Counter(QObject):
    changed = Signal()
    @Property(int, notify=changed)
    def count(self): return 3
    @Slot(int)
    def add(self, more): self.changed.emit()
one = Counter()
one.changed.connect(lambda: print("heard", one.property("count")))
one.add(2)
import builtins
print(sorted(name for name in qt_imports.LATER if "_ivi_loader" not in sys.modules[name].__dict__))
print(builtins.__import__ is not builtins.__feature_import__)
print([finder for finder in sys.meta_path if type(finder).__module__ == "ivi.hmi.qt_imports"])
"""


def say(code: str) -> list[str]:
    """What another Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_wrong_calls_and_signatures_are_explained_as_without_it() -> None:
    with_it, without = say(LOAD + ASK), say(ASK)
    assert with_it == without
    assert any("setInterval(str)" in line for line in with_it)


def test_nothing_of_it_is_loaded_by_what_a_screen_does() -> None:
    assert say(LOAD + LOOK) == ["heard 3", "[]", "True", "[]"]


def test_it_does_nothing_where_qt_is_there_already() -> None:
    already = "import PySide6.QtCore, builtins; before = builtins.__import__\n"
    assert say(already + LOAD + "print(builtins.__import__ is before)") == ["True"]
