# SPDX-License-Identifier: Apache-2.0
"""The statistics of a bus as a table, and frames as lines, for people."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cantools.database.can import Message
from cantools.database.errors import DecodeError

from ivi.providers.can.dbc import frame_key, load
from ivi.providers.can.frame import ERROR, REMOTE
from ivi.providers.replay.entry import BRS, ESI, FD, TX, LogEntry, id_text

HEADINGS = ("id", "frames", "/s", "load %", "len", "gap ms min", "mean", "max", "jitter", "cycle", "name")
_WIDTHS = (9, 9, 9, 7, 5, 10, 9, 9, 8, 7)


class Messages:
    """The messages of a DBC by id. What the table and the dump know of frames' meaning."""

    def __init__(self, file: Path) -> None:
        """Raises ConfigurationError when the DBC cannot be used."""
        loaded = load(file)
        self.skipped = [str(line) for line in loaded.skipped]
        self._messages: dict[int, Message] = {frame_key(message): message for message in loaded.database.messages}

    @property
    def names(self) -> dict[int, str]:
        """Names by id."""
        return {key: message.name for key, message in self._messages.items()}

    @property
    def cycles(self) -> dict[int, float]:
        """Seconds between frames that the DBC promises (GenMsgCycleTime)."""
        return {key: message.cycle_time / 1000 for key, message in self._messages.items() if message.cycle_time}

    def text(self, entry: LogEntry) -> str:
        """`Message(signal: value unit, …)`, empty for an unknown id."""
        message = self._messages.get(entry.key)
        if message is None:
            return ""
        try:
            values = message.decode(entry.data, allow_truncated=False)
        except (DecodeError, ValueError) as error:
            return f"{message.name}(not decodable: {error})"
        if not isinstance(values, Mapping):
            return f"{message.name}()"
        return f"{message.name}({', '.join(self._value(message, name, value) for name, value in values.items())})"

    @staticmethod
    def _value(message: Message, name: str, value: object) -> str:
        unit = message.get_signal_by_name(name).unit
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        return f"{name}: {shown}{f' {unit}' if unit and isinstance(value, int | float) else ''}"


def dump_line(entry: LogEntry, decode: Callable[[LogEntry], str] | None = None) -> str:
    """One frame as candump shows it."""
    stamp = f"({entry.time_ns // 1_000_000_000}.{entry.time_ns // 1000 % 1_000_000:06d})"
    kind = "".join(letter for bit, letter in ((BRS, "B"), (ESI, "E"), (TX, "T")) if entry.flags & bit)
    if entry.key & ERROR:
        body = "error frame"
    elif entry.key & REMOTE:
        body = "remote request"
    else:
        body = entry.data.hex(" ").upper()
    size = f"[{entry.length:02d}]" if entry.flags & FD else f" [{entry.length}]"
    line = f" {stamp}  {entry.channel}  {id_text(entry.key):>8} {kind:<2} {size}  {body}"
    meaning = decode(entry) if decode and not entry.key & (ERROR | REMOTE) else ""
    return f"{line}  :: {meaning}" if meaning else line.rstrip()


def table(report: Mapping[str, Any], top: int) -> Iterator[str]:
    """The report of BusStatistics as lines; the `top` ids with the most load."""
    for name, bus in report["buses"].items():
        yield (
            f"{name}: {bus['frames']} frames in {bus['seconds']:.3f} s ({_show(bus['frames_per_s'], '.0f')}/s), "
            f"{len(bus['ids'])} ids, {bus['error_frames']} error frames"
        )
        yield (
            f"  load at {report['bitrate'] / 1000:g} kbit/s: {_show(bus['load_percent'], '.2f')} % unstuffed, "
            f"{_show(bus['load_percent_worst_stuffing'], '.2f')} % with worst stuffing; "
            f"busiest second {_show(bus['peak_second_percent_worst_stuffing'], '.2f')} % (worst stuffing)"
        )
        if bus["ids_beyond_bound_frames"]:
            yield f"  {bus['ids_beyond_bound_frames']} frames had ids beyond the bound and are in no row"
        yield ""
        yield from _rows(bus["ids"][:top], len(bus["ids"]))
        yield from _findings(report, bus)
        yield ""
    if report["dbc"]:
        silent = [f"{item['id']} {item['name']} ({item['cycle_ms']:g} ms)" for item in report["silent_ids"]]
        yield f"silent, though the DBC promises a cycle: {_list(silent)}"


def _rows(rows: list[Mapping[str, Any]], total: int) -> Iterator[str]:
    yield "  " + " ".join(f"{text:>{width}}" for text, width in zip(HEADINGS, _WIDTHS, strict=False)) + "  name"
    for row in rows:
        cells = (
            row["id"],
            str(row["frames"]),
            _show(row["frames_per_s"], ".1f"),
            _show(row["load_percent"], ".2f"),
            str(row["length"]) + ("*" if row["length_changes"] else ""),
            *(_show(row[name], ".2f") for name in ("gap_min_ms", "gap_mean_ms", "gap_max_ms", "jitter_ms")),
            _show(row["cycle_ms"], "g"),
        )
        line = " ".join(f"{text:>{width}}" for text, width in zip(cells, _WIDTHS, strict=True))
        yield f"  {line}  {row['name'] or ''}".rstrip()
    if total > len(rows):
        yield f"  … and {total - len(rows)} more ids (--top {total} shows all)"


def _findings(report: Mapping[str, Any], bus: Mapping[str, Any]) -> Iterator[str]:
    if changed := [row["id"] for row in bus["ids"] if row["length_changes"]]:
        yield f"  length changes (*): {_list(changed)}"
    if report["dbc"]:
        yield f"  ids that the DBC lacks: {_list(bus['unknown_ids'])}"


def _list(items: list[str], most: int = 12) -> str:
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return (", ".join(items[:most]) + more) or "none"


def _show(value: float | None, form: str) -> str:
    return "-" if value is None else f"{value:{form}}"
