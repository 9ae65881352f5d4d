# SPDX-License-Identifier: Apache-2.0
"""Puts frames on our own bus: ``sender.py CHANNEL FRAMES_PER_S SECONDS [KEY ...]``; prints how many it sent.

Paced in batches of 2 ms; 0 frames per second is as fast as the bus takes them. Payloads are a rising number.
"""

import sys
import time

from simulator.bus import IviBus

STEP = 0.002  # s


def main(channel: str, rate: int, seconds: float, keys: list[int]) -> int:
    """Send and return the number of frames."""
    bus = IviBus(channel)
    sent = 0
    started = time.monotonic()
    while (now := time.monotonic() - started) < seconds or sent < rate * seconds:
        due = min(round((now + STEP) * rate), round(rate * seconds)) if rate else sent + 400
        batch = [(0, keys[n % len(keys)], 8, 0, n.to_bytes(8, "little")) for n in range(sent, min(due, sent + 400))]
        if batch:
            bus.send_batch(batch)
            sent += len(batch)
        elif rate:
            time.sleep(STEP)
    bus.shutdown()
    return sent


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), [int(word, 0) for word in sys.argv[4:]] or [0x100]))
