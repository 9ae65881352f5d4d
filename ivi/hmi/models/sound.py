# SPDX-License-Identifier: Apache-2.0
"""How loud the car is and who is heard, as the screen shows it and as a driver changes it."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import display
from ivi.hmi.models.shown_rows import ShownRows
from ivi.hmi.sentences import sentence
from ivi.model.audio import AudioKind, ChangeVolume, FocusState, Heard, SetMuted, SetVolume
from ivi.model.audio import Sound as SoundState

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate
OPENED = 8000  # milliseconds that the panel stays after a touch
CHANGED = 2500  # milliseconds that it shows a change from elsewhere, such as a key of the wheel
GLYPHS = {
    AudioKind.MEDIA: "music",
    AudioKind.NAVIGATION: "route",
    AudioKind.ALERT: "bell",
    AudioKind.VOICE: "mic",
    AudioKind.CALL: "phone",
}


def words(heard: Heard, name: str) -> str:
    """What a holder of the sound does now, as a sentence."""
    match heard.state:
        case FocusState.DUCKED:
            return translate("Sound", "{name} is quieter while something more important is heard.").format(name=name)
        case FocusState.PAUSED:
            return translate("Sound", "{name} waits until the sound is free.").format(name=name)
        case _:
            return translate("Sound", "{name} is heard.").format(name=name)


@QmlElement
@QmlSingleton
class Sound(QObject):
    """Volume, mute, and the holders of the audio focus."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.send: Callable[[msgspec.Struct], None] | None = None
        """Asks the services process; set by the source."""
        self.name_of: Callable[[str], str] = _itself
        """What a driver calls the owner of a focus; set by the source."""
        self._said: SoundState | None = None
        self._shown = False
        self._holders = ShownRows(("owner", "glyph", "sentence", "loud"), self)
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.timeout.connect(self.close)

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether there is a volume to set."""
        return self._said is not None and self._said.volume is not None

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def volume(self) -> float:
        """Percent, as the sound server reports it; 0 while it is not known."""
        return float(self._said.volume or 0) if self._said else 0.0

    @Property(str, notify=changed)
    def text(self) -> str:
        """The volume in words."""
        if self._said is None or self._said.volume is None:
            return display.UNKNOWN
        return translate("Sound", "Muted") if self._said.muted else f"{self._said.volume} %"

    @Property(bool, notify=changed)
    def muted(self) -> bool:
        """Whether nothing is heard by the driver's wish."""
        return self._said is not None and self._said.muted

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why there is no volume, as a sentence; empty for none."""
        if self._said is None:
            return translate("Sound", "What sets the volume is not running. It is started again by itself.")
        return "" if self._said.volume is not None else sentence(self._said.reason)

    @Property(ShownRows, constant=True)
    def holders(self) -> ShownRows:
        """Rows: owner, glyph, sentence, loud. The newest is first."""
        return self._holders

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether the panel is on the screen."""
        return self._shown

    @Slot()
    def open(self) -> None:
        """The driver wants to see it."""
        self._show(OPENED)

    @Slot()
    def close(self) -> None:
        """Away with it."""
        self._hide.stop()
        if self._shown:
            self._shown = False
            self.changed.emit()

    @Slot(int)
    def set(self, percent: int) -> None:
        """This loud."""
        self._ask(SetVolume(percent))

    @Slot(int)
    def step(self, steps: int) -> None:
        """Louder, or quieter below 0."""
        self._ask(ChangeVolume(steps))

    @Slot()
    def mute(self) -> None:
        """Silent, or as loud as before."""
        self._ask(SetMuted(not (self._said is not None and self._said.muted)))

    def update(self, said: SoundState | None) -> None:
        """Take what the services process says; None while it is away."""
        before, self._said = self._said, said
        if said == before:
            return
        self.name()
        loud = (said.volume, said.muted) if said and said.volume is not None else None
        heard = (before.volume, before.muted) if before and before.volume is not None else None
        if loud and heard and loud != heard:
            self._show(max(CHANGED, self._hide.remainingTime()))
        self.changed.emit()

    @Slot()
    def name(self) -> None:
        """Say who is heard, by the names that apps have now."""
        self._holders.replace(
            [
                {
                    "owner": f"{one.owner}:{one.kind}",
                    "glyph": GLYPHS[one.kind],
                    "sentence": words(one, self.name_of(one.owner)),
                    "loud": one.state is not FocusState.PAUSED,
                }
                for one in (self._said.holders if self._said else [])
            ]
        )

    def _ask(self, request: msgspec.Struct) -> None:
        self._show(OPENED)
        if self.send is not None:
            self.send(request)

    def _show(self, milliseconds: int) -> None:
        self._hide.start(milliseconds)
        if not self._shown:
            self._shown = True
            self.changed.emit()


def _itself(owner: str) -> str:
    return owner
