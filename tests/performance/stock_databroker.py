# SPDX-License-Identifier: Apache-2.0
"""The peer of bench_chain.py: what one writes with python-can and cantools alone, in the databroker's place.

`bus.recv` frame by frame, `cantools.Message.decode`, and a look in a dictionary for what has changed; the changes of
one turn go out as one update. It fans out over the same link as the databroker and keeps no health, no history and no
metadata, which is in its favour.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path
from typing import cast

import can

from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.paths import socket_path
from ivi.daemon.shared_event import SharedEvent
from ivi.model import databroker as wire
from ivi.model.signal import Datapoint
from ivi.model.status import ProcessStatus
from ivi.providers.can.dbc import load
from ivi.vss.catalogue import Catalogue
from ivi.vss.mapping import load_mapping


class StockDatabroker:
    """Reads the bus, decodes every frame that has a wanted signal, and tells the changes."""

    def __init__(self, channel: str, dbc: Path, overlay: Path) -> None:
        self._bus = can.Bus(channel, interface="ivi")
        database = load(dbc).database  # with the repairs that the DBC needs before cantools takes it
        messages = {message.name: message for message in database.messages}
        wanted: dict[str, dict[str, str]] = {}
        for rule in load_mapping(overlay, Catalogue()).reads:
            wanted.setdefault(rule.message, {})[rule.signal] = rule.path
        self._wanted = {messages[name].frame_id: (messages[name], paths) for name, paths in wanted.items()}
        self._last: dict[str, object] = {}
        self._streams: list[Stream] = []
        self.received = self.lost = 0

    def status(self) -> ProcessStatus:
        """What the benchmark counts."""
        counters: dict[str, bool | int | float | str] = {
            "frames_received": self.received,
            "frames_dropped": int(getattr(self._bus, "dropped", 0)),
            "updates_overwritten": self.lost,
        }
        return ProcessStatus("databroker", os.getpid(), "0", 0.0, counters, [])

    def read(self) -> None:
        """Everything that waits, then one update."""
        entries: dict[str, Datapoint] = {}
        while (message := self._bus.recv(0)) is not None:
            self.received += 1
            known = self._wanted.get(message.arbitration_id)
            if known is None:
                continue
            definition, paths = known
            values = cast("dict[str, float]", definition.decode(bytes(message.data), decode_choices=False))
            for name, path in paths.items():
                value = values[name]
                if self._last.get(path) != value:
                    self._last[path] = value
                    entries[path] = Datapoint(value, int(message.timestamp * 1e9), time.monotonic_ns(), "can:can0")
        if entries:
            event = SharedEvent(wire.ValuesUpdate(entries))
            for stream in self._streams:
                self.lost += not stream.offer(event)

    async def serve(self) -> None:
        """Until SIGTERM."""
        loop = asyncio.get_running_loop()
        stopped = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, stopped.set)
        server = LinkServer(socket_path("databroker"), (wire.DatabrokerRequest,), self.status)
        server.router.on_stream(wire.Subscribe, self._subscribe)
        await server.start()
        loop.add_reader(self._bus.fileno(), self.read)
        await stopped.wait()
        loop.remove_reader(self._bus.fileno())
        await server.stop()
        self._bus.shutdown()

    async def _subscribe(self, _request: wire.Subscribe, stream: Stream) -> None:
        self._streams.append(stream)
        try:
            await asyncio.Event().wait()
        finally:
            self._streams.remove(stream)


if __name__ == "__main__":
    asyncio.run(StockDatabroker(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])).serve())
