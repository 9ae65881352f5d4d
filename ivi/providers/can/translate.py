# SPDX-License-Identifier: Apache-2.0
"""From signal values to VSS values: `dbc2vss` rules per message, with Kuksa's `interval_ms` and `on_change`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import DataType, EntryType, Metadata, Scalar, Value
from ivi.providers.can.dbc import LoadedDbc, frame_key
from ivi.providers.can.decoder import SignalDecoder, signal_index
from ivi.providers.can.frame import Frame
from ivi.vss.catalogue import Catalogue, check_value
from ivi.vss.mapping import DbcMapping, FromDbc

RAW_BRANCH = "Vehicle.Raw"
"""Private branch for signals of a DBC that comes without an overlay: `Vehicle.Raw.<Message>.<Signal>`."""

_UNSET = object()
_NS_PER_MS = 1_000_000


@dataclass(slots=True)
class _Rule:
    """One `dbc2vss` rule and what it last let through."""

    source: FromDbc
    entry: Metadata
    seen: float | None = None
    """The signal's last scaled value; while it stays, an on_change rule has nothing new."""
    sent: object = _UNSET
    sent_ns: int = -(1 << 62)
    needs_text: bool = False
    """Whether the value table's text is wanted: for a string, or for a mapping's `from`."""
    waiting: Value | None = None
    """A value that the interval holds back; it follows when the interval is over."""


@dataclass(slots=True)
class _Message:
    """All rules of one frame id."""

    rules: list[_Rule] = field(default_factory=list)
    payload: bytes = b""
    skip_same: bool = True
    """Whether an unchanged payload can change nothing: every rule is on_change."""


class Translator:
    """Turns frames into VSS values. Pure: no clock, no I/O; time is that of the frames."""

    def __init__(self, decoder: SignalDecoder, mapping: DbcMapping, dbc: LoadedDbc, catalogue: Catalogue) -> None:
        self.unknown = 0
        """Frames whose id the DBC does not have."""
        self.undecodable = 0
        """Frames whose payload does not fit their message."""
        self.invalid = 0
        """Values that the VSS leaf forbids (type or range); they are not published."""
        self._decoder = decoder
        self._messages: dict[int, _Message] = {}
        self._held: dict[str, _Rule] = {}
        index = signal_index(dbc)
        ids = {message.name: frame_key(message) for message in dbc.database.messages}
        for rule in mapping.reads:
            message = self._messages.setdefault(_find(rule, index, ids), _Message())
            entry = catalogue.get(rule.path)
            needs_text = entry.data_type is DataType.STRING or rule.maps
            message.rules.append(_Rule(rule, entry, needs_text=needs_text))
            message.skip_same &= rule.on_change

    @property
    def paths(self) -> list[str]:
        """All VSS paths that may be published."""
        return [rule.entry.path for message in self._messages.values() for rule in message.rules]

    def paths_of(self, key: int) -> list[str]:
        """The VSS paths that frames with this id feed."""
        message = self._messages.get(key)
        return [rule.entry.path for rule in message.rules] if message else []

    @property
    def keys(self) -> list[int]:
        """Ids of the frames that feed something."""
        return list(self._messages)

    def feed(self, frames: Iterable[Frame]) -> dict[str, Value]:
        """Values that these frames let through, the newest of each path."""
        out: dict[str, Value] = {}
        for frame in frames:
            message = self._messages.get(frame.key)
            if message is None:
                if not self._decoder.knows(frame.key):
                    self.unknown += 1
                continue
            if message.skip_same and frame.data == message.payload:
                continue
            values = self._decoder.decode(frame.key, frame.data)
            if values is None:
                self.undecodable += 1
                continue
            message.payload = frame.data
            self._translate(message, values, frame, out)
        return out

    def release(self, time_ns: int, *, force: bool = False) -> dict[str, Value]:
        """Values that were held back and whose interval is over at `time_ns`; with `force` all of them."""
        out: dict[str, Value] = {}
        for path, rule in list(self._held.items()):
            if force or time_ns - rule.sent_ns >= rule.source.interval_ms * _NS_PER_MS:
                del self._held[path]
                if rule.waiting is not None:
                    _send(rule, rule.waiting, time_ns, out)
        return out

    def forget(self, key: int) -> list[str]:
        """The message has timed out: its paths, and the next frame counts as new."""
        message = self._messages[key]
        message.payload = b""
        for rule in message.rules:
            rule.seen, rule.sent, rule.waiting = None, _UNSET, None
            self._held.pop(rule.entry.path, None)
        return [rule.entry.path for rule in message.rules]

    def _translate(self, message: _Message, values: Mapping[str, float], frame: Frame, out: dict[str, Value]) -> None:
        time_ns = frame.time_ns
        for rule in message.rules:
            scaled = values.get(rule.source.signal)
            if scaled is None:  # another branch of a multiplexed message
                continue
            if rule.source.on_change and scaled == rule.seen:
                continue
            rule.seen = scaled
            try:
                value = self._convert(rule, frame.key, scaled)
            except InvalidArgumentError:
                self.invalid += 1
                continue
            if value is None:
                continue
            if rule.source.on_change and value == rule.sent:
                rule.waiting = None
                continue
            if time_ns - rule.sent_ns < rule.source.interval_ms * _NS_PER_MS:
                rule.waiting = value
                self._held[rule.entry.path] = rule
                continue
            self._held.pop(rule.entry.path, None)
            _send(rule, value, time_ns, out)

    def _convert(self, rule: _Rule, key: int, scaled: float) -> Value | None:
        """The VSS value; None when a mapping has no row for it. Raises InvalidArgumentError if the leaf forbids it."""
        value: Scalar = scaled
        kind = rule.entry.data_type
        if rule.needs_text:
            value = self._decoder.text(key, rule.source.signal, scaled) or scaled
        if (transform := rule.source.transform) is not None:
            changed = transform(value)
            if changed is None and rule.needs_text:
                changed = transform(scaled)
            if changed is None:
                return None
            value = changed
        if kind is DataType.STRING:
            value = str(value)
        elif kind is DataType.BOOLEAN and not isinstance(value, str):
            value = value != 0
        elif isinstance(value, float) and kind not in (DataType.FLOAT, DataType.DOUBLE):
            value = round(value)
        return check_value(rule.entry, value)


