# SPDX-License-Identifier: Apache-2.0
"""What was said about an order: the driver's agreement, a server's wish to wait, and that it failed. All durable."""

from ivi.cloud.updates.journal import Journal
from ivi.cloud.updates.plan import Agreement, GivenUp, Plan


class Orders:
    """Reads and writes the journal."""

    def __init__(self, journal: Journal) -> None:
        """The journal is open."""
        self._journal = journal

    def agree(self, plan: Plan, *, agree: bool) -> None:
        """The driver's word; it counts for this order and nothing newer."""
        self._journal.write("agreed", Agreement(plan.order) if agree else None)

    def is_agreed(self, plan: Plan | None) -> bool:
        """Whether the driver has agreed to it."""
        word = self._journal.read("agreed", Agreement)
        return word is not None and plan is not None and word.order == plan.order

    def give_up(self, plan: Plan, why: str) -> None:
        """It failed and is not tried again."""
        self._journal.write("given_up", GivenUp(plan.order, why))

    def given_up(self, plan: Plan) -> str:
        """Why it is not tried again; empty when it may be."""
        given = self._journal.read("given_up", GivenUp)
        return given.why or "it failed" if given is not None and given.order == plan.order else ""

    def hold(self, *, held: bool) -> None:
        """Whether installs have to wait for the word of a server that plans them."""
        self._journal.write("held", True if held else None)

    def is_held(self) -> bool:
        """Whether they have to."""
        return bool(self._journal.read("held", bool))
