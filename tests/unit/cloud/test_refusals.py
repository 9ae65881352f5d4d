# SPDX-License-Identifier: Apache-2.0
"""Reports of what was refused: some of them, however many there are."""

import pytest

from ivi.cloud import refusals as module
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.record import decode_record
from ivi.cloud.refusals import BURST, MAX_WHY, Refusals
from ivi.model.errors import ResourceExhaustedError


class Post:
    """Keeps what is put."""

    def __init__(self) -> None:
        self.got: list[Outgoing] = []
        self.full = False

    def put(self, outgoing: Outgoing) -> bool:
        """Keep it, or be full."""
        if self.full:
            raise ResourceExhaustedError("full")
        self.got.append(outgoing)
        return True


def test_a_flood_is_counted_and_some_of_it_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty at once, then one in ten seconds, which says how many were not told."""
    running = 0.0
    monkeypatch.setattr(module.time, "monotonic", lambda: running)  # type: ignore[attr-defined]  # the module's own
    post = Post()
    refusals = Refusals(post, lambda: 1000.0)
    for number in range(BURST + 5):
        refusals.note("command", f"forged {number}")
    assert (len(post.got), refusals.count, refusals.untold) == (BURST, BURST + 5, 5)
    running += 10.1
    refusals.note("command", "x" * 1000)
    last = decode_record(post.got[-1].body)
    assert post.got[-1].delivery is DeliveryClass.EVENTS
    assert (last.kind, last.at_ms, last.data) == (
        *("refused", 1_000_000),
        {"what": "command", "why": "x" * MAX_WHY, "untold": 5},
    )
    assert refusals.untold == 0


def test_a_full_outbox_is_not_the_refuser_s_problem() -> None:
    """It is counted as untold."""
    post = Post()
    post.full = True
    refusals = Refusals(post, lambda: 0.0)
    refusals.note("message", "not ours")
    assert (refusals.count, refusals.untold) == (1, 1)
