# SPDX-License-Identifier: Apache-2.0
"""A follower that stalls at any moment: what it knows at the end, and what was counted as lost."""

from hypothesis import given
from hypothesis import strategies as st

from ivi.databroker.subscription import Batch, Subscription
from ivi.model.signal import Datapoint

# a batch of some of three paths, or the reader stalls, or it reads again
STEPS = st.lists(st.sets(st.sampled_from("abc"), min_size=1) | st.sampled_from(["stall", "read"]), max_size=60)


def drive(steps: list[set[str] | str], queue: int) -> tuple[list[Batch], list[Batch], int]:
    """What was published, what arrived, and what was counted as lost."""
    published: list[Batch] = []
    arrived: list[Batch] = []
    open_now = True

    def deliver(batch: Batch) -> bool:
        if open_now:
            arrived.append(batch)
        return open_now

    subscription = Subscription(deliver, queue=queue)
    for number, step in enumerate(steps):
        if step == "stall":
            open_now = False
        elif step == "read":
            open_now = True
            subscription.unblock()
        else:
            batch = {path: Datapoint(number, 0, 0) for path in sorted(step)}
            published.append(dict(batch))
            subscription.take(batch)
            assert batch == published[-1], "a batch belongs to other followers too"
    open_now = True
    subscription.unblock()
    return published, arrived, subscription.lost


def known(batches: list[Batch]) -> Batch:
    """What somebody who heard these batches takes for the current values."""
    return {path: point for batch in batches for path, point in batch.items()}


@given(STEPS)
def test_merging_loses_no_newest_value_and_counts_the_others(steps: list[set[str] | str]) -> None:
    published, arrived, lost = drive(steps, 0)
    assert known(arrived) == known(published)
    assert sum(map(len, arrived)) + lost == sum(map(len, published))


@given(STEPS, st.integers(1, 5))
def test_a_queue_keeps_order_and_counts_what_it_drops(steps: list[set[str] | str], queue: int) -> None:
    published, arrived, lost = drive(steps, queue)
    assert len(arrived) + lost == len(published)
    rest = iter(published)
    assert all(batch in rest for batch in arrived), "arrived out of order"
    assert arrived[-1:] == published[-1:]
