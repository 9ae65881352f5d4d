# SPDX-License-Identifier: Apache-2.0
"""What an app did, from the host's ledger: what it read, changed and sent, and what was refused."""

from collections.abc import Callable

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.models.shown_rows import ShownRows
from ivi.hmi.moments import moment
from ivi.hmi.sentences import sentence
from ivi.model.apphost import Audit, AuditRecord

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate


@QmlElement
@QmlSingleton
class AppLedger(QObject):
    """The ledger of the app whose page is open."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ask: Callable[[str], None] | None = None
        """Asks the host for an app's ledger; set by the source."""
        self._app = ""
        self._remark = ""
        self._whole = True
        self._rows = ShownRows(("number", "when", "text", "denied"), self)

    @property
    def lists(self) -> tuple[ShownRows, ...]:
        """Lists that are cut while driving."""
        return (self._rows,)

    @Property(ShownRows, constant=True)
    def rows(self) -> ShownRows:
        """Rows, the newest first: number, when, text, denied."""
        return self._rows

    @Property(bool, notify=changed)
    def whole(self) -> bool:
        """Whether nothing was changed or taken out of the ledger."""
        return self._whole

    @Property(str, notify=changed)
    def remark(self) -> str:
        """What is to be said of the ledger."""
        return self._remark

    @Slot(str)
    def open(self, app: str) -> None:
        """Read the ledger of an app; an empty id closes it."""
        if app != self._app:
            self._app, self._remark, self._whole = app, "", True
            self._rows.replace([])
            self.changed.emit()
        if app and self.ask is not None:
            self.ask(app)

    def update(self, app: str, audit: Audit | None, reason: str = "") -> None:
        """Take what the host answers; None with the reason when it does not."""
        if app != self._app:
            return
        if audit is None:
            self._remark, self._whole = reason, True
            self._rows.replace([])
        else:
            records = [*reversed(audit.records), *audit.sums]
            self._rows.replace([_row(number, one) for number, one in enumerate(records)])
            self._whole = audit.verified
            self._remark = (
                (translate("AppLedger", "The record is intact.") if records else translate("AppLedger", "Nothing yet."))
                if audit.verified
                else sentence(audit.problem)
            )
        self.changed.emit()


def _row(number: int, record: AuditRecord) -> dict[str, object]:
    return {
        "number": number,
        "when": moment(record.time_ns // 1_000_000),
        "text": record.words,
        "denied": record.decision == "denied",
    }
