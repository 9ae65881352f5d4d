# SPDX-License-Identifier: Apache-2.0
"""A line on the map as one short text: Google's encoded polyline algorithm with five decimals (about a metre).

https://developers.google.com/maps/documentation/utilities/polylinealgorithm
"""

from collections.abc import Iterable, Iterator

from ivi.model.errors import InvalidArgumentError

MAX_POINTS = 500
MAX_TEXT = 4000  # characters
_SCALE = 1e5  # per degree
_FIRST, _BITS, _MORE = 63, 5, 0x20
_LONGEST = 7  # groups of five bits: more than any difference of two degrees has
_SOUTH, _WEST = 85.0, 180.0  # degrees that the Mercator map ends at

type Point = tuple[float, float]


def encode(points: Iterable[Point]) -> str:
    """The text of a line. Each point is latitude and longitude in degrees, WGS 84.

    Raises InvalidArgumentError for more than MAX_POINTS or a point that lies on no map.
    """
    text: list[str] = []
    before = (0, 0)
    for number, (latitude, longitude) in enumerate(points):
        if number >= MAX_POINTS:
            raise InvalidArgumentError(f"the line has more than {MAX_POINTS} points", hint="leave out points of it")
        _check(latitude, longitude, number)
        here = (round(latitude * _SCALE), round(longitude * _SCALE))
        text += [_groups(new - old) for new, old in zip(here, before, strict=True)]
        before = here
    return "".join(text)


def decode(text: str) -> list[Point]:
    """The points of a line. Raises InvalidArgumentError for what is none or too long."""
    if len(text) > MAX_TEXT:
        raise InvalidArgumentError(f"the line has more than {MAX_TEXT} characters", hint="leave out points of it")
    steps = list(_steps(text))
    if len(steps) % 2 or len(steps) // 2 > MAX_POINTS:
        raise InvalidArgumentError(f"the line is cut off or has over {MAX_POINTS} points", hint="encode it again")
    points: list[Point] = []
    latitude = longitude = 0
    for number in range(0, len(steps), 2):
        latitude, longitude = latitude + steps[number], longitude + steps[number + 1]
        _check(latitude / _SCALE, longitude / _SCALE, number // 2)
        points.append((latitude / _SCALE, longitude / _SCALE))
    return points


def _check(latitude: float, longitude: float, number: int) -> None:
    if not (abs(latitude) <= _SOUTH and abs(longitude) <= _WEST):  # not a number, too
        raise InvalidArgumentError(f"point {number} of the line lies on no map", hint="latitude comes first")


def _groups(step: int) -> str:
    value = ~(step << 1) if step < 0 else step << 1
    text = ""
    while value >= _MORE:
        text += chr((_MORE | (value & (_MORE - 1))) + _FIRST)
        value >>= _BITS
    return text + chr(value + _FIRST)


def _steps(text: str) -> Iterator[int]:
    value = length = 0
    for letter in text:
        group = ord(letter) - _FIRST
        if not 0 <= group < 2 * _MORE or length >= _LONGEST:
            raise InvalidArgumentError("the line has characters that no polyline has", hint="encode it again")
        value |= (group & (_MORE - 1)) << (_BITS * length)
        length += 1
        if group < _MORE:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = length = 0
    if length:
        raise InvalidArgumentError("the line is cut off", hint="encode it again")
