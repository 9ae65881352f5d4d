# SPDX-License-Identifier: Apache-2.0
"""The bus-load budget: bits of a frame, what may go when, and a deadline for who would wait too long."""

import threading
import time

import pytest

from ivi.model.errors import ConfigurationError, ResourceExhaustedError
from ivi.providers.uds.budget import DEBT_MAX, Budget, frame_bits


@pytest.mark.parametrize(
    ("length", "extended", "bits"), [(8, False, 135), (0, False, 55), (8, True, 160), (0, True, 80)]
)
def test_bits_of_a_frame_with_the_most_stuffing(length: int, extended: bool, bits: int) -> None:
    assert frame_bits(length, extended=extended) == bits


def test_a_burst_goes_at_once_and_the_rest_is_paced() -> None:
    budget = Budget(500_000, 0.02)
    start = time.monotonic()
    far = start + 60
    taken = 0
    for _ in range(20):
        budget.take(frame_bits(), far)
        taken += frame_bits()
    elapsed = time.monotonic() - start
    assert elapsed >= (taken - budget.burst) / budget.rate
    assert budget.spent == taken


def test_several_threads_share_it() -> None:
    budget = Budget(500_000, 0.02)
    start = time.monotonic()

    def work() -> None:
        for _ in range(8):
            budget.take(frame_bits(), start + 60)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - start >= (32 * frame_bits() - budget.burst) / budget.rate


def test_who_would_wait_too_long_hears_it_at_once() -> None:
    budget = Budget(500_000, 0.02)
    start = time.monotonic()
    budget.charge(1_000_000)
    with pytest.raises(ResourceExhaustedError, match="budget"):
        budget.take(frame_bits(), time.monotonic() + 0.2)
    assert time.monotonic() - start < 0.2


def test_foreign_frames_cost_a_bounded_time() -> None:
    budget = Budget(500_000, 1.0)
    budget.charge(1 << 40)
    start = time.monotonic()
    budget.take(frame_bits(), start + 60)
    assert time.monotonic() - start < 3 * DEBT_MAX


@pytest.mark.parametrize("share", [0.0, -1.0, 0.001, 1.5])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ConfigurationError):
        Budget(500_000, share)


@pytest.mark.parametrize("share", [0.002, 0.005, 0.02, 1.0])
def test_a_block_fits_a_burst(share: float) -> None:
    budget = Budget(500_000, share)
    assert 1 <= budget.block <= 8
    assert budget.block == 1 or (budget.block + 1) * frame_bits() <= budget.burst
