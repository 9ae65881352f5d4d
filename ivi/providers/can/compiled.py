# SPDX-License-Identifier: Apache-2.0
"""The function of a message that decodes only wanted signals, and of these only the changed ones.

For two signals, one in the whole first byte and one in four bits of the second, it looks like this:

    def f(d):
     nonlocal p
     if d==p: return                              # the same payload again
     b0,b1,_,_=d
     if p is None: o0=b0^255;o1=b1^255            # the first frame changes every bit
     else: o0,o1,_,_=p
     p=d
     if b0!=o0: V[0]=T1[b0];C.append(0)
     if b1!=o1 and (b1^o1)&15: V[1]=T2[b1];C.append(1)

The payload is compared byte by byte because small integers are quicker to compare than one large one is to mask.
The last payload is kept whole and taken apart again: one object to find after a sleep, where a variable for each byte
would be one each. A branch of a multiplexed message has last bytes of its own, because a signal's last value came with
the last frame of its branch. A signal that comes in several branches, or is wide, is compared by its own last number
instead.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from ivi.providers.can import expressions as source
from ivi.providers.can.expressions import Number, Scope
from ivi.providers.can.layout import BYTE, Branch, Field, Layout, Part
from ivi.providers.can.statements import choose, read_payload, unpack

type ChangeDecoder = Callable[[bytes], None]
"""Writes changed signals into the values and their slots into the changed list; raises PayloadError, changing nothing,
when the payload does not fit."""


def compile_changes(
    layout: Layout,
    slots: Mapping[int, int],
    every: frozenset[int],
    values: list[Number | None],
    changed: list[int],
) -> Callable[[], ChangeDecoder]:
    """What makes the function of a message; each one made starts anew, so that its first frame reports all.

    `slots` says by index which signals are wanted, and where in `values` each one goes. Those also in `every` are
    reported by every frame that has them.
    """
    return _Writer(layout, slots, every).compile(values, changed)


class _Writer:
    def __init__(self, layout: Layout, slots: Mapping[int, int], every: frozenset[int]) -> None:
        self._layout = layout
        self._slots = slots
        self._every = every
        self._scope = Scope()
        carriers = Counter(
            field.index for branch in layout.root.walk() for field in branch.fields if field.index in slots
        )
        self._shared = {index for index, times in carriers.items() if times > 1}
        self._state: list[str] = ["p"]
        self._before: list[str] = []
        """Statements that take the last payload apart, for the fields that every frame has."""

    def compile(self, values: list[Number | None], changed: list[int]) -> Callable[[], ChangeDecoder]:
        root = self._layout.root
        checks = self._checks(root, "  ")
        body = self._branch(root, "  ")
        same = [] if self._every else ["  if d==p: return"]
        remember = [*(f"  {line}" for line in self._before), "  p=d"] if same or self._before else []
        payload = read_payload(self._layout.size, self._scope, "  ")
        lines = ["def make():", *(f" {name}=None" for name in self._state), " def f(d):"]
        lines += [f"  nonlocal {','.join(self._state)}", *same, *payload, *checks, *remember, *body, " return f"]
        namespace: dict[str, Any] = dict(self._scope.names) | {"V": values, "C": changed}
        exec(compile("\n".join(lines), "<changes of a message>", "exec"), namespace)  # noqa: S102  # numbers only
        make: Callable[[], ChangeDecoder] = namespace["make"]
        return make

    def _checks(self, branch: Branch, indent: str) -> list[str]:
        """Refuse an unknown selector before anything is written."""
        lines: list[str] = []
        for field, branches in branch.selectors:
            name = self._selector(field)
            known = self._scope.bind("S", frozenset(branches))
            lines.append(f"{indent}{name}={source.selected(field, self._layout.size, self._scope)}")
            lines.append(f"{indent}if {name} not in {known}: raise Unfit({name})")
            deeper = {number: self._checks(below, indent) for number, below in branches.items()}
            lines += choose(name, {number: body for number, body in deeper.items() if body}, indent, "")
        return lines

    def _selector(self, field: Field) -> str:
        return f"m{field.index}"

    def _branch(self, branch: Branch, indent: str) -> list[str]:
        """Statements for the wanted signals of a branch and of all below it."""
        lines: list[str] = []
        by_bytes: list[tuple[Field, tuple[Part, ...]]] = []
        for field in branch.fields:
            if field.index not in self._slots:
                continue
            parts = source.narrow(field, self._layout.size)
            if field.index in self._every:
                lines.append(f"{indent}{self._store(field)}")
            elif parts is None or field.index in self._shared:
                lines += self._by_number(field, indent)
            else:
                by_bytes.append((field, parts))
        lines += self._by_bytes(by_bytes, indent, every_frame=branch is self._layout.root) if by_bytes else []
        for field, branches in branch.selectors:
            bodies = {number: self._branch(below, indent) for number, below in branches.items()}
            lines += choose(
                self._selector(field), {number: body for number, body in bodies.items() if body}, indent, ""
            )
        return lines

    def _by_bytes(self, fields: list[tuple[Field, tuple[Part, ...]]], indent: str, *, every_frame: bool) -> list[str]:
        used = sorted({part.byte for _, parts in fields for part in parts})
        self._scope.bytes.update(used)
        lines: list[str] = []
        if every_frame:
            last = {byte: f"o{byte}" for byte in used}
        else:
            last = {byte: f"o{len(self._state) + at}m" for at, byte in enumerate(used)}
            self._state += last.values()
        first = ";".join(f"{name}=b{byte}^255" for byte, name in last.items())
        if every_frame:
            self._before = [f"if p is None: {first}", f"else: {unpack(used, self._layout.size, 'o', 'p')}"]
        else:
            lines.append(f"if {next(iter(last.values()))} is None: {first}")
        within: dict[int, list[tuple[Field, Part]]] = {}
        for field, parts in fields:
            if len(parts) == 1:
                within.setdefault(parts[0].byte, []).append((field, parts[0]))
            else:
                tests = (self._differs(part, last[part.byte]) for part in reversed(parts))
                lines.append(f"if {' or '.join(tests)}: {self._store(field)}")
        for byte, inside in within.items():
            if len(inside) == 1:
                lines.append(f"if {self._differs(inside[0][1], last[byte])}: {self._store(inside[0][0])}")
                continue
            lines += [f"if b{byte}!={last[byte]}:", f" x=b{byte}^{last[byte]}"]
            lines += [f" if x&{part.mask}: {self._store(field)}" for field, part in inside]
        if not every_frame:
            lines.append(";".join(f"{name}=b{byte}" for byte, name in last.items()))
        return [indent + line for line in lines]

    def _differs(self, part: Part, last: str) -> str:
        changed = f"b{part.byte}!={last}"
        return changed if part.width == BYTE else f"{changed} and (b{part.byte}^{last})&{part.mask}"

    def _by_number(self, field: Field, indent: str) -> list[str]:
        last = f"r{field.index}"
        if last not in self._state:
            self._state.append(last)
        # not the number itself: one that is not a number is never equal to itself
        bits = source.unsigned(field, self._layout.size, self._scope)
        return [f"{indent}x={bits}", f"{indent}if x!={last}: {last}=x;{self._store(field)}"]

    def _store(self, field: Field) -> str:
        slot = self._slots[field.index]
        return f"V[{slot}]={source.number(field, self._layout.size, self._scope)};C.append({slot})"
