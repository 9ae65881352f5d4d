# SPDX-License-Identifier: Apache-2.0
"""Messages of the databroker, in the nouns and verbs of Eclipse Kuksa's kuksa.val.v2, so that its edge stays thin."""

import msgspec

from ivi.model.signal import Datapoint, Metadata, Value

MAX_PATHS = 5000  # paths in one request; the whole of VSS 6 has 1,263 leaves


class ListMetadata(msgspec.Struct, array_like=True, frozen=True, tag="list_metadata"):
    """All leaves whose path matches; `pattern` has `*` for one segment and a last `**` for any depth."""

    pattern: str = "**"


class GetValues(msgspec.Struct, array_like=True, frozen=True, tag="get_values"):
    """The current values; every path must exist."""

    paths: list[str]


class Subscribe(msgspec.Struct, array_like=True, frozen=True, tag="subscribe"):
    """Snapshot of all current values, then changes. Opens a stream of ValuesUpdate."""

    paths: list[str]
    """Paths or patterns as in ListMetadata."""
    max_hz: float = 0.0
    """At most this many events a second for this subscriber, newest values win; 0 for no limit."""


class PublishValues(msgspec.Struct, array_like=True, frozen=True, tag="publish_values"):
    """New values of signals that this client provides (see OpenProviderStream)."""

    values: dict[str, Value | None]


class Actuate(msgspec.Struct, array_like=True, frozen=True, tag="actuate"):
    """Ask the provider of an actuator to make `value` true. Answered when the car reports it back, or fails in time."""

    path: str
    value: Value


class BatchActuate(msgspec.Struct, array_like=True, frozen=True, tag="batch_actuate"):
    """Several actuations; checked all before the first is sent."""

    values: dict[str, Value]


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


class ValuesUpdate(msgspec.Struct, array_like=True, frozen=True, tag="update"):
    """One event of a subscription."""

    entries: dict[str, Datapoint]


class ActuationRequest(msgspec.Struct, array_like=True, frozen=True, tag="actuation"):
    """One event of a provider stream: make these values true and publish what became of them."""

    values: dict[str, Value]


class Done(msgspec.Struct, array_like=True, frozen=True, tag="done"):
    """It was done; for Actuate: the car reported the value back after `elapsed_ms`."""

    elapsed_ms: float = 0.0


class ServerInfo(msgspec.Struct, array_like=True, frozen=True, tag="server_info"):
    """Answer of GetServerInfo."""

    name: str
    version: str


type DatabrokerAnswer = MetadataList | Values | ValuesUpdate | ActuationRequest | Done | ServerInfo
