# SPDX-License-Identifier: Apache-2.0
"""What the facilities of all apps share beyond the car itself: the way out, and what is kept for apps on disk."""

from pathlib import Path
from typing import Self

from ivi.apphost.egress.gate import Gate, Surroundings
from ivi.apphost.egress.ledger import TrafficLedger
from ivi.apphost.payments.desk import PaymentDesk
from ivi.apphost.payments.journal import Journal
from ivi.apphost.payments.method import PaymentMethod
from ivi.apphost.storage.shelves import Shelves
from ivi.daemon.paths import make_private


class Provisions:
    """Made once by the app host, before the first app."""

    def __init__(self, folder: Path, gate: Gate, method: PaymentMethod | None = None) -> None:
        """`method` is how this car pays; there is none of ivi's own. Raises ConfigurationError."""
        self.gate = gate
        self.shelves = Shelves(folder)
        self.desk = PaymentDesk(Journal(folder / "payments.db"), method)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """With files below `folder` and the operator's settings. Raises ConfigurationError."""
        make_private(folder)
        surroundings = Surroundings.read()
        return cls(folder, Gate(TrafficLedger(folder / "egress.db"), surroundings))

    async def close(self) -> None:
        """Close the files; no app runs any more."""
        await self.desk.close()
        await self.shelves.close()
        await self.gate.ledger.close()
