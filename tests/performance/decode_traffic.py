# SPDX-License-Identifier: Apache-2.0
"""Frames for the decoder's benchmarks: made-up traffic of a real car's DBC, and a real log.

The traffic holds three seconds of every message of Model3CAN.dbc, each at its own cycle time (100 ms where the file
gives none). A third of the frames repeat the last payload, as a third of those in the real log do; in the others each
signal moves with probability `MOVES`. Multiplexed messages take their branches in turn.
"""

import random
import sys
from dataclasses import dataclass
from pathlib import Path

from cantools.database.errors import DecodeError

from ivi.providers.can import dbc
from ivi.providers.can.layout import Branch, Field, NotCompilableError, lay_out

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "can"
MODEL3 = SHARED / "Model3CAN.dbc"
TESLA = SHARED / "opendbc-tesla_can.dbc"
REAL_LOG = SHARED / "savvycan-candump.log"
SECONDS = 3.0
DEFAULT_CYCLE = 0.1  # seconds
REPEATS = 0.34  # share of frames that repeat the last payload: 34 to 38 % in the logs at hand
JITTER = 0.02  # share of a cycle
MOVES = 0.4  # share of a frame's signals that move when it does not repeat


@dataclass(frozen=True)
class Traffic:
    """Frames of one DBC, in order of time: (seconds, id, payload)."""

    name: str
    file: Path
    loaded: dbc.LoadedDbc
    frames: list[tuple[float, int, bytes]]

    @property
    def pairs(self) -> list[tuple[int, bytes]]:
        """Id and payload of each frame."""
        return [(key, data) for _, key, data in self.frames]


def require_files() -> None:
    """End with a word on stderr when the shared files are absent."""
    if not MODEL3.exists():
        raise SystemExit(f"{MODEL3} is needed for this benchmark")


def model3(seed: int = 3) -> Traffic:
    """Made-up traffic of Model3CAN.dbc."""
    loaded = dbc.load(MODEL3)
    generator = random.Random(seed)
    frames: list[tuple[float, int, bytes]] = []
    for message in loaded.database.messages:
        try:
            root = lay_out(message).root
        except NotCompilableError as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        cycle = (message.cycle_time or 0) / 1000 or DEFAULT_CYCLE
        payload, at, turn = 0, generator.random() * cycle, 0
        while at < SECONDS:
            if not turn or generator.random() > REPEATS:
                payload = _moved(root, payload, message.length, generator, turn)
                turn += 1
            frames.append((at, dbc.frame_key(message), payload.to_bytes(message.length, "little")))
            at += cycle * generator.uniform(1 - JITTER, 1 + JITTER)
    frames.sort()
    return Traffic(f"{len(frames)} made-up frames of Model3CAN.dbc", MODEL3, loaded, frames)


def real_log() -> Traffic:
    """The frames of the real log that the DBC beside it knows."""
    loaded = dbc.load(TESLA)
    messages = {dbc.frame_key(message): message for message in loaded.database.messages}
    frames = []
    for line in REAL_LOG.read_text().splitlines():
        stamp, _, frame = line.split(maxsplit=2)
        ident, _, payload = frame.partition("#")
        message = messages.get(int(ident, 16))
        if message is None:
            continue
        data = bytes.fromhex(payload.split()[0])
        try:
            message.decode(data)
        except DecodeError:
            continue
        frames.append((float(stamp.strip("()")), int(ident, 16), data))
    return Traffic(f"{len(frames)} frames of a real log that tesla_can.dbc knows", TESLA, loaded, frames)


def _moved(branch: Branch, payload: int, size: int, generator: random.Random, turn: int) -> int:
    for field in branch.fields:
        if generator.random() < MOVES:
            payload = payload & ~field.bits | generator.getrandbits(8 * size) & field.bits
    for field, branches in branch.selectors:
        number = list(branches)[turn % len(branches)]
        payload = payload & ~field.bits | _bits(field, number, size)
        payload = _moved(branches[number], payload, size, generator, turn)
    return payload


def _bits(field: Field, number: int, size: int) -> int:
    bits = number << field.shift
    return bits if field.word == "L" else int.from_bytes(bits.to_bytes(size, "big"), "little")
