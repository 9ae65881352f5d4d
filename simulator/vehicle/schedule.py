# SPDX-License-Identifier: Apache-2.0
"""When each message is sent: at its cycle time, spread evenly over the ticks; an on-change one also when it changes."""

from collections.abc import Callable
from dataclasses import dataclass

from cantools.database.can import Message

from simulator.bus.record import Record
from simulator.errors import CarDataError, SimulatorError
from simulator.vehicle.codec import Encoder, build_encoder
from simulator.vehicle.protection import Seal, checksum_of, seal_of
from simulator.vehicle.requests import Values
from simulator.vehicle.spoil import Kind, Spoil

TICK = 0.01  # s
WATCH = 2  # ticks between two looks at on-change messages
ROUND = 100  # ticks after which the plan repeats; every cycle time must divide 1 s

type Hook = Callable[[Values], None]
"""Fills signals just before a message is packed."""


@dataclass(slots=True)
class _Sender:
    encoder: Encoder
    counter: str  # alive counter, empty when there is none
    count_mask: int
    on_change: bool
    hook: Hook | None
    checksum: str
    seal: Seal | None
    spoils: tuple[Spoil, ...] = ()
    count: int = 0
    last: bytes = b""
    sent_at: int = -1

    def make(self, values: Values, time: float) -> bytes:
        """The payload; empty while a fault keeps the message silent."""
        wrong = {spoil.kind for spoil in self.spoils if spoil.holds(time)} if self.spoils else ()
        if Kind.SILENT in wrong:
            return b""
        if self.hook is not None:
            self.hook(values)
        if self.counter:
            values[self.counter] = self.count & self.count_mask
            self.count += Kind.COUNTER not in wrong
        if self.checksum:
            values[self.checksum] = 0  # the seal fills it
        payload = self.encoder.encode(values)
        if self.seal is not None:
            payload = self.seal.close(payload)
            if Kind.CHECKSUM in wrong:
                payload = self.seal.spoil(payload)
        return payload


class Schedule:
    """Turns signals into frames, tick by tick."""

    def __init__(self, messages: list[Message], hooks: dict[str, Hook] | None = None) -> None:
        """Plan the messages; raises CarDataError for a cycle time that does not fit."""
        self._plan: list[list[_Sender]] = [[] for _ in range(ROUND)]
        self._watched: list[_Sender] = []
        self._senders: dict[str, _Sender] = {}
        self._tick = 0
        for message in sorted(messages, key=lambda message: (message.cycle_time or 0, message.frame_id)):
            self._add(message, (hooks or {}).get(message.name))

    def _add(self, message: Message, hook: Hook | None) -> None:
        encoder = build_encoder(message)
        on_change = message.send_type in {"OnChange", "CyclicAndOnChange"}
        counters = [] if on_change else [s for s in message.signals if s.name.endswith("Counter")]
        name, mask = (counters[0].name, (1 << counters[0].length) - 1) if counters else ("", 0)
        sender = self._senders[message.name] = _Sender(
            encoder, name, mask, on_change, hook, checksum_of(message), seal_of(message)
        )
        if on_change:
            self._watched.append(sender)
        if not message.cycle_time:
            return
        period = round(message.cycle_time / 1000 / TICK)
        if period < 1 or ROUND % period or round(period * TICK * 1000, 6) != message.cycle_time:
            raise CarDataError(
                f"cycle time {message.cycle_time} ms of {message.name} does not fit",
                "use 10, 20, 50, 100, 200, 500 or 1000 ms",
            )
        phase = min(range(period), key=lambda first: sum(len(ticks) for ticks in self._plan[first::period]))
        for ticks in self._plan[phase::period]:
            ticks.append(sender)

    @property
    def frames_per_second(self) -> int:
        """Cyclic frames in one second."""
        return sum(len(ticks) for ticks in self._plan)

    def signals(self) -> set[str]:
        """Names that values must hold, alive counters and checksums aside."""
        senders = {id(sender): sender for ticks in [*self._plan, self._watched] for sender in ticks}
        return {
            name
            for sender in senders.values()
            for name in sender.encoder.signals()
            if name not in {sender.counter, sender.checksum}
        }

    def spoil(self, fault: Spoil) -> None:
        """Let a message go wrong; raises SimulatorError when it cannot go wrong in this way."""
        sender = self._senders.get(fault.message)
        if sender is None:
            raise SimulatorError(f"this car sends no message {fault.message}", "can_dbc/ivi_ev/README.md lists them")
        if (fault.kind is Kind.COUNTER and not sender.counter) or (fault.kind is Kind.CHECKSUM and sender.seal is None):
            raise SimulatorError(f"{fault.message} has no {fault.kind} that could be wrong", "try silent")
        sender.spoils += (fault,)

    def tick(self, values: Values) -> list[Record]:
        """Frames of this tick; time 0 = to be stamped when sent."""
        now = self._tick
        self._tick += 1
        records: list[Record] = []
        for sender in self._plan[now % ROUND]:
            payload = sender.make(values, now * TICK)
            if not payload:
                continue
            sender.last, sender.sent_at = payload, now
            records.append((0, sender.encoder.identifier, len(payload), sender.encoder.flags, payload))
        if now % WATCH == 0:
            for sender in self._watched:
                if sender.sent_at == now:
                    continue
                payload = sender.make(values, now * TICK)
                if payload and payload != sender.last:
                    sender.last = payload
                    records.append((0, sender.encoder.identifier, len(payload), sender.encoder.flags, payload))
        return records
