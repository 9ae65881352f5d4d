# SPDX-License-Identifier: Apache-2.0
"""Coverage-guided fuzzing of one reader of foreign bytes: `fuzz_target.py NAME [libFuzzer options]`.

A reader may refuse its input with an error of ours; anything else that it raises, a hang or growing memory is a find.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ivi", "cantools", "textparser", "isotp"]):
    from ivi.model import link
    from ivi.model.apphost import ApphostRequest
    from ivi.model.databroker import DatabrokerRequest
    from ivi.model.errors import IviError
    from ivi.providers.can import dbc
    from ivi.providers.can.frame import Frame
    from ivi.providers.can.provider import load_car
    from ivi.vss.loader import load_catalogue
    from ivi.vss.mapping import load_mapping

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


CATALOGUE = load_catalogue()
TRANSLATOR = load_car(CAR / "ivi_ev.dbc", CAR / "ivi_ev.vspec", load_catalogue()).translator
KEYS = list(TRANSLATOR.keys)
TARGETS: dict[str, Callable[[bytes], None]] = {
    "dbc": fuzz_dbc,
    "overlay": fuzz_overlay,
    "frames": fuzz_frames,
    "link": fuzz_link,
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
