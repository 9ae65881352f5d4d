# SPDX-License-Identifier: Apache-2.0
"""The one notice of an app that is up now: alerts first, then the oldest."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ivi.hmi.templates.present import action
from ivi.model.app import Dismissed, InputEvent, Tapped
from ivi.model.apphost import AppState, AppView, NoticeView
from ivi.model.templates import AlertTemplate, NoticeTemplate

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AppNotice(QObject):
    """What it says and who says it."""

    changed = Signal()

    def __init__(self, answer: Callable[[str, InputEvent], None], parent: QObject) -> None:
        super().__init__(parent)
        self._answer = answer
        self._app: AppView | None = None
        self._notice: NoticeView | None = None

    def show(self, views: Sequence[AppView]) -> None:
        """Take the most urgent notice of all apps; none takes it away."""
        all_up = [(view, notice) for view in views if view.state is AppState.RUNNING for notice in view.notices]
        # Sorting is stable: among equals the first stays, so that what a driver reads is not pulled away.
        all_up.sort(key=lambda one: not isinstance(one[1].template, AlertTemplate))
        app, notice = all_up[0] if all_up else (None, None)
        before = self._key
        self._app, self._notice = app, notice
        if self._key != before:
            self.changed.emit()

    @property
    def _key(self) -> tuple[str, int]:
        return (self._app.id, self._notice.revision) if self._app is not None and self._notice is not None else ("", 0)

    @property
    def _template(self) -> NoticeTemplate | None:
        return self._notice.template if self._notice else None

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether there is one."""
        return self._notice is not None

    @Property(str, notify=changed)
    def name(self) -> str:
        """The app's name."""
        return self._app.name if self._app else ""

    @Property(str, notify=changed)
    def emblem(self) -> str:
        """What the host draws beside the name."""
        return self._app.icon if self._app else ""

    @Property(bool, notify=changed)
    def urgent(self) -> bool:
        """Whether it is an alert."""
        return isinstance(self._template, AlertTemplate)

    @Property(str, notify=changed)
    def title(self) -> str:
        """Its title."""
        return self._template.title if self._template else ""

    @Property(str, notify=changed)
    def text(self) -> str:
        """What it says."""
        return self._template.text if self._template else ""

    @Property(str, notify=changed)
    def glyph(self) -> str:
        """The icon that the app chose."""
        return self._template.icon.value if self._template else ""

    @Property("QVariant", notify=changed)  # type: ignore[arg-type]  # stubs want a type
    def actions(self) -> list[dict[str, str]]:
        """Its buttons."""
        return [action(one) for one in self._template.actions] if self._template else []

    @Slot(str)
    def tap(self, target: str) -> None:
        """One of its buttons."""
        if self._app is not None and self._notice is not None:
            self._answer(self._app.id, Tapped(self._notice.revision, target))

    @Slot()
    def dismiss(self) -> None:
        """Away with it."""
        if self._app is not None and self._notice is not None:
            self._answer(self._app.id, Dismissed(self._notice.revision))
