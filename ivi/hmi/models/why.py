# SPDX-License-Identifier: Apache-2.0
"""Why the screen says what it says: the signals that were judged, and the rule that judged them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.model.services import DrivingState
from ivi.services.ux_restrictions import policy

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Evidence:
    """One signal as it was when somebody asked."""

    path: str
    """VSS path."""
    name: str
    """What the driver calls it."""
    value: str
    """With its unit."""
    age: str
    """How long nothing was heard of it."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What led to something that is shown, held back or said."""

    title: str
    rule: str
    paths: tuple[str, ...] = policy.PATHS
    """VSS paths of the signals that decided."""
    sentence: str = ""
    """What happened; empty for why the driving state is what it is."""


def rule_of(state: DrivingState) -> str:
    """The rule of ivi.services.ux_restrictions.policy that led to a driving state, in words."""
    match state:
        case DrivingState.PARKED:
            return translate("Why", "Standing with the selector in P, or in N with the parking brake, is parked.")
        case DrivingState.IDLING:
            return translate("Why", "Standing without the selector in P is standing: only films wait.")
        case DrivingState.MOVING:
            return (
                translate("Why", "From %1 km/h on, and for %2 s after it, the car is driving.")
                .replace("%1", f"{policy.STANDSTILL:g}")
                .replace("%2", f"{policy.SETTLED:g}")
            )
        case DrivingState.UNKNOWN:
            return translate("Why", "What is not known, or older than %1 s, limits as driving does.").replace(
                "%1", f"{policy.STALE:g}"
            )


@QmlElement
@QmlSingleton
class Why(QObject):
    """What the open explanation stands on; nothing when it is a sentence alone."""

    changed = Signal()
    asked = Signal()
    """Something else than a sign of the status bar is to be explained."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._evidence: list[Evidence] = []
        self._rule = ""
        self.look_up: Callable[[Sequence[str]], list[Evidence]] = _nothing_known
        """Answers what is known of these VSS paths now; set by the source."""
        self.state: Callable[[], DrivingState] = _unknown
        """Answers the driving state that is shown; set by the source."""
        self.reason: Callable[[], str] = str
        """Answers why it is that, as a sentence; set by the source."""
        self.cause_of: Callable[[str], Cause | None] = _no_cause
        """Answers what led to what is asked about; set by the source."""
        self._title = self._sentence = ""

    @Property("QVariant", notify=changed)  # type: ignore[arg-type]  # stubs want a type
    def evidence(self) -> list[dict[str, str]]:
        """One row a signal: `path`, `name`, `value`, `age`."""
        return [{"path": one.path, "name": one.name, "value": one.value, "age": one.age} for one in self._evidence]

    @Property(str, notify=changed)
    def rule(self) -> str:
        """The rule in words; empty for none."""
        return self._rule

    @Slot()
    def driving(self) -> None:
        """Somebody asks why the car counts as parked, standing or driving."""
        self._say(self.look_up(policy.PATHS), rule_of(self.state()))

    @Slot(str)
    def ask(self, topic: str) -> None:
        """Somebody asks about one of ivi.hmi.why_rules.TOPICS, or `notice`."""
        cause = self.cause_of(topic)
        if cause is None:
            return
        self._title, self._sentence = cause.title, cause.sentence or self.reason()
        self._say(self.look_up(cause.paths) if cause.paths else [], cause.rule)
        self.asked.emit()

    @Slot(str)
    def part(self, state: str) -> None:
        """Somebody asks why a part of the computer is `away` or has a `problem`; else there is no rule to tell."""
        cause = self.cause_of(state)
        self._say([], cause.rule if cause else "")

    @Property(str, notify=asked)
    def title(self) -> str:
        """Of what was asked last."""
        return self._title

    @Property(str, notify=asked)
    def sentence(self) -> str:
        """What happened."""
        return self._sentence

    @Slot()
    def close(self) -> None:
        """The explanation is closed."""
        self._say([], "")

    def _say(self, evidence: list[Evidence], rule: str) -> None:
        if (evidence, rule) != (self._evidence, self._rule):
            self._evidence, self._rule = evidence, rule
            self.changed.emit()


def _nothing_known(_paths: Sequence[str]) -> list[Evidence]:
    return []


def _no_cause(_topic: str) -> None:
    return None


def _unknown() -> DrivingState:
    return DrivingState.UNKNOWN
