# SPDX-License-Identifier: Apache-2.0
"""One installed app as the host and the screen know it, over all its starts."""

from collections.abc import Callable
from pathlib import Path

from ivi.apphost import templates
from ivi.apphost.logbook import Logbook
from ivi.apphost.manifest import Manifest
from ivi.daemon.link_server import Stream
from ivi.model.app import Limits, Tapped
from ivi.model.apphost import AppState, AppView, TapTaken
from ivi.model.templates import ListTemplate


class HostedApp:
    """State, template and input of an app. `manifest` is None when it could not be read."""

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
        self.shown = 0
        """Templates shown since the host started."""
        self.stale_taps = 0
        self.log = Logbook()
        self.inputs: set[Stream] = set()
        """Open FollowInput streams of the running app."""
        self._revision = 0
        self._template: ListTemplate | None = None
        self._on_change = on_change

    def set_state(self, state: AppState, reason: str = "") -> None:
        """Enter a state; what a dead app last showed goes with it."""
        if (state, reason) != (self.state, self.reason):
            self.log.add("host", f"{state.value.replace('_', ' ')}: {reason}" if reason else state.value)
        self.state, self.reason = state, reason
        if state not in {AppState.RUNNING, AppState.FROZEN}:
            self._template = None
            self.inputs.clear()
        self._on_change()

    def freeze(self, frozen: bool) -> None:
        """The app is paused off the screen, or goes on. What it showed stays: it is what it will show again."""
        if frozen:
            self.set_state(AppState.FROZEN, "it waits until you look at it again")
        else:
            self.set_state(AppState.RUNNING)

    def show(self, template: ListTemplate) -> int:
        """Take a checked template and return its revision."""
        self._template = template
        self._revision += 1
        self.shown += 1
        self._on_change()
        return self._revision

    def tap(self, revision: int, target: str) -> TapTaken:
        """Hand the driver's choice to the app, if it was made on what the app shows now."""
        if self._template is None or not self.inputs:
            return TapTaken(delivered=False, reason=f"{self.name} is not running")
        if revision != self._revision or target not in templates.targets(self._template):
            self.stale_taps += 1
            return TapTaken(delivered=False, reason="the list has changed meanwhile")
        for stream in self.inputs:
            stream.send(Tapped(revision, target))
        return TapTaken(delivered=True)

    def tell(self, limits: Limits) -> None:
        """Tell the running app what the driving state leaves of it."""
        for stream in self.inputs:
            stream.send(limits)

    def view(self, limits: Limits) -> AppView:
        """What the screen gets, shortened to what the driving state allows."""
        template = templates.shortened(self._template, limits) if self._template else None
        return AppView(self.id, self.name, self.state, self.reason, self._revision, template, self.layers)
