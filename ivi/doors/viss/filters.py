# SPDX-License-Identifier: Apache-2.0
"""Filters of VISS v3: `paths` picks signals; `timebased`, `change` and `range` say when a subscription speaks."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ivi.doors.leaves import Leaf, Leaves
from ivi.doors.viss.messages import VissError, bad_request, number, unavailable
from ivi.model.errors import InvalidArgumentError, NotFoundError
from ivi.model.signal import DataType, Value

MIN_PERIOD, MAX_PERIOD = 10, 86_400_000  # milliseconds of a timebased filter
MAX_PATHS = 100  # relative paths in one filter
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


class Trigger(Protocol):
    """Whether a new value makes an event."""

    def check(self, leaf: Leaf) -> None:
        """Raises VissError when this filter cannot apply to the leaf."""
        ...

    def fires(self, last: Value | None, value: Value | None) -> bool:
        """`last` is the value of the last event, or of the beginning."""
        ...


@dataclass(frozen=True)
class Timebased:
    """An event every so often."""

    period: float
    """Seconds."""


@dataclass(frozen=True)
class Change:
    """An event when the value minus that of the last event compares so with `diff`."""

    compare: Callable[[float, float], bool]
    diff: float
    any_change: bool
    """`ne` and 0, which is also meant for texts."""

    def check(self, leaf: Leaf) -> None:
        """Numbers and booleans; any leaf for `ne` 0."""
        if not self.any_change:
            _need_number(leaf, boolean=True)

    def fires(self, last: Value | None, value: Value | None) -> bool:
        """See the class."""
        if self.any_change:
            return last != value
        if isinstance(last, bool | int | float) and isinstance(value, bool | int | float):
            return self.compare(value - last, self.diff)
        return False


@dataclass(frozen=True)
class Range:
    """An event for each value inside the boundaries."""

    bounds: tuple[tuple[Callable[[float, float], bool], float], ...]
    either: bool

    def check(self, leaf: Leaf) -> None:
        """Numbers only."""
        _need_number(leaf, boolean=False)

    def fires(self, last: Value | None, value: Value | None) -> bool:
        """See the class; `last` does not matter."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        answers = [compare(value, boundary) for compare, boundary in self.bounds]
        return any(answers) if self.either else all(answers)


@dataclass(frozen=True)
class Filter:
    """What one request asks for."""

    paths: tuple[str, ...] = ()
    """Relative paths; empty for the request's own path."""
    timebased: Timebased | None = None
    trigger: Trigger | None = None
    metadata: int | None = None
    """Levels of metadata that are asked for, 0 for all; None when values are."""


def parse(words: object) -> Filter:
    """At most one `paths` and at most one other filter, as VISS demands. Raises VissError."""
    objects = words if isinstance(words, list) else [] if words is None else [words]
    paths: tuple[str, ...] = ()
    other: Timebased | Trigger | None = None
    metadata: int | None = None
    for item in objects:
        if not isinstance(item, dict) or set(item) != {"variant", "parameter"}:
            raise bad_request("Missing or invalid filter")
        variant, parameter = item["variant"], item["parameter"]
        if not isinstance(variant, str):
            raise bad_request("Missing or invalid filter")
        if variant == "paths" and not paths:
            paths = _paths(parameter)
        elif variant == "metadata" and len(objects) == 1:
            metadata = _levels(parameter)
        elif variant in _VARIANTS and other is None:
            other = _VARIANTS[variant](parameter)
        else:
            raise bad_request("Incorrect filter")
    if isinstance(other, Timebased):
        return Filter(paths, timebased=other)
    return Filter(paths, trigger=other, metadata=metadata)


def resolve(leaves: Leaves, path: str, wanted: Filter) -> list[Leaf]:
    """The leaves of a request, each once. Raises VissError."""
    root = path.replace("/", ".")
    if not root or "*" in root:
        raise bad_request("Missing or invalid path")
    if not wanted.paths:
        if (leaf := leaves.by_path.get(root)) is not None:
            return [leaf]
        _under(leaves, root)
        raise VissError("400", "invalid_data", "Requested action on a branch is not supported")
    found: dict[str, Leaf] = {}
    for relative in wanted.paths:
        target = f"{root}.{relative.replace('/', '.')}"
        for leaf in _under(leaves, target):
            found[leaf.path] = leaf
    return list(found.values())


