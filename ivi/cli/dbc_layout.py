# SPDX-License-Identifier: Apache-2.0
"""A message of a DBC on paper: its signals as a table, and which bit of the payload belongs to which."""

import string
from collections.abc import Iterator, Sequence

from ivi.cli.dbc_facts import BITS_PER_BYTE, MessageFacts, SignalFacts

MARKS = string.ascii_letters + string.digits
SHARED = "*"
"""Mark of a bit that several signals have (branches of a multiplexed message)."""
FREE = "·"
CHOICES = 6  # values of a table that are shown in a line


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines with aligned columns; the first row is the heading."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def message_list(messages: Sequence[MessageFacts]) -> Iterator[str]:
    """All messages of a DBC, a line each."""
    rows = [["id", "message", "bytes", "cycle", "signals", "sender"]]
    rows += [
        [
            message.shown_id,
            message.name,
            f"{message.length}{' FD' if message.is_fd else ''}",
            f"{message.cycle_ms} ms" if message.cycle_ms else "",
            str(len(message.signals)),
            message.sender,
        ]
        for message in messages
    ]
    return table(rows)


def message_page(message: MessageFacts, branch: int | None = None) -> Iterator[str]:
    """One message: heading, signals, bits. With `branch` only what is there when the multiplexer has that value."""
    signals = [signal for signal in message.signals if branch is None or _present(signal, branch)]
    cycle = f", every {message.cycle_ms} ms" if message.cycle_ms else ""
    sender = f", from {message.sender}" if message.sender else ""
    yield f"{message.name}  {message.shown_id}, {message.length} bytes{cycle}{sender}"
    if not signals:
        return
    yield ""
    marks = {signal.name: MARKS[index % len(MARKS)] for index, signal in enumerate(signals)}
    rows = [["", "signal", "start", "bits", "order", "type", "factor", "offset", "range", "unit", "when"]]
    rows += [[marks[signal.name], *_cells(signal)] for signal in signals]
    yield from table(rows)
    for signal in signals:
        if signal.choices:
            yield f"   {signal.name}: {_choices(signal)}"
    yield ""
    yield from _bits(message, signals, marks)


def _present(signal: SignalFacts, branch: int) -> bool:
    return not signal.multiplexer or branch in signal.multiplexer_ids


def _cells(signal: SignalFacts) -> list[str]:
    kind = "float" if signal.is_float else "signed" if signal.is_signed else "unsigned"
    limits = f"{_number(signal.minimum)}..{_number(signal.maximum)}" if signal.has_range else ""
    when = "selects" if signal.is_multiplexer else ""
    if signal.multiplexer:
        ids = ", ".join(map(str, signal.multiplexer_ids))
        when = f"{when} {signal.multiplexer} = {ids}".strip()
    return [
        signal.name,
        str(signal.start),
        str(signal.length),
        "little" if signal.is_little_endian else "big",
        kind,
        f"{signal.scale:g}",
        f"{signal.offset:g}",
        limits,
        signal.unit,
        when,
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _choices(signal: SignalFacts) -> str:
    items = [f"{raw} {text}" for raw, text in signal.choices.items()]
    more = f", … {len(items) - CHOICES} more" if len(items) > CHOICES else ""
    return ", ".join(items[:CHOICES]) + more


def _bits(message: MessageFacts, signals: Sequence[SignalFacts], marks: dict[str, str]) -> Iterator[str]:
    cells: dict[int, str] = {}
    for signal in signals:
        for bit in signal.bits:
            cells[bit] = SHARED if bit in cells else marks[signal.name]
    yield "bit      7 6 5 4 3 2 1 0"
    for byte in range(message.length):
        row = [cells.get(byte * BITS_PER_BYTE + bit, FREE) for bit in reversed(range(BITS_PER_BYTE))]
        yield f"byte {byte:<3} {' '.join(row)}"
    if SHARED in cells.values():
        yield f"{SHARED} several signals; --mux N shows one branch"
