# SPDX-License-Identifier: Apache-2.0
"""What the fake car's services process says of energy, tyres and departures: {"car": {kind: fields}}.

`energy`, `tyres`, `departures`: the fields of what the stream says next. Changes of departures are written out as
{"departure": [id, minute, days, temperature, enabled]} and {"gone": id}.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec

from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.climate_schedule import Departures, DepartureTaken, RemoveDeparture, SetDeparture, SubscribeDepartures
from ivi.model.energy_record import EnergyRecord, SubscribeEnergy
from ivi.model.tyres import SubscribeTyres, TyreTrends

EVENTS: dict[str, tuple[str, type[msgspec.Struct], type[msgspec.Struct]]] = {
    "energy": ("energy_record", EnergyRecord, SubscribeEnergy),
    "tyres": ("tyre_trends", TyreTrends, SubscribeTyres),
    "departures": ("departures", Departures, SubscribeDepartures),
}


class CarServices:
    """State behind these streams."""

    def __init__(self, say: Callable[..., None]) -> None:
        self._say = say
        self._newest: dict[str, msgspec.Struct] = {}
        self._streams: dict[str, set[Stream]] = {kind: set() for kind in EVENTS}

    def take(self, said: dict[str, Any]) -> None:
        """Do what one command says."""
        for kind, fields in said.items():
            tag, answer, _ = EVENTS[kind]
            self._newest[kind] = msgspec.convert([tag, *fields], answer)
            for stream in self._streams[kind]:
                stream.send(self._newest[kind])

    def serve(self, router: Router) -> None:
        """Register the streams and calls."""
        for kind, (_, _, request) in EVENTS.items():
            router.on_stream(request, self._follow(kind))
        router.on_call(SetDeparture, self._set)
        router.on_call(RemoveDeparture, self._remove)

    def _follow(self, kind: str) -> Callable[[msgspec.Struct, Stream], Any]:
        async def follow(_request: msgspec.Struct, stream: Stream) -> None:
            if kind in self._newest:
                stream.send(self._newest[kind])
            self._streams[kind].add(stream)
            try:
                await asyncio.Event().wait()
            finally:
                self._streams[kind].discard(stream)

        return follow

    async def _set(self, request: SetDeparture, _session: Session) -> DepartureTaken:
        self._say(departure=msgspec.to_builtins(request.departure))
        return DepartureTaken()

    async def _remove(self, request: RemoveDeparture, _session: Session) -> DepartureTaken:
        self._say(gone=request.id)
        return DepartureTaken()
