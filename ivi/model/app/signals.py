# SPDX-License-Identifier: Apache-2.0
"""Reading the car's signals and changing its actuators."""

import msgspec

from ivi.model.signal import Datapoint, Value


class GetSignals(msgspec.Struct, array_like=True, frozen=True, tag="get_signals"):
    """Current values of granted VSS paths; one that is not granted fails the call with permission_denied."""

    paths: list[str]


class SubscribeSignals(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_signals"):
    """Opens a stream of Signals; every path must be granted, the rate is the grant's."""

    paths: list[str]


class ActuateSignal(msgspec.Struct, array_like=True, frozen=True, tag="actuate_signal"):
    """Ask the car to change a granted actuator."""

    path: str
    value: Value


type Request = GetSignals | SubscribeSignals | ActuateSignal


class Signals(msgspec.Struct, array_like=True, frozen=True, tag="signals"):
    """Values of signals; a path without a value yet is absent."""

    entries: dict[str, Datapoint]


type Answer = Signals
