# SPDX-License-Identifier: Apache-2.0
"""All signals of a message as a dictionary: what cantools' `Message.decode` returns, several times faster.

The keys get into the code as constants of its syntax tree; the source that is parsed holds numbers and our own names.
"""

import ast
from collections.abc import Callable

from cantools.database.can import Message
from cantools.database.namedsignalvalue import NamedSignalValue

from ivi.providers.can import expressions as source
from ivi.providers.can.expressions import Scope
from ivi.providers.can.layout import Branch, Field, Layout, lay_out
from ivi.providers.can.statements import choose, read_payload

type Described = int | float | str | NamedSignalValue
type DictDecoder = Callable[[bytes], dict[str, Described]]


def compile_dict(message: Message, *, choices: bool = False, scaling: bool = True) -> DictDecoder:
    """A function equal to `message.decode(data, decode_choices=choices, scaling=scaling)`.

    It raises PayloadError where that raises DecodeError. Raises NotCompilableError for a message that it cannot do.
    """
    writer = _Writer(lay_out(message), choices=choices, scaling=scaling)
    names = [signal.name for signal in message.signals]
    return writer.compile(names)


class _Writer:
    """Writes the function of one message."""

    def __init__(self, layout: Layout, *, choices: bool, scaling: bool) -> None:
        self._layout = layout
        self._choices = choices
        self._scaling = scaling
        self._scope = Scope()

    def compile(self, names: list[str]) -> DictDecoder:
        root = self._layout.root
        if root.selectors:
            body = [f" r={self._display(root)}", *self._branches(root, " "), " return r"]
        else:
            body = [f" return {self._display(root)}"]
        lines = ["def f(d):", *read_payload(self._layout.size, self._scope, " "), *body]
        tree = _Keys(names).visit(ast.parse("\n".join(lines)))
        namespace = dict(self._scope.names)
        exec(compile(tree, "<dictionary of a message>", "exec"), namespace)  # noqa: S102  # see the module's text
        function: DictDecoder = namespace["f"]
        return function

    def _value(self, field: Field) -> str:
        size, scope = self._layout.size, self._scope
        if self._choices:
            return source.described(field, size, scope, scaling=self._scaling)
        return source.number(field, size, scope) if self._scaling else source.raw(field, size, scope)

    def _display(self, branch: Branch) -> str:
        return "{" + ",".join(f"k{field.index}:{self._value(field)}" for field in branch.fields) + "}"

    def _branches(self, branch: Branch, indent: str) -> list[str]:
        """Statements that add what each selector of the branch brings."""
        lines: list[str] = []
        for field, branches in branch.selectors:
            choice = source.selected(
                field, self._layout.size, self._scope, by_text=self._choices, scaling=self._scaling
            )
            name = self._scope.bind("m", None)
            lines.append(f"{indent}{name}={choice}")
            bodies = {number: self._added(below, indent) for number, below in branches.items()}
            lines += choose(name, bodies, indent, f"raise Unfit({name})")
        return lines

    def _added(self, branch: Branch, indent: str) -> list[str]:
        lines = [f"{indent}r[k{field.index}]={self._value(field)}" for field in branch.fields]
        return lines + self._branches(branch, indent)


class _Keys(ast.NodeTransformer):
    """Puts the signals' names in the place of `k0`, `k1`, ..."""

    def __init__(self, names: list[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A key becomes a constant."""
        if node.id[0] != "k":
            return node
        return ast.copy_location(ast.Constant(self._names[int(node.id[1:])]), node)
