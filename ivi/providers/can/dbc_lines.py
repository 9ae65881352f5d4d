# SPDX-License-Identifier: Apache-2.0
"""The pre-pass over a DBC's lines: what cantools would refuse the whole file for is taken out line by line.

Line numbers are kept by leaving an empty line in each place. Names that begin with a digit, which the format does not
know but tools write, get an underscore in front.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_STANDARD_ID = 0x7FF  # 11 bits
MAX_EXTENDED_ID = 0x1FFFFFFF  # 29 bits
EXTENDED_FLAG = 0x80000000
INDEPENDENT = 0xC0000000  # the id under which tools keep signals that belong to no message; cantools leaves them out
MAX_LENGTH = 1785  # bytes: the longest J1939 transport message; no frame and no other protocol is longer
FLOAT_BITS = (16, 32, 64)

MESSAGE = re.compile(r"BO_\s+(\d+)\s+(\S+?)\s*:\s*(\d+)?")
SIGNAL = re.compile(r"\s*SG_\s+(\S+)")
_PLACE = re.compile(r"\s*SG_\s+\S+\s*(?:(m\d+)?(M)?)\s*:\s*(\d+)\s*\|\s*(\d+)\s*@\s*([01])")
OF_SIGNAL = re.compile(r'(?:VAL_|SIG_VALTYPE_|CM_\s+SG_|BA_\s+"[^"]*"\s+SG_|SG_MUL_VAL_)\s+(\d+)\s+(\w+)')
_OF_MESSAGE = re.compile(r'(?:CM_\s+BO_|BA_\s+"[^"]*"\s+BO_|BO_TX_BU_|SIG_GROUP_)\s+(\d+)')
_EXTENDED_MULTIPLEX = re.compile(r"SG_MUL_VAL_\s+(\d+)")
_DIGIT_NAME = re.compile(r"\s*(?:BO_\s+\d+|SG_)\s+(\d\w*[A-Za-z_]\w*)")
_REFERS = re.compile(r"\s*(?:BO_|SG_|VAL_|SIG_VALTYPE_|CM_|BA_|SG_MUL_VAL_|SIG_GROUP_|BO_TX_BU_)\s")


@dataclass(frozen=True)
class SkippedLine:
    """One line of a DBC that was not used, or not as it stands."""

    line: int
    text: str
    reason: str

    def __str__(self) -> str:
        """For people: line number, reason, and the beginning of the line."""
        return f"line {self.line}: {self.reason}: {self.text.strip()[:60]}"


@dataclass
class _Message:
    """What is known of the message whose signals are being read."""

    length: int = 0
    dropping: bool = False
    independent: bool = False
    multiplexed_twice: bool = False
    names: dict[str, int] = field(default_factory=dict)
    """Signals and their lengths."""
    taken: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """Bits of the signals so far, by multiplexer value; empty text for those that are always there."""


def decode(content: bytes) -> list[str]:
    """The lines of a file: UTF-8 with or without its mark, UTF-16 with its mark, else cp1252 as most tools write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ").split("\n")


def clean(lines: list[str]) -> Iterator[SkippedLine]:
    """Change `lines` so that cantools takes them; yields what was changed."""
    yield from _rename(lines)
    yield from _widen(lines)
    twice = {int(found[1]) for line in lines if (found := _EXTENDED_MULTIPLEX.match(line))}
    messages: dict[int, _Message] = {}
    current = _Message(dropping=True)
    for number, line in enumerate(lines, start=1):
        if found := MESSAGE.match(line):
            key = int(found[1])
            reason = _message_fault(key, found[3], messages)
            current = _Message(int(found[3] or 0), bool(reason), key == INDEPENDENT, key in twice)
            if not reason:
                messages[key] = current
        elif found := SIGNAL.match(line):
            reason = _signal_fault(found[1], line, current)
        else:
            continue
        if reason:
            yield SkippedLine(number, line, reason)
            lines[number - 1] = ""
    yield from _dangling(lines, messages)


def _widen(lines: list[str]) -> Iterator[SkippedLine]:
    """Give ids of 29 bits the flag of extended ids where a tool left it out: no frame could have them otherwise."""
    known = {found[1] for line in lines if (found := MESSAGE.match(line))}
    wide = {
        text: str(number | EXTENDED_FLAG)
        for text in known
        if MAX_STANDARD_ID < (number := int(text)) <= MAX_EXTENDED_ID and str(number | EXTENDED_FLAG) not in known
    }
    if not wide:
        return
    for index, line in enumerate(lines):
        found = (
            MESSAGE.match(line) or OF_SIGNAL.match(line) or _OF_MESSAGE.match(line) or _EXTENDED_MULTIPLEX.match(line)
        )
        if found is None or found[1] not in wide:
            continue
        if line.startswith("BO_ "):
            reason = f"the id {int(found[1]):#x} has more than 11 bits and is read as an extended one"
            yield SkippedLine(index + 1, line, reason)
        lines[index] = line[: found.start(1)] + wide[found[1]] + line[found.end(1) :]


