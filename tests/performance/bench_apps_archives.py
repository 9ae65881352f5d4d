# SPDX-License-Identifier: Apache-2.0
"""How many hostile packages an install accepts, and what installing and checking a good one costs."""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from hostile_archives import APP, KINDS, NEW, OLD, Device, archive

from ivi.apphost.package import install, unpacked
from ivi.apphost.package.registry import Shelf

ROUNDS = 9


def refusals(device: Device) -> dict[str, object]:
    """Try every kind; a refusal that leaves something behind counts as accepted."""
    accepted: list[str] = []
    tried = 0
    before, names = device.everything(), device.names()
    for kind, make in KINDS.items():
        for package in make(device):
            tried += 1
            if not device.tried(package) or device.names() != names:
                accepted.append(kind)
        if device.everything() != before:
            accepted.append(kind)
    if device.tried(archive(device.control())):
        raise SystemExit("the control package, a good update, was refused: the refusals prove nothing")
    for kind in accepted:
        print(f"accepted: {kind}", file=sys.stderr)
    return {
        "value": len(accepted),
        "unit": "packages",
        "method": f"{len(KINDS)} kinds of hostile package, {tried} files (a good update cut short at every byte, and "
        "one with a bit turned in every byte), each installed on a device with an older version and compared with the "
        "device before; a refusal with leftovers counts as accepted; then a good update, which has to be accepted",
    }


def costs(device: Device) -> dict[str, dict[str, object]]:
    """Installing and checking an app of a usual size."""
    contents = dict(device.contents)
    line = b"VALUE = [i * i for i in range(100)]\n"
    contents |= {f"module_{number:02}.py": line * 120 for number in range(40)}
    contents["picture.png"] = bytes(range(256)) * 1200
    size = sum(map(len, contents.values()))
    device.sent.write_bytes(archive(device.signed(contents, version=NEW)))
    installs, checks = [], []
    for number in range(ROUNDS):
        shelf = Shelf(device.folder / f"timed-{number}")
        began = time.perf_counter()
        install.install(device.sent, device.trust, shelf)
        installs.append((time.perf_counter() - began) * 1e3)
        record = shelf.read().apps[APP].current
        for _ in range(ROUNDS):
            began = time.perf_counter()
            unpacked.check(shelf.home(APP, NEW), APP, NEW, record.compiled, device.trust)
            checks.append((time.perf_counter() - began) * 1e3)
    what = f"{len(contents)} files, {size >> 10} KiB, on the disk of the temporary folder"
    return {
        "apps_install_ms": {
            "value": round(statistics.median(installs), 1), "unit": "ms",
            "method": f"{what}: check, unpack, compile in a process of its own, fsync, switch; median of {ROUNDS}",
        },
        "apps_verify_ms": {
            "value": round(statistics.median(checks), 2), "unit": "ms",
            "method": f"{what}, and its .pyc files: signatures and SHA-256 of everything, as before each start, "
            f"from the page cache; median of {len(checks)}",
        },
    }  # fmt: skip


def main() -> None:
    """Measure and print the figures."""
    with tempfile.TemporaryDirectory(prefix="ivi-archives-") as folder:
        device = Device(Path(folder))
        assert device.shelf.read().apps[APP].current.version == OLD  # the device is as the method says
        figures = costs(device)
        figures["apps_archives_accepted"] = refusals(device)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
