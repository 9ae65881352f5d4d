# SPDX-License-Identifier: Apache-2.0
"""Coverage-guided fuzzing of one reader of foreign bytes: `fuzz_target.py NAME [libFuzzer options]`.

A reader may refuse its input with an error of ours; anything else that it raises, a hang or growing memory is a find.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

import atheris

with atheris.instrument_imports(include=["ivi", "simulator", "cantools", "textparser", "isotp", "udsoncan"]):
    from ivi.model import link
    from ivi.model.apphost import ApphostRequest
    from ivi.model.databroker import DatabrokerRequest
    from ivi.model.errors import IviError
    from ivi.providers.can import dbc
    from ivi.providers.can.frame import Frame
    from ivi.providers.can.provider import load_car
    from ivi.providers.uds import client as uds
    from ivi.providers.uds import description as diagnostics
    from ivi.providers.uds.budget import Budget
    from ivi.providers.uds.link import EcuLink
    from ivi.providers.uds.obd import parse_bitmap, parse_codes, parse_text
    from ivi.providers.uds.port import Inbox, Port
    from ivi.vss.loader import load_catalogue
    from ivi.vss.mapping import load_mapping
    from simulator.diagnostics.network import Network

ROOT = Path(__file__).resolve().parents[2]
CAR = ROOT / "can_dbc" / "ivi_ev"
FOLDER = Path(tempfile.mkdtemp(prefix="ivi-fuzz-"))
REQUESTS: link.BodyDecoder[object] = link.BodyDecoder(DatabrokerRequest | ApphostRequest)


def fuzz_dbc(data: bytes) -> None:
    """A DBC from somebody."""
    file = FOLDER / "any.dbc"
    file.write_bytes(data)
    dbc.load(file)


def fuzz_overlay(data: bytes) -> None:
    """An overlay from somebody."""
    file = FOLDER / "any.vspec"
    file.write_bytes(data)
    load_mapping(file, CATALOGUE)


def fuzz_frames(data: bytes) -> None:
    """Frames of any id and length, the car's own ids among them."""
    provider = atheris.FuzzedDataProvider(data)
    frames: list[Frame] = []
    while provider.remaining_bytes() > 0 and len(frames) < 50:
        known = provider.ConsumeBool()
        key = provider.PickValueInList(KEYS) if known else provider.ConsumeIntInRange(0, 0xFFFFFFFF)
        frames.append(Frame(len(frames) * 1_000_000, key, provider.ConsumeBytes(provider.ConsumeIntInRange(0, 70))))
    TRANSLATOR.feed(frames)


def fuzz_link(data: bytes) -> None:
    """What a client may send to a server."""
    for frame in link.FrameReader().feed(data):
        envelope = link.decode_upward(frame)
        if isinstance(envelope, link.Call):
            REQUESTS.decode(envelope.body)


class Wire:
    """A bus that answers each frame of the tester with the next of these frames, and says nothing of its own."""

    def __init__(self, frames: list[bytes]) -> None:
        self._frames = frames
        self._box = Inbox()

    def inbox(self, _identifier: int) -> Inbox:
        """The tester's box."""
        return self._box

    def send(self, _identifier: int, _data: bytes) -> None:
        """Everything up to an empty frame is the answer."""
        while self._frames and (frame := self._frames.pop(0)):
            self._box.put(frame)


def fuzz_isotp(data: bytes) -> None:
    """What an ECU may answer to each kind of request, frame by frame: length, bytes, length, bytes."""
    link = EcuLink(cast("Port", Wire(split(data[1:]))), BUDGET, ECU.name, ECU.request, ECU.response)
    client = uds.EcuClient(ECU, DESCRIPTION, link, limit=0.05)
    acts: list[Callable[[], object]] = [
        lambda: client.read(0xF190),
        lambda: client.read(0xF40D),
        client.trouble_codes,
        client.known_codes,
        lambda: client.snapshot(0x0A7F00),
        client.clear,
        lambda: client.routine(0x0203),
        lambda: client.write(0x0101, bytes(20)),
        lambda: client.unlock(1),
        lambda: client.session("extended"),
    ]
    acts[data[0] % len(acts) if data else 0]()


def fuzz_ecu(data: bytes) -> None:
    """What a tester may ask the simulated ECUs: frames as above, whose first byte says to whom."""
    network = Network(lambda _signal: 0.0)
    addresses = network.identifiers
    now = 0.0
    for frame in split(data):
        now += 0.001
        network.take(addresses[frame[0] % len(addresses)] if frame else 0x7DF, frame[1:], now)
        for _identifier, answer in network.due(now):
            if not 0 < len(answer) <= 8:  # bytes of a classic frame
                raise AssertionError(f"an ECU sends a frame of {len(answer)} bytes")


def fuzz_obd(data: bytes) -> None:
    """Bodies of OBD answers."""
    parse_bitmap(0, data)
    parse_codes(data)
    parse_text(data)


def split(data: bytes) -> list[bytes]:
    """Frames of a length and that many bytes each."""
    frames: list[bytes] = []
    while data and len(frames) < 200:  # frames in one input
        size = data[0] % 10  # one more than fits, sometimes
        frames.append(data[1 : 1 + size])
        data = data[1 + size :]
    return frames


uds.P2, uds.P2_STAR = 0.002, 0.004  # seconds; every answer is there at once or never
ECU = diagnostics.EcuAddress("ECU", 0x7E0, 0x7E8)
DESCRIPTION = diagnostics.load(CAR / "diagnostics.toml")
BUDGET = Budget(10**12, 1.0)
CATALOGUE = load_catalogue()
TRANSLATOR = load_car(CAR / "ivi_ev.dbc", CAR / "ivi_ev.vspec", load_catalogue()).translator
KEYS = list(TRANSLATOR.keys)
TARGETS: dict[str, Callable[[bytes], None]] = {
    "dbc": fuzz_dbc,
    "overlay": fuzz_overlay,
    "frames": fuzz_frames,
    "link": fuzz_link,
    "isotp": fuzz_isotp,
    "ecu": fuzz_ecu,
    "obd": fuzz_obd,
}


def main() -> None:
    """Fuzz the target that the first argument names."""
    target = TARGETS[sys.argv.pop(1)]

    def once(data: bytes) -> None:
        try:
            target(data)
        except IviError:
            return  # refused with a reason: that is how it should be

    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
