# SPDX-License-Identifier: Apache-2.0
"""From frames to changed signals: one compiled function per message id, made anew when other signals are wanted.

    decoder.want({(key, "Speed"): False})   # slots of the wanted signals
    decoder.functions[key](payload)         # decodes what changed ...
    for slot in decoder.changed: ...        # ... says which, and decoder.values[slot] is the number
    decoder.changed.clear()

What cannot be compiled (containers, overlapping signals) is decoded by cantools behind the same face.
"""

from collections.abc import Callable, Iterable, Mapping

from cantools.database.can import Message
from cantools.database.errors import DecodeError

from ivi.providers.can.compiled import ChangeDecoder, compile_changes
from ivi.providers.can.dbc import LoadedDbc, frame_key
from ivi.providers.can.expressions import Number, PayloadError
from ivi.providers.can.j1939 import ParameterGroups
from ivi.providers.can.layout import NotCompilableError, lay_out

type SignalKey = tuple[int, str]
"""Id of the message (bit 31 = extended), and name of the signal."""
type Guard = Callable[[ChangeDecoder], ChangeDecoder]
"""Puts a check of the payload in front of a message's function."""


class Decoder:
    """Decodes payloads of the messages of one DBC."""

    def __init__(self, dbc: LoadedDbc) -> None:
        self.functions: dict[int, ChangeDecoder] = {}
        """By id of a frame; only of messages with wanted signals. They raise PayloadError."""
        self.values: list[Number | None] = []
        """The last number of each slot; None before its first frame."""
        self.changed: list[int] = []
        """Slots written since this was last cleared, in no particular order."""
        self.left_to_cantools: dict[str, str] = {}
        """Messages with wanted signals that are not compiled, and why."""
        self._messages: dict[int, Message] = {frame_key(message): message for message in dbc.database.messages}
        self._groups = ParameterGroups(self._messages)
        self._wanted: dict[int, dict[str, bool]] = {}
        self._slots: dict[SignalKey, int] = {}
        self._makers: dict[int, Callable[[], ChangeDecoder]] = {}
        self._guards: dict[int, Guard] = {}

    def slot(self, key: int, name: str) -> int:
        """Where the signal's number goes, in `values` and in `changed`; it stays there."""
        slot = self._slots.get((key, name))
        if slot is None:
            slot = self._slots[key, name] = len(self.values)
            self.values.append(None)
        return slot

    def want(self, signals: Mapping[SignalKey, bool]) -> dict[SignalKey, int]:
        """Decode these signals from now on, and no others; returns the slot of each.

        The number says whether every frame that has the signal reports it, or only one that changes it. A message
        whose wanted signals are others than before reports all of them with its next frame.
        """
        wanted: dict[int, dict[str, bool]] = {}
        for (key, name), every in signals.items():
            wanted.setdefault(key, {})[name] = every
        for key in [key for key in self._wanted if key not in wanted]:
            self.want_none(key)
        for key, names in wanted.items():
            self.want_message(key, names)
        return {item: self._slots[item] for item in signals}

    def want_message(self, key: int, names: Mapping[str, bool]) -> bool:
        """Decode these signals of one message; with none its payloads are only checked. Says whether that is new."""
        before = self._wanted.get(key)
        if before == names:
            return False
        for name in before or ():
            if name not in names:
                self.values[self._slots[key, name]] = None
        for name in names:
            self.slot(key, name)
        self._makers[key] = self._compile(key, names) if names else lambda: _checked(self._messages[key].length)
        self._wanted[key] = dict(names)
        self.reset(key)
        return True

    def want_none(self, key: int) -> None:
        """Frames of this message are of no use from now on."""
        for name in self._wanted.pop(key):
            self.values[self._slots[key, name]] = None
        del self._makers[key]
        for alias in self._groups.aliases(key):
            self.functions.pop(alias, None)
        self.functions.pop(key, None)

    def decode_once(self, key: int, data: bytes) -> dict[str, Number]:
        """All numbers of one payload, whatever is wanted, with no effect on what counts as changed.

        By cantools, so that a question now and then compiles nothing. Raises PayloadError.
        """
        return dict(_all_signals(self._messages[key], data))

    def guard(self, key: int, guard: Guard | None) -> None:
        """Check each payload of this message before it is decoded."""
        if guard is None:
            self._guards.pop(key, None)
        else:
            self._guards[key] = guard
        if key in self._makers:
            self.reset(key)

    def reset(self, key: int, last: bytes | None = None) -> None:
        """Forget the last payload of this message: its next frame reports all wanted signals.

        With `last`, that payload is reported now, past the guard, and the next frame is compared with it.
        """
        function = self._makers[key]()
        if last is not None:
            function(last)
        if (guard := self._guards.get(key)) is not None:
            function = guard(function)
        for alias in self._groups.aliases(key):
            self.functions[alias] = function
        self.functions[key] = function

    def ids(self, key: int) -> list[int]:
        """The ids under which frames of this message were seen, the DBC's first."""
        return [key, *self._groups.aliases(key)]

    def resolve(self, key: int) -> int | None:
        """The id under which the DBC has the message of a frame with this id; None when it has none.

        J1939 ids name a sender and a priority that the DBC's need not match. Such a frame's id is added to
        `functions` when it is seen for the first time.
        """
        if key in self._messages:
            return key
        known = self._groups.find(key)
        if known is not None and known in self.functions and self._groups.remember(key, known):
            self.functions[key] = self.functions[known]
        return known

    def texts(self, key: int, signal: str) -> dict[Number, str]:
        """The signal's value table by scaled number, for the edge where texts are wanted."""
        described = self._messages[key].get_signal_by_name(signal)
        convert = described.conversion.raw_to_scaled
        texts: dict[Number, str] = {}
        for raw, text in (described.choices or {}).items():
            number = convert(raw, decode_choices=False)
            if isinstance(number, int | float):
                texts[number] = str(text)
        return texts

    def plain_size(self, key: int) -> int | None:
        """Payload bytes of a message whose last frame says all: not multiplexed, compiled, checked by no guard."""
        message = self._messages[key]
        if not self.says_all(key) or key in self._guards or message.name in self.left_to_cantools:
            return None
        return message.length

    def takes_repeats(self, key: int) -> bool:
        """Whether the last payload again may say something: one that is checked, or reported with every frame.

        So may a payload of a message with several ids, whose last one came under another.
        """
        if self._messages[key].name in self.left_to_cantools or key in self._guards:
            return True
        return any(self._wanted.get(key, {}).values()) or bool(self._groups.aliases(key))

    def says_all(self, key: int) -> bool:
        """Whether one frame has all signals of the message: it is neither multiplexed nor a container."""
        message = self._messages[key]
        return not (message.is_container or message.is_multiplexed())

    def width(self, key: int, signal: str) -> int:
        """Bits of the signal."""
        return self._messages[key].get_signal_by_name(signal).length

    def _compile(self, key: int, names: Mapping[str, bool]) -> Callable[[], ChangeDecoder]:
        message = self._messages[key]
        slots = {name: self._slots[key, name] for name in names}
        every = {name for name, always in names.items() if always}
        try:
            layout = lay_out(message)
        except NotCompilableError as error:
            self.left_to_cantools[message.name] = error.message
            return lambda: _by_cantools(message, slots, every, self.values, self.changed)
        index = {signal.name: at for at, signal in enumerate(message.signals)}
        return compile_changes(
            layout,
            {index[name]: slot for name, slot in slots.items()},
            frozenset(index[name] for name in every),
            self.values,
            self.changed,
        )


