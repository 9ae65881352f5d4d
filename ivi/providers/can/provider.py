# SPDX-License-Identifier: Apache-2.0
"""The CAN provider joins bus reader, translator and encoder of one bus to the broker, and watches the bus's health."""

import asyncio
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.demand import OnDemand
from ivi.model.errors import UnavailableError
from ivi.model.health import BusHealth, MessageHealth, SignalHealth
from ivi.model.signal import Value
from ivi.model.status import Problem
from ivi.providers.can import dbc as dbc_file
from ivi.providers.can.batch import FrameBatch
from ivi.providers.can.bus_spec import BusSpec
from ivi.providers.can.bus_state import BusState
from ivi.providers.can.dbc import frame_key
from ivi.providers.can.decoder import Decoder
from ivi.providers.can.encoder import Encoder
from ivi.providers.can.fault_watch import FaultWatch
from ivi.providers.can.frame import Frame
from ivi.providers.can.health import SignalWatch
from ivi.providers.can.id_mask import id_filters
from ivi.providers.can.live_decoding import LiveDecoding
from ivi.providers.can.reader import BusReader
from ivi.providers.can.rules import raw_mapping
from ivi.providers.can.scales import note_scales
from ivi.providers.can.source import FrameSource
from ivi.providers.can.translate import Translator
from ivi.vss.catalogue import Catalogue
from ivi.vss.mapping import DbcMapping, load_mapping

RELEASE = 0.05  # seconds between looks at values that an interval holds back
AGES = 0.1  # seconds between looks at what has gone silent; they end after a second or a time in an overlay
SILENT = RELEASE / 4  # seconds that a look waits for a frame to wake us for it; a wake-up costs more than the look


@dataclass(frozen=True)
class Car:
    """What the files say of a car: its frames, and what they mean in VSS."""

    dbc: dbc_file.LoadedDbc
    mapping: DbcMapping
    translator: Translator


def load_car(dbc: Path, overlay: Path | None, catalogue: Catalogue, *, decode_all: bool = True) -> Car:
    """Read DBC and overlay; without an overlay every signal appears under Vehicle.Raw. Raises ConfigurationError.

    `decode_all`: whether its translator is ready for all paths; the providers here say themselves what is wanted.
    """
    loaded = dbc_file.load(dbc)
    mapping = load_mapping(overlay, catalogue) if overlay else raw_mapping(loaded, catalogue)
    note_scales(mapping, loaded, catalogue)
    return Car(loaded, mapping, Translator(Decoder(loaded), mapping, loaded, catalogue, decode_all=decode_all))


def report_skipped(process: Process, file: Path, car: Car, key: str = "dbc") -> None:
    """Show which lines of the DBC are not used."""
    if car.dbc.skipped:
        lines = "; ".join(str(item) for item in car.dbc.skipped[:5])
        more = f" and {len(car.dbc.skipped) - 5} more" if len(car.dbc.skipped) > 5 else ""  # noqa: PLR2004  # as above
        process.report(
            key,
            Problem(f"{len(car.dbc.skipped)} lines of the DBC are not used: {lines}{more}", str(file), "mend the file"),
        )


