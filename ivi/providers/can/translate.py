# SPDX-License-Identifier: Apache-2.0
"""From signal values to VSS values: `dbc2vss` rules per message, with Kuksa's `interval_ms` and `on_change`."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.providers.can.checksums import FaultError, Faults, Guard, one_protection
from ivi.providers.can.compiled import ChangeDecoder
from ivi.providers.can.convert import Converter, converter
from ivi.providers.can.dbc import LoadedDbc, frame_key
from ivi.providers.can.decoder import Decoder, SignalKey, signal_index
from ivi.providers.can.expressions import Number, PayloadError
from ivi.providers.can.frame import ERROR, REMOTE, Frame
from ivi.vss.catalogue import Catalogue
from ivi.vss.mapping import DbcMapping, FromDbc
from ivi.vss.protection import Protection

RAW_BRANCH = "Vehicle.Raw"
"""Private branch for signals of a DBC that comes without an overlay: `Vehicle.Raw.<Message>.<Signal>`."""

_UNSET = object()
_NS_PER_MS = 1_000_000
_LONG_AGO = -(1 << 62)


@dataclass(slots=True, eq=False)
class _Rule:
    """One `dbc2vss` rule and what it last let through."""

    source: FromDbc
    path: str
    key: int
    """Id of the message that carries the signal."""
    convert: Converter
    interval_ns: int
    on_change: bool
    seen: Number | None = None
    """The signal's last number; while it stays, an on_change rule has nothing new."""
    sent: object = _UNSET
    sent_ns: int = _LONG_AGO
    due_ns: int = _LONG_AGO
    """When the interval of the last update is over."""


@dataclass(slots=True, eq=False)
class _Gate:
    """A message of which nothing is wanted before `due_ns`: all its rules have an interval, and none is on_change."""

    rules: tuple[_Rule, ...]
    size: int
    """Payload bytes; a shorter payload is counted at once."""
    opened_ns: int = _LONG_AGO
    due_ns: int = _LONG_AGO

    def close(self, time_ns: int) -> None:
        """Until the first of the intervals is over."""
        self.opened_ns = time_ns
        self.due_ns = min([rule.due_ns for rule in self.rules])


