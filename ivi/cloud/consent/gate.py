# SPDX-License-Identifier: Apache-2.0
"""Decides what may leave the car: nothing, except `operation` and what is agreed to at this moment."""

from collections.abc import Callable, Iterable

from ivi.cloud.consent.coarsening import EXACT, Precision
from ivi.cloud.consent.purposes import Terms, channel_of
from ivi.cloud.delivery import OPERATION, OPERATIONAL, DataUse, DeliveryClass

_RECEIPTS = frozenset({DeliveryClass.CONTROL, DeliveryClass.EVENTS})


class ConsentGate:
    """See ivi.cloud.channels.Gate. It is closed until the ledger was read and found whole."""

    def __init__(self, agreed: Iterable[Terms] = ()) -> None:
        self._agreed: tuple[Terms, ...] = tuple(agreed)
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, changed: Callable[[], None]) -> None:
        """Call this whenever what is agreed to has changed. It must not raise."""
        self._listeners.append(changed)

    def set(self, agreed: Iterable[Terms]) -> None:
        """What is agreed to from this moment on."""
        self._agreed = tuple(agreed)
        for changed in self._listeners:
            changed()

    def channel(self, use: DataUse, delivery: DeliveryClass) -> str | None:
        """The channel that a record for this use goes out on; None: it may not leave.

        Measured values never pass as `operation`: those are receipts.
        """
        if use == OPERATIONAL and delivery in _RECEIPTS:
            return channel_of(use, delivery)
        if use.purpose == OPERATION or self._terms(use) is None:
            return None
        return channel_of(use, delivery)

    def may_leave(self, use: DataUse, delivery: DeliveryClass) -> bool:
        """Whether a record for this use may leave."""
        return self.channel(use, delivery) is not None

    def may_send(self, purpose: str) -> bool:
        """Whether anything stored for a purpose may still be sent."""
        return purpose == OPERATION or any(terms.purpose == purpose for terms in self._agreed)

    def precision(self, use: DataUse) -> Precision:
        """How roughly place and time are told for a use that may leave."""
        terms = self._terms(use)
        if terms is None:
            return EXACT._replace(places=False)
        return Precision(terms.cell_m, terms.time_s, places=terms.category == "location")

    def _terms(self, use: DataUse) -> Terms | None:
        return next((terms for terms in self._agreed if terms.cover(use)), None)
