# SPDX-License-Identifier: Apache-2.0
"""From signal values to VSS values: `dbc2vss` rules per message, with Kuksa's `interval_ms` and `on_change`."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from operator import itemgetter

from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Value
from ivi.providers.can.batch import Fields
from ivi.providers.can.checksums import FaultError, Faults
from ivi.providers.can.dbc import LoadedDbc, frame_key
from ivi.providers.can.decoder import Decoder
from ivi.providers.can.expressions import Number, PayloadError
from ivi.providers.can.frame import ERROR, REMOTE, Frame
from ivi.providers.can.routes import STANDARD_IDS, Routes
from ivi.providers.can.rules import UNSET, Gate, Rule, build_guards, build_rules
from ivi.vss.catalogue import Catalogue
from ivi.vss.mapping import DbcMapping

_TIME = itemgetter(0)  # of a frame


class Translator:
    """Turns frames into VSS values. Pure: no clock, no I/O; time is that of the frames.

    The decoder says which signals a frame changed, and only the rules of these are looked at. While a rule's interval
    lasts, its signal's newest number waits in the decoder; it is converted when the interval is over. Where that holds
    for all rules of a message, its newest payload waits instead and is not even decoded.

    Paths that nobody wants cost a look at the payload's length. Their message's last frame is kept, so that `current`
    has their values and `want_of` begins with them.
    """

    def __init__(  # what a car's files say, and whether its signals are decoded before somebody wants them
        self,
        decoder: Decoder,
        mapping: DbcMapping,
        dbc: LoadedDbc,
        catalogue: Catalogue,
        *,
        decode_all: bool = True,
    ) -> None:
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
        self._by_message: dict[int, list[Rule]] = {}
        self._by_path: dict[str, list[Rule]] = {}
        self._held: dict[str, Rule] = {}
        self._gates: dict[int, Gate] = {}
        self._waiting: dict[int, Frame] = {}
        """Frames that came while their gate was closed."""
        rules = build_rules(decoder, mapping, dbc, catalogue)
        for rule in rules:
            self._by_message.setdefault(rule.key, []).append(rule)
            self._by_path.setdefault(rule.path, []).append(rule)
        self._by_slot: list[tuple[Rule, ...]] = [() for _ in decoder.values]
        self._guards = build_guards(dbc, rules)
        for key, guard in self._guards.items():
            decoder.guard(key, guard.around)
        self._routes = Routes(
            frozenset(frame_key(message) for message in dbc.database.messages) - self._by_message.keys()
        )
        self.want(None if decode_all else frozenset())

    @property
    def paths(self) -> list[str]:
        """All VSS paths that may be published."""
        return [rule.path for rules in self._by_message.values() for rule in rules]

    def paths_of(self, key: int) -> list[str]:
        """The VSS paths that frames with this id feed."""
        return [rule.path for rule in self._by_message.get(key, ())]

    def keys_of(self, paths: Iterable[str]) -> set[int]:
        """Ids of the messages that feed these paths; paths of others are passed over."""
        return {rule.key for path in paths for rule in self._by_path.get(path, ())}

    @property
    def keys(self) -> list[int]:
        """Ids of the frames that feed something."""
        return list(self._by_message)

    @property
    def available(self) -> list[str]:
        """Paths whose message has come and has not timed out since."""
        return [
            rule.path for key in self._by_message if self._newest(key) is not None for rule in self._by_message[key]
        ]

    @property
    def faults(self) -> dict[int, Faults]:
        """Faults of counters and checksums, by id of each message for which the overlay names them."""
        return {key: guard.faults for key, guard in self._guards.items()}

    def is_live(self, path: str) -> bool:
        """Whether each frame of this path's message is looked at for it."""
        return all(rule.live for rule in self._by_path.get(path, ()))

    def want(self, paths: AbstractSet[str] | None) -> dict[str, Value]:
        """Decode only what these paths need; None for all. Returns as `want_of`."""
        out: dict[str, Value] = {}
        for key in self._by_message:
            for _time_ns, values in self.want_of(key, paths):
                out |= values
        return out

    def want_of(self, key: int, paths: AbstractSet[str] | None) -> list[tuple[int, dict[str, Value]]]:
        """Decode of one message only what these paths need; None for all.

        Returns, with the time of their frame, the values that its last frame has for paths that were not wanted before.
        """
        rules = self._by_message[key]
        new = [rule for rule in rules if not rule.live and (paths is None or rule.path in paths)]
        for rule in rules:
            rule.live = paths is None or rule.path in paths
            if not rule.live:
                self._held.pop(rule.path, None)
        for slot in {rule.slot for rule in rules}:
            self._by_slot[slot] = tuple(rule for rule in rules if rule.slot == slot and rule.live)
        waited = self._waiting.pop(key, None)
        if waited is not None:
            self._keep(waited)
        last = self._newest(key)
        is_new = self._decoder.want_message(key, self._signals(rules))
        self._connect(key)
        if last is not None and (is_new or waited is not None):
            self._prime(key, last, rules if waited is not None else ())
        self._gate(key, [rule for rule in rules if rule.live])
        return self._publishable(new, last)

    def current(self, paths: Iterable[str]) -> list[tuple[int, dict[str, Value]]]:
        """What the last frames say of paths that are not looked at in each frame: values that were not published yet.

        One entry for each frame, with its time.
        """
        out: list[tuple[int, dict[str, Value]]] = []
        asked: dict[int, list[Rule]] = {}
        for path in paths:
            for rule in self._by_path.get(path, ()):
                if not rule.live:
                    asked.setdefault(rule.key, []).append(rule)
        for key, rules in asked.items():
            if (last := self._newest(key)) is None:
                continue
            numbers = self._numbers(key, last)
            values: dict[str, Value] = {}
            for rule in rules:
                number = numbers.get(rule.source.signal)
                if number is not None and not (rule.on_change and number == rule.seen):
                    rule.seen = number
                    self._send(rule, number, last.time_ns, values)
            if values:
                out.append((last.time_ns, values))
        return out

    def settle(self, paths: Iterable[str]) -> list[tuple[int, dict[str, Value]]]:
        """Everything that is known of these paths and was not told, whatever their intervals; returns as `current`."""
        paths = list(paths)
        out = self.current(paths)
        for rule in [rule for path in paths if (rule := self._held.get(path)) is not None]:
            number, last = self._decoder.values[rule.slot], self._newest(rule.key)
            values: dict[str, Value] = {}
            if number is not None and last is not None:
                self._send(rule, number, last.time_ns, values)
                out.append((last.time_ns, values))
        return out

    def _signals(self, rules: Iterable[Rule]) -> dict[str, bool]:
        """Signals that these rules of one message need, and whether each frame shall report them.

        What one frame does not say whole is decoded whole: no last frame would have the current value of all.
        """
        names: dict[str, bool] = {}
        for rule in rules:
            if rule.live:
                names[rule.source.signal] = names.get(rule.source.signal, False) or not rule.on_change
            elif not self._decoder.says_all(rule.key):
                names.setdefault(rule.source.signal, False)
        return names

    def _prime(self, key: int, last: Frame, hold: Iterable[Rule]) -> None:
        """Let a message's new function begin with its last frame; `hold`: rules that have not seen that one yet."""
        try:
            self._decoder.reset(key, last.data)
        except PayloadError:  # a message that cantools decodes, and that was only measured until now
            self.undecodable += 1
        self._connect(key)
        self._decoder.changed.clear()
        for rule in hold:
            if rule.live:
                self._held[rule.path] = rule

    def _gate(self, key: int, live: list[Rule]) -> None:
        size = self._decoder.plain_size(key)
        if live and size is not None and all(rule.interval_ns and not rule.on_change for rule in live):
            gate = self._gates[key] = Gate(tuple(live), size)
            gate.opened_ns = min(rule.sent_ns for rule in live)
            gate.due_ns = min(rule.due_ns for rule in live)
        else:
            self._gates.pop(key, None)
        self._routes.line(key).gate = self._gates.get(key)

    def _publishable(self, new: Iterable[Rule], last: Frame | None) -> list[tuple[int, dict[str, Value]]]:
        """Values of rules that have just come alive."""
        values: dict[str, Value] = {}
        for rule in new:
            number = self._decoder.values[rule.slot]
            # with its time it was published already, by `current`
            if last is None or number is None or (number == rule.seen and (rule.on_change or rule.sent_ns == last[0])):
                continue
            rule.seen = number
            self._send(rule, number, last.time_ns, values)
        return [(last.time_ns, values)] if last is not None and values else []

    def _numbers(self, key: int, last: Frame) -> dict[str, Number]:
        """All numbers of a message now."""
        if self._decoder.says_all(key):
            try:
                return self._decoder.decode_once(key, last.data)
            except PayloadError:
                self.undecodable += 1
                return {}
        values = self._decoder.values
        rules = self._by_message[key]
        return {rule.source.signal: number for rule in rules if (number := values[rule.slot]) is not None}

    def _newest(self, key: int) -> Frame | None:
        """The last frame of a message, under whichever id it came."""
        if (waiting := self._waiting.get(key)) is not None:
            return waiting
        frames = [
            Frame(line.time_ns, seen, line.data)
            for seen in self._decoder.ids(key)
            if (line := self._routes.line(seen)).data is not None
        ]
        return max(frames, key=_TIME, default=None)

    def _keep(self, frame: Frame) -> None:
        """This is the last good frame of its id."""
        line = self._routes.line(frame.key)
        line.time_ns, line.data = frame.time_ns, frame.data

    def _connect(self, key: int) -> None:
        """Frames of a message, under each of its ids, go to its present function."""
        repeats = self._decoder.takes_repeats(key)
        for seen in self._decoder.ids(key):
            line = self._routes.line(seen)
            line.function, line.repeats = self._decoder.functions[seen], repeats

    def feed(self, frames: Iterable[Frame]) -> dict[str, Value]:
        """Values that these frames let through, the newest of each path."""
        return self.take((time_ns, key, len(data), data) for time_ns, key, data in frames)

    def take(self, frames: Iterable[Fields]) -> dict[str, Value]:
        """The same for frames as `FrameBatch.fields` gives them."""
        out: dict[str, Value] = {}
        changed, waiting = self._decoder.changed, self._waiting
        standard, others, stranger = self._routes.standard, self._routes.others, self._routes.stranger
        for time_ns, key, length, padded in frames:
            line = standard[key] if key < STANDARD_IDS else others.get(key, stranger)
            if line is None:
                continue
            data = padded[:length]
            if line is stranger:
                known = self._unfamiliar(key)
                if known is None:
                    continue
                line, gate = self._routes.line(known), None
            else:
                gate = line.gate
                if data == line.data and gate is None and not line.repeats:
                    line.time_ns = time_ns
                    continue
            if gate is not None and gate.opened_ns <= time_ns < gate.due_ns and length >= gate.size:
                waiting[key] = Frame(time_ns, key, data)
                continue
            try:
                line.function(data)
            except FaultError:
                continue  # the guard counts them
            except PayloadError:
                self.undecodable += 1
                continue
            line.time_ns, line.data = time_ns, data
            if changed:
                self._translate(time_ns, out)
            if gate is not None:
                waiting.pop(key, None)
                gate.close(time_ns)
        return out

    def release(self, time_ns: int, *, force: bool = False) -> dict[str, Value]:
        """Values that were held back and whose interval is over at `time_ns`; with `force` all of them."""
        out: dict[str, Value] = {}
        for key, frame in list(self._waiting.items()):
            if force or time_ns >= self._gates[key].due_ns:
                self._keep(self._waiting.pop(key))
                self._decoder.functions[key](frame.data)
                self._translate(time_ns, out)
                self._gates[key].close(time_ns)
        for path, rule in list(self._held.items()):
            if force or time_ns >= rule.due_ns:
                del self._held[path]
                number = self._decoder.values[rule.slot]
                if number is not None:
                    self._send(rule, number, time_ns, out)
        return out

    def forget(self, key: int) -> list[str]:
        """The message has timed out: its paths, and the next frame counts as new."""
        self._decoder.reset(key)
        self._connect(key)
        self._waiting.pop(key, None)
        for seen in self._decoder.ids(key):
            self._routes.line(seen).data = None
        if (guard := self._guards.get(key)) is not None:
            guard.restart()
        for rule in self._by_message[key]:
            rule.seen, rule.sent = None, UNSET
            self._decoder.values[rule.slot] = None
            self._held.pop(rule.path, None)
        return self.paths_of(key)

    def _unfamiliar(self, key: int) -> int | None:
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
        if known not in self._decoder.functions:
            return None
        self._connect(known)
        return known

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

    def _send(self, rule: Rule, number: Number, time_ns: int, out: dict[str, Value]) -> None:
        value = rule.quick(number)
        if value is None:
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
