# SPDX-License-Identifier: Apache-2.0
"""What nobody can sell or lock: safety, and the safety side of the hardware that the owner has.

A feature is judged by the words of its id, at both ends: the fleet signs none of these, and a car that is handed one
all the same offers it always.
"""

import re
from functools import lru_cache

from ivi.model.protected import never_actuated

_WORDS = frozenset(
    {
        # restraint, rescue, alarm
        "airbag", "airbags", "seatbelt", "belt", "ecall", "sos", "emergency", "crash", "rescue", "recall", "safety",
        # stopping, steering, stability
        "brake", "brakes", "braking", "aeb", "abs", "esc", "esp", "steering", "traction", "stability",
        "collision", "pedestrian", "lka", "isofix",
        # seeing and being seen
        "light", "lights", "lighting", "headlight", "headlights", "lamp", "lamps", "beam", "hazard", "horn", "wiper",
        "wipers", "washer", "defrost", "defroster", "defog", "defogger", "demist", "demister", "mirror", "mirrors",
        "reversing", "rearview", "windshield", "windscreen",
        # getting in and out, and being warned
        "door", "doors", "unlock", "lock", "childlock", "warning", "warnings", "telltale", "telltales", "speedometer",
        "tpms", "immobilizer",
        # what the hardware needs to stay whole and safe
        "thermal", "overheat", "firmware", "security",
    }
)  # fmt: skip
_SEPARATORS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1024)
def never_gated(feature: str) -> str | None:
    """Why this feature can never be gated, as the word that says so; None if it may be."""
    for word in _SEPARATORS.split(feature.lower()):
        if word in _WORDS:
            return word
    path = feature if feature.startswith("Vehicle.") else f"Vehicle.{feature}"
    return never_actuated(path)
