# SPDX-License-Identifier: Apache-2.0
"""What decoding costs: the compiled decoder against cantools and opendbc, on the same frames.

Peers are run as their users run them: cantools by `Database.decode_message` with its defaults, opendbc's `CANParser`
from its own package with 20 frames a call and checksums off (it decodes all branches of a multiplexed message at once).
Before anything is timed, both sides' values are compared.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable

import cantools
from decode_traffic import Traffic, model3, real_log, require_files

from ivi.providers.can import dbc
from ivi.providers.can.compiled_dict import compile_dict
from ivi.providers.can.decoder import Decoder, SignalKey

ROUNDS = 9
LEAST = 0.1  # seconds that one round of one side lasts at least
SUBSCRIBED = 100  # signals
OPENDBC_BATCH = 20  # frames in one call of CANParser.update

type Run = Callable[[], None]
type Figures = dict[str, dict[str, object]]


def cantools_run(traffic: Traffic) -> Run:
    """The plain loop: decode_message with texts, all signals."""
    database = traffic.loaded.database
    frames = [(key & dbc.ID_MASK, data) for key, data in traffic.pairs]

    def run() -> None:
        decode = database.decode_message
        for ident, data in frames:
            decode(ident, data)

    return run


def dict_run(traffic: Traffic) -> Run:
    """The same dictionaries, compiled."""
    functions = {
        dbc.frame_key(message): compile_dict(message, choices=True) for message in traffic.loaded.database.messages
    }
    frames = traffic.pairs

    def run() -> None:
        for key, data in frames:
            functions[key](data)

    return run


def changes_run(traffic: Traffic, wanted: dict[SignalKey, bool]) -> Run:
    """Only wanted signals, only when they change; the changed list is taken and emptied for each frame."""
    decoder = Decoder(traffic.loaded)
    decoder.want(wanted)
    frames = traffic.pairs

    def run() -> None:
        find, changed = decoder.functions.get, decoder.changed
        for key, data in frames:
            function = find(key)
            if function is not None:
                function(data)
                if changed:
                    changed.clear()

    return run


def opendbc_run(traffic: Traffic) -> Run | None:
    """opendbc's parser; None when it is not installed."""
    try:
        from opendbc.can.parser import CANParser  # noqa: PLC0415  # a peer that few have
    except ImportError as error:
        print(f"decode_vs_opendbc left out: {error}", file=sys.stderr)
        return None
    idents = sorted({key & dbc.ID_MASK for key, _ in traffic.pairs})
    parser = CANParser(str(traffic.file), [(ident, 0) for ident in idents], 0)
    for state in parser.message_states.values():
        state.ignore_checksum = state.ignore_counter = True
    frames = [(key & dbc.ID_MASK, data, 0) for key, data in traffic.pairs]
    batches = [(at * 10_000_000, frames[at : at + OPENDBC_BATCH]) for at in range(0, len(frames), OPENDBC_BATCH)]

    def run() -> None:
        for batch in batches:
            parser.update(batch)

    return run


def every_signal(traffic: Traffic) -> dict[SignalKey, bool]:
    """All signals, reported when they change."""
    return {
        (dbc.frame_key(message), signal.name): False
        for message in traffic.loaded.database.messages
        for signal in message.signals
    }


def some_signals(traffic: Traffic) -> dict[SignalKey, bool]:
    """What a cabin screen may subscribe to: signals of messages that are on the bus."""
    seen = {key for key, _ in traffic.pairs}
    known = [item for item in every_signal(traffic) if item[0] in seen]
    return dict.fromkeys(random.Random(5).sample(known, min(SUBSCRIBED, len(known))), False)


def ratios(peer: Run, ours: dict[str, Run], frames: int) -> tuple[dict[str, float], dict[str, float], float]:
    """Medians over alternating rounds: peer's time / our time, our microseconds, and the peer's, per frame."""
    times: dict[str, list[float]] = {name: [] for name in ours}
    peers: list[float] = []
    for _ in range(ROUNDS):
        peers.append(_timed(peer))
        for name, run in ours.items():
            times[name].append(_timed(run))
    per_frame = {name: statistics.median(values) / frames * 1e6 for name, values in times.items()}
    medians = {
        name: statistics.median(theirs / mine for theirs, mine in zip(peers, values, strict=True))
        for name, values in times.items()
    }
    return medians, per_frame, statistics.median(peers) / frames * 1e6


def _timed(run: Run) -> float:
    """CPU seconds of one pass, taken over as many as fill the round."""
    passes, started = 0, time.process_time()
    while (spent := time.process_time() - started) < LEAST:
        run()
        passes += 1
    return spent / passes


def check(traffic: Traffic) -> None:
    """Both sides give the same values; ends the program if they do not."""
    database = traffic.loaded.database
    decoder = Decoder(traffic.loaded)
    slots = decoder.want(every_signal(traffic))
    dictionaries = {dbc.frame_key(message): compile_dict(message, choices=True) for message in database.messages}
    for key, data in traffic.pairs:
        reference = database.decode_message(key & dbc.ID_MASK, data)
        if dictionaries[key](data) != reference:
            raise SystemExit(f"{key:#x} {data.hex()} decodes to something else than with cantools")
        if key in decoder.functions:  # else a message without signals
            decoder.functions[key](data)
        plain = database.decode_message(key & dbc.ID_MASK, data, decode_choices=False)
        if not isinstance(plain, dict) or any(decoder.values[slots[key, name]] != plain[name] for name in plain):
            raise SystemExit(f"{key:#x} {data.hex()}: the values table differs from cantools")


def measure(traffic: Traffic, suffix: str, figures: Figures) -> None:
    """All figures of one set of frames."""
    check(traffic)
    ours = {
        "decode_dict_vs_cantools": dict_run(traffic),
        "decode_changed_all_vs_cantools": changes_run(traffic, every_signal(traffic)),
        "decode_changed_100_vs_cantools": changes_run(traffic, some_signals(traffic)),
    }
    how = f"{traffic.name}; CPU time, median of {ROUNDS} alternating rounds; cantools {cantools.__version__}"
    medians, per_frame, peer = ratios(cantools_run(traffic), ours, len(traffic.frames))
    for name, ratio in medians.items():
        text = f"decode_message {peer:.2f} us/frame / ours {per_frame[name]:.2f} us/frame: {how}"
        figures[name + suffix] = {"value": round(ratio, 2), "unit": "x", "method": text}
    if (theirs := opendbc_run(traffic)) is not None:
        name = "decode_changed_all_vs_cantools"
        medians, per_frame, peer = ratios(theirs, {name: ours[name]}, len(traffic.frames))
        text = f"CANParser, {OPENDBC_BATCH} frames a call, {peer:.2f} us/frame / ours, all signals when they change,"
        figures["decode_vs_opendbc" + suffix] = {
            "value": round(medians[name], 2),
            "unit": "x",
            "method": f"{text} {per_frame[name]:.2f} us/frame: {how.rsplit(';', 1)[0]}",
        }


def main() -> None:
    """Measure and print the figures."""
    require_files()
    figures: Figures = {}
    measure(model3(), "", figures)
    measure(real_log(), "_real_log", figures)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
