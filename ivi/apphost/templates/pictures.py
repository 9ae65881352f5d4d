# SPDX-License-Identifier: Apache-2.0
"""Pictures that one app has handed over: checked, bounded, and known by what they contain."""

import hashlib
from collections import OrderedDict

from ivi.model.png import check_png

MAX_KEPT = 64
MAX_TOTAL = 1 << 20  # bytes


class Pictures:
    """The newest pictures of an app; adding one again makes it new."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._total = 0

    def __contains__(self, picture: object) -> bool:
        """Whether the host has this picture."""
        return picture in self._kept

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def add(self, png: bytes) -> str:
        """Keep a PNG and return its id. Raises InvalidArgumentError when it is not within the limits."""
        name = hashlib.sha256(png).hexdigest()
        if name in self._kept:
            self._kept.move_to_end(name)
            return name
        check_png(png)
        self._kept[name] = png
        self._total += len(png)
        while len(self._kept) > MAX_KEPT or self._total > MAX_TOTAL:
            self._total -= len(self._kept.popitem(last=False)[1])
        return name

    def get(self, name: str) -> bytes | None:
        """The PNG, when it is still here."""
        return self._kept.get(name)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._total = 0
