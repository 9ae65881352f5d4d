# SPDX-License-Identifier: Apache-2.0
"""Conditions of campaigns, as in `Vehicle.Speed > 120 and not Vehicle.IsMoving`: parsed and compiled once.

Python's own grammar is read into its syntax tree, and only what is named here is taken from it: paths, numbers, texts,
true and false, comparisons, and/or/not, + - * / %, and abs, min, max. No text is ever evaluated. A condition that needs
a value which is not there, or compares a text with a number, is not met.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Value

MAX_CONDITION = 500  # characters
MAX_PATHS = 32
_HINT = "paths, numbers, texts, true, false, < <= > >= == !=, and or not, + - * / %, abs min max"

type _Values = Mapping[str, Value]
type _Part = Callable[[_Values], object]

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {  # the operands are looked at before they are compared
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}
_FUNCTIONS: dict[str, tuple[Callable[..., float], int, int]] = {
    "abs": (abs, 1, 1),
    "min": (min, 2, 8),
    "max": (max, 2, 8),
}
"""Function, and how few and how many numbers it takes."""


class _UnknownError(Exception):
    """A value is not there, or of a kind that cannot be used so: the condition is not met."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition."""

    text: str
    paths: tuple[str, ...]
    """The signals it looks at."""
    _test: _Part

    def holds(self, values: _Values) -> bool:
        """Whether it is met by the newest values, by path."""
        try:
            return self._test(values) is True
        except (_UnknownError, ArithmeticError):
            return False


def compile_condition(text: str) -> Condition:
    """The condition that a text says. Raises InvalidArgumentError that names what cannot be used."""
    if not 0 < len(text) <= MAX_CONDITION:
        raise InvalidArgumentError(f"a condition has 1 to {MAX_CONDITION} characters, not {len(text)}")
    if "\\" in text:
        raise InvalidArgumentError(f"cannot use the condition {text!r}: it has a backslash", hint=_HINT)
    paths: dict[str, None] = {}
    try:
        test = _build(ast.parse(text.strip(), mode="eval").body, paths)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise InvalidArgumentError(f"cannot use the condition {text!r}: {error}", hint=_HINT) from error
    if len(paths) > MAX_PATHS:
        raise InvalidArgumentError(f"the condition {text!r} looks at more than {MAX_PATHS} signals")
    return Condition(text, tuple(paths), test)


def _build(node: ast.expr, paths: dict[str, None]) -> _Part:
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as constant):
            return lambda _values: constant
        case ast.Name(id="true" | "false" as word):
            return lambda _values: word == "true"
        case ast.Attribute():
            return _path(node, paths)
        case ast.BoolOp(op=op, values=parts):
            tests = [_build(part, paths) for part in parts]
            combine = all if isinstance(op, ast.And) else any
            return lambda values: combine(_truth(test(values)) for test in tests)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _build(operand, paths)
            return lambda values: not _truth(inner(values))
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _COMPARE for op in ops):
            return _comparison([_build(part, paths) for part in (left, *others)], [_COMPARE[type(op)] for op in ops])
    return _build_number(node, paths)


def _build_number(node: ast.expr, paths: dict[str, None]) -> _Part:
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _build(operand, paths)
            return lambda values: -_number(inner(values))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            function, first, second = _ARITHMETIC[type(op)], _build(left, paths), _build(right, paths)
            return lambda values: function(_number(first(values)), _number(second(values)))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS:
            return _call(name, [_build(part, paths) for part in arguments])
    raise ValueError(f"{ast.unparse(node)!r} is not allowed")


def _path(node: ast.expr, paths: dict[str, None]) -> _Part:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        raise ValueError("a path consists of names joined by dots")  # noqa: TRY004  # not a type of the caller's
    path = ".".join((node.id, *reversed(names)))
    paths[path] = None

    def look_up(values: _Values) -> object:
        try:
            return values[path]
        except KeyError:
            raise _UnknownError from None

    return look_up


def _comparison(parts: list[_Part], tests: list[Callable[[object, object], bool]]) -> _Part:
    def compare(values: _Values) -> object:
        left = parts[0](values)
        for test, part in zip(tests, parts[1:], strict=True):
            right = part(values)
            if _kind(left) != _kind(right):
                raise _UnknownError
            if not test(left, right):
                return False
            left = right
        return True

    return compare


def _call(name: str, parts: list[_Part]) -> _Part:
    function, fewest, most = _FUNCTIONS[name]
    if not fewest <= len(parts) <= most:
        raise ValueError(f"{name} does not take {len(parts)} numbers")
    return lambda values: function(*[_number(part(values)) for part in parts])


def _kind(value: object) -> str:
    match value:
        case bool():
            return "truth"
        case int() | float():
            return "number"
        case str():
            return "text"
    raise _UnknownError  # lists and structs are not compared


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _UnknownError
    return float(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise _UnknownError
    return value
