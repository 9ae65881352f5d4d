# SPDX-License-Identifier: Apache-2.0
"""Messages about the health of the vehicle's buses and signals; served by the databroker beside its own."""

import msgspec


class ListHealth(msgspec.Struct, array_like=True, frozen=True, tag="list_health"):
    """How the buses do, and the signals whose path matches `pattern`."""

    pattern: str = ""
    """As in ListMetadata; empty for no signals."""


class BusHealth(msgspec.Struct, array_like=True, frozen=True):
    """One bus."""

    name: str
    address: str
    state: str
    """`away`, `silent`, `babbling`, `bus-off`, `error-passive`, `error-warning` or `ok`, the worst that holds."""
    reason: str
    """Why it is away; empty when it is not."""
    counters: dict[str, int]
    """Frames and faults since the start; docs/summary.md names them."""
    rate_hz: float
    """Frames per second, over the last one to two seconds."""
    age_s: float | None
    """Seconds since the last frame; None when there was none."""


class MessageHealth(msgspec.Struct, array_like=True, frozen=True):
    """One message that the overlay says how to check."""

    bus: str
    message: str
    accepted: int
    """Frames whose counter and checksum were right."""
    checksum_faults: int
    """Frames with a wrong checksum; they were not used."""
    counter_repeated: int
    """Frames with the counter of the frame before (a sender that hangs); they were not used."""
    counter_skipped: int
    """Frames whose counter was not the next one: frames before them are missing."""
    faulty: bool
    """Whether there was a fault in the last seconds."""


class SignalHealth(msgspec.Struct, array_like=True, frozen=True):
    """One VSS path that a bus feeds. Its message decides: a signal that keeps its value is not stale."""

    path: str
    bus: str
    message: str
    rate_hz: float
    """Frames per second of its message."""
    age_s: float | None
    """Seconds since its message last came; None when it never did."""
    timeout_s: float | None
    """Age at which the value becomes "not available"; None for never."""
    stale: bool
    timeouts: int
    """How often that happened."""
    checksum_faults: int = 0
    """Of its message."""
    counter_faults: int = 0
    """Of its message: repeated and skipped."""


class HealthReport(msgspec.Struct, array_like=True, frozen=True, tag="health"):
    """Answer of ListHealth."""

    buses: list[BusHealth]
    signals: list[SignalHealth]
    messages: list[MessageHealth] = []
    """Those with a counter or a checksum, whatever was asked for."""
