# SPDX-License-Identifier: Apache-2.0
"""Values, datapoints and metadata between our words and Kuksa's messages."""

from collections.abc import Iterable

from kuksa.val.v1 import types_pb2 as v1
from kuksa.val.v2 import types_pb2 as v2

from ivi.doors.leaves import Leaf, field_of
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Datapoint, DataType, Metadata, Value

_SECOND = 1_000_000_000  # nanoseconds


def put(message: object, field: str, value: Value) -> None:
    """Set one field of a Value (v2) or of a Datapoint (v1)."""
    if isinstance(value, list):
        array = getattr(message, field)
        array.SetInParent()  # an empty list is a value too
        array.values.extend(value)
    else:
        setattr(message, field, value)


def take(message: v2.Value | v1.Datapoint, leaf: Leaf) -> Value:
    """The value of a Value (v2) or a Datapoint (v1), which must be of the leaf's own type, as Kuksa demands.

    Raises InvalidArgumentError.
    """
    field = leaf.field
    if not message.HasField(field):
        kind = message.WhichOneof("typed_value" if isinstance(message, v2.Value) else "value")
        raise InvalidArgumentError(f"{leaf.path} takes {field} ({leaf.entry.data_type}), not {kind or 'nothing'}")
    found = getattr(message, field)
    value: Value = list(found.values) if leaf.is_array else found
    return value


def fill_v2(message: v2.Datapoint, leaf: Leaf, datapoint: Datapoint | None) -> None:
    """Our datapoint in Kuksa's; nothing when there is none, no value when it is not available."""
    if datapoint is None:
        return
    message.timestamp.seconds, message.timestamp.nanos = divmod(datapoint.time_ns, _SECOND)
    if datapoint.value is not None:
        put(message.value, leaf.field, datapoint.value)


def to_v2(leaf: Leaf, datapoint: Datapoint | None) -> v2.Datapoint:
    """As fill_v2, in a message of its own."""
    message = v2.Datapoint()
    fill_v2(message, leaf, datapoint)
    return message


def fill_v1(message: v1.Datapoint, leaf: Leaf, datapoint: Datapoint) -> None:
    """Our datapoint in Kuksa's of v1. The value must be there."""
    message.timestamp.seconds, message.timestamp.nanos = divmod(datapoint.time_ns, _SECOND)
    if datapoint.value is not None:
        put(message, leaf.field, datapoint.value)


def metadata_v2(leaf: Leaf) -> v2.Metadata:
    """What is known of a leaf."""
    entry = leaf.entry
    message = v2.Metadata(
        path=leaf.path,
        id=leaf.id,
        data_type=_data_type(v2, entry.data_type),
        entry_type=_entry_type(v2, entry),
        description=entry.description,
        unit=entry.unit,
    )
    element = entry.data_type.element
    for name, bound in (("min", entry.minimum), ("max", entry.maximum)):
        if bound is not None:
            put(getattr(message, name), field_of(element), _number(element, bound))
    if entry.allowed:
        put(message.allowed_values, f"{field_of(element)}_array", list(entry.allowed))
    return message


def metadata_v1(leaf: Leaf, fields: Iterable[int]) -> v1.Metadata:
    """What is known of a leaf, as far as these fields of v1 ask for it."""
    entry, wanted = leaf.entry, set(fields)
    message = v1.Metadata()
    everything = v1.FIELD_METADATA in wanted
    if everything or v1.FIELD_METADATA_DATA_TYPE in wanted:
        message.data_type = _data_type(v1, entry.data_type)
    if everything or v1.FIELD_METADATA_ENTRY_TYPE in wanted:
        message.entry_type = _entry_type(v1, entry)
    if (everything or v1.FIELD_METADATA_DESCRIPTION in wanted) and entry.description:
        message.description = entry.description
    if (everything or v1.FIELD_METADATA_UNIT in wanted) and entry.unit:
        message.unit = entry.unit
    if everything or v1.FIELD_METADATA_VALUE_RESTRICTION in wanted:
        _restrict(message.value_restriction, entry)
    return message


def _restrict(restriction: v1.ValueRestriction, entry: Metadata) -> None:
    element = entry.data_type.element
    if element is DataType.STRING:
        restriction.string.allowed_values.extend(entry.allowed)
        return
    if element is DataType.BOOLEAN:
        return
    kind = "floating_point" if element in (DataType.FLOAT, DataType.DOUBLE) else "signed"
    target = getattr(restriction, "unsigned" if element.value.startswith("uint") else kind)
    if entry.minimum is not None:
        target.min = _number(element, entry.minimum)
    if entry.maximum is not None:
        target.max = _number(element, entry.maximum)
    target.allowed_values.extend(entry.allowed)


def _number(element: DataType, bound: float) -> int | float:
    return bound if element in (DataType.FLOAT, DataType.DOUBLE) else int(bound)


def _data_type(types: object, data_type: DataType) -> int:
    name = data_type.value.upper().replace("[]", "_ARRAY")
    number: int = getattr(types, f"DATA_TYPE_{name}")
    return number


def _entry_type(types: object, entry: Metadata) -> int:
    number: int = getattr(types, f"ENTRY_TYPE_{entry.entry_type.value.upper()}")
    return number
