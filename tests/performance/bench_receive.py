# SPDX-License-Identifier: Apache-2.0
"""From a CAN socket to changed values: our reader and translator against python-can's `recv` and cantools.

The machine may have no kernel CAN, so a UDP socket with SO_TIMESTAMPNS stands in for CAN_RAW on both sides: the same
system calls, the same control messages, python-can's own `SocketcanBus.recv` on it. Both sides get the same frames in
the same order, rounds alternate, and CPU time counts. The peer is the loop that people write: `bus.recv`,
`decode_message` for every id that the DBC has, each value compared with the last one. Ours is what the databroker
does with a batch: `SocketcanReceiver.read`, `Translator.feed`, `SignalWatch.note`. Both must end with the same values.
"""

import json
import socket
import statistics
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import can
from can.interfaces.socketcan import SocketcanBus
from receive_traffic import OWN, REPEATS, dbc_file, overlay_of, traffic

from ivi.providers.can.dbc import load
from ivi.providers.can.health import SignalWatch
from ivi.providers.can.provider import Car, load_car
from ivi.providers.can.socketcan import SocketcanReceiver, enlarge, prepare
from ivi.vss.catalogue import Catalogue

SUBSCRIBED = 100  # signals
FRAMES = 6000  # of one round
BURST = 500  # frames that wait in the socket at a time
ROUNDS = 7

type Values = dict[str, float]


class Wire:
    """The stand-in for a CAN interface."""

    def __init__(self) -> None:
        self.receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.receiver.bind(("127.0.0.1", 0))
        enlarge(self.receiver, 8 << 20)
        self.receiver.setsockopt(socket.SOL_SOCKET, 35, 1)  # SO_TIMESTAMPNS, as python-can sets it
        self._sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sender.connect(self.receiver.getsockname())

    def put(self, frames: list[tuple[int, bytes]]) -> None:
        """Frames on the wire, as struct can_frame."""
        pack, send = struct.Struct("=IBxxx8s").pack, self._sender.send
        for key, data in frames:
            send(pack(key, len(data), data))


def bus_on(sock: socket.socket) -> can.BusABC:
    """python-can's SocketcanBus on our socket; its constructor would ask for AF_CAN."""
    bus = SocketcanBus.__new__(SocketcanBus)
    bus.socket, bus.channel, bus._is_filtered, bus._filters = sock, "can0", False, None
    bus._is_shutdown = True  # it opened nothing that it could close
    return bus


def measured(frames: list[tuple[int, bytes]], wire: Wire, take: Callable[[], int]) -> float:
    """CPU microseconds per frame of `take`, called until it has seen each burst."""
    spent = 0.0
    for at in range(0, len(frames), BURST):
        wire.put(frames[at : at + BURST])
        started = time.process_time()
        left = min(BURST, len(frames) - at)
        while left > 0:
            left -= take()
        spent += time.process_time() - started
    return spent / len(frames) * 1e6


def theirs(dbc: Path, frames: list[tuple[int, bytes]]) -> tuple[float, Values]:
    """CPU time of the plain loop, and what it ends with."""
    database = load(dbc).database
    names = {message.frame_id: message.name for message in database.messages}
    wire = Wire()
    bus = bus_on(wire.receiver)
    last: Values = {}
    changes = 0

    def take() -> int:
        nonlocal changes
        message = bus.recv(0)
        if message is None:
            return 0
        name = names.get(message.arbitration_id)
        if name is not None:
            values = database.decode_message(message.arbitration_id, message.data, decode_choices=False)  # type: ignore[arg-type]  # it takes a bytearray
            for signal, value in values.items():  # type: ignore[union-attr]
                key = f"{name}.{signal}"
                if last.get(key) != value:
                    last[key] = value  # type: ignore[assignment]
                    changes += 1
        return 1

    return measured(frames, wire, take), last


def ours(car: Car, frames: list[tuple[int, bytes]]) -> tuple[float, Values]:
    """CPU time of the databroker's way, and what it ends with."""
    wire = Wire()
    prepare(wire.receiver)
    receiver = SocketcanReceiver(wire.receiver)
    watch = SignalWatch(car.dbc, car.mapping)
    translator = car.translator
    last: Values = {}

    def take() -> int:
        batch = receiver.read()
        last.update(translator.take(batch.fields()))  # type: ignore[arg-type]  # all are numbers here
        watch.note(batch)
        return len(batch)

    return measured(frames, wire, take), last


def receive_only(frames: list[tuple[int, bytes]]) -> tuple[float, float]:
    """CPU time of both readers alone: python-can, ours."""
    wire = Wire()
    bus = bus_on(wire.receiver)
    their = measured(frames, wire, lambda: int(bus.recv(0) is not None))
    prepare(wire.receiver)
    receiver = SocketcanReceiver(wire.receiver)
    return their, measured(frames, wire, lambda: len(list(receiver.read())))


def agree(our: Values, their: Values) -> None:
    """Ends the benchmark unless both sides have seen the same."""
    for path, value in our.items():
        key = path.removeprefix("Vehicle.")
        if abs(their.get(key, 0.0) - value) > 1e-9 * max(1.0, abs(value)):
            raise SystemExit(f"{path}: ours {value}, cantools {their.get(key)}")


def main() -> None:
    """Measure and print the figures."""
    dbc = dbc_file()
    if dbc is OWN:
        print("no Model3CAN.dbc: our own car's DBC instead", file=sys.stderr)
    frames = traffic(dbc, FRAMES)
    rounds: dict[str, list[float]] = {"some": [], "all": [], "read": []}
    with tempfile.TemporaryDirectory(prefix="ivi-bench-") as name:
        files = {"some": overlay_of(dbc, Path(name), SUBSCRIBED), "all": overlay_of(dbc, Path(name), 1 << 20)}
        costs: dict[str, list[float]] = {"peer": [], "some": [], "all": [], "read": []}
        for _ in range(ROUNDS):
            their, their_values = theirs(dbc, frames)
            costs["peer"].append(their)
            for kind, file in files.items():
                our, our_values = ours(load_car(dbc, file, Catalogue()), frames)
                agree(our_values, their_values)
                costs[kind].append(our)
                rounds[kind].append(their / our)
            peer, own = receive_only(frames)
            costs["read"].append(own)
            rounds["read"].append(peer / own)
    median = {kind: statistics.median(values) for kind, values in costs.items()}
    what = (
        f"{len(frames)} made-up frames of {dbc.name}, {REPEATS:.0%} repeat their payload; UDP socket for CAN_RAW; "
        f"CPU time, median of {ROUNDS} alternating rounds; python-can recv + cantools + compare {median['peer']:.1f}"
    )
    ratio = {kind: round(statistics.median(values), 2) for kind, values in rounds.items()}
    figures = {
        "receive_to_change_vs_pythoncan_cantools": {
            "value": ratio["some"],
            "unit": "x",
            "method": f"{SUBSCRIBED} signals subscribed, ours {median['some']:.2f} us/frame; {what} us/frame",
        },
        "receive_to_change_all_vs_pythoncan_cantools": {
            "value": ratio["all"],
            "unit": "x",
            "method": f"all signals subscribed, ours {median['all']:.2f} us/frame; {what} us/frame",
        },
        "receive_vs_pythoncan": {
            "value": ratio["read"],
            "unit": "x",
            "method": f"socket to frames alone, ours {median['read']:.2f} us/frame, against SocketcanBus.recv; {what}",
        },
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