class Translator:
    """Turns frames into VSS values. Pure: no clock, no I/O; time is that of the frames.

    The decoder says which signals a frame changed, and only the rules of these are looked at. While a rule's interval
    lasts, its signal's newest number waits in the decoder; it is converted when the interval is over. Where that holds
    for all rules of a message, its newest payload waits instead and is not even decoded.
    """

    def __init__(self, decoder: Decoder, mapping: DbcMapping, dbc: LoadedDbc, catalogue: Catalogue) -> None:
        self.unknown = 0
        """Frames whose id the DBC does not have."""
        self.remote = 0
        """Remote frames; they carry no data."""
        self.error_frames = 0
        """Error frames, as some interfaces deliver them."""
        self.undecodable = 0
        """Frames whose payload does not fit their message."""
        self.invalid = 0
        """Values that the VSS leaf forbids (type or range); they are not published."""
        self._decoder = decoder
        self._by_message: dict[int, list[_Rule]] = {}
        self._by_slot: list[tuple[_Rule, ...]] = []
        self._slots: dict[SignalKey, int] = {}
        self._held: dict[str, _Rule] = {}
        self._gates: dict[int, _Gate] = {}
        self._waiting: dict[int, bytes] = {}
        """Payloads that came while their gate was closed."""
        index = signal_index(dbc)
        ids = {message.name: frame_key(message) for message in dbc.database.messages}
        protections: dict[int, list[Protection | None]] = {}
        for source in mapping.reads:
            key = _find(source, index, ids)
            entry = catalogue.get(source.path)
            convert = converter(source, entry, decoder.texts(key, source.signal), decoder.width(key, source.signal))
            interval = source.interval_ms * _NS_PER_MS
            rule = _Rule(source, entry.path, key, convert, interval, source.on_change)
            self._by_message.setdefault(key, []).append(rule)
            protections.setdefault(key, []).append(source.protection)
        self._guards = _guards(dbc, protections)
        for key, guard in self._guards.items():
            decoder.guard(key, guard.around)
        self.unmapped = frozenset(frame_key(message) for message in dbc.database.messages) - self._by_message.keys()
        """Ids of the DBC's messages that feed nothing, on many buses most of the traffic; they need not be fed here."""
        self.want(None)

    @property
    def paths(self) -> list[str]:
        """All VSS paths that may be published."""
        return [rule.path for rules in self._by_message.values() for rule in rules]

    def paths_of(self, key: int) -> list[str]:
        """The VSS paths that frames with this id feed."""
        return [rule.path for rule in self._by_message.get(key, ())]

    @property
    def keys(self) -> list[int]:
        """Ids of the frames that feed something."""
        return list(self._by_message)

    @property
    def faults(self) -> dict[int, Faults]:
        """Faults of counters and checksums, by id of each message for which the overlay names them."""
        return {key: guard.faults for key, guard in self._guards.items()}

    def want(self, paths: AbstractSet[str] | None) -> None:
        """Decode only what these paths need; None for all. The signals of other paths cost nothing then."""
        rules = [rule for rules in self._by_message.values() for rule in rules if paths is None or rule.path in paths]
        signals: dict[SignalKey, bool] = {}
        for rule in rules:
            item = rule.key, rule.source.signal
            signals[item] = signals.get(item, False) or not rule.on_change
        self._slots = self._decoder.want(signals)
        by_slot: list[list[_Rule]] = [[] for _ in self._decoder.values]
        for rule in rules:
            by_slot[self._slots[rule.key, rule.source.signal]].append(rule)
        self._by_slot = [tuple(rules) for rules in by_slot]
        wanted: dict[int, list[_Rule]] = {}
        for rule in rules:
            wanted.setdefault(rule.key, []).append(rule)
        self._waiting.clear()
        self._gates = {
            key: _Gate(tuple(of_message), size)
            for key, of_message in wanted.items()
            if (size := self._decoder.plain_size(key)) is not None
            and all(rule.interval_ns and not rule.on_change for rule in of_message)
        }
        for path in [path for path in self._held if paths is not None and path not in paths]:
            del self._held[path]

    def feed(self, frames: Iterable[Frame]) -> dict[str, Value]:
        """Values that these frames let through, the newest of each path."""
        out: dict[str, Value] = {}
        functions, changed = self._decoder.functions, self._decoder.changed
        gates, waiting = self._gates, self._waiting
        for time_ns, key, data in frames:
            gate = gates.get(key)
            if gate is not None and gate.opened_ns <= time_ns < gate.due_ns and len(data) >= gate.size:
                waiting[key] = data
                continue
            function = functions.get(key)
            if function is None:
                function = self._unfamiliar(key)
                if function is None:
                    continue
            try:
                function(data)
            except FaultError:
                continue  # the guard counts them
            except PayloadError:
                self.undecodable += 1
                continue
            if changed:
                self._translate(time_ns, out)
            if gate is not None:
                waiting.pop(key, None)
                gate.close(time_ns)
        return out

    def release(self, time_ns: int, *, force: bool = False) -> dict[str, Value]:
        """Values that were held back and whose interval is over at `time_ns`; with `force` all of them."""
        out: dict[str, Value] = {}
        for key, data in list(self._waiting.items()):
            if force or time_ns >= self._gates[key].due_ns:
                del self._waiting[key]
                self._decoder.functions[key](data)
                self._translate(time_ns, out)
                self._gates[key].close(time_ns)
        for path, rule in list(self._held.items()):
            if force or time_ns >= rule.due_ns:
                del self._held[path]
                number = self._decoder.values[self._slots[rule.key, rule.source.signal]]
                if number is not None:
                    self._send(rule, number, time_ns, out)
        return out

    def forget(self, key: int) -> list[str]:
        """The message has timed out: its paths, and the next frame counts as new."""
        self._decoder.reset(key)
        self._waiting.pop(key, None)
        for rule in self._by_message[key]:
            rule.seen, rule.sent = None, _UNSET
            self._held.pop(rule.path, None)
        return self.paths_of(key)

    def _unfamiliar(self, key: int) -> ChangeDecoder | None:
        """A frame whose id is not in the table: of no use, or a message of ours under another J1939 id."""
        if key & (REMOTE | ERROR):
            if key & ERROR:
                self.error_frames += 1
            else:
                self.remote += 1
            return None
        known = self._decoder.resolve(key)
        if known is None:
            self.unknown += 1
            return None
        return self._decoder.functions.get(known)

    def _translate(self, time_ns: int, out: dict[str, Value]) -> None:
        """Apply the rules of the changed signals of one frame."""
        values, changed, rules_of = self._decoder.values, self._decoder.changed, self._by_slot
        for slot in changed:
            number = values[slot]
            for rule in rules_of[slot]:
                if rule.on_change:
                    if number == rule.seen:
                        continue
                    rule.seen = number
                # A clock that was set back, or a recording that begins again, must not hold values for ever.
                if rule.sent_ns <= time_ns < rule.due_ns:
                    self._held[rule.path] = rule
                elif number is not None:
                    self._send(rule, number, time_ns, out)
        changed.clear()

    def _send(self, rule: _Rule, number: Number, time_ns: int, out: dict[str, Value]) -> None:
        try:
            value = rule.convert(number)
        except InvalidArgumentError:
            self.invalid += 1
            return
        if value is None:
            return
        if self._held:
            self._held.pop(rule.path, None)
        if rule.on_change and value == rule.sent:
            return
        rule.sent, rule.sent_ns, rule.due_ns = value, time_ns, time_ns + rule.interval_ns
        out[rule.path] = value


def _guards(dbc: LoadedDbc, protections: Mapping[int, list[Protection | None]]) -> dict[int, Guard]:
    messages = {frame_key(message): message for message in dbc.database.messages}
    guards: dict[int, Guard] = {}
    for key, said in protections.items():
        if (protection := one_protection(messages[key].name, said)) is not None:
            guards[key] = Guard(messages[key], protection)
    return guards


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
