# SPDX-License-Identifier: Apache-2.0
"""From payload to signal values. `SignalDecoder` is the interface; cantools stands behind it now."""

from collections.abc import Iterable, Mapping
from typing import Protocol, Self

from cantools.database.can import Message
from cantools.database.errors import DecodeError

from ivi.model.signal import Scalar
from ivi.providers.can.dbc import LoadedDbc, frame_key


class SignalDecoder(Protocol):
    """Decodes payloads of the messages of one DBC."""

    def knows(self, key: int) -> bool:
        """Whether the DBC has a message with this id (bit 31 = extended)."""
        ...

    def decode(self, key: int, data: bytes) -> Mapping[str, Scalar] | None:
        """Scaled values by signal name; a value table's text (as `str`) where the table has the number.

        None when the payload does not fit the message: too short, or an unknown multiplexer value.
        """
        ...


class CantoolsDecoder:
    """The simplest correct decoder: cantools, message by message."""

    def __init__(self, dbc: LoadedDbc) -> None:
        self._messages: dict[int, Message] = {frame_key(message): message for message in dbc.database.messages}

    def knows(self, key: int) -> bool:
        """See SignalDecoder."""
        return key in self._messages

    def decode(self, key: int, data: bytes) -> Mapping[str, Scalar] | None:
        """See SignalDecoder. Bytes beyond the message's length are ignored, as cantools does."""
        try:
            values = self._messages[key].decode(data, decode_choices=True, allow_truncated=False)
        except (DecodeError, ValueError):
            return None
        if not isinstance(values, dict):
            return None
        return {
            name: value if isinstance(value, int | float | str) else Choice(value.value, str(value))
            for name, value in values.items()
        }


class Choice(str):
    """A value table's text that still knows its number."""

    __slots__ = ("number",)

    number: int

    def __new__(cls, number: int, text: str) -> Self:
        """The text `text` for the raw number `number`."""
        made = super().__new__(cls, text)
        made.number = number
        return made


def signal_index(dbc: LoadedDbc) -> dict[str, list[int]]:
    """Which messages carry a signal of this name, by id."""
    index: dict[str, list[int]] = {}
    for message in dbc.database.messages:
        for signal in message.signals:
            index.setdefault(signal.name, []).append(frame_key(message))
    return index


def cycle_times(dbc: LoadedDbc) -> dict[int, float]:
    """Seconds between two frames of each cyclic message (GenMsgCycleTime)."""
    return {frame_key(message): message.cycle_time / 1000 for message in dbc.database.messages if message.cycle_time}


def message_names(dbc: LoadedDbc, keys: Iterable[int]) -> list[str]:
    """Names of messages by id, for people."""
    names = {frame_key(message): message.name for message in dbc.database.messages}
    return [names.get(key, hex(key)) for key in keys]
