# SPDX-License-Identifier: Apache-2.0
"""Where frames go by their id, and values that need no second look."""

import math

import pytest

from ivi.model.signal import DataType, EntryType, Metadata
from ivi.providers.can.convert import converter, shortcut
from ivi.providers.can.frame import EXTENDED
from ivi.providers.can.routes import Routes
from ivi.vss.mapping import FromDbc


def test_an_id_is_useless_named_or_a_stranger() -> None:
    routes = Routes({0x100, 0x100 | EXTENDED})
    named = routes.line(0x200)
    far = routes.line(0x200 | EXTENDED)
    assert routes.standard[0x100] is None
    assert routes.others[0x100 | EXTENDED] is None
    assert routes.standard[0x200] is named is routes.line(0x200)
    assert routes.others[0x200 | EXTENDED] is far is routes.line(0x200 | EXTENDED)
    assert named is not far
    assert routes.standard[0x7FF] is routes.stranger
    assert 0x300 | EXTENDED not in routes.others


@pytest.mark.parametrize("kind", [DataType.DOUBLE, DataType.FLOAT, DataType.UINT8, DataType.INT16])
@pytest.mark.parametrize("limits", [(None, None), (-3.0, 12.5), (0.0, 200.0)])
def test_a_shortcut_says_what_the_converter_says_or_nothing(
    kind: DataType, limits: tuple[float | None, float | None]
) -> None:
    entry = Metadata("Vehicle.X", kind, EntryType.SENSOR, "", *limits)
    rule = FromDbc("Vehicle.X", "X", "", interval_ms=0, on_change=True, transform=None)
    quick, full = shortcut(rule, entry), converter(rule, entry, {}, 16)
    told = 0
    for number in (-70_000, -3, 0, 1, 12, 13, 255, 256, 1e9, -3.0, 0.5, 12.5, 12.6, math.inf, math.nan):
        if (value := quick(number)) is not None:
            told += 1
            assert (value, type(value)) == (full(number), type(full(number)))
    assert told
