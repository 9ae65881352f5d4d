# SPDX-License-Identifier: Apache-2.0
"""One installed app as the host and the screen know it, over all its starts."""

from collections.abc import Callable
from pathlib import Path

from ivi.apphost.logbook import Logbook
from ivi.apphost.manifest import Manifest, Ui
from ivi.apphost.templates.stage import Stage
from ivi.model.app import Limits, Tapped
from ivi.model.apphost import AppState, AppView, TapTaken


class HostedApp:
    """State and stage of an app. `manifest` is None when it could not be read."""

    def __init__(self, folder: Path, manifest: Manifest | None, on_change: Callable[[], None]) -> None:
        self.folder = folder
        self.manifest = manifest
        self.id = manifest.app.id if manifest else folder.name
        self.name = manifest.app.name if manifest else folder.name
        self.state = AppState.STOPPED
        self.reason = ""
        self.layers: list[str] = []
        self.restarts = 0
        self.denied = 0
        self.stage = Stage(on_change)
        self._late = False
        self.log = Logbook()
        self._on_change = on_change

    def set_state(self, state: AppState, reason: str = "") -> None:
        """Enter a state; what a dead app last showed goes with it."""
        if (state, reason) != (self.state, self.reason):
            self.log.add("host", f"{state.value.replace('_', ' ')}: {reason}" if reason else state.value)
        self.state, self.reason, self._late = state, reason, False
        if state not in {AppState.RUNNING, AppState.FROZEN}:
            self.stage.clear()
        self._on_change()

    def freeze(self, frozen: bool) -> None:
        """The app is paused off the screen, or goes on. What it showed stays: it is what it will show again."""
        if frozen:
            self.set_state(AppState.FROZEN, "it waits until you look at it again")
        else:
            self.set_state(AppState.RUNNING)

    def set_late(self, late: bool) -> None:
        """Say whether the app's signs of life are overdue: what it shows may be old."""
        late = late and self.state is AppState.RUNNING
        if late != self._late:
            self._late = late
            self._on_change()

    @property
    def shown(self) -> int:
        """Templates shown since the host started."""
        return self.stage.shown

    def tap(self, revision: int, target: str) -> TapTaken:
        """Hand the driver's choice to the app, if it was made on what the app shows now."""
        return self.stage.answer(Tapped(revision, target))

    def view(self, limits: Limits) -> AppView:
        """What the screen gets, shortened to what the driving state allows."""
        seen = self.stage.seen(limits)
        return AppView(
            self.id,
            self.name,
            self.state,
            self.reason,
            seen.revision,
            seen.template,
            self.layers,
            hidden=seen.hidden,
            withheld=seen.withheld,
            depth=seen.depth,
            steps_left=seen.steps_left,
            stale=self._late,
            shown_ns=seen.shown_ns,
            icon=_icon_of(self.manifest),
            notices=seen.notices,
        )


_ICONS = (
    ({"media"}, "music"),
    ({"navigation", "route_preview"}, "route"),
    ({"charge_session"}, "bolt"),
    ({"map_with_content"}, "map"),
)
"""What the host draws for an app that may show these kinds: the first that fits."""


def _icon_of(manifest: Manifest | None) -> str:
    kinds = {
        str(kind)
        for grant in (manifest.permission if manifest else [])
        if isinstance(grant, Ui)
        for kind in grant.templates
    }
    return next((icon for some, icon in _ICONS if some & kinds), "apps")
