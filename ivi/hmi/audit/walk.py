# SPDX-License-Identifier: Apache-2.0
"""Does the driver's tasks on the stage with real touches, and notes what each took: nothing of it is typed in.

A task names the control that ends it and what must happen then. The way there is found on the screen: a control that is
not in sight is looked for on every page, and its page is opened by touching what opens it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import msgspec
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem

from ivi.hmi.audit.operators import Operator
from ivi.hmi.audit.seen import Kind, Seen, look, related
from ivi.hmi.screen import Screen
from ivi.hmi.shots.stage import Scene, Size, Stage
from ivi.model.errors import NotFoundError
from ivi.model.signal import Value

HOME = "home"
MORE = r"^rail_more$"
"""What shows the pages that do not fit into the rail."""


@dataclass(frozen=True)
class Task:
    """Something that a driver wants."""

    title: str
    controls: tuple[str, ...]
    """Patterns of the objectName or of the accessible name of what is touched, one after the other; the first one may
    be on any page. None for what is only read."""
    done: "Callable[[Happened], bool]"
    """Whether it has come about."""
    times: int = 1
    """How often the last control is touched."""
    given: Mapping[str, Value] = field(default_factory=dict)
    """What else holds of the car."""
    scene: Scene = Scene.MOVING
    page: str = HOME
    """Where the driver begins."""
    reads: Callable[[Stage], str] | None = None
    """What is read before; shown by calling it, which returns when it has come to rest."""


@dataclass(frozen=True)
class Happened:
    """What the screen has asked of the car since the task began, and what it shows."""

    asked: Sequence[msgspec.Struct]
    stage: Stage


@dataclass(frozen=True)
class Walked:
    """How a task went."""

    task: Task
    touches: tuple[str, ...] = ()
    """What was touched, in order."""
    operators: tuple[Operator, ...] = ()
    done: bool = False

    @property
    def offered(self) -> bool:
        """Whether there is a control for it on the screen."""
        return bool(self.operators)


@dataclass
class _Steps:
    touches: list[str] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)


class Walk:
    """Walks through the pages of one stage."""

    def __init__(self, stage: Stage, size: Size = Size(1280, 720)) -> None:  # noqa: B008  # frozen
        self._stage = stage
        self._screen = Screen(stage.window, stage)
        stage.resize(size)
        self._pages = stage.reachable()

    def walk(self, task: Task) -> Walked:
        """Do one task from its beginning."""
        stage = self._stage
        stage.play(task.scene)
        for path, value in task.given.items():
            stage.world.report(path, value)
        stage.world.asked.clear()
        stage.go(task.page)
        stage.settle()
        steps = _Steps()
        if task.reads is not None:
            words = len(task.reads(stage).split())
            steps.operators += [Operator.SEARCH, *([Operator.READ] * words)]
        if task.controls and self._find(task.controls[0]) is None and not self._open_page_of(task, steps):
            return Walked(task)
        stage.world.asked.clear()
        for pattern in task.controls:
            control = self._find(pattern)
            if control is None:
                return Walked(task, tuple(steps.touches), tuple(steps.operators))
            times = task.times if pattern == task.controls[-1] else 1
            for number in range(times):
                self._touch(control, steps, again=number > 0, keep=task.reads is not None)
        happened = Happened(list(stage.world.asked), stage)
        return Walked(task, tuple(steps.touches), tuple(steps.operators), task.done(happened))

    def _open_page_of(self, task: Task, steps: _Steps) -> bool:
        """Open the page that has the task's control, by touch."""
        for page in self._pages:
            self._stage.go(page)
            self._stage.settle()
            if self._find(task.controls[0]) is None:
                continue
            self._stage.go(task.page)
            self._stage.settle()
            opener = self._opener(page)
            if opener is None and (more := self._find(MORE)) is not None:
                self._touch(more, steps)
                opener = self._opener(page)
            if opener is not None:
                self._touch(opener, steps)
                return self._stage.page_root(page) is not None
        return False

    def _opener(self, page: str) -> Seen | None:
        """What opens a page when it is touched; it is named after the page."""
        named = re.compile(rf"(^|_){page}$|{page[0].upper()}{page[1:]}$")
        return next((one for one in self._targets() if named.search(one.item.objectName())), None)

    def _find(self, pattern: str) -> Seen | None:
        wanted = re.compile(pattern, re.IGNORECASE)
        for one in self._targets():
            if wanted.search(one.item.objectName()) or wanted.search(spoken(one.item)):
                return one
        return None

    def _targets(self) -> list[Seen]:
        return [one for one in look(self._stage.window) if one.kind is Kind.TARGET]

    def _touch(self, control: Seen, steps: _Steps, *, again: bool = False, keep: bool = False) -> None:
        if not steps.touches:
            steps.operators.append(Operator.REACH)
        steps.touches.append(spoken(control.item) or control.name)
        if again:
            steps.operators.append(Operator.AGAIN)
        else:
            root = self._stage.page_root(str(self._stage.router.property("page")))
            fixed = root is None or not related(control.item, root)
            steps.operators += [Operator.THINK if fixed else Operator.SEARCH, Operator.PRESS]
        page = self._stage.router.property("page")
        self._screen.tap(control.shown.center().toPoint())
        self._stage.settle(keep=keep)
        if self._stage.router.property("page") != page:
            steps.operators.append(Operator.PAGE)


def spoken(item: QQuickItem) -> str:
    """What somebody who cannot see hears of an item."""
    interface = cast("QAccessibleInterface | None", QAccessible.queryAccessibleInterface(item))
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def walk_all(stage: Stage, tasks: Sequence[Task]) -> list[Walked]:
    """Every task; one that starts on a page that there is not is not offered.

    What was not found is looked for once more: on a busy computer a page may have come to rest before its values came.
    """
    walk = Walk(stage)
    return [found if (found := _walked(walk, task)).offered else _walked(walk, task) for task in tasks]


def _walked(walk: Walk, task: Task) -> Walked:
    try:
        return walk.walk(task)
    except NotFoundError:
        return Walked(task)
