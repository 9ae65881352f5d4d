# SPDX-License-Identifier: Apache-2.0
"""Python statements that both kinds of compiled function need: reading the payload, and finding a branch."""

from collections.abc import Set as AbstractSet

LINEAR = 3  # branches that are tried one after the other; more are halved first
ORDERS = {"L": "little", "B": "big"}


def read_words(size: int, words: AbstractSet[str], indent: str) -> list[str]:
    """Set the words from the payload `d`: cut off what is beyond the message, and refuse what is too short."""
    lines = [f"{indent}if len(d)!={size}:", f"{indent} if len(d)<{size}: raise Unfit(len(d))", f"{indent} d=d[:{size}]"]
    return lines + [f"{indent}{word}=fb(d,'{order}')" for word, order in ORDERS.items() if word in words]


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
