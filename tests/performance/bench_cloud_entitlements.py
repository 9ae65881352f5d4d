# SPDX-License-Identifier: Apache-2.0
"""What a snapshot of features costs: its bytes, its verification, and one counted use with its receipt on the disk."""

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cloud.entitlements.features import Features
from ivi.cloud.entitlements.snapshot import Feature, Snapshot, open_snapshot, sign_snapshot
from ivi.cloud.entitlements.store import Store
from ivi.model.entitlements import FeatureKind

NOW = 1_900_000_000
ROUNDS, USES = 2000, 300
THREE = (
    Feature("nav.premium", FeatureKind.TERM, until=NOW + 2_592_000),
    Feature("charging.plan", FeatureKind.METERED, quota=200, unit="kWh"),
    Feature("media.hifi", FeatureKind.PERPETUAL, transferable=True),
)


def microseconds(work: list[float]) -> float:
    """The median."""
    return round(statistics.median(work) * 1e6, 1)


def timed(rounds: int, call: Callable[[], object]) -> list[float]:
    """Seconds of each call."""
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        call()
        found.append(time.perf_counter() - begin)
    return found


def main() -> None:
    """Measure and print."""
    key = Ed25519PrivateKey.generate()
    keys = {b"01": key.public_key()}
    snapshot = Snapshot("fleet", "WVWZZZ1KZAW000123", 42, NOW, NOW, NOW + 7_776_000, 1_209_600, THREE, 17)
    message = sign_snapshot(snapshot, b"01", key)
    verify = timed(ROUNDS, lambda: open_snapshot(message, keys))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "entitlements.db")
        features = Features(store, lambda: float(NOW), lambda: True)
        features.snapshot = Snapshot(
            *("fleet", "car", 1, NOW, NOW, NOW + 7_776_000, 0),
            (Feature("charging.plan", FeatureKind.METERED, quota=1 << 40, unit="kWh"),),
        )
        use = timed(USES, lambda: features.use("charging.plan", 1, ""))
        store.close()
    figures = {
        "cloud_entitlement_bytes": {
            "value": len(message),
            "unit": "bytes",
            "method": "a signed snapshot of three features, a vehicle id of 17 characters",
        },
        "cloud_entitlement_verify_us": {
            "value": microseconds(verify),
            "unit": "us",
            "method": f"median of {ROUNDS}: bounds, signature, claims and the list of what is never gated",
        },
        "cloud_entitlement_use_us": {
            "value": microseconds(use),
            "unit": "us",
            "method": f"median of {USES}: one use with its receipt, committed with synchronous=FULL",
        },
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
