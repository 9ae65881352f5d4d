# SPDX-License-Identifier: Apache-2.0
"""All CAN buses of a car: one provider each, their counters together, their health on request."""

from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.model.errors import ConfigurationError, PermissionDeniedError
from ivi.model.health import HealthReport, ListHealth
from ivi.providers.can.bus_spec import BusSpec
from ivi.providers.can.provider import CanProvider, Car
from ivi.vss.catalogue import Catalogue

SUMS = ("received", "dropped", "undecodable")
"""Counters whose sum over the buses is a counter of the process: `frames_<name>`."""
PER_BUS = ("received", "dropped", "unknown", "undecodable", "error_frames", "stale", "opened")
"""Counters of each bus in the status, as `bus.<name>.<counter>`; `ivi health` has all."""


class CanBuses:
    """Feeds the broker from all buses."""

    def __init__(self, process: Process, broker: Broker, cars: list[tuple[BusSpec, Car]]) -> None:
        self._catalogue: Catalogue = broker.catalogue
        self._broker = broker
        self._providers = [CanProvider(process, broker, car, bus) for bus, car in cars]
        process.add_counters(self.counters)

    async def start(self) -> None:
        """Start all. Raises ConfigurationError when two buses feed the same path."""
        for provider in self._providers:
            try:
                await provider.start()
            except PermissionDeniedError as error:
                raise ConfigurationError(
                    f"bus {provider.bus.name}: {error.message}",
                    hint="give each bus its own dbc= and overlay=; one path comes from one bus",
                ) from error

    async def stop(self) -> None:
        """Close all."""
        for provider in self._providers:
            await provider.stop()

    def counters(self) -> dict[str, bool | int | float | str]:
        """Numbers for the status: sums first, then each bus."""
        buses = [provider.health() for provider in self._providers]
        found: dict[str, bool | int | float | str] = {
            f"frames_{name}": sum(bus.counters[name] for bus in buses) for name in SUMS
        }
        unknown = [bus.counters["unknown"] for bus in buses if "unknown" in bus.counters]
        if unknown:  # left out where the kernel keeps unknown ids back on every bus
            found["frames_unknown"] = sum(unknown)
        found["values_invalid"] = sum(bus.counters["invalid"] for bus in buses)
        for bus in buses:
            key = f"bus.{bus.name}"
            found[f"{key}.state"] = bus.state
            found[f"{key}.rate_hz"] = round(bus.rate_hz, 1)
            found.update({f"{key}.{name}": bus.counters[name] for name in PER_BUS if name in bus.counters})
        return found

    async def list_health(self, request: ListHealth, _session: object) -> HealthReport:
        """Answer of ListHealth on the link."""
        signals = []
        if request.pattern:
            wanted = set(self._catalogue.resolve([request.pattern]))
            signals = [signal for provider in self._providers for signal in provider.signals() if signal.path in wanted]
        messages = [message for provider in self._providers for message in provider.messages()]
        return HealthReport([provider.health() for provider in self._providers], signals, messages)
