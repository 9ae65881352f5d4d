# SPDX-License-Identifier: Apache-2.0
"""How far streams are complete: the end of the unbroken run of rows and gaps, found in the database."""

from ivi.fleet.store.database import Database

STEP = 5000  # rows behind `upto` that one statement looks at, so that a stream with a hole does not cost more and more

# `span`: what is there behind where a stream stands, rows and gaps alike. `hole`: where the first thing is missing.
# What ends before the hole is complete.
_ADVANCE = """
with base as (select s.id as id, s.upto as upto from touched t join stream s on s.id = t.id where t.broken = 1),
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
  select x.id as id, max(x.last) as last from span x left join hole h on h.id = x.id
  where h.first is null or x.first < h.first group by x.id)
update stream set upto = n.last from reached n where stream.id = n.id and n.last > stream.upto
returning stream.id, stream.upto
"""


def complete(database: Database, uptos: dict[int, int]) -> None:
    """Advance the streams in `touched` that are marked as broken; brings `uptos` up to date."""
    while True:
        found: dict[int, int] = dict(database.rows(_ADVANCE, (STEP,)))
        # Whoever came to the end of what was looked at may get further.
        further = any(upto - uptos[stream_id] >= STEP for stream_id, upto in found.items())
        uptos |= found
        if not further:
            return
