# SPDX-License-Identifier: Apache-2.0
"""A recording sorted by id: when frames came and what they held."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import median

import can

from ivi.model.errors import ConfigurationError
from ivi.providers.can.frame import ERROR, EXTENDED, ID_MASK, REMOTE, Frame, from_message
from ivi.providers.can.learning.planes import flips, transpose

MAX_FRAMES = 20_000_000  # an hour of a full bus; more does not help and does not fit in memory
KNOWN = "asc, blf, csv, log, mf4, trc"


@dataclass
class Track:
    """All frames of one id, of the length that most of them have."""

    key: int
    """Id; bit 31 is set for an extended one."""
    times: list[float]
    """Seconds since the recording began."""
    payloads: list[bytes]
    strange: int = 0
    """Frames of another length, left out."""
    notes: dict[object, object] = field(default_factory=dict, repr=False)
    """What others found out about these frames and will ask again."""

    @property
    def length(self) -> int:
        """Bytes of a payload."""
        return len(self.payloads[0])

    @property
    def label(self) -> str:
        """The id as people write it."""
        return f"0x{self.key & ID_MASK:X}" if self.key & EXTENDED else f"0x{self.key:03X}"

    @cached_property
    def planes(self) -> list[int]:
        """One plane per payload bit."""
        return transpose(b"".join(self.payloads), self.length)

    @cached_property
    def flips(self) -> list[int]:
        """Changes of each payload bit, as planes."""
        return [flips(bits, len(self.payloads)) for bits in self.planes]

    @cached_property
    def rates(self) -> list[int]:
        """How often each payload bit changed."""
        return [changes.bit_count() for changes in self.flips]

    @cached_property
    def cycle(self) -> float:
        """Typical seconds from one frame to the next; 0 with a single frame."""
        gaps = [later - sooner for sooner, later in zip(self.times, self.times[1:], strict=False)]
        return median(gaps) if gaps else 0.0

    def thinned(self, most: int) -> "Track":
        """At most `most` of the frames, spread evenly."""
        if len(self.times) <= most:
            return self
        chosen = [index * len(self.times) // most for index in range(most)]
        return self.only(chosen)

    def only(self, chosen: Iterable[int]) -> "Track":
        """The frames with these indices."""
        indices = list(chosen)
        return Track(self.key, [self.times[index] for index in indices], [self.payloads[index] for index in indices])


@dataclass(frozen=True)
class Recording:
    """What a log or a live bus brought."""

    tracks: dict[int, Track]
    """By id."""
    frames: int
    duration: float
    """Seconds."""
    began: float
    """Seconds since 1970 (or the log's own zero) of the first frame."""


def sort_frames(frames: Iterable[Frame], source: str) -> Recording:
    """Sort frames by id. Raises ConfigurationError when there are none."""
    times: dict[int, list[int]] = {}
    payloads: dict[int, list[bytes]] = {}
    count = 0
    for time_ns, key, data in frames:
        if key & (REMOTE | ERROR) or not data:
            continue
        count += 1
        if count > MAX_FRAMES:
            raise ConfigurationError(f"{source} has more than {MAX_FRAMES:,} frames", hint="cut it: a few minutes do")
        if key in times:
            times[key].append(time_ns)
            payloads[key].append(data)
        else:
            times[key], payloads[key] = [time_ns], [data]
    if not count:
        raise ConfigurationError(f"{source} holds no data frame", hint="record some seconds of a bus that is awake")
    first = min(stamps[0] for stamps in times.values())
    last = max(stamps[-1] for stamps in times.values())
    tracks = {key: _track(key, first, times[key], payloads[key]) for key in sorted(times)}
    return Recording(tracks, count, (last - first) / 1e9, first / 1e9)


def read_log(log: Path) -> Recording:
    """Read a recording of any format that python-can reads. Raises ConfigurationError."""
    try:
        if not log.stat().st_size:
            raise ConfigurationError(f"the recording {log} is empty", hint="record some seconds of a bus that is awake")
        with can.LogReader(log) as reader:
            return sort_frames((from_message(message) for message in reader), str(log))
    except OSError as error:
        raise ConfigurationError(f"cannot read the recording {log}: {error.strerror}", hint="check the path") from error
    except (ValueError, IndexError, can.CanError) as error:
        raise ConfigurationError(f"cannot read the recording {log}: {error}", hint=f"formats: {KNOWN}") from error


def _track(key: int, first: int, times: list[int], payloads: list[bytes]) -> Track:
    length = Counter(map(len, payloads)).most_common(1)[0][0]
    kept = [index for index, payload in enumerate(payloads) if len(payload) == length]
    return Track(
        key,
        [(times[index] - first) / 1e9 for index in kept],
        [payloads[index] for index in kept],
        len(payloads) - len(kept),
    )
