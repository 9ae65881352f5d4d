# SPDX-License-Identifier: Apache-2.0
"""The resolution centre: what is off, how one knows, the one button that ends it, and the log to read first."""

from collections.abc import Callable

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import why_rules
from ivi.hmi.models.shown_rows import ShownRows
from ivi.hmi.moments import moment
from ivi.hmi.process_words import in_language
from ivi.hmi.sentences import sentence
from ivi.model.resolution import Fault, FaultLog, FixKind, Severity
from ivi.model.resolution import Resolution as ResolutionState

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate


@QmlElement
@QmlSingleton
class Resolution(QObject):
    """What the services process says is off. One fault is looked at; while it is over, none is."""

    changed = Signal()
    opened = Signal(str, str)
    """A fix is a page of the screen: its name and what it begins with."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.apply: Callable[[str], None] | None = None
        """Has the services process end a fault; set by the source, as is the next one."""
        self.read: Callable[[str], None] | None = None
        """Asks for the log of a fault."""
        self._said: ResolutionState | None = None
        self._chosen = ""
        self._busy = ""
        self._log_said = ""
        self._reading = False
        self._faults = ShownRows(("fault", "severity", "sentence", "since"), self)
        self._solved = ShownRows(("fault", "sentence", "when"), self)
        self._evidence = ShownRows(("number", "source", "said"), self)
        self._lines = ShownRows(("number", "when", "level", "text"), self)

    @property
    def fault(self) -> Fault | None:
        """The fault that is looked at."""
        return next((one for one in self._said.faults if one.id == self._chosen), None) if self._said else None

    @property
    def lists(self) -> tuple[ShownRows, ...]:
        """Lists that are cut while driving."""
        return (self._faults, self._solved, self._lines)

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether the services process has spoken."""
        return self._said is not None

    @Property(int, notify=changed)
    def count(self) -> int:
        """Faults that are there now."""
        return len(self._said.faults) + self._said.left_out if self._said else 0

    @Property(str, notify=changed)
    def worst(self) -> str:
        """`lost`, `limited`, `waiting`, or empty while all is well."""
        return self._said.faults[0].severity.value if self._said and self._said.faults else ""

    @Property(ShownRows, constant=True)
    def faults(self) -> ShownRows:
        """Rows: fault (its id), severity, sentence, since. The worst is first."""
        return self._faults

    @Property(ShownRows, constant=True)
    def solved(self) -> ShownRows:
        """Rows: fault, sentence, when it was over. The newest is first."""
        return self._solved

    @Property(str, notify=changed)
    def first(self) -> str:
        """Id of the worst one; empty for none."""
        return self._said.faults[0].id if self._said and self._said.faults else ""

    @Property(str, notify=changed)
    def chosen(self) -> str:
        """Id of the fault that is looked at; empty for none."""
        return self._chosen

    @Property(str, notify=changed)
    def severity(self) -> str:
        """Of the one that is looked at."""
        return self.fault.severity.value if self.fault else ""

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """What is off."""
        return sentence(self.fault.sentence) if self.fault else ""

    @Property(str, notify=changed)
    def hint(self) -> str:
        """What to do."""
        return sentence(self.fault.hint) if self.fault else ""

    @Property(str, notify=changed)
    def rule(self) -> str:
        """By which rule it counts as a fault."""
        return why_rules.of_fault(self.fault) if self.fault else ""

    @Property(str, notify=changed)
    def since(self) -> str:
        """When it began."""
        return moment(self.fault.since_ms) if self.fault else ""

    @Property(ShownRows, constant=True)
    def evidence(self) -> ShownRows:
        """Rows: number, source, said."""
        return self._evidence

    @Property(str, notify=changed)
    def action(self) -> str:
        """What its button says; empty when nothing can be done from here."""
        fix = self.fault.fix if self.fault else None
        if fix is None:
            return ""
        match fix.kind:
            case FixKind.RESTART:
                whole = self.fault is not None and self.fault.severity is Severity.LOST
                return translate("Resolution", "Start it again") if whole else translate("Resolution", "Try again")
            case FixKind.START_APP:
                return translate("Resolution", "Start the app again")
            case FixKind.ASK:
                return translate("Resolution", "Decide what it may do")
            case FixKind.OPEN:
                return translate("Resolution", "Show it")

    @Property(bool, notify=changed)
    def parked(self) -> bool:
        """Whether the button works while the car is parked only."""
        return bool(self.fault and self.fault.fix and self.fault.fix.parked)

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether its fix is under way."""
        return self._busy != "" and self._busy == self._chosen

    @Property(str, notify=changed)
    def source(self) -> str:
        """Whose log is to be read first; empty for none."""
        return self.fault.log.removeprefix("app:") if self.fault else ""

    @Property(bool, notify=changed)
    def reading(self) -> bool:
        """Whether the log is open."""
        return self._reading

    @Property(ShownRows, constant=True)
    def lines(self) -> ShownRows:
        """Rows of the log, the newest first: number, when, level, text."""
        return self._lines

    @Property(str, notify=changed)
    def remark(self) -> str:
        """Why there are no lines; empty when there are."""
        return self._log_said

    @Slot(str)
    def choose(self, fault: str) -> None:
        """Look at a fault; an empty id for none."""
        if fault != self._chosen:
            self._chosen = fault
            self._close_log()
            self._redraw()

    @Slot()
    def fix(self) -> None:
        """Do what ends the fault that is looked at."""
        fault = self.fault
        if fault is None or fault.fix is None:
            return
        if fault.fix.kind is FixKind.OPEN:
            page, _, detail = fault.fix.target.partition(":")
            self.opened.emit(page, detail)
        elif self.apply is not None and not self._busy:
            self._busy = fault.id
            self.apply(fault.id)
            self.changed.emit()

    @Slot(bool)
    def show(self, wanted: bool) -> None:  # a slot has positions only
        """Open or close the log of the fault that is looked at."""
        self._close_log()
        if wanted and self.fault is not None and self.fault.log and self.read is not None:
            self._reading = True
            self._log_said = translate("Resolution", "Reading…")
            self.read(self.fault.id)
        self.changed.emit()

    def update(self, said: ResolutionState | None) -> None:
        """Take what is; None while the services process is away."""
        if said == self._said:
            return
        self._said = said
        faults, solved = (said.faults, said.solved) if said else ([], [])
        self._faults.replace(
            [
                {
                    "fault": one.id,
                    "severity": one.severity.value,
                    "sentence": sentence(one.sentence),
                    "since": moment(one.since_ms),
                }
                for one in faults
            ]
        )
        self._solved.replace(
            [
                {
                    "fault": f"{one.id} {one.solved_ms}",
                    "sentence": sentence(one.sentence),
                    "when": moment(one.solved_ms),
                }
                for one in solved
            ]
        )
        if self._chosen and self.fault is None:
            self._chosen = ""
            self._close_log()
        self._redraw()

    def applied(self) -> None:
        """A fix has been answered."""
        self._busy = ""
        self.changed.emit()

    def told(self, fault: str, answer: FaultLog | str) -> None:
        """The log of a fault, or why it cannot be read."""
        if fault != self._chosen or not self._reading:
            return
        if isinstance(answer, FaultLog):
            lines = list(enumerate(reversed(answer.lines)))
            self._lines.replace(
                [{"number": n, "when": moment(one.time_ms), "level": one.level, "text": one.text} for n, one in lines]
            )
            self._log_said = "" if lines else translate("Resolution", "The log is empty.")
        else:
            self._log_said = answer
        self.changed.emit()

    def _close_log(self) -> None:
        self._reading, self._log_said = False, ""
        self._lines.replace([])

    def _redraw(self) -> None:
        evidence = self.fault.evidence if self.fault else []
        self._evidence.replace(
            [
                {"number": n, "source": in_language(e.source), "said": in_language(e.said)}
                for n, e in enumerate(evidence)
            ]
        )
        self.changed.emit()
