# SPDX-License-Identifier: Apache-2.0
"""The store of apps as the driver looks through it: the list by category, one app, and the install that runs."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QCoreApplication, QLocale, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import permission_words
from ivi.hmi.catalogues import later
from ivi.hmi.models.shown_rows import ShownRows
from ivi.hmi.moments import moment
from ivi.model.packages import GetPackage, PackageState, RemovePackage
from ivi.model.rights import OfferedPermission
from ivi.model.store import (
    CancelOffer,
    DescribeOffer,
    GetOffer,
    JobStep,
    LookIntoStore,
    Offer,
    StoreEntry,
    StoreJob,
    StoreState,
    Trouble,
)
from ivi.model.store import Store as StoreSaid

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate

CATEGORIES = {
    "travel": later("Store", "On the way"),
    "charging": later("Store", "Charging"),
    "media": later("Store", "Music and more"),
    "comfort": later("Store", "Comfort"),
    "car": later("Store", "About the car"),
    "tools": later("Store", "Tools"),
}
"""In the order of the list."""
_TROUBLES = {
    Trouble.NETWORK: later("Store", "The store does not answer. Try again when there is a connection."),
    Trouble.FULL: later("Store", "There is not enough room. Remove an app that you do not need."),
    Trouble.ALTERED: later("Store", "What came was not what the store has signed, so it is not used. Try again later."),
    Trouble.UNTRUSTED: later("Store", "The car refuses this package: it is not what was promised. Choose another app."),
    Trouble.UNFIT: later("Store", "This app does not fit this car. Choose another one."),
    Trouble.DRIVING: later("Store", "Apps are installed while the car is parked. Park and try again."),
    Trouble.GONE: later("Store", "The store does not offer this now. Look at the list again."),
    Trouble.BROKEN: later("Store", "Something in the car failed. Try again in a moment."),
}
_STEPS = {
    JobStep.FETCHING: later("Store", "It is being fetched."),
    JobStep.INSTALLING: later("Store", "It is being checked and installed."),
    JobStep.CANCELLED: later("Store", "Stopped. What has come is kept for the next time."),
}
_MEGABYTE = 1_000_000  # bytes; from here on a size has a decimal
_GLYPHS = {
    "vehicle.read": "car",
    "vehicle.actuate": "settings",
    "location": "place",
    "net": "globe",
    "ui": "apps",
    "voice": "mic",
    "audio.focus": "volume",
    "payment": "wallet",
    "storage": "folder",
    "notify": "bell",
    "background": "clock",
    "data.share": "share",
}


@QmlElement
@QmlSingleton
class Store(QObject):
    """One for the screen. Nobody is asked while the page of the store is not shown."""

    changed = Signal()
    opened = Signal()
    """Somebody looks at the store, or nobody does any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.send: Callable[[msgspec.Struct], None] | None = None
        """Asks the cloud process; set by the source, as is the next."""
        self.tell: Callable[[msgspec.Struct], None] | None = None
        """Asks the app host."""
        self._wanted = False
        self._said: StoreSaid | None = None
        self._job: StoreJob | None = None
        self._chosen = ""
        self._offer: Offer | None = None
        self._package: PackageState | None = None
        self._permissions = ShownRows(("key", "title", "text", "glyph"), self)
        self._apps = ShownRows(("app", "name", "glyph", "text", "note", "section", "mark"), self)

    # -- the list -----------------------------------------------------------------------------------------------------
    @property
    def lists(self) -> tuple[ShownRows, ...]:
        """Lists that are cut while driving."""
        return (self._apps,)

    @property
    def wanted(self) -> bool:
        """Whether somebody looks."""
        return self._wanted

    @Slot(bool)
    def watch(self, wanted: bool) -> None:  # a slot has positions only
        """The page is shown, or not any more."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.opened.emit()

    @Property(ShownRows, constant=True)
    def apps(self) -> ShownRows:
        """By category: app, name, glyph, text, note, section (of the first in its category), mark (its rating)."""
        return self._apps

    @Property(str, notify=changed)
    def unrated(self) -> str:
        """That no app of the list has enough ratings; empty when one has."""
        listed = self._said.entries if self._said else []
        return "" if any(entry.cars for entry in listed) else translate("Store", "Not enough ratings yet.")

    @Property(bool, notify=changed)
    def looking(self) -> bool:
        """Whether the newest catalogue is being asked for."""
        return self._said is None or self._said.state is StoreState.LOOKING

    @Property(bool, notify=changed)
    def off(self) -> bool:
        """Whether this car has no store."""
        return self._said is not None and self._said.state is StoreState.OFF

    @Property(str, notify=changed)
    def text(self) -> str:
        """How the store stands: what is wrong and what to do, or from when the list is."""
        if self._said is None or self._said.state in {StoreState.LOOKING, StoreState.EMPTY}:
            return translate("Store", "The store is being opened.")
        if self._said.state is StoreState.OFF:
            return translate("Store", "This car has no store. Apps come with updates, or from a package.")
        if self._said.state is StoreState.FAILED:
            return self._failed(self._said)
        if not self._said.entries:
            return translate("Store", "The store has no apps yet.")
        age = translate("Store", "As of {moment}.").format(moment=moment(int(self._said.looked * 1000)) or self._age())
        return age if not self._said.bytes_per_day else f"{age} {self._fetched(self._said)}"

    def _fetched(self, said: StoreSaid) -> str:
        used, limit = _size(said.bytes_today), _size(said.bytes_per_day)
        if said.bytes_today < said.bytes_per_day:
            text = translate("Store", "{used} of {limit} were fetched today.")
        else:
            text = translate("Store", "{used} of {limit} were fetched today: updates wait, what you choose comes.")
        return text.format(used=used, limit=limit)

    @Property(bool, notify=changed)
    def failed(self) -> bool:
        """Whether the last look failed."""
        return self._said is not None and self._said.state is StoreState.FAILED

    def _failed(self, said: StoreSaid) -> str:
        why = translate("Store", _TROUBLES.get(said.trouble, _TROUBLES[Trouble.BROKEN]))
        if not said.entries:
            return why
        return translate("Store", "The store does not answer. This list is of {moment}.").format(moment=self._age())

    def _age(self) -> str:
        return moment(int(self._said.published * 1000)) if self._said else ""

    @Slot()
    def look(self) -> None:
        """Ask for the newest catalogue."""
        self._ask(LookIntoStore())

    # -- one app ------------------------------------------------------------------------------------------------------
    @Property(str, notify=changed)
    def chosen(self) -> str:
        """Id of the app that is shown; empty for none."""
        return self._chosen if self._entry is not None else ""

    @Slot(str)
    def choose(self, app: str) -> None:
        """Show an app; what the car knows of it is on board already."""
        if app != self._chosen:
            self._chosen, self._offer = app, None
            self._permissions.replace([])
            self.changed.emit()
        if app:
            self._ask(DescribeOffer(app))

    @property
    def _entry(self) -> StoreEntry | None:
        listed = self._said.entries if self._said else []
        return next((entry for entry in listed if entry.app_id == self._chosen), None)

    @Property(str, notify=changed)
    def name(self) -> str:
        """What it is called."""
        return self._entry.name if self._entry else ""

    @Property(str, notify=changed)
    def about(self) -> str:
        """Author, version and size."""
        if (entry := self._entry) is None:
            return ""
        said = translate("Store", "By {author}. Version {version}, {size}.")
        return said.format(author=entry.author, version=entry.version, size=_size(entry.size))

    @Property(str, notify=changed)
    def glyph(self) -> str:
        """Name of its icon."""
        return self._entry.icon if self._entry else "apps"

    @Property(str, notify=changed)
    def summary(self) -> str:
        """What it does."""
        return _in_language(self._entry.summary) if self._entry else ""

    @Property(str, notify=changed)
    def rating(self) -> str:
        """What drivers think of it, or that too few have said so."""
        if (entry := self._entry) is None:
            return ""
        if not entry.cars:
            return translate("Store", "Not enough ratings yet.")
        said = translate("Store", "{mean} of 5 stars, from {count} cars.")
        return said.format(mean=QLocale().toString(entry.mean, "f", 1), count=QLocale().toString(entry.cars))

    @Property(bool, notify=changed)
    def rated(self) -> bool:
        """Whether enough drivers have rated it."""
        return self._entry is not None and self._entry.cars > 0

    @Property(str, notify=changed)
    def changes(self) -> str:
        """What is new in it."""
        return _in_language(self._offer.changes) if self._offer else ""

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether somebody whom this car believes vouches for its publisher."""
        return self._offer is not None and self._offer.known

    @Property(str, notify=changed)
    def signed(self) -> str:
        """Who signed it, in words."""
        if self._offer is None:
            return ""
        if self._offer.known:
            return translate("Store", "Signed by {name}, whom the store vouches for.").format(
                name=self._offer.publisher
            )
        return translate("Store", "Nobody whom this car trusts vouches for who made it. It cannot be installed.")

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why this car cannot run it; empty when it can."""
        if self._offer is None or not self._offer.problem:
            return ""
        return translate("Store", _TROUBLES[Trouble.UNFIT])

    @Property(str, notify=changed)
    def trust(self) -> str:
        """The trust rating in words."""
        if self._offer is None:
            return ""
        return translate("Store", "Trust {now} of 8").format(now=self._offer.trust)

    @Property(ShownRows, constant=True)
    def permissions(self) -> ShownRows:
        """What it would ask for: key, title, text, glyph."""
        return self._permissions

    @Property(bool, notify=changed)
    def installed(self) -> bool:
        """Whether any version of it is installed."""
        return bool(self._entry and self._entry.installed)

    @Property(bool, notify=changed)
    def newer(self) -> bool:
        """Whether the store has a newer version than the one that is installed."""
        entry = self._entry
        return entry is not None and bool(entry.installed) and _numbers(entry.version) > _numbers(entry.installed)

    @Property(bool, notify=changed)
    def installable(self) -> bool:
        """Whether it can be fetched now, as far as the app is concerned."""
        usable = self._offer is not None and self._offer.known and not self._offer.problem
        entry = self._entry
        return usable and entry is not None and (not entry.installed or bool(self.newer)) and not self._is_busy()

    # -- the install --------------------------------------------------------------------------------------------------
    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether an app is being fetched or installed."""
        return self._is_busy()

    @Property(bool, notify=changed)
    def running(self) -> bool:
        """Whether that is the app that is shown."""
        return self._is_busy() and self._is_shown()

    @Property(bool, notify=changed)
    def stoppable(self) -> bool:
        """Whether it can still be stopped."""
        return self._job is not None and self._is_shown() and self._job.step is JobStep.FETCHING

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def progress(self) -> float:
        """How much has come, 0 to 1."""
        return self._job.here / self._job.size if self._job and self._job.size else 0.0

    @Property(str, notify=changed)
    def step(self) -> str:
        """What happens with the app that is shown, or what went wrong and what to do."""
        if self._job is None or not self._is_shown():
            return ""
        if self._job.step is JobStep.FAILED:
            return translate("Store", _TROUBLES.get(self._job.trouble, _TROUBLES[Trouble.BROKEN]))
        return translate("Store", _STEPS[self._job.step]) if self._job.step in _STEPS else ""

    @Property(bool, notify=changed)
    def broken(self) -> bool:
        """Whether the last try with the app that is shown failed."""
        return self._job is not None and self._is_shown() and self._job.step is JobStep.FAILED

    def _is_busy(self) -> bool:
        return self._job is not None and self._job.step in {JobStep.FETCHING, JobStep.INSTALLING}

    def _is_shown(self) -> bool:
        return self._job is not None and self._job.app_id == self._chosen

    @Slot()
    def get(self) -> None:
        """The driver wants the app that is shown, in the version that is shown."""
        if (entry := self._entry) is not None:
            self._ask(GetOffer(entry.app_id, entry.version))

    @Slot()
    def cancel(self) -> None:
        """The driver does not want it any more."""
        self._ask(CancelOffer())

    # -- removing -----------------------------------------------------------------------------------------------------
    @Slot(str)
    def consider(self, app: str) -> None:
        """Find out whether an app of the car can be removed."""
        if self._package is None or self._package.app_id != app:
            self._package = None
            self.changed.emit()
        if app and self.tell is not None:
            self.tell(GetPackage(app))

    @Property(str, notify=changed)
    def removable(self) -> str:
        """Id of the app that was considered, when it can be removed; empty otherwise."""
        return self._package.app_id if self._package and self._package.version else ""

    @Slot(str, bool)
    def remove(self, app: str, keep: bool) -> None:  # a slot has positions only
        """Remove an app; `keep`: its data stay."""
        if self.tell is not None:
            self.tell(RemovePackage(app, keep))

    # -- what comes ---------------------------------------------------------------------------------------------------
    def update(self, said: StoreSaid | None) -> None:
        """Take what is; None while the process is away."""
        before, self._said = self._said, said
        if said is None:
            self._job = None
        self._fill()
        if self._entry is None and self._apps.rows:
            self.choose(str(self._apps.rows[0]["app"]))
        elif said is not None and before is not None and said.entries != before.entries and self._chosen:
            self._ask(DescribeOffer(self._chosen))
        self.changed.emit()

    @Slot()
    def retell(self) -> None:
        """Write everything anew: the language has changed."""
        self._fill()
        if self._offer is not None:
            self._permissions.replace([_permission(number, one) for number, one in enumerate(self._offer.permissions)])
        self.changed.emit()

    def take_job(self, job: StoreJob | None) -> None:
        """How the install stands."""
        if job != self._job:
            self._job = job
            self.changed.emit()

    def describe(self, offer: Offer) -> None:
        """All of an app has come."""
        if offer.entry.app_id == self._chosen and offer != self._offer:
            self._offer = offer
            self._permissions.replace([_permission(number, one) for number, one in enumerate(offer.permissions)])
            self.changed.emit()

    def take_package(self, package: PackageState) -> None:
        """What is installed of an app that was considered."""
        if package != self._package:
            self._package = package
            self.changed.emit()

    def _fill(self) -> None:
        order = list(CATEGORIES)
        listed = self._said.entries if self._said else []
        rows: list[dict[str, object]] = []
        before = ""
        for entry in sorted(listed, key=lambda one: (order.index(one.category), one.name.casefold())):
            section = translate("Store", CATEGORIES[entry.category]) if entry.category != before else ""
            before = entry.category
            rows.append(
                {
                    "app": entry.app_id,
                    "name": entry.name,
                    "glyph": entry.icon,
                    "text": _in_language(entry.summary),
                    "note": _note(entry),
                    "section": section,
                    "mark": _mark(entry),
                }
            )
        self._apps.replace(rows)

    def _ask(self, request: msgspec.Struct) -> None:
        if self.send is not None:
            self.send(request)


