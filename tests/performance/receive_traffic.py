# SPDX-License-Identifier: Apache-2.0
"""Frames and overlays for the benchmarks of the receive path: made-up traffic of a real car's DBC."""

import random
from pathlib import Path

from ivi.providers.can.dbc import load

ROOT = Path(__file__).resolve().parents[2]
MODEL3 = ROOT.parent / "shared" / "data" / "can" / "Model3CAN.dbc"
OWN = ROOT / "can_dbc" / "ivi_ev" / "ivi_ev.dbc"
CLASSIC = 8  # bytes
REPEATS = 0.34  # share of frames that repeat the last payload: 34 to 38 % in the logs at hand
MOVES = 0.4  # chance that a byte of another frame moves


def dbc_file() -> Path:
    """The real car's DBC where it lies beside the checkout, else our own car's."""
    return MODEL3 if MODEL3.exists() else OWN


def traffic(dbc: Path, count: int) -> list[tuple[int, bytes]]:
    """Made-up frames of a DBC's messages, in turn, with the payloads' repetition of real logs."""
    generator = random.Random(3)
    messages = load(dbc).database.messages
    usable = [message for message in messages if message.length <= CLASSIC and not message.is_multiplexed()]
    payloads = {message.frame_id: bytes(message.length) for message in usable}
    frames: list[tuple[int, bytes]] = []
    while len(frames) < count:
        for message in usable:
            payload = payloads[message.frame_id]
            if generator.random() > REPEATS:
                payload = bytes(generator.randrange(256) if generator.random() < MOVES else byte for byte in payload)
                payloads[message.frame_id] = payload
            key = message.frame_id | (0x80000000 if message.is_extended_frame else 0)
            frames.append((key, payload))
    return frames[:count]


def overlay_of(dbc: Path, folder: Path, signals: int) -> Path:
    """An overlay over the first signals of the DBC: every change, unscaled type, no interval."""
    lines = []
    for message in load(dbc).database.messages:
        if message.length > CLASSIC or message.is_multiplexed():
            continue
        for signal in message.signals:
            words = f"signal: {signal.name}, message: {message.name}, interval_ms: 0, on_change: true"
            path = f"Vehicle.{message.name}.{signal.name}"
            lines.append(f"{path}: {{type: sensor, datatype: double, dbc2vss: {{{words}}}}}")
    chosen = random.Random(5).sample(lines, min(signals, len(lines)))
    file = folder / f"{signals}.vspec"
    file.write_text("\n".join(chosen) + "\n")
    return file
