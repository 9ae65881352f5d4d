# SPDX-License-Identifier: Apache-2.0
"""From frame to VSS value: our translator against Kuksa's Python provider (dbcfeeder), on the same frames and rules.

The peer is re-created here after reading its source, step by step and with its own libraries: cantools' `decode` with
texts, `allow_truncated` and `decode_containers`; numbers outside the DBC's range dropped; `interval_ms` judged before
the transform, its clock set whether or not a value comes of it; an observation put in a `queue.Queue` and taken out
again; a `mapping` searched row by row; a `math` formula parsed by py-expression-eval for every value; `on_change`
judged last; its debug log calls, switched off. Left out are its gRPC client and its threads, and its clock is that of
the frames.

The rules are like those that it ships for this car: 35 paths from 16 messages, half of them the busiest ones, without
on_change, mostly mappings at
one second and numbers at 100 ms. Before anything is timed, all updates of both sides are compared: time, path, value.
"""

import json
import logging
import math
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from queue import Queue
from typing import Any

from cantools.database.can import Message, Signal
from cantools.database.namedsignalvalue import NamedSignalValue
from decode_traffic import Traffic, model3, real_log, require_files

from ivi.model.signal import DataType, EntryType, Metadata, Scalar
from ivi.providers.can import dbc
from ivi.providers.can.decoder import Decoder
from ivi.providers.can.frame import Frame
from ivi.providers.can.translate import Translator
from ivi.vss.catalogue import Catalogue
from ivi.vss.mapping import DbcMapping, FromDbc
from ivi.vss.transform import compile_transform

ROUNDS = 9
LEAST = 0.1  # seconds that one round of one side lasts at least
BATCH = 12  # frames that one read of a busy bus brings
MESSAGES, PATHS = 16, 35
TABLE_BITS = 3
WIDEST = 32  # bits; of more, a double would not hold each number
FORMULA = "floor(x+0.5)"
log = logging.getLogger("dbcfeeder")


@dataclass(frozen=True)
class Rule:
    """One `dbc2vss` rule, for both sides."""

    path: str
    key: int
    message: Message
    signal: Signal
    kind: DataType
    interval_ms: int
    transform: dict[str, Any] | None


