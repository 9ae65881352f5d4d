# SPDX-License-Identifier: Apache-2.0
"""One installed app as the host and the screen know it, over all its starts."""

from collections.abc import Callable, Iterable
from pathlib import Path

from ivi.apphost.atoms import atoms, names
from ivi.apphost.logbook import Logbook
from ivi.apphost.manifest import Manifest, Permission, Ui, VehicleActuate, use_of
from ivi.apphost.permissions import matches
from ivi.apphost.templates.stage import Stage
from ivi.model.app import Granted, Limits, Revoked, Tapped
from ivi.model.app_intents import Phrase
from ivi.model.apphost import AppState, AppView, TapTaken
from ivi.model.templates.rates import NoticeRate


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
        self.phrases: dict[str, list[Phrase]] = {}
        """What drivers can say to it, by language."""
        self.restarts = 0
        self.denied = 0
        self.log = Logbook()
        self.stage = Stage(on_change)
        self._late = False
        self.confirmed: set[str] = set()
        """Actuators that the driver agreed to once, where once is enough; forgotten when the right is taken back."""
        self.publisher = "local"
        """Who answers for it: the publisher's key, or `local` for a plain folder."""
        self.notice_rate = NoticeRate()
        """What it told the driver of within the last hour, in whichever way; the host keeps one for each app's id."""
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

    def tell_rights(self, before: tuple[Permission, ...], after: tuple[Permission, ...]) -> None:
        """Tell the running app what was taken back and what was given, and forget what the driver agreed to with it."""
        self.confirmed = {path for path in self.confirmed if _asked_once(path, after)}
        gone, come = set(_atoms_of(before)) - set(_atoms_of(after)), set(_atoms_of(after)) - set(_atoms_of(before))
        for stream in self.stage.inputs:
            if gone:
                stream.send(Revoked(*_named(gone)))
            if come:
                stream.send(Granted(*_named(come)))

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


def _atoms_of(permissions: Iterable[Permission]) -> list[tuple[str, str]]:
    """(kind, name) of everything that is in force."""
    return [
        (use_of(atom), name) for permission in permissions for atom in atoms(permission) for name in names(atom) or [""]
    ]


def _asked_once(path: str, permissions: Iterable[Permission]) -> bool:
    """Whether a right is in force under which the driver is asked about this actuator only once."""
    return any(
        isinstance(permission, VehicleActuate)
        and permission.confirm == "first"
        and any(matches(path, pattern) for pattern in permission.paths)
        for permission in permissions
    )


def _named(changed: set[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Paths and kinds of what changed."""
    paths = sorted(name for use, name in changed if use.startswith("vehicle."))
    return paths, sorted({use for use, _ in changed})
