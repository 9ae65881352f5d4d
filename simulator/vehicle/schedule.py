# SPDX-License-Identifier: Apache-2.0
"""When each message is sent: at its cycle time, spread evenly over the ticks; an on-change one also when it changes."""

from collections.abc import Callable
from dataclasses import dataclass

from cantools.database.can import Message

from simulator.bus.record import Record
from simulator.errors import CarDataError
from simulator.vehicle.codec import Encoder, build_encoder
from simulator.vehicle.requests import Values

TICK = 0.01  # s
WATCH = 2  # ticks between two looks at on-change messages
ROUND = 100  # ticks after which the plan repeats; every cycle time must divide 1 s

type Hook = Callable[[Values], None]
"""Fills signals just before a message is packed."""


@dataclass(slots=True)
class _Sender:
    encoder: Encoder
    counter: str  # alive counter, empty when there is none
    on_change: bool
    hook: Hook | None
    count: int = 0
    last: bytes = b""
    sent_at: int = -1

    def make(self, values: Values) -> bytes:
        if self.hook is not None:
            self.hook(values)
        if self.counter:
            values[self.counter] = self.count & 15
            self.count += 1
        return self.encoder.encode(values)


class Schedule:
    """Turns signals into frames, tick by tick."""

    def __init__(self, messages: list[Message], hooks: dict[str, Hook] | None = None) -> None:
        """Plan the messages; raises CarDataError for a cycle time that does not fit."""
        self._plan: list[list[_Sender]] = [[] for _ in range(ROUND)]
        self._watched: list[_Sender] = []
        self._tick = 0
        for message in sorted(messages, key=lambda message: (message.cycle_time or 0, message.frame_id)):
            self._add(message, (hooks or {}).get(message.name))

    def _add(self, message: Message, hook: Hook | None) -> None:
        encoder = build_encoder(message)
        on_change = message.send_type in {"OnChange", "CyclicAndOnChange"}
        counters = [] if on_change else [s.name for s in message.signals if s.name.endswith("Counter")]
        sender = _Sender(encoder, counters[0] if counters else "", on_change, hook)
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
        """Names that values must hold, alive counters aside."""
        senders = {id(sender): sender for ticks in [*self._plan, self._watched] for sender in ticks}
        return {name for sender in senders.values() for name in sender.encoder.signals() if name != sender.counter}

    def tick(self, values: Values) -> list[Record]:
        """Frames of this tick; time 0 = to be stamped when sent."""
        now = self._tick
        self._tick += 1
        records: list[Record] = []
        for sender in self._plan[now % ROUND]:
            payload = sender.make(values)
            sender.last, sender.sent_at = payload, now
            records.append((0, sender.encoder.identifier, len(payload), sender.encoder.flags, payload))
        if now % WATCH == 0:
            for sender in self._watched:
                if sender.sent_at == now:
                    continue
                payload = sender.make(values)
                if payload != sender.last:
                    sender.last = payload
                    records.append((0, sender.encoder.identifier, len(payload), sender.encoder.flags, payload))
        return records
