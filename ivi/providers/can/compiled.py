# SPDX-License-Identifier: Apache-2.0
"""The function of a message that decodes only wanted signals, and of these only the changed ones.

The payload is one integer; XOR with the last one shows which bits differ, and each wanted signal has its mask:

    def f(d):
     nonlocal o1,p
     if d==p: return                     # the same payload again
     L=fb(d,'little')
     x=-1 if o1 is None else L^o1        # -1: the first frame changes every bit
     p=d
     if x&0xffff:                        # no wanted bit: done
      o1=L
      if x&0xff: V[0]=(L&0xff)*0.5; C.append(0)
      if x&0xff00: V[1]=L>>8&0xff; C.append(1)

Each branch of a multiplexed message has a last payload of its own, because a signal's last value came with the last
frame of its branch. A signal that comes in several branches is compared by its own last number instead.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from ivi.providers.can import expressions as source
from ivi.providers.can.expressions import Number, Scope
from ivi.providers.can.layout import Branch, Field, Layout
from ivi.providers.can.statements import choose, read_words

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
        self._main = "L"

    def compile(self, values: list[Number | None], changed: list[int]) -> Callable[[], ChangeDecoder]:
        root = self._layout.root
        self._main = self._first_word()
        checks = self._checks(root, "  ")
        body = self._branch(root, "  ")
        same, remember = ([], []) if self._every else (["  if d==p: return"], ["  p=d"])
        words = read_words(self._layout.size, self._scope.words | {self._main}, "  ")
        lines = ["def make():", *(f" {name}=None" for name in self._state), " def f(d):"]
        lines += [f"  nonlocal {','.join(self._state)}", *same, *words, *checks, *remember, *body, " return f"]
        namespace: dict[str, Any] = dict(self._scope.names) | {"V": values, "C": changed}
        exec(compile("\n".join(lines), "<changes of a message>", "exec"), namespace)  # noqa: S102  # numbers only
        make: Callable[[], ChangeDecoder] = namespace["make"]
        return make

    def _first_word(self) -> str:
        """The word that most wanted signals are in; changes are looked for in it."""
        words = Counter(
            field.word for branch in self._layout.root.walk() for field in branch.fields if field.index in self._slots
        )
        return max("LB", key=lambda word: words[word])

    def _mask(self, field: Field) -> int:
        """The signal's bits in the main word."""
        if self._main == "L":
            return field.bits
        return int.from_bytes(field.bits.to_bytes(self._layout.size, "little"), "big")

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
        wanted = [field for field in branch.fields if field.index in self._slots]
        always = [field for field in wanted if field.index in self._every]
        by_bits = [field for field in wanted if field.index not in self._every and field.index not in self._shared]
        by_number = [field for field in wanted if field.index in self._shared and field.index not in self._every]
        lines = [f"{indent}{self._store(field)}" for field in always]
        lines += self._by_bits(by_bits, indent) if by_bits else []
        for field in by_number:
            lines += self._by_number(field, indent)
        for field, branches in branch.selectors:
            bodies = {number: self._branch(below, indent) for number, below in branches.items()}
            lines += choose(
                self._selector(field), {number: body for number, body in bodies.items() if body}, indent, ""
            )
        return lines

    def _by_bits(self, fields: list[Field], indent: str) -> list[str]:
        last = f"o{len(self._state)}"
        self._state.append(last)
        union = 0
        for field in fields:
            union |= self._mask(field)
        main = self._main
        lines = [f"{indent}x=-1 if {last} is None else {main}^{last}", f"{indent}if x&{union:#x}:"]
        lines.append(f"{indent} {last}={main}")
        if len(fields) == 1:
            return [*lines, f"{indent} {self._store(fields[0])}"]
        return lines + [f"{indent} if x&{self._mask(field):#x}: {self._store(field)}" for field in fields]

    def _by_number(self, field: Field, indent: str) -> list[str]:
        last = f"r{field.index}"
        if last not in self._state:
            self._state.append(last)
        unsigned = source.unsigned(field, self._layout.size, self._scope)
        return [f"{indent}x={unsigned}", f"{indent}if x!={last}: {last}=x;{self._store(field)}"]

    def _store(self, field: Field) -> str:
        slot = self._slots[field.index]
        return f"V[{slot}]={source.number(field, self._layout.size, self._scope)};C.append({slot})"