def _checked(size: int) -> ChangeDecoder:
    """The same face where no signal is wanted: a payload that is too short is still an error that is counted."""

    def check(data: bytes) -> None:
        if len(data) < size:
            raise PayloadError(len(data))

    return check


def _by_cantools(
    message: Message, slots: Mapping[str, int], every: set[str], values: list[Number | None], changed: list[int]
) -> ChangeDecoder:
    """The same face over cantools; of a container, the signals of what it contains."""
    last: dict[str, Number] = {}

    def decode(data: bytes) -> None:
        for name, value in _all_signals(message, data):
            slot = slots.get(name)
            if slot is None or (name not in every and last.get(name) == value):
                continue
            last[name] = values[slot] = value
            changed.append(slot)

    return decode


def _all_signals(message: Message, data: bytes) -> list[tuple[str, Number]]:
    try:
        decoded = message.decode(data, decode_choices=False, decode_containers=True)
    except (DecodeError, ValueError, OverflowError) as error:
        raise PayloadError(str(error)) from error
    parts: Iterable[object] = [decoded] if isinstance(decoded, dict) else [inner for _, inner in decoded]
    return [
        (name, value)
        for part in parts
        if isinstance(part, dict)
        for name, value in part.items()
        if isinstance(value, int | float)
    ]


def signal_index(dbc: LoadedDbc) -> dict[str, list[int]]:
    """Which messages carry a signal of this name, by id."""
    index: dict[str, list[int]] = {}
    for message in dbc.database.messages:
        contained = [signal for inner in message.contained_messages for signal in inner.signals]
        for signal in [*message.signals, *contained]:
            index.setdefault(signal.name, []).append(frame_key(message))
    return index


def cycle_times(dbc: LoadedDbc) -> dict[int, float]:
    """Seconds between two frames of each cyclic message (GenMsgCycleTime)."""
    return {frame_key(message): message.cycle_time / 1000 for message in dbc.database.messages if message.cycle_time}


def message_names(dbc: LoadedDbc, keys: Iterable[int]) -> list[str]:
    """Names of messages by id, for people."""
    names = {frame_key(message): message.name for message in dbc.database.messages}
    return [names.get(key, hex(key)) for key in keys]
