# SPDX-License-Identifier: Apache-2.0
"""What a vehicle signal is: its value with time and source, and the metadata that COVESA VSS gives it."""

from enum import StrEnum
from typing import Any

import msgspec

type Scalar = bool | int | float | str
type StructValue = dict[str, Any]
"""Value of a VSS struct: its fields by name, each a Scalar, a list or again a struct. The catalogue checks them."""
type Value = Scalar | list[bool | int | float | str | dict[str, Any]] | dict[str, Any]


class EntryType(StrEnum):
    """Kind of a VSS leaf (VSS 6, "data entry")."""

    SENSOR = "sensor"
    ACTUATOR = "actuator"
    ATTRIBUTE = "attribute"


class DataType(StrEnum):
    """Data types of VSS 6; an array type is the element's name with `[]`."""

    BOOLEAN = "boolean"
    STRING = "string"
    INT8 = "int8"
    INT16 = "int16"
    INT32 = "int32"
    INT64 = "int64"
    UINT8 = "uint8"
    UINT16 = "uint16"
    UINT32 = "uint32"
    UINT64 = "uint64"
    FLOAT = "float"
    DOUBLE = "double"
    BOOLEAN_ARRAY = "boolean[]"
    STRING_ARRAY = "string[]"
    INT8_ARRAY = "int8[]"
    INT16_ARRAY = "int16[]"
    INT32_ARRAY = "int32[]"
    INT64_ARRAY = "int64[]"
    UINT8_ARRAY = "uint8[]"
    UINT16_ARRAY = "uint16[]"
    UINT32_ARRAY = "uint32[]"
    UINT64_ARRAY = "uint64[]"
    FLOAT_ARRAY = "float[]"
    DOUBLE_ARRAY = "double[]"
    STRUCT = "struct"
    """A type of VSS's data type tree; Metadata says which one and what its fields are. Values are mappings."""
    STRUCT_ARRAY = "struct[]"

    @property
    def is_array(self) -> bool:
        """Whether values are lists."""
        return self in _ELEMENTS

    @property
    def element(self) -> "DataType":
        """The element's type; a scalar is its own element."""
        return _ELEMENTS.get(self, self)


# Asked for each value that is published, so it is looked up, not computed.
_ELEMENTS = {kind: DataType(kind.value.removesuffix("[]")) for kind in DataType if kind.value.endswith("[]")}


class Datapoint(msgspec.Struct, frozen=True, array_like=True, gc=False):  # a value never leads back to its datapoint
    """One value of one signal, as Kuksa's Datapoint, with the clock that ages are computed from."""

    value: Value | None
    """In the unit of the signal's metadata; None when the provider says "not available"."""
    time_ns: int
    """Wall clock of the observation, nanoseconds since 1970 (the bus's own stamp where there is one)."""
    mono_ns: int
    """CLOCK_MONOTONIC of this machine when the broker took the value, nanoseconds. Ages use this, never `time_ns`."""
    source: str = ""
    """Who provided it, e.g. `can:can0`; `persisted` for one that was kept over a restart and not yet provided again."""


class Metadata(msgspec.Struct, frozen=True):
    """What is known of a VSS leaf before any value arrives."""

    path: str
    data_type: DataType
    entry_type: EntryType
    unit: str = ""
    """VSS unit name (`km/h`, `Celsius`, `percent`); empty for none."""
    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[Scalar, ...] = ()
    description: str = ""
    persist: bool = False
    """Whether the broker keeps the last value over its own restart (`persist: true` in an overlay; our word)."""
    struct: str = ""
    """Name of the struct type in VSS's data type tree; empty for plain types."""
    fields: "tuple[Metadata, ...]" = ()
    """Fields of a struct in order; `path` is the field's name."""
    scale: float = 0.0
    """A float that comes from a whole number on a bus is that number * scale + offset; 0: nothing is known of one."""
    offset: float = 0.0
    """As in `scale`."""
