# SPDX-License-Identifier: Apache-2.0
"""What changed between two DBCs, message by message and signal by signal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from ivi.cli.dbc_facts import MessageFacts, SignalFacts

LONG = 60  # characters of one value that are shown


def changes(before: Iterable[MessageFacts], after: Iterable[MessageFacts]) -> Iterator[str]:
    """A line for each message that came or went, and for each that changed with its changes indented below.

    Messages are matched by id, because a renamed message is still the same frame.
    """
    old = {(message.frame_id, message.is_extended): message for message in before}
    new = {(message.frame_id, message.is_extended): message for message in after}
    for key, message in new.items():
        if key not in old:
            yield f"+ {message.shown_id} {message.name}  {message.length} bytes, {len(message.signals)} signals"
    for key, message in old.items():
        if key not in new:
            yield f"- {message.shown_id} {message.name}  {message.length} bytes, {len(message.signals)} signals"
    for key, message in new.items():
        if key in old and (lines := list(_message(old[key], message))):
            yield f"~ {message.shown_id} {message.name}"
            yield from (f"    {line}" for line in lines)


def _message(old: MessageFacts, new: MessageFacts) -> Iterator[str]:
    yield from _fields(old, new, "", frozenset({"signals", "frame_id", "is_extended"}))
    before = {signal.name: signal for signal in old.signals}
    after = {signal.name: signal for signal in new.signals}
    for name, signal in after.items():
        if name not in before:
            yield f"+ {name}  {_place(signal)}"
    for name, signal in before.items():
        if name not in after:
            yield f"- {name}  {_place(signal)}"
    for name, signal in after.items():
        if name in before:
            yield from _fields(before[name], signal, f"{name} ", frozenset({"name"}))


def _fields[T: (MessageFacts, SignalFacts)](old: T, new: T, prefix: str, leave_out: frozenset[str]) -> Iterator[str]:
    for item in fields(new):
        first, second = getattr(old, item.name), getattr(new, item.name)
        if item.name not in leave_out and first != second:
            yield f"{prefix}{item.name}: {_shown(first, second)} → {_shown(second, first)}"


def _place(signal: SignalFacts) -> str:
    order = "little" if signal.is_little_endian else "big"
    return f"{signal.start}|{signal.length} {order} endian, factor {signal.scale:g}, offset {signal.offset:g}"


def _shown(value: object, other: object) -> str:
    """A value; of a table only the rows that the other table has not."""
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        text = ", ".join(f"{raw} {name}" for raw, name in value.items() if other.get(raw) != name) or "none"
    elif isinstance(value, float):
        text = f"{value:g}"
    else:
        text = "none" if value in (None, "", ()) else str(value)
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