def _under(leaves: Leaves, target: str) -> list[Leaf]:
    """Leaves of a path with single-level wildcards; a branch at its end stands for all below it."""
    if "**" in target:
        raise bad_request("Missing or invalid path")
    try:
        return leaves.under(target)
    except InvalidArgumentError as error:
        raise bad_request("Missing or invalid path") from error
    except NotFoundError as error:
        if "*" not in target:
            raise unavailable("Data is unknown") from error
    try:
        return leaves.under(f"{target}.**")
    except NotFoundError as error:
        raise unavailable("Data is unknown") from error


def _paths(parameter: Any) -> tuple[str, ...]:  # noqa: ANN401  # JSON
    items = parameter if isinstance(parameter, list) else [parameter]
    if not 1 <= len(items) <= MAX_PATHS or not all(isinstance(item, str) and item for item in items):
        raise bad_request("Missing or invalid filter")
    return tuple(items)


def _levels(parameter: Any) -> int:  # noqa: ANN401  # JSON
    if not isinstance(parameter, str) or not parameter.isascii() or not parameter.isdigit() or len(parameter) > 2:  # noqa: PLR2004  # digits of MAX_DEPTH
        raise bad_request("Missing or invalid filter")
    return int(parameter)


def _timebased(parameter: Any) -> Timebased:  # noqa: ANN401  # JSON
    period = _fields(parameter, {"period"})["period"]
    if not isinstance(period, str) or not period.isascii() or not period.isdigit() or len(period) > len("86400000"):
        raise bad_request("Missing or invalid filter")
    if not MIN_PERIOD <= int(period) <= MAX_PERIOD:
        raise bad_request(f"Incorrect filter: a period of {MIN_PERIOD} to {MAX_PERIOD} ms")
    return Timebased(int(period) / 1000)


def _change(parameter: Any) -> Change:  # noqa: ANN401  # JSON
    words = _fields(parameter, {"logic-op", "diff"})
    diff = number(words["diff"])
    return Change(_operator(words), diff, any_change=words["logic-op"] == "ne" and diff == 0)


def _range(parameter: Any) -> Range:  # noqa: ANN401  # JSON
    items = parameter if isinstance(parameter, list) else [parameter]
    if not 1 <= len(items) <= 2:  # noqa: PLR2004  # VISS knows one or two boundaries
        raise bad_request("Missing or invalid filter")
    combination = "AND"
    bounds = []
    for position, item in enumerate(items):
        words = dict(item) if isinstance(item, dict) else {}
        if position == 0 and len(items) > 1:
            combination = words.pop("combination-op", "AND")
        words = _fields(words, {"logic-op", "boundary"})
        bounds.append((_operator(words), number(words["boundary"])))
    if combination not in ("AND", "OR"):
        raise bad_request("Missing or invalid filter")
    return Range(tuple(bounds), either=combination == "OR")


_VARIANTS: dict[str, Callable[[Any], Timebased | Trigger]] = {
    "timebased": _timebased,
    "change": _change,
    "range": _range,
}


def _fields(parameter: Any, names: set[str]) -> dict[str, Any]:  # noqa: ANN401  # JSON
    if not isinstance(parameter, dict) or set(parameter) != names:
        raise bad_request("Missing or invalid filter")
    return parameter


def _operator(words: dict[str, Any]) -> Callable[[float, float], bool]:
    name = words["logic-op"]
    if not isinstance(name, str) or name not in _OPERATORS:
        raise bad_request("Missing or invalid filter")
    return _OPERATORS[name]


def _need_number(leaf: Leaf, *, boolean: bool) -> None:
    kind = leaf.entry.data_type
    if kind.is_array or kind is DataType.STRING or (kind is DataType.BOOLEAN and not boolean):
        raise VissError("400", "invalid_data", f"Incorrect data type: {leaf.path} is {kind}")
