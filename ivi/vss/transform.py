# SPDX-License-Identifier: Apache-2.0
"""`transform` of Kuksa's mapping words: `math` formulas over `x` and `mapping` tables, compiled once and safely.

A formula is parsed into Python's syntax tree and only numbers, `x`, arithmetic and a few named functions are taken; no
text is ever evaluated. The function names are those of py-expression-eval, which Kuksa's dbcfeeder uses.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping

from ivi.model.errors import ConfigurationError
from ivi.model.signal import Scalar

type Transform = Callable[[Scalar], Scalar | None]

MAX_FORMULA = 200  # characters
_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.Pow: math.pow,
}
_UNARY: dict[type[ast.unaryop], Callable[[float], float]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
    "abs": abs,
    "sqrt": math.sqrt,
}

type _Number = Callable[[float], float]


def compile_transform(where: str, words: object) -> Transform | None:
    """The function of a `transform` node; None when there is none. Raises ConfigurationError that names `where`."""
    if words is None:
        return None
    if not isinstance(words, Mapping) or len(words) != 1:
        raise ConfigurationError(f"{where}: transform must hold either math or mapping")
    if "math" in words:
        return _compile_math(where, words["math"])
    if "mapping" in words:
        return _compile_mapping(where, words["mapping"])
    raise ConfigurationError(f"{where}: unknown transform {next(iter(words))!r}", hint="math or mapping")


def _compile_mapping(where: str, table: object) -> Transform:
    if not isinstance(table, list) or not all(isinstance(row, Mapping) and {"from", "to"} <= set(row) for row in table):
        raise ConfigurationError(f"{where}: mapping must be a list of {{from, to}}")
    pairs: dict[Scalar, Scalar] = {row["from"]: row["to"] for row in table}

    def look_up(value: Scalar) -> Scalar | None:
        return pairs.get(value)

    return look_up


def _compile_math(where: str, formula: object) -> Transform:
    if not isinstance(formula, str) or len(formula) > MAX_FORMULA:
        raise ConfigurationError(f"{where}: math must be a text of at most {MAX_FORMULA} characters")
    try:
        # py-expression-eval writes power as ^, which binds loosely in Python
        function = _build(ast.parse(formula.strip().replace("^", "**"), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ConfigurationError(
            f"{where}: cannot use the formula {formula!r}: {error}",
            hint="numbers, x, + - * / ^ % and floor, ceil, round, abs, sqrt",
        ) from error

    def calculate(value: Scalar) -> Scalar | None:
        if isinstance(value, str):
            return None
        try:
            return function(float(value))
        except (ArithmeticError, ValueError):
            return None

    return calculate


def _build(node: ast.expr) -> _Number:
    match node:
        case ast.Constant(value=bool()):
            raise ValueError("only numbers")
        case ast.Constant(value=int() | float() as number):
            constant = float(number)
            return lambda _x: constant
        case ast.Name(id="x"):
            return lambda x: x
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _UNARY:
            unary, inner = _UNARY[type(op)], _build(operand)
            return lambda x: unary(inner(x))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            binary, first, second = _BINARY[type(op)], _build(left), _build(right)
            return lambda x: binary(first(x), second(x))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _FUNCTIONS:
            function, inner = _FUNCTIONS[name], _build(argument)
            return lambda x: function(inner(x))
    raise ValueError(f"{ast.unparse(node)!r} is not allowed")