def choose_rules(traffic: Traffic) -> list[Rule]:
    """Rules over messages of which half are the busiest and half are any, the same each time."""
    generator = random.Random(11)
    messages = {dbc.frame_key(message): message for message in traffic.loaded.database.messages}
    seen = Counter(key for key, _ in traffic.pairs)
    busiest = [key for key, _ in seen.most_common(MESSAGES // 2)]
    others = sorted(set(seen) - set(busiest))
    keys = busiest + generator.sample(others, min(MESSAGES - len(busiest), len(others)))
    found = [(key, signal) for key in keys for signal in messages[key].signals if _fits(signal)]
    # to dbcfeeder a signal's name alone says what it is
    carriers = Counter(signal.name for message in messages.values() for signal in message.signals)
    found = [(key, signal) for key, signal in found if carriers[signal.name] == 1]
    rules: list[Rule] = []
    for key, signal in sorted(found, key=lambda item: generator.random()):
        if len(rules) == PATHS:
            break
        path = f"Vehicle.Bench.{messages[key].name}.{signal.name}"
        number = len(rules)
        if signal.choices:
            rows = [{"from": _shown(signal, raw), "to": bool(raw & 1)} for raw in range(1 << signal.length)]
            rule = Rule(path, key, messages[key], signal, DataType.BOOLEAN, 1000, {"mapping": rows})
        elif number % 3:
            rule = Rule(path, key, messages[key], signal, DataType.DOUBLE, 100, None)
        else:
            rule = Rule(path, key, messages[key], signal, DataType.INT64, 100, {"math": FORMULA})
        rules.append(rule)
    return rules


def _fits(signal: Signal) -> bool:
    """Value tables as short as in the rules that dbcfeeder ships; no number that is out of the DBC's own range."""
    if signal.is_multiplexer or signal.length > WIDEST or not _in_range(signal):
        return False
    if not signal.choices:
        return True
    texts = [str(text) for text in signal.choices.values()]
    short = signal.length <= TABLE_BITS and not signal.is_signed and len(set(texts)) == len(texts)
    return short and signal.conversion.scale == 1 and signal.conversion.offset == 0


def _in_range(signal: Signal) -> bool:
    half = 1 << (signal.length - 1)
    raws = (-half, half - 1) if signal.is_signed else (0, 2 * half - 1)
    ends = sorted(raw * signal.conversion.scale + signal.conversion.offset for raw in raws)
    low = -math.inf if signal.minimum is None else signal.minimum
    high = math.inf if signal.maximum is None else signal.maximum
    return not signal.conversion.is_float and low <= ends[0] <= ends[1] <= high


def _shown(signal: Signal, raw: int) -> Scalar:
    text = signal.choices.get(raw) if signal.choices else None
    return raw if text is None else str(text)


class FeederRule:
    """What dbcfeeder keeps of a rule, and its two conditions."""

    def __init__(self, rule: Rule, parser: Any) -> None:  # noqa: ANN401  # a peer without types
        self.rule = rule
        self.parser = parser
        self.last_time = 0.0
        self.last_value: object = None

    def is_due(self, now: float) -> bool:
        """Whether the interval is over; if so it begins again."""
        log.debug("Checking interval for %s. Time is %#.3f, last sent %#.3f", self.rule.path, now, self.last_time)
        due = True
        if (
            self.rule.interval_ms > 0
            and self.last_time != 0.0
            and (now - self.last_time) * 1000.0 < self.rule.interval_ms
        ):
            log.debug("Interval not exceeded for %s. Time is %#.3f", self.rule.path, now)
            due = False
        if due:
            self.last_time = now
        return due

    def transformed(self, value: object) -> object:
        """The VSS value; None for none."""
        result: object = None
        transform = self.rule.transform
        if transform is None:
            if isinstance(value, NamedSignalValue):
                result = value.name if self.rule.kind is DataType.STRING else value.value
            else:
                result = value
            log.debug("Using value %s for %s", result, self.rule.path)
        elif "mapping" in transform:
            for row in transform["mapping"]:
                if row["from"] == value:
                    result = row["to"]
                    break
        elif "math" in transform:
            result = self.parser.parse(transform["math"]).evaluate({"x": value})
        log.debug("Transformed value %s for %s", result, self.rule.path)
        return result

    def is_news(self, value: object) -> bool:
        """Whether there is a value; without on_change each one is news."""
        log.debug("Checking change of %s. New value %s, old value %s", self.rule.path, value, self.last_value)
        if value is None:
            return False
        self.last_value = value
        return True


class Feeder:
    """dbcfeeder from a received frame to the value that it would send to the broker."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        from py_expression_eval import Parser  # noqa: PLC0415  # a peer that few have

        parser = Parser()
        self._rules: dict[str, list[FeederRule]] = {}
        self._messages: dict[int, Message] = {}
        for rule in rules:
            self._rules.setdefault(rule.signal.name, []).append(FeederRule(rule, parser))
            self._messages[rule.key & dbc.ID_MASK] = rule.message
        self._queue: Queue[tuple[str, str, object, float]] = Queue()

    def feed(self, now: float, ident: int, data: bytes) -> list[tuple[str, object]]:
        """What one frame sends."""
        log.debug("Processing CAN message with frame ID %#x", ident)
        message = self._messages.get(ident)
        if message is None:
            return []
        decoded = message.decode(bytes(data), allow_truncated=True, decode_containers=True)
        if isinstance(decoded, dict):
            self._observe(message, decoded, now)
        return list(self._sent()) if not self._queue.empty() else []

    def _observe(self, message: Message, decoded: dict[str, Any], now: float) -> None:
        for name, value in decoded.items():
            signal = message.get_signal_by_name(name)
            if isinstance(value, int | float):
                if signal.minimum is not None and value < signal.minimum:
                    continue
                if signal.maximum is not None and value > signal.maximum:
                    continue
            for rule in self._rules.get(name, ()):
                if rule.is_due(now):
                    log.debug("Queueing %s, triggered by %s, raw value %s", rule.rule.path, name, value)
                    self._queue.put((name, rule.rule.path, value, now))

    def _sent(self) -> Iterable[tuple[str, object]]:
        while not self._queue.empty():
            name, path, value, _ = self._queue.get(timeout=1)
            for rule in self._rules[name]:
                if rule.rule.path == path:
                    result = rule.transformed(value)
                    if rule.is_news(result):
                        yield path, result
                    break


def translator(traffic: Traffic, rules: Iterable[Rule]) -> Translator:
    """Ours, with the same rules."""
    catalogue = Catalogue()
    reads = []
    for rule in rules:
        catalogue.add([Metadata(rule.path, rule.kind, EntryType.SENSOR)])
        transform = compile_transform(rule.path, rule.transform)
        maps = rule.transform is not None and "mapping" in rule.transform
        reads.append(FromDbc(rule.path, rule.signal.name, rule.message.name, rule.interval_ms, False, transform, maps))
    return Translator(Decoder(traffic.loaded), DbcMapping(tuple(reads), ()), traffic.loaded, catalogue)


def mapped_frames(traffic: Traffic, rules: Iterable[Rule]) -> list[tuple[float, int, bytes]]:
    """The frames that both sides' kernel filters would let through; time begins at 1 s, as 0 means never there."""
    keys = {rule.key for rule in rules}
    first = traffic.frames[0][0]
    return [(at - first + 1.0, key, data) for at, key, data in traffic.frames if key in keys]


def ours_and_theirs(traffic: Traffic, rules: list[Rule]) -> tuple[list[float], list[float], int, int]:
    """Seconds of each round, frames and updates. Ends the program when the updates differ."""
    frames = mapped_frames(traffic, rules)
    stamped = [Frame(round(at * 1e9), key, data) for at, key, data in frames]
    feeder, own = Feeder(rules), translator(traffic, rules)
    updates = 0
    for (at, key, data), frame in zip(frames, stamped, strict=True):
        theirs = dict(feeder.feed(round(at, 6), key & dbc.ID_MASK, data))
        if (mine := own.feed([frame])) != theirs:
            raise SystemExit(f"{key:#x} {data.hex()} at {at}: {mine} is not {theirs}")
        updates += len(mine)
    our_times, their_times = [], []
    drive = Drive(frames, feeder, own)
    for _ in range(ROUNDS):
        their_times.append(drive.timed(drive.feed_feeder))
        our_times.append(drive.timed(drive.feed_translator))
    return our_times, their_times, len(frames), updates


class Drive:
    """The same frames again and again, each time later, as in a process that has been running for a while."""

    def __init__(self, frames: list[tuple[float, int, bytes]], feeder: Feeder, own: Translator) -> None:
        self._frames = frames
        self._feeder = feeder
        self._own = own
        self._length = frames[-1][0] - frames[0][0] + 1.0
        self._laps = 0

    def timed(self, lap: Callable[[list[tuple[float, int, bytes]]], float]) -> float:
        """CPU seconds of one lap."""
        laps, spent = 0, 0.0
        while spent < LEAST:
            self._laps += 1
            late = self._laps * self._length
            spent += lap([(at + late, key, data) for at, key, data in self._frames])
            laps += 1
        return spent / laps

    def feed_feeder(self, frames: list[tuple[float, int, bytes]]) -> float:
        """CPU seconds that dbcfeeder takes for them."""
        received = [(at, key & dbc.ID_MASK, data) for at, key, data in frames]
        started = time.process_time()
        for at, ident, data in received:
            self._feeder.feed(at, ident, data)
        return time.process_time() - started

    def feed_translator(self, frames: list[tuple[float, int, bytes]]) -> float:
        """CPU seconds that ours takes for them."""
        stamped = [Frame(round(at * 1e9), key, data) for at, key, data in frames]
        batches = [stamped[at : at + BATCH] for at in range(0, len(stamped), BATCH)]
        started = time.process_time()
        for batch in batches:
            self._own.feed(batch)
        return time.process_time() - started


def measure(traffic: Traffic) -> dict[str, object]:
    """One figure."""
    rules = choose_rules(traffic)
    mine, theirs, frames, updates = ours_and_theirs(traffic, rules)
    ratio = statistics.median(their / my for their, my in zip(theirs, mine, strict=True))
    per_frame = [statistics.median(times) / frames * 1e6 for times in (theirs, mine)]
    what = f"{frames} mapped frames, {len(rules)} rules, the same {updates} updates on both sides"
    return {
        "value": round(ratio, 1),
        "unit": "x",
        "method": f"dbcfeeder re-created, without gRPC, {per_frame[0]:.2f} us/frame / ours {per_frame[1]:.2f} us/frame:"
        f" {what}, of {traffic.name}; CPU time, median of {ROUNDS} alternating rounds",
    }


def main() -> None:
    """Measure and print the figures."""
    require_files()
    try:
        import py_expression_eval  # noqa: F401, PLC0415  # a peer that few have
    except ImportError as error:
        print(f"map_vs_dbcfeeder left out: {error}", file=sys.stderr)
        print(json.dumps({}))
        return
    print(json.dumps({"map_vs_dbcfeeder": measure(model3()), "map_vs_dbcfeeder_real_log": measure(real_log())}))


if __name__ == "__main__":
    main()