def _rename(lines: list[str]) -> Iterator[SkippedLine]:
    names = {found[1] for line in lines if (found := _DIGIT_NAME.match(line))}
    if not names:
        return
    anywhere = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")(?!\w)")
    for index, line in enumerate(lines):
        if not _REFERS.match(line):
            continue
        head, quote, rest = line.partition('"')
        if line.startswith("BA_"):  # the attribute's name is quoted, what it is of comes after
            middle, second, tail = rest.partition('"')
            changed = head + quote + middle + second + anywhere.sub(r"_\g<0>", tail)
        else:
            changed = anywhere.sub(r"_\g<0>", head) + quote + rest
        if changed != line:
            lines[index] = changed
            if found := _DIGIT_NAME.match(line):
                reason = f"{found[1]} begins with a digit and is called _{found[1]} here"
                yield SkippedLine(index + 1, line, reason)


def _message_fault(key: int, length: str | None, known: dict[int, _Message]) -> str:
    if key in known:
        return f"a second message with the id {key}"
    if key & EXTENDED_FLAG:
        if key & ~EXTENDED_FLAG > MAX_EXTENDED_ID and key != INDEPENDENT:
            return f"extended frame id {key & ~EXTENDED_FLAG:#x} has more than 29 bits"
    elif key > MAX_STANDARD_ID:
        return f"standard frame id {key:#x} has more than 11 bits"
    if length is None or int(length) > MAX_LENGTH:
        return f"a length of {length} bytes"
    return ""


def _signal_fault(name: str, line: str, message: _Message) -> str:
    if message.dropping:
        return "its message was skipped"
    if name in message.names:
        return f"a second signal {name} in one message"
    place = _PLACE.match(line)
    if place is None or message.independent:
        message.names[name] = 0
        return ""  # cantools says what is wrong with it
    branch, is_selector, start, length, order = place[1] or "", place[2], int(place[3]), int(place[4]), place[5]
    if length <= 0:
        return f"{name} has no bits"
    first = start if order == "1" else 8 * message.length - 8 * (start // 8) - 7 + start % 8 - length
    if first < 0 or first + length > 8 * message.length:
        return f"the signal {name} does not fit in its message of {message.length} bytes"
    bits = ((1 << length) - 1) << first
    if order == "0":
        bits = int.from_bytes(bits.to_bytes(message.length, "big"), "little")
    other = _overlapped(bits, branch, message)
    if other and not message.multiplexed_twice:
        return f"the signal {name} is overlapping {other}"
    message.multiplexed_twice |= bool(branch and is_selector)
    message.taken.setdefault(branch, []).append((name, bits))
    message.names[name] = length
    return ""


def _overlapped(bits: int, branch: str, message: _Message) -> str:
    """The signal that shares bits with these and can be in the same frame; empty for none."""
    groups = message.taken.values() if not branch else (message.taken.get("", ()), message.taken.get(branch, ()))
    return next((name for group in groups for name, taken in group if taken & bits), "")


def _dangling(lines: list[str], messages: dict[int, _Message]) -> Iterator[SkippedLine]:
    """Blank out what refers to nothing."""
    for number, line in enumerate(lines, start=1):
        reason = ""
        if of := OF_SIGNAL.match(line):
            known = messages.get(int(of[1]))
            if known is None or of[2] not in known.names:
                reason = f"message {of[1]} has no signal {of[2]}"
            elif line.startswith("SIG_VALTYPE_") and known.names[of[2]] not in FLOAT_BITS:
                reason = f"{of[2]} is no float, it has {known.names[of[2]]} bits"
        elif (of := _OF_MESSAGE.match(line)) and int(of[1]) not in messages:
            reason = f"there is no message {of[1]}"
        if reason:
            yield SkippedLine(number, line, reason)
            blank_statement(lines, number - 1)


def blank_statement(lines: list[str], index: int) -> None:
    """Blank a line; a comment goes on until its closing quote and semicolon."""
    is_comment = lines[index].startswith("CM_")
    while is_comment and not lines[index].rstrip().endswith(";") and index + 1 < len(lines):
        lines[index] = ""
        index += 1
    lines[index] = ""
