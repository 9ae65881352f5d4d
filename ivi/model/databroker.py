# SPDX-License-Identifier: Apache-2.0
"""Messages of the databroker, in the nouns and verbs of Eclipse Kuksa's kuksa.val.v2, so that its edge stays thin."""

import msgspec

from ivi.model.signal import Datapoint, Metadata, Value

MAX_PATHS = 5000  # paths in one request; the whole of VSS 6 has 1,263 leaves
MAX_QUEUE = 1000  # events kept for a slow subscriber; Kuksa's bound of buffer_size


class ListMetadata(msgspec.Struct, array_like=True, frozen=True, tag="list_metadata"):
    """All leaves whose path matches; `pattern` has `*` for one segment and a last `**` for any depth."""

    pattern: str = "**"


class GetValues(msgspec.Struct, array_like=True, frozen=True, tag="get_values"):
    """The current values; every path must exist."""

    paths: list[str]
    targets: bool = False
    """Whether the answer also holds the target values: what actuators were asked for last."""


class Deadband(msgspec.Struct, array_like=True, frozen=True):
    """How far a number must move from the last one that was taken before it counts as changed.

    With both given it must pass both. Values that are no numbers, and "not available", count whenever they change.
    """

    absolute: float = 0.0
    """In the unit of the signal."""
    percent: float = 0.0
    """Of the last value's magnitude."""


class Subscribe(msgspec.Struct, array_like=True, frozen=True, tag="subscribe"):
    """Snapshot of all current values, then changes. Opens a stream of ValuesUpdate.

    A pattern is resolved once: the catalogue does not change while the broker runs, so there are no later leaves.
    A reader that is too slow never slows the publisher: `queue` says what it loses, and Event.dropped how much.
    """

    paths: list[str]
    """Paths or patterns as in ListMetadata."""
    max_hz: float = 0.0
    """At most this many events a second for this subscriber, newest values win; 0 for no limit."""
    queue: int = 0
    """0: values that could not be sent are overwritten by newer ones; Event.dropped counts the overwritten values.
    1 to MAX_QUEUE: that many events are kept in order and the oldest is dropped; Event.dropped counts the events."""
    on_change: bool = True
    """False: every publication counts, also one that repeats the value."""
    deadband: Deadband = Deadband()
    """For all paths of this subscription."""
    deadbands: dict[str, Deadband] = {}
    """For single paths or patterns of this subscription, over `deadband`; of several that fit the last one counts."""
    targets: bool = False
    """Whether target values are followed too (ValuesUpdate.targets)."""


class PublishValues(msgspec.Struct, array_like=True, frozen=True, tag="publish_values"):
    """New values of signals that this client provides (see OpenProviderStream)."""

    values: dict[str, Value | None]
    time_ns: int = 0
    """When they were observed, nanoseconds since 1970; 0 for now."""


class Actuate(msgspec.Struct, array_like=True, frozen=True, tag="actuate"):
    """Ask the provider of an actuator to make `value` true. Answered when the car reports it back, or fails in time."""

    path: str
    value: Value
    confirm: bool = True
    """False: answered when the provider has taken it, without waiting for the car's report."""


class BatchActuate(msgspec.Struct, array_like=True, frozen=True, tag="batch_actuate"):
    """Several actuations; checked all before the first is sent."""

    values: dict[str, Value]
    confirm: bool = True
    """As in Actuate."""


class OpenProviderStream(msgspec.Struct, array_like=True, frozen=True, tag="open_provider_stream"):
    """Become the provider of `paths`. Opens a stream of ActuationRequest; a path has one provider only."""

    paths: list[str]


class GetServerInfo(msgspec.Struct, array_like=True, frozen=True, tag="get_server_info"):
    """Name and version of the server."""


type DatabrokerRequest = (
    ListMetadata | GetValues | Subscribe | PublishValues | Actuate | BatchActuate | OpenProviderStream | GetServerInfo
)


class MetadataList(msgspec.Struct, array_like=True, frozen=True, tag="metadata"):
    """Answer of ListMetadata."""

    entries: list[Metadata]


class Values(msgspec.Struct, array_like=True, frozen=True, tag="values"):
    """Answer of GetValues; a path without a value yet is absent."""

    entries: dict[str, Datapoint]
    targets: dict[str, Datapoint] = {}
    """What actuators were asked for last, where it was asked for; a path that nobody has set is absent."""


class ValuesUpdate(msgspec.Struct, array_like=True, frozen=True, tag="update"):
    """One event of a subscription."""

    entries: dict[str, Datapoint]
    targets: dict[str, Datapoint] = {}
    """Target values that changed; they come in events of their own."""


class ActuationRequest(msgspec.Struct, array_like=True, frozen=True, tag="actuation"):
    """One event of a provider stream: make these values true and publish what became of them."""

    values: dict[str, Value]


class Done(msgspec.Struct, array_like=True, frozen=True, tag="done"):
    """It was done; for Actuate: the car reported the value back (or, unconfirmed, took it) after `elapsed_ms`."""

    elapsed_ms: float = 0.0


class ServerInfo(msgspec.Struct, array_like=True, frozen=True, tag="server_info"):
    """Answer of GetServerInfo."""

    name: str
    version: str


type DatabrokerAnswer = MetadataList | Values | ValuesUpdate | ActuationRequest | Done | ServerInfo