def _send(rule: _Rule, value: Value, time_ns: int, out: dict[str, Value]) -> None:
    rule.sent, rule.sent_ns, rule.waiting = value, time_ns, None
    out[rule.entry.path] = value


def _find(rule: FromDbc, index: Mapping[str, list[int]], ids: Mapping[str, int]) -> int:
    """The id of the message that carries the rule's signal. Raises ConfigurationError."""
    carriers = index.get(rule.signal, [])
    if rule.message:
        key = ids.get(rule.message)
        if key is None or key not in carriers:
            raise ConfigurationError(f"{rule.path}: the DBC has no signal {rule.signal} in a message {rule.message}")
        return key
    if not carriers:
        raise ConfigurationError(
            f"{rule.path}: the DBC has no signal {rule.signal}", hint="overlay and DBC must belong together"
        )
    if len(carriers) > 1:
        raise ConfigurationError(
            f"{rule.path}: {len(carriers)} messages have a signal {rule.signal}", hint="name one with `message`"
        )
    return carriers[0]


def raw_mapping(dbc: LoadedDbc, catalogue: Catalogue) -> DbcMapping:
    """Every signal of a DBC under Vehicle.Raw, added to the catalogue: what is shown when there is no overlay."""
    rules = []
    for message in dbc.database.messages:
        for signal in message.signals:
            path = f"{RAW_BRANCH}.{message.name}.{signal.name}"
            catalogue.add([Metadata(path, DataType.DOUBLE, EntryType.SENSOR, signal.unit or "")])
            rules.append(FromDbc(path, signal.name, message.name, interval_ms=0, on_change=True, transform=None))
    return DbcMapping(tuple(rules), ())
