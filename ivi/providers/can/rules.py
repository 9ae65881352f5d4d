# SPDX-License-Identifier: Apache-2.0
"""What an overlay says of each path, tied to the DBC: the rules of a translator, and the guards of its messages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ivi.model.errors import ConfigurationError
from ivi.model.signal import DataType, EntryType, Metadata
from ivi.providers.can.checksums import Guard, one_protection
from ivi.providers.can.convert import Converter, Shortcut, converter, shortcut
from ivi.providers.can.dbc import LoadedDbc, frame_key
from ivi.providers.can.decoder import Decoder, signal_index
from ivi.providers.can.expressions import Number
from ivi.vss.catalogue import Catalogue
from ivi.vss.mapping import DbcMapping, FromDbc
from ivi.vss.protection import Protection

RAW_BRANCH = "Vehicle.Raw"
"""Private branch for signals of a DBC that comes without an overlay: `Vehicle.Raw.<Message>.<Signal>`."""

UNSET = object()
"""What a rule has sent before it has sent anything."""
_NS_PER_MS = 1_000_000
LONG_AGO = -(1 << 62)


@dataclass(slots=True, eq=False)
class Rule:
    """One `dbc2vss` rule and what it last let through."""

    source: FromDbc
    path: str
    key: int
    """Id of the message that carries the signal."""
    slot: int
    """Where the decoder puts the signal's number."""
    quick: Shortcut
    convert: Converter
    interval_ns: int
    on_change: bool
    live: bool = False
    """Whether each frame is looked at; otherwise only a question for the current value is."""
    seen: Number | None = None
    """The signal's last number; while it stays, an on_change rule has nothing new."""
    sent: object = UNSET
    sent_ns: int = LONG_AGO
    due_ns: int = LONG_AGO
    """When the interval of the last update is over."""


@dataclass(slots=True, eq=False)
class Gate:
    """A message of which nothing is wanted before `due_ns`: all its rules have an interval, and none is on_change."""

    rules: tuple[Rule, ...]
    size: int
    """Payload bytes; a shorter payload is counted at once."""
    opened_ns: int = LONG_AGO
    due_ns: int = LONG_AGO

    def close(self, time_ns: int) -> None:
        """Until the first of the intervals is over."""
        self.opened_ns = time_ns
        self.due_ns = min([rule.due_ns for rule in self.rules])


def build_rules(decoder: Decoder, mapping: DbcMapping, dbc: LoadedDbc, catalogue: Catalogue) -> list[Rule]:
    """The rule of each `dbc2vss`. Raises ConfigurationError when the DBC lacks what one names."""
    index = signal_index(dbc)
    ids = {message.name: frame_key(message) for message in dbc.database.messages}
    rules = []
    for source in mapping.reads:
        key = _find(source, index, ids)
        entry = catalogue.get(source.path)
        convert = converter(source, entry, decoder.texts(key, source.signal), decoder.width(key, source.signal))
        slot = decoder.slot(key, source.signal)
        quick = shortcut(source, entry)
        rules.append(
            Rule(source, entry.path, key, slot, quick, convert, source.interval_ms * _NS_PER_MS, source.on_change)
        )
    return rules


def build_guards(dbc: LoadedDbc, rules: Iterable[Rule]) -> dict[int, Guard]:
    """The check of each message for which some rule names a counter or a checksum. Raises ConfigurationError."""
    protections: dict[int, list[Protection | None]] = {}
    for rule in rules:
        protections.setdefault(rule.key, []).append(rule.source.protection)
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
            raise ConfigurationError(
                f"{rule.where or rule.path}: the DBC has no signal {rule.signal} in a message {rule.message}"
            )
        return key
    if not carriers:
        raise ConfigurationError(
            f"{rule.where or rule.path}: the DBC has no signal {rule.signal}",
            hint="overlay and DBC must belong together",
        )
    if len(carriers) > 1:
        raise ConfigurationError(
            f"{rule.where or rule.path}: {len(carriers)} messages have a signal {rule.signal}",
            hint="name one with `message`",
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
