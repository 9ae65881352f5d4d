# SPDX-License-Identifier: Apache-2.0
"""How far streams are complete: the end of the unbroken run of rows and gaps, computed in the database."""

from ivi.fleet.store.database import Database

STEP = 5000  # rows behind `upto` that one statement looks at, so that a stream with a hole does not cost more and more

# `base`: where each touched stream stands. `span`: what is there behind it, rows and gaps alike. `hole`: where the first
# thing is missing. What ends before the hole is complete.
_ADVANCE = """
with base as (
  select s.id as id, case when s.upto > t.settled then s.upto else t.settled end as upto
  from touched t join stream s on s.id = t.id),
span as (
  select b.id as id, r.seq as first, r.seq as last from base b join record r
    on r.stream_id = b.id and r.seq > b.upto and r.seq <= b.upto + ?
  union all
  select b.id, g.first, g.last from base b join gap g on g.stream_id = b.id and g.last > b.upto),
run as (
  select id, first, last,
    max(last) over (partition by id order by first, last rows between unbounded preceding and 1 preceding) as before
  from span),
hole as (
  select r.id as id, min(r.first) as first from run r join base b on b.id = r.id
  where r.first > 1 + case when r.before > b.upto then r.before else b.upto end group by r.id),
reached as (
  select b.id as id, max(coalesce(x.last, 0)) as last, b.upto as upto
  from base b left join hole h on h.id = b.id
  left join span x on x.id = b.id and (h.first is null or x.first < h.first)
  group by b.id, b.upto)
update stream set
  upto = case when n.last > n.upto then n.last else n.upto end,
  records = stream.records + t.fresh,
  seen_ns = case when t.seen_ns > stream.seen_ns then t.seen_ns else stream.seen_ns end,
  copied = case when t.least between 1 and stream.copied then t.least - 1 else stream.copied end
from reached n join touched t on t.id = n.id where stream.id = n.id
returning stream.id, stream.upto
"""


def complete(database: Database, before: dict[int, int]) -> dict[int, int]:
    """Advance the streams in `touched`, which stood at `before`; returns how far each is complete now."""
    found: dict[int, int] = {}
    while True:
        now: dict[int, int] = dict(database.rows(_ADVANCE, (STEP,)))
        # Whoever came to the end of what was looked at may get further.
        again = any(upto - max(before[stream_id], found.get(stream_id, 0)) >= STEP for stream_id, upto in now.items())
        found |= now
        if not again:
            return found
        database.run("update touched set settled = 0, fresh = 0, least = 0")
