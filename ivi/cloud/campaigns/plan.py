# SPDX-License-Identifier: Apache-2.0
"""From campaigns to what is done: each checked against catalogue and consent, then one subscription for each rate."""

from collections.abc import Iterable
from dataclasses import dataclass

from ivi.cloud.campaigns.campaign import Campaign
from ivi.cloud.campaigns.categories import category_of, may_ask
from ivi.cloud.campaigns.collector import Collector
from ivi.cloud.channels import Gate
from ivi.cloud.delivery import OPERATION
from ivi.model.databroker import MAX_PATHS, MAX_QUEUE, Deadband, Subscribe
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError
from ivi.model.signal import DataType
from ivi.vss import patterns
from ivi.vss.catalogue import Catalogue

MAX_LEAVES = 1000  # of one campaign


@dataclass(frozen=True, slots=True)
class Accepted:
    """A campaign that may be done, and the leaves that its signals name."""

    campaign: Campaign
    paths: tuple[str, ...]


def check(campaign: Campaign, catalogue: Catalogue, gate: Gate) -> Accepted:
    """The campaign with its leaves. Raises NotFoundError, InvalidArgumentError or PermissionDeniedError."""
    if campaign.use.purpose == OPERATION:  # it is not asked for, so it must not be a way around being asked
        raise PermissionDeniedError(f"the purpose {OPERATION} is the car's own, and no campaign's")
    paths = catalogue.resolve(campaign.signals)
    if empty := [one for one in campaign.signals if patterns.is_pattern(one) and not catalogue.resolve([one])]:
        raise InvalidArgumentError(f"this car has no signal {empty[0]}")
    if len(paths) > MAX_LEAVES:
        raise InvalidArgumentError(f"it asks for {len(paths)} signals, and {MAX_LEAVES} are the limit")
    looked_at = catalogue.resolve(campaign.when.paths) if campaign.when else []
    for path in (*paths, *looked_at):
        if not may_ask(campaign.use.category, path):
            category = category_of(path)
            raise InvalidArgumentError(f"{path} is of category {category}, and it says {campaign.use.category}")
    if campaign.windows and campaign.windows.bounds:
        other = [path for path in paths if not _numeric(catalogue.get(path).data_type)]
        if other:
            raise InvalidArgumentError(f"{other[0]} is no number, and a histogram counts numbers")
    if campaign.use.purpose == OPERATION:
        raise PermissionDeniedError(f"`{OPERATION}` is for receipts, and a campaign needs a purpose to be agreed to")
    if gate.channel(campaign.use, campaign.delivery) is None:
        use = campaign.use
        raise PermissionDeniedError(f"no consent to {use.category} data for {use.purpose} at {use.recipient}")
    return Accepted(campaign, tuple(paths))


def _numeric(kind: DataType) -> bool:
    return not kind.is_array and kind not in (DataType.STRING, DataType.BOOLEAN, DataType.STRUCT)


def subscriptions(collectors: Iterable[Collector]) -> dict[float, Subscribe]:
    """One subscription for each rate, by its events a second (0: every change), with all that its campaigns follow."""
    groups: dict[float, list[Collector]] = {}
    for collector in collectors:
        groups.setdefault(rate_of(collector.campaign), []).append(collector)
    return {rate: _subscribe(rate, members) for rate, members in groups.items()}


def rate_of(campaign: Campaign) -> float:
    """Events a second that a campaign needs; 0 for every change."""
    if campaign.trigger:  # a condition that is seen late would miss its moment
        return 0.0
    return campaign.on_change.max_hz if campaign.on_change else 1000 / campaign.period_ms


def _subscribe(rate: float, members: list[Collector]) -> Subscribe:
    """A dead band is left to the databroker where all who want a path have the same, and no condition looks at it."""
    bands: dict[str, set[Deadband]] = {}
    for collector in members:
        asked = collector.campaign.on_change
        for path in collector.paths:
            bands.setdefault(path, set()).add(asked.deadband if asked else Deadband())
        for path in collector.campaign.when.paths if collector.campaign.when else ():
            bands.setdefault(path, set()).add(Deadband())
    paths = sorted(bands)[:MAX_PATHS]
    shared = {path: next(iter(bands[path])) for path in paths if len(bands[path]) == 1}
    return Subscribe(
        paths,
        max_hz=rate,
        queue=0 if rate else MAX_QUEUE,
        deadbands={path: band for path, band in shared.items() if band != Deadband()},
    )
