# SPDX-License-Identifier: Apache-2.0
"""The frames of one read. Most frames of a bus concern nobody, so a batch makes a Frame only when it is asked for one.

That is less for the processor than for its caches: a databroker sleeps between two ticks of a bus, and what it touches
when it wakes has to come from the main memory, objects that are made and thrown away first of all.
"""

import struct
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Protocol

from ivi.providers.can.frame import ODD, Frame

# A record of our own bus: time, id, length, flags, 2 bytes of reserve, 64 bytes of payload
RECORD = struct.Struct("<QIBB2x64s")
RECORD_SIZE = RECORD.size
_SHORT = struct.Struct("<QIB3x8s56x")  # the same, of a frame with at most 8 bytes
_HEAD = struct.Struct("<8xIB67x")  # the same, id and length only
_TIME = struct.Struct("<Q")
_ID_TOP, _LENGTH, _FLAGS = 11, 12, 13  # offsets of the id's highest byte, the length and the flags
_REGULAR = bytes(top for top in range(256) if not top << 24 & ODD)
_CLASSIC = 8  # bytes, at most
_CLASSIC_LENGTHS = bytes(range(_CLASSIC + 1))

type Fields = tuple[int, int, int, bytes]
"""Time in ns since 1970, id, length, and payload, which may be longer than the length says."""

_KEY, _DATA = itemgetter(1), itemgetter(2)  # of a frame
_frame = tuple.__new__


class FrameBatch(Protocol):
    """Data frames in the order of their arrival."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def __iter__(self) -> Iterator[Frame]: ...

    @property
    @abstractmethod
    def newest_ns(self) -> int:
        """Time of the last frame; there must be one."""

    @abstractmethod
    def fields(self) -> Iterable[Fields]:
        """Time, id, length and payload of each frame; a payload may be padded and has to be cut to its length."""

    @abstractmethod
    def heads(self) -> Iterable[tuple[int, int]]:
        """Id and length of each frame."""


class FrameList(list[Frame], FrameBatch):
    """Frames that exist already."""

    @property
    def newest_ns(self) -> int:
        """See FrameBatch."""
        return self[-1].time_ns

    def fields(self) -> Iterable[Fields]:
        """See FrameBatch."""
        return ((time_ns, key, len(data), data) for time_ns, key, data in self)

    def heads(self) -> Iterable[tuple[int, int]]:
        """See FrameBatch."""
        return zip(map(_KEY, self), map(len, map(_DATA, self)), strict=True)


class RecordBatch(FrameBatch):
    """Records of our own bus, all of classic data frames (see `is_plain`)."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __len__(self) -> int:
        return len(self._data) // RECORD_SIZE

    def __iter__(self) -> Iterator[Frame]:
        new, kind = _frame, Frame
        return (new(kind, (time_ns, key, data[:size])) for time_ns, key, size, data in self.fields())

    @property
    def newest_ns(self) -> int:
        """See FrameBatch."""
        newest: int = _TIME.unpack_from(self._data, len(self._data) - RECORD_SIZE)[0]
        return newest

    def fields(self) -> Iterable[Fields]:
        """See FrameBatch."""
        return _SHORT.iter_unpack(self._data)

    def heads(self) -> Iterable[tuple[int, int]]:
        """See FrameBatch."""
        return _HEAD.iter_unpack(self._data)


def is_plain(data: bytes) -> bool:
    """Whether these records are all of classic data frames; looked at by columns, so cheap where they are."""
    step = RECORD_SIZE
    return not (
        data[_LENGTH::step].strip(_CLASSIC_LENGTHS)
        or data[_FLAGS::step].strip(b"\0")
        or data[_ID_TOP::step].strip(_REGULAR)
    )
