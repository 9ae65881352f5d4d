# SPDX-License-Identifier: Apache-2.0
"""Python statements that both kinds of compiled function need: reading the payload, and finding a branch."""

from collections.abc import Collection

from ivi.providers.can.expressions import Scope

LINEAR = 3  # branches that are tried one after the other; more are halved first
ORDERS = {"L": "little", "B": "big"}
UNPACK = 3  # times cheaper to unpack a byte together with all others than to index it


def read_payload(size: int, scope: Scope, indent: str) -> list[str]:
    """Set what the source in `scope` needs from the payload `d`.

    Bytes beyond the message are cut off, as cantools does; a payload that is too short is refused.
    """
    statement = unpack(scope.bytes, size, "b", "d")
    if len(scope.bytes) * UNPACK > size:
        lines = [f"try: {statement}", "except ValueError:", *_cut(size, " "), f" {statement}"]
    else:
        lines = [f"if len(d)!={size}:", *_cut(size, " "), *([statement] if statement else [])]
    lines += [f"{word}=fb(d,'{order}')" for word, order in ORDERS.items() if word in scope.words]
    return [indent + line for line in lines]


def unpack(wanted: Collection[int], size: int, letter: str, name: str) -> str:
    """One line that sets a variable for each of these bytes of a payload that has its right length."""
    if len(wanted) * UNPACK > size:
        names = ",".join(f"{letter}{at}" if at in wanted else "_" for at in range(size))
        return f"{names}={name}" if size > 1 else f"{names},={name}"
    return ";".join(f"{letter}{at}={name}[{at}]" for at in sorted(wanted))


def _cut(size: int, indent: str) -> list[str]:
    return [f"{indent}if len(d)<{size}: raise Unfit(len(d)) from None", f"{indent}d=d[:{size}]"]


def choose(name: str, bodies: dict[int, list[str]], indent: str, otherwise: str) -> list[str]:
    """Run the body of the number that `name` holds, found by halving; for any other number `otherwise`."""
    numbers = sorted(bodies)
    if len(numbers) > LINEAR:
        middle = numbers[len(numbers) // 2]
        low = {number: bodies[number] for number in numbers if number < middle}
        high = {number: bodies[number] for number in numbers if number >= middle}
        return [
            f"{indent}if {name}<{middle}:",
            *_deeper(choose(name, low, indent, otherwise)),
            f"{indent}else:",
            *_deeper(choose(name, high, indent, otherwise)),
        ]
    lines: list[str] = []
    for number in numbers:
        lines.append(f"{indent}{'elif' if lines else 'if'} {name}=={number}:")
        lines += _deeper(bodies[number] or [f"{indent}pass"])
    if otherwise:
        lines.append(f"{indent}else: {otherwise}" if numbers else f"{indent}{otherwise}")
    return lines


def _deeper(lines: list[str]) -> list[str]:
    return [f" {line}" for line in lines]