def _permission(number: int, one: OfferedPermission) -> dict[str, object]:
    said = (
        translate("Store", "It says: “{reason}”")
        if one.required
        else translate("Store", "You may refuse it. It says: “{reason}”")
    )
    text = said.format(reason=permission_words.reason(one.reason, one.reasons).removesuffix("."))
    return {
        "key": number,
        "title": permission_words.said(one.title),
        "text": text,
        "glyph": _GLYPHS.get(one.use, "info"),
    }


def _mark(entry: StoreEntry) -> str:
    """Mean and number of its ratings; empty while there are too few."""
    if not entry.cars:
        return ""
    said = translate("Store", "{mean} ★ ({count})")
    return said.format(mean=QLocale().toString(entry.mean, "f", 1), count=QLocale().toString(entry.cars))


def _note(entry: StoreEntry) -> str:
    if not entry.installed:
        return ""
    if _numbers(entry.version) > _numbers(entry.installed):
        return translate("Store", "Update")
    return translate("Store", "Installed")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _size(length: int) -> str:
    return QLocale().formattedDataSize(length, 0 if length < _MEGABYTE else 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _in_language(words: dict[str, str]) -> str:
    """In the screen's language, or in English."""
    code = QLocale().name()[:2]
    return words.get(code) or words.get("en", "")
