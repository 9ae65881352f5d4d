# SPDX-License-Identifier: Apache-2.0
"""What an app may do, as a page with a switch for each permission."""

from collections.abc import Callable

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import permission_words, sentences
from ivi.model.rights import AppInfo, PermissionView, Standing

translate = QCoreApplication.translate

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_ON = {Standing.GRANTED, Standing.PARTLY}


@QmlElement
@QmlSingleton
class Permissions(QObject):
    """The page of one app. Switches show what the host says, never what was touched."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ask: Callable[[str], None] | None = None
        """Asks the host about an app; set by the source, as are the next two."""
        self.send: Callable[[str, str, bool], None] | None = None
        """Takes a permission (app, key) back or gives it."""
        self.decide: Callable[[str], None] | None = None
        """Has the host put its question about an app on the screen."""
        self._app = ""
        self._info: AppInfo | None = None
        self._within = False

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether its sheet is open."""
        return self._app != "" and not self._within

    @Property(str, notify=changed)
    def app(self) -> str:
        """Id of the app whose page it is."""
        return self._app

    @Property(str, notify=changed)
    def title(self) -> str:
        """Name and version."""
        return f"{self._info.name} {self._info.version}" if self._info else ""

    @Property(str, notify=changed)
    def trust(self) -> str:
        """The trust rating in words."""
        if self._info is None:
            return ""
        now, whole = self._info.rating_now, self._info.rating
        if whole == now:
            return translate("Permissions", "Trust {now} of 8").format(now=now)
        return translate("Permissions", "Trust {now} of 8, {whole} if you allow everything").format(
            now=now, whole=whole
        )

    @Property(str, notify=changed)
    def box(self) -> str:
        """How the app is isolated, in words."""
        if self._info is None:
            return ""
        layers = len(self._info.layers)
        if not layers:
            return translate("Permissions", "It does not run here.")
        said = translate("Permissions", "Kept apart by %n layers. By {publisher}.", "", layers)
        return said.format(publisher=self._info.publisher)

    @Property(bool, notify=changed)
    def waiting(self) -> bool:
        """Whether it waits for the driver's agreement."""
        return self._info is not None and self._info.state == "stopped_needs_consent"

    @Property(list, notify=changed)
    def items(self) -> list[dict[str, object]]:
        """Lines: key, title, text, on, choice."""
        return [_line(one) for one in self._info.permissions] if self._info else []

    @Slot(str)
    def open(self, app: str) -> None:
        """Show the sheet of an app."""
        self._begin(app, within=False)

    @Slot(str)
    def look(self, app: str) -> None:
        """Show an app within the page of all apps, without a sheet."""
        self._begin(app, within=True)

    def _begin(self, app: str, *, within: bool) -> None:
        if (app, within) != (self._app, self._within):
            self._app, self._info, self._within = app, None, within
            self.changed.emit()
        self.refresh()

    @Slot()
    def close(self) -> None:
        """Take the page away."""
        self._app, self._info = "", None
        self.changed.emit()

    @Slot()
    def refresh(self) -> None:
        """Ask the host again."""
        if self._app and self.ask is not None:
            self.ask(self._app)

    @Slot(str, bool)
    def change(self, key: str, wanted: bool) -> None:
        """The driver touched a switch."""
        if self._app and self.send is not None:
            self.send(self._app, key, wanted)

    @Slot(str)
    def review(self, app: str) -> None:
        """The driver wants to be asked now."""
        if self.decide is not None:
            self.decide(app)

    def retell(self) -> None:
        """Write everything anew: the language has changed."""
        self.changed.emit()

    def update(self, info: AppInfo | None) -> None:
        """Show what the host says; None when it is away or the app is gone."""
        if info is None:
            self.close()
        elif info.id == self._app and info != self._info:
            self._info = info
            self.changed.emit()


def _line(one: PermissionView) -> dict[str, object]:
    said = []
    match one.standing:
        case Standing.PARTLY:
            said.append(translate("Permissions", "Partly taken back."))
        case Standing.REVOKED:
            said.append(translate("Permissions", "Taken back."))
        case Standing.ABSENT:
            said.append(translate("Permissions", "This car cannot give it."))
        case _:
            pass
    if one.required:
        said.append(translate("Permissions", "It cannot run without."))
    said.append(permission_words.quoted(one.reason, one.reasons))
    absent = one.standing is Standing.ABSENT
    text = sentences.sentence(" ".join(said))
    title = permission_words.said(one.title)
    return {"key": one.key, "title": title, "text": text, "on": one.standing in _ON, "choice": not absent}
