# SPDX-License-Identifier: Apache-2.0
"""What may leave the car, for what and to whom: purposes in plain words, agreeing, taking back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.catalogues import later
from ivi.hmi.models.shown_rows import ShownRows
from ivi.hmi.moments import moment
from ivi.hmi.sentences import sentence
from ivi.model.campaigns import CampaignView
from ivi.model.privacy import Agreement, PurposeView
from ivi.model.privacy import Privacy as PrivacyState

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate
REFRESH = 3000  # milliseconds between questions while somebody looks

_TITLES = {
    "operation": later("Privacy", "Receipts"),
    "care": later("Privacy", "Care for this car"),
    "diagnostics": later("Privacy", "Finding faults"),
    "locate": later("Privacy", "Where the car is"),
    "traffic": later("Privacy", "Traffic and road state"),
    "research": later("Privacy", "Research"),
    "ratings": later("Privacy", "Ratings of apps"),
    "insurance": later("Privacy", "Insurance"),
}
_CATEGORIES = {
    "technical": later("Privacy", "how the car's parts do"),
    "driving": later("Privacy", "how the car is driven"),
    "location": later("Privacy", "where the car is"),
    "cabin": later("Privacy", "what happens in the cabin"),
    "identity": later("Privacy", "who drives, and which car it is"),
    "opinion": later("Privacy", "what you think of apps"),
}
_RECIPIENTS = {
    "fleet": later("Privacy", "whoever runs the car's service"),
    "owner": later("Privacy", "the owner of the car"),
    "service": later("Privacy", "the workshop"),
    "maker": later("Privacy", "the maker of the car"),
    "partner": later("Privacy", "a partner of the car's service"),
}


@QmlElement
@QmlSingleton
class Privacy(QObject):
    """The page of purposes. Switches show what the ledger says, never what was touched."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ask: Callable[[], None] | None = None
        """Asks the cloud process; set by the source, as are the next three."""
        self.agreeing: Callable[[str], None] | None = None
        self.revoking: Callable[[str], None] | None = None
        self.verifying: Callable[[], None] | None = None
        self._said: PrivacyState | None = None
        self._campaigns: Sequence[CampaignView] = ()
        self._problem = ""
        self._purposes = ShownRows(("purpose", "title", "words", "asked", "on", "facts", "standing"), self)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH)
        self._timer.timeout.connect(self.refresh)

    @property
    def lists(self) -> tuple[ShownRows, ...]:
        """Lists that are cut while driving."""
        return (self._purposes,)

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether the cloud process has spoken."""
        return self._said is not None

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why nothing is known; empty when it is."""
        return self._problem

    @Property(int, notify=changed)
    def entries(self) -> int:
        """Lines of the ledger."""
        return self._said.entries if self._said else 0

    @Property(ShownRows, constant=True)
    def purposes(self) -> ShownRows:
        """Rows: purpose, title, words, asked (there is a choice), on, facts (what is told to whom), standing."""
        return self._purposes

    @Slot(bool)
    def look(self, looking: bool) -> None:  # a slot has positions only
        """Somebody looks at the page, or no longer does."""
        if looking:
            self._timer.start()
            self.refresh()
        else:
            self._timer.stop()

    @Slot()
    def refresh(self) -> None:
        """Ask again."""
        if self.ask is not None:
            self.ask()

    @Slot(str)
    def agree(self, purpose: str) -> None:
        """The driver agrees to what was shown."""
        if self.agreeing is not None:
            self.agreeing(purpose)

    @Slot(str)
    def revoke(self, purpose: str) -> None:
        """The driver takes it back."""
        if self.revoking is not None:
            self.revoking(purpose)

    @Slot()
    def verify(self) -> None:
        """Read the whole ledger again."""
        if self.verifying is not None:
            self.verifying()

    def update(self, said: PrivacyState | None, problem: str = "") -> None:
        """Take what is; None while it is not known, with the reason."""
        if (said, problem) != (self._said, self._problem):
            self._said, self._problem = said, problem
            self._redraw()

    def wanted(self, campaigns: Sequence[CampaignView]) -> None:
        """What the fleet asks for now."""
        if list(campaigns) != list(self._campaigns):
            self._campaigns = campaigns
            self._redraw()

    def _redraw(self) -> None:
        views = self._said.purposes if self._said else []
        self._purposes.replace([self._row(view) for view in views])
        self.changed.emit()

    def _row(self, view: PurposeView) -> dict[str, object]:
        terms = view.agreements[0] if view.agreements else view.offer
        title = _TITLES.get(view.name)
        return {
            "purpose": view.name,
            "title": translate("Privacy", title) if title else sentence(view.name).rstrip("."),
            "words": sentence(view.words),
            "asked": view.asked,
            "on": bool(view.agreements) or not view.asked,
            "facts": _facts(terms, view) if terms else [],
            "standing": self._standing(view),
        }

    def _standing(self, view: PurposeView) -> str:
        """One line: since when, and how much left."""
        if not view.asked:
            return translate("Privacy", "Always sent, with the car's name: %n so far.", "", view.sent)
        if view.agreements:
            since = moment(view.agreements[0].at_ms)
            by = view.agreements[0].by
            said = translate("Privacy", "Agreed by %1 at %2. ").replace("%1", by).replace("%2", since)
            return said + translate("Privacy", "%n records sent.", "", view.sent)
        asking = sum(1 for one in self._campaigns if one.purpose == view.name)
        if asking:
            return translate("Privacy", "Not agreed to. The fleet asks for it in %n campaigns.", "", asking)
        return translate("Privacy", "Not agreed to. Nothing is sent.")


def _facts(terms: Agreement, view: PurposeView) -> list[dict[str, str]]:
    """What would be told, to whom, how exactly and how long: label and text."""
    category, recipient = _CATEGORIES.get(terms.category), _RECIPIENTS.get(terms.recipient)
    days = (
        translate("Privacy", "%n days", "", terms.retention_days)
        if terms.retention_days
        else translate("Privacy", "As long as the law demands")
    )
    named = translate("Privacy", "Yes") if view.by_name else translate("Privacy", "No")
    lines = [
        (translate("Privacy", "What"), translate("Privacy", category) if category else terms.category),
        (translate("Privacy", "To whom"), translate("Privacy", recipient) if recipient else terms.recipient),
        (translate("Privacy", "Kept for"), days),
        (translate("Privacy", "With the car's name"), named),
        (translate("Privacy", "How exactly"), _precision(terms)),
    ]
    return [{"label": label, "said": text[:1].upper() + text[1:]} for label, text in lines]


def _precision(terms: Agreement) -> str:
    if not terms.cell_m and not terms.time_s:
        return translate("Privacy", "Exact place and moment")
    said = translate("Privacy", "Place within %1 m, moment within %2 s")
    return said.replace("%1", str(terms.cell_m)).replace("%2", str(terms.time_s))
