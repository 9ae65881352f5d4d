# SPDX-License-Identifier: Apache-2.0
"""Who drives, and how the screen is for that driver."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.models.shown_rows import ShownRows
from ivi.model.profiles import (
    GUEST,
    MAX_PROFILES,
    AddProfile,
    ChangePreference,
    ChangeSteeringSide,
    Preferences,
    RemoveProfile,
    RenameProfile,
    SelectProfile,
    TextSize,
)
from ivi.model.profiles import Profiles as ProfilesState

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_SCALES = {TextSize.NORMAL: 1.0, TextSize.LARGE: 1.15, TextSize.LARGER: 1.3}


@QmlElement
@QmlSingleton
class Profiles(QObject):
    """What the services process keeps of the drivers. Before it has spoken the screen is as it comes."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.send: Callable[[msgspec.Struct], None] | None = None
        """Asks the services process; set by the source."""
        self._said: ProfilesState | None = None
        self._drivers = ShownRows(("number", "name", "chosen"), self)

    @property
    def preferences(self) -> Preferences:
        """Of whoever drives."""
        return self._said.preferences if self._said else Preferences()

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether the services process has spoken."""
        return self._said is not None

    @Property(bool, notify=changed)
    def kept(self) -> bool:
        """Whether what is changed here lasts."""
        return self._said is not None and self._said.kept

    @Property(bool, notify=changed)
    def full(self) -> bool:
        """Whether there is no place for another driver."""
        return self._said is not None and len(self._said.profiles) > MAX_PROFILES

    @Property(ShownRows, constant=True)
    def drivers(self) -> ShownRows:
        """Rows: number, name (empty for the guest), chosen. The guest is the last one."""
        return self._drivers

    @Property(int, notify=changed)
    def current(self) -> int:
        """Number of who drives; 0 for the guest."""
        return self._said.current if self._said else GUEST

    @Property(str, notify=changed)
    def driver(self) -> str:
        """Name of who drives; empty for the guest."""
        said = self._said
        return next((one.name for one in said.profiles if one.id == said.current), "") if said else ""

    @Property(str, notify=changed)
    def look(self) -> str:
        """`auto`, `day` or `night`."""
        return self.preferences.look.value

    @Property(str, notify=changed)
    def language(self) -> str:
        """Code of the language."""
        return self.preferences.language.value

    @Property(str, notify=changed)
    def distance(self) -> str:
        """`km` or `mi`."""
        return self.preferences.distance.value

    @Property(str, notify=changed)
    def temperature(self) -> str:
        """`C` or `F`."""
        return self.preferences.temperature.value

    @Property(str, notify=changed)
    def pressure(self) -> str:
        """`bar`, `psi` or `kPa`."""
        return self.preferences.pressure.value

    @Property(str, notify=changed)
    def textsize(self) -> str:
        """`normal`, `large` or `larger`."""
        return self.preferences.text_size.value

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def scale(self) -> float:
        """What the sizes of texts are multiplied with."""
        return _SCALES[self.preferences.text_size]

    @Property(bool, notify=changed)
    def still(self) -> bool:
        """Whether nothing moves that need not."""
        return self.preferences.reduced_motion

    @Property(bool, notify=changed)
    def right(self) -> bool:
        """Whether the wheel is on the right."""
        return self._said is not None and self._said.steering_right

    @Slot(int)
    def choose(self, number: int) -> None:
        """This driver drives."""
        self._send(SelectProfile(number))

    @Slot(str)
    def add(self, name: str) -> None:
        """A new driver."""
        self._send(AddProfile(name))

    @Slot(int, str)
    def rename(self, number: int, name: str) -> None:
        """Another name."""
        self._send(RenameProfile(number, name))

    @Slot(int)
    def remove(self, number: int) -> None:
        """Forget a driver."""
        self._send(RemoveProfile(number))

    @Slot(str, str)
    def change(self, preference: str, value: str) -> None:
        """Change a preference (a field of ivi.model.profiles.Preferences)."""
        self._send(ChangePreference(preference, value))

    @Slot(bool)
    def steer(self, right: bool) -> None:  # a slot has positions only
        """On which side the wheel is."""
        self._send(ChangeSteeringSide(right))

    def update(self, said: ProfilesState | None) -> None:
        """Take what is; None while the process is away, which changes nothing that is seen."""
        if said is not None and said != self._said:
            self._said = said
            self._drivers.replace(
                [{"number": one.id, "name": one.name, "chosen": one.id == said.current} for one in said.profiles]
            )
            self.changed.emit()

    def _send(self, request: msgspec.Struct) -> None:
        if self.send is not None:
            self.send(request)
