# SPDX-License-Identifier: Apache-2.0
"""From payload to signal values. `SignalDecoder` is the interface; cantools stands behind it now."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from cantools.database.can import Message
from cantools.database.errors import DecodeError

from ivi.providers.can.dbc import LoadedDbc, frame_key


class SignalDecoder(Protocol):
    """Decodes payloads of the messages of one DBC."""

    def knows(self, key: int) -> bool:
        """Whether the DBC has a message with this id (bit 31 = extended)."""
        ...

    def decode(self, key: int, data: bytes) -> Mapping[str, float] | None:
        """Scaled numbers by signal name; of a multiplexed message only the branch that came.

        None when the payload does not fit the message: too short, or an unknown multiplexer value.
        """
        ...

    def text(self, key: int, signal: str, value: float) -> str | None:
        """What the value table calls this scaled number; None when the table does not have it."""
        ...


class CantoolsDecoder:
    """The simplest correct decoder: cantools, message by message."""

    def __init__(self, dbc: LoadedDbc) -> None:
        self._messages: dict[int, Message] = {frame_key(message): message for message in dbc.database.messages}

    def knows(self, key: int) -> bool:
        """See SignalDecoder."""
        return key in self._messages

    def decode(self, key: int, data: bytes) -> Mapping[str, float] | None:
        """See SignalDecoder. Bytes beyond the message's length are ignored, as cantools does."""
        try:
            values = self._messages[key].decode(data, decode_choices=False, allow_truncated=False)
        except (DecodeError, ValueError):
            return None
        if not isinstance(values, dict):
            return None
        return {name: value for name, value in values.items() if isinstance(value, int | float)}

    def text(self, key: int, signal: str, value: float) -> str | None:
        """See SignalDecoder. Value tables are over raw numbers, so the number is turned back first."""
        described = self._messages[key].get_signal_by_name(signal)
        if not described.choices:
            return None
        named = described.choices.get(int(described.scaled_to_raw(value)))
        return None if named is None else str(named)


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
