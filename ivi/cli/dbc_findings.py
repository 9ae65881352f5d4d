# SPDX-License-Identifier: Apache-2.0
"""What is worth a second look in a DBC that can be used: things that decode wrongly, or cannot be supervised."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from ivi.cli.dbc_facts import BITS_PER_BYTE, MessageFacts, SignalFacts

ROUNDING = 1e-6  # relative; a range in a DBC is often rounded to a few digits

type Rule = Callable[[MessageFacts], Iterator[str]]


def findings(messages: Iterable[MessageFacts]) -> dict[str, list[str]]:
    """Lines by kind of finding; kinds without any are left out."""
    messages = list(messages)
    found = {kind: [line for message in messages for line in rule(message)] for kind, rule in _RULES.items()}
    found["messages that share a name"] = [
        f"{name} stands for {count} ids"
        for name, count in Counter(message.name for message in messages).items()
        if count > 1
    ]
    ids = Counter((message.frame_id, message.is_extended) for message in messages)
    found["ids that two messages have"] = [
        f"{message.shown_id} {message.name}" for message in messages if ids[message.frame_id, message.is_extended] > 1
    ]
    return {kind: lines for kind, lines in found.items() if lines}


def _overlapping(message: MessageFacts) -> Iterator[str]:
    for first, second in combinations(message.signals, 2):
        if _together(first, second) and (shared := set(first.bits) & set(second.bits)):
            yield f"{message.name}: {first.name} and {second.name} share {len(shared)} bits"


def _together(first: SignalFacts, second: SignalFacts) -> bool:
    """Whether two signals can be in one frame."""
    if not first.multiplexer or not second.multiplexer or first.multiplexer != second.multiplexer:
        # one of them is always there, or they hang on different selectors: only then is an overlap no doubt
        return not (first.multiplexer and second.multiplexer)
    return bool(set(first.multiplexer_ids) & set(second.multiplexer_ids))


def _outside(message: MessageFacts) -> Iterator[str]:
    for signal in message.signals:
        if max(signal.bits) >= message.length * BITS_PER_BYTE:
            yield f"{message.name}: {signal.name} ends beyond the {message.length} bytes"


def _no_cycle(message: MessageFacts) -> Iterator[str]:
    if not message.cycle_ms:
        yield f"{message.shown_id} {message.name}"


def _no_range(message: MessageFacts) -> Iterator[str]:
    for signal in message.signals:
        if not signal.has_range and not signal.choices and signal.length > 1:
            yield f"{message.name}: {signal.name}"


def _range_beyond_bits(message: MessageFacts) -> Iterator[str]:
    for signal in message.signals:
        if signal.is_float or not signal.has_range or signal.minimum is None or signal.maximum is None:
            continue
        low, high = signal.carried
        slack = ROUNDING * max(abs(low), abs(high)) + abs(signal.scale)
        if signal.minimum < low - slack or signal.maximum > high + slack:
            yield (
                f"{message.name}: {signal.name} says {signal.minimum:g}..{signal.maximum:g}, "
                f"its {signal.length} bits carry {low:g}..{high:g}"
            )
        elif signal.minimum > signal.maximum:
            yield f"{message.name}: {signal.name} says {signal.minimum:g}..{signal.maximum:g}, minimum over maximum"


def _values_beyond_bits(message: MessageFacts) -> Iterator[str]:
    for signal in message.signals:
        low, high = signal.raw_limits
        if wrong := [f"{raw} {text}" for raw, text in signal.choices.items() if not low <= raw <= high]:
            yield f"{message.name}: {signal.name} cannot be {', '.join(wrong[:3])}"


def _scale_zero(message: MessageFacts) -> Iterator[str]:
    for signal in message.signals:
        if signal.scale == 0:
            yield f"{message.name}: {signal.name} is always {signal.offset:g}"


def _empty(message: MessageFacts) -> Iterator[str]:
    if not message.signals and message.length:
        yield f"{message.shown_id} {message.name}"


_RULES: dict[str, Rule] = {
    "signals that overlap": _overlapping,
    "signals beyond their message": _outside,
    "signals with a factor of zero": _scale_zero,
    "ranges that the bits cannot carry": _range_beyond_bits,
    "value tables with numbers that the bits cannot carry": _values_beyond_bits,
    "messages without a cycle time (their silence cannot be noticed)": _no_cycle,
    "signals without a range": _no_range,
    "messages without signals": _empty,
}