class CanProvider(OnDemand):
    """Feeds the broker from one bus and sends actuations to it."""

    def __init__(self, process: Process, broker: Broker, car: Car, bus: BusSpec) -> None:
        self.bus = bus
        self.name = f"can:{bus.name}"
        """Source in datapoints, e.g. `can:can0`; one string for all of them."""
        self._broker = broker
        self._car = car
        self._encoder = Encoder(car.mapping, car.dbc)
        faults = car.translator.faults
        self._watch = SignalWatch(car.dbc, car.mapping, faults)
        names = {frame_key(message): message.name for message in car.dbc.database.messages}
        self._faults = FaultWatch(process, bus.name, faults, names)
        self._state = BusState(process, bus)
        wanted = id_filters(car.dbc.database.messages, car.translator.keys)
        self._reader = BusReader(bus, wanted, self)
        self._tasks: list[asyncio.Task[None]] = []
        self._next_look = self._next_ages = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._live = LiveDecoding(car.translator, self._publish)

    async def start(self) -> None:
        """Become the provider of the car's paths and begin to read.

        Raises NotFoundError, PermissionDeniedError (another provider has one of the paths).
        """
        self._broker.register(self, {*self._car.translator.paths, *self._encoder.paths})
        self._tasks = [asyncio.get_running_loop().create_task(self._reader.run())]
        self._look()

    async def stop(self) -> None:
        """Close the bus."""
        self._live.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._timer is not None:
            self._timer.cancel()

    def accept(self, values: Mapping[str, Value]) -> None:
        """See ivi.databroker.broker.Accepting."""
        self._encoder.check(values)
        if not self._reader.is_open:
            raise UnavailableError(f"the CAN bus {self.bus.name} is away", hint="see `ivi status`")

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """See ivi.databroker.broker.Provider."""
        messages, expected = self._encoder.encode(values)
        await self._reader.send(messages)
        return expected

    # -- what is wanted (see OnDemand) -----------------------------------------------------------------------------
    def interest(self, began: Collection[str], ended: Collection[str]) -> None:
        """See OnDemand."""
        self._live.interest(began, ended)

    def catch_up(self, paths: Collection[str]) -> None:
        """See OnDemand."""
        self._live.catch_up(paths)

    @property
    def available(self) -> list[str]:
        """See OnDemand."""
        return self._car.translator.available

    def _publish(self, values: Mapping[str, Value], time_ns: int) -> None:
        self._broker.publish(self, values, time_ns)

    # -- what the reader tells (see BusListener) ---------------------------------------------------
    def on_frames(self, frames: FrameBatch) -> None:
        """See BusListener."""
        translator = self._car.translator
        if values := translator.take(frames.fields()):
            self._broker.publish(self, values, frames.newest_ns)
        self._watch.note(frames)  # when the values are under way
        if time.monotonic() >= self._next_look:
            self._look()

    def on_odd(self, frames: list[Frame]) -> None:
        """See BusListener."""
        self._watch.note_odd(frames)
        self._state.on_odd(frames)

    def on_fd(self, keys: list[int]) -> None:
        """See BusListener."""
        self._watch.note_fd(keys)

    def on_open(self, source: FrameSource) -> None:
        """See BusListener."""
        self._state.on_open(source.warning, source.warning_hint, time.monotonic())

    def on_failed(self, reason: str) -> None:
        """See BusListener."""
        self._state.on_failed(reason)

    def on_throttled(self) -> None:
        """See BusListener."""
        self._state.on_throttled(time.monotonic())

    # -- health -------------------------------------------------------------------------------------------------------
    def _look(self) -> None:
        """Release held values, blank those whose message has gone silent, and judge the bus; then wait for the next."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(RELEASE + SILENT, self._look)
        now = time.monotonic()
        self._next_look = now + RELEASE
        translator = self._car.translator
        if values := translator.release(time.time_ns()):
            self._broker.publish(self, values)
        if now < self._next_ages:
            return
        self._next_ages = now + AGES - RELEASE / 2  # every second look
        for key, paths in self._watch.tick(now).items():
            self._live.settle(path for path in translator.paths_of(key) if path not in paths)
            translator.forget(key)  # so that the next frame counts as new, even with the old value
            self._broker.publish(self, dict.fromkeys(paths))
        self._state.tick(now, self._watch.last_frame)
        self._faults.tick(now)

    def counters(self) -> dict[str, int]:
        """Numbers since the start; `unknown` is absent where the kernel keeps such frames back."""
        translator, watch = self._car.translator, self._watch
        found = {
            "received": self._reader.received,
            "dropped": self._reader.dropped,
            "unknown": translator.unknown,
            "undecodable": translator.undecodable,
            "invalid": translator.invalid,
            "overlong": watch.overlong,
            "error_frames": watch.error_frames,
            "remote_frames": watch.remote_frames,
            "fd_unexpected": watch.fd_unexpected,
            "controller_overflows": self._state.overflows,
            "throttled": self._state.throttled,
            "timeouts": watch.timeouts,
            "stale": watch.stale,
            "opened": self._reader.opened,
            "paths_decoded": self._live.paths,
            "checksum_faults": sum(faults.checksum for faults in translator.faults.values()),
            "counter_faults": sum(faults.counter for faults in translator.faults.values()),
        }
        if self._reader.filtered:
            del found["unknown"]
        return found

    def health(self) -> BusHealth:
        """How the bus does."""
        now = time.monotonic()
        last = self._watch.last_frame
        return BusHealth(
            self.bus.name,
            self.bus.address,
            self._state.word,
            self._state.reason,
            self.counters(),
            self._watch.rate(now),
            None if last is None else max(0.0, now - last),
        )

    def messages(self) -> list[MessageHealth]:
        """How the messages do that have a counter or a checksum."""
        return self._faults.messages()

    def signals(self) -> list[SignalHealth]:
        """How the signals of the bus do."""
        return self._watch.signals(self.bus.name, time.monotonic())
