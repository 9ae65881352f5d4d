# SPDX-License-Identifier: Apache-2.0
"""Tells the catalogue from which whole numbers of the bus a float comes, so that it can be stored and sent as one."""

import math

import msgspec
from cantools.database.conversion import BaseConversion

from ivi.model.signal import DataType
from ivi.providers.can.dbc import LoadedDbc
from ivi.vss.catalogue import Catalogue
from ivi.vss.mapping import DbcMapping, FromDbc
from ivi.vss.transform import Transform

_PROBES = (-273.0, -1.0, 0.5, 2.0, 17.0, 1000.0)  # where a formula has to be a straight line to count as one
_EXACT = 1e-12  # of the value: what a chain of two or three float operations may differ by


def note_scales(mapping: DbcMapping, dbc: LoadedDbc, catalogue: Catalogue) -> None:
    """Set scale and offset of every float leaf that one DBC signal feeds, by a straight line or as it is."""
    conversions: dict[str, list[tuple[str, BaseConversion]]] = {}
    for message in dbc.database.messages:
        for signal in message.signals:
            conversions.setdefault(signal.name, []).append((message.name, signal.conversion))
    for rule in mapping.reads:
        entry = catalogue.get(rule.path)
        if entry.data_type not in (DataType.FLOAT, DataType.DOUBLE):
            continue
        found = [one for name, one in conversions.get(rule.signal, []) if not rule.message or name == rule.message]
        if len(found) == 1 and (line := _line(rule, found[0])) is not None:
            catalogue.add([msgspec.structs.replace(entry, scale=line[0], offset=line[1])])


def _line(rule: FromDbc, conversion: BaseConversion) -> tuple[float, float] | None:
    """Scale and offset from raw number to VSS value; None when it is no straight line over whole numbers."""
    if conversion.is_float or rule.maps:
        return None
    slope, start = (1.0, 0.0) if rule.transform is None else _straight(rule.transform) or (0.0, 0.0)
    scale, offset = slope * float(conversion.scale), slope * float(conversion.offset) + start
    return (scale, offset) if scale and math.isfinite(scale) and math.isfinite(offset) else None


def _straight(transform: Transform) -> tuple[float, float] | None:
    """Slope and start of a formula that is a straight line."""
    start, one = transform(0.0), transform(1.0)
    if not isinstance(start, float) or not isinstance(one, float):
        return None
    slope = one - start
    for x in _PROBES:
        value = transform(x)
        if not isinstance(value, float) or not math.isclose(value, slope * x + start, rel_tol=_EXACT, abs_tol=_EXACT):
            return None
    return slope, start
