# SPDX-License-Identifier: Apache-2.0
"""The part of the cloud process that does what campaigns ask: takes signed sets, checks them, and keeps them going."""

import asyncio
import contextlib
import hashlib
import logging
from collections import Counter as Count
from collections.abc import Mapping
from pathlib import Path

from ivi.cloud.campaigns.campaign import Campaign, campaign_map
from ivi.cloud.campaigns.collector import Collector
from ivi.cloud.campaigns.keeping import Keeping
from ivi.cloud.campaigns.plan import check
from ivi.cloud.campaigns.signed import CampaignSet, Refusal, verify_campaigns
from ivi.cloud.campaigns.work import Work
from ivi.cloud.cbor import encode
from ivi.cloud.channels import Gate, OpenGate
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.part import Post
from ivi.cloud.record import Record, encode_record
from ivi.cloud.refusals import Refusals
from ivi.cloud.signal_table import SignalTable
from ivi.cloud.trust import Trust
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import Router, Session
from ivi.daemon.process import Counter, Process
from ivi.model.campaigns import CampaignList, CampaignView, ListCampaigns
from ivi.model.databroker import ListMetadata, MetadataList
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError
from ivi.model.status import Problem
from ivi.vss.catalogue import Catalogue

log = logging.getLogger(__name__)

RETRY = 1.0  # seconds between questions for the catalogue while the databroker is away
FILE = "campaigns.cbor"


class CampaignsPart:
    """See ivi.cloud.part.Part."""

    name = "campaigns"
    topics: tuple[str, ...] = ("policy",)

    def __init__(
        self, process: Process, databroker: LinkClient, *, trust: Trust, state: Path, gate: Gate | None = None
    ) -> None:
        """`trust` says whose sets count (role `campaigns`); `state` is the process's folder; without a gate all may
        leave.
        """
        self._process = process
        self._databroker = databroker
        self._trust = trust
        self._path = state / FILE
        self._gate = gate or OpenGate()
        self._set: CampaignSet | None = None
        self._refused: list[Refusal] = []
        self._catalogue = Catalogue()
        self._table: SignalTable | None = None
        self._consents: tuple[object, ...] = ()
        self._spent: set[str] = set()
        """Campaigns whose budget of today is used up."""
        self._sent: Count[str] = Count()
        self._lost: Count[str] = Count()
        self._rows = 0
        self._stale = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    # -- ivi.cloud.part.Part ------------------------------------------------------------------------------------------
    async def start(self, post: Post) -> None:
        """Go on with the set that was kept. Raises ResourceExhaustedError when its file cannot be read."""
        self._post = post
        self._refusals = Refusals(post, post.clock.now)
        self._keeping = Keeping(self._path)
        if self._keeping.damaged is not None:
            self._process.report(
                "campaigns",
                Problem(
                    "The file of campaigns was damaged; the car asks for them anew",
                    str(self._keeping.damaged),
                    "delete the file; check the disk",
                ),
            )
        if self._keeping.message:
            self._set = self._verified(self._keeping.message)
        self._work = Work(self._databroker, self._send, self._look, self._connected)
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._learn()), loop.create_task(self._work.run())]
        for task in self._tasks:
            task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Send what was collected, and write down what was used. Raises ResourceExhaustedError."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self._work.stop()
        self._keeping.save(exact=True)

    def online(self) -> None:
        """Nothing to do: the newest set is retained and comes by itself."""

    def received(self, _topic: str, payload: bytes) -> None:
        """A set of campaigns. Raises ResourceExhaustedError when it cannot be kept, so that it comes again."""
        if not payload or (payload == self._keeping.message and self._set is not None):
            return  # a retained message that was deleted, or the one that is known
        made = self._verified(payload)
        if made is None:
            return
        keeping = self._keeping
        if made.version < keeping.version or (made.version == keeping.version and payload != keeping.message):
            self._refusals.note(
                f"version {made.version} of the campaigns", f"version {keeping.version} is here already"
            )
            return
        before = keeping.message, keeping.version, keeping.told, keeping.table
        # with each set the table goes up again: so a fleet end that lost it gets it back
        keeping.message, keeping.version, keeping.told, keeping.table = payload, made.version, b"", b""
        try:
            keeping.save()
        except IviError:
            keeping.message, keeping.version, keeping.told, keeping.table = before
            raise
        self._set = made
        self._process.resolve("campaigns")
        self._stale.set()

    def serve(self, router: Router) -> None:
        """Answer ListCampaigns."""
        router.on_call(ListCampaigns, self._list)

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        collectors = self._work.collectors.values()
        return {
            "campaigns_version": self._keeping.version,
            "campaigns_running": sum(not collector.paused for collector in collectors),
            "campaigns_refused": len(self._refused),
            "campaigns_sets_refused": self._refusals.count,
            "campaigns_rows": self._rows,
            "campaigns_samples": self._sent.total(),
            "campaigns_updates_lost": self._databroker.dropped,
            "campaigns_samples_lost": self._lost.total() + sum(one.dropped for one in collectors),
        }

    # -- the set ------------------------------------------------------------------------------------------------------
    def _verified(self, message: bytes) -> CampaignSet | None:
        try:
            now_ms = int(self._post.clock.now() * 1000)
            return verify_campaigns(message, self._trust, self._post.vehicle_id, now_ms)
        except (InvalidArgumentError, PermissionDeniedError) as error:
            log.warning("a set of campaigns is refused", extra={"why": str(error)})
            self._refusals.note("a set of campaigns", str(error))
            return None

    async def _learn(self) -> None:
        """Ask for the catalogue, now and whenever it may have changed, and plan with it."""
        while True:
            self._stale.clear()
            try:
                answer: MetadataList = await self._databroker.call(ListMetadata())
            except IviError:  # the uplink reports that the databroker is away
                await asyncio.sleep(RETRY)
                continue
            self._catalogue = Catalogue(answer.entries)
            try:
                self._table = SignalTable.of(answer.entries)
            except InvalidArgumentError as error:
                self._process.report("campaigns", Problem(f"No campaigns: {error}", "catalogue", "use a smaller one"))
            self._plan()
            await self._stale.wait()

    def _plan(self) -> None:
        """Decide which campaigns are done, and begin, go on or end accordingly."""
        if self._table is None or self._set is None:
            return
        loop = asyncio.get_running_loop()
        self._consents = self._asked()
        refused = list(self._set.refused)
        collectors: dict[str, Collector] = {}
        for campaign in self._set.campaigns:
            if self._is_over(campaign):
                continue
            try:
                accepted = check(campaign, self._catalogue, self._gate)
            except IviError as error:
                refused.append(Refusal(campaign.id, str(error)))
                continue
            old = self._work.collectors.get(campaign.id)
            same = old is not None and campaign_map(old.campaign) == campaign_map(campaign)
            precision = self._gate.precision(campaign.use)
            same = same and old is not None and old.precision == precision
            if old is not None and same and old.paths == set(accepted.paths) and old.table.hash == self._table.hash:
                collectors[campaign.id] = old
            else:
                collectors[campaign.id] = Collector(campaign, accepted.paths, self._table, loop.time(), precision)
        self._refused = refused
        self._tell(refused, wanted=bool(collectors))
        self._pause(collectors)
        self._work.set(collectors)

    def _pause(self, collectors: Mapping[str, Collector]) -> None:
        """What has not begun rests, and what may send nothing more today."""
        now_ms = self._post.clock.now() * 1000
        for name, collector in collectors.items():
            collector.paused = collector.campaign.from_ms > now_ms or name in self._spent

    def _tell(self, refused: list[Refusal], *, wanted: bool) -> None:
        """Report what is refused, and the table that rows will need, each once."""
        if self._set is None or self._table is None:
            return
        keeping, version = self._keeping, self._set.version
        digest = hashlib.sha256(encode([version, [[one.id, one.why] for one in refused]])).digest()
        new = digest != keeping.told
        if new:
            for one in refused:
                self._refusals.note(f"campaign {one.id} of version {version}", one.why)
            keeping.told = digest
        if wanted and keeping.table != self._table.hash:
            now_ms = int(self._post.clock.now() * 1000)
            record = encode_record(Record("signals", now_ms, self._table.to_record()))
            with contextlib.suppress(IviError):  # a full outbox is reported by itself; it is tried again
                if self._post.put(Outgoing(DeliveryClass.EVENTS, record)):
                    keeping.table, new = self._table.hash, True
        if new:
            with contextlib.suppress(IviError):  # told twice after a restart, at worst
                keeping.save()

    def _asked(self) -> tuple[object, ...]:
        """For each campaign whether its use is allowed now, and how roughly."""
        campaigns, gate = self._set.campaigns if self._set else (), self._gate
        return tuple((gate.channel(one.use, one.delivery) is not None, gate.precision(one.use)) for one in campaigns)

    # -- while it runs ------------------------------------------------------------------------------------------------
    def _look(self) -> None:
        """Each second: what begins, ends, may go on tomorrow, or is not consented to any more."""
        self._keeping.turn(self._post.clock.now())
        over = any(self._is_over(one.campaign) for one in self._work.collectors.values())
        if over or self._asked() != self._consents:
            self._plan()
        self._spent = {name for name in self._spent if self._keeping.used(name)}  # a new day begins with nothing
        self._pause(self._work.collectors)

    def _is_over(self, campaign: Campaign) -> bool:
        now_ms = self._post.clock.now() * 1000
        return campaign.until_ms <= now_ms or self._set is None or self._set.expires_ms <= now_ms

    def _send(self, collector: Collector, body: bytes, samples: int) -> None:
        campaign = collector.campaign
        if collector.precision != self._gate.precision(campaign.use):  # agreed to anew since; it is planned again soon
            self._lost[campaign.id] += samples
            return
        sent = False
        try:
            if not self._keeping.charge(campaign.id, len(body), campaign.budget, self._post.clock.now()):
                self._spent.add(campaign.id)
                collector.paused = True
            else:
                sent = self._post.put(Outgoing(campaign.delivery, body, campaign.use))
        except IviError as error:
            log.warning("a row of a campaign is lost", extra={"campaign": campaign.id, "why": str(error)})
        if sent:
            self._rows += 1
            self._sent[campaign.id] += samples
        else:
            self._lost[campaign.id] += samples

    def _connected(self, is_connected: bool, _reason: str) -> None:
        if not is_connected:
            self._stale.set()  # it may come back with another catalogue

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("campaigns failed", exc_info=error)
            self._process.report(
                "campaigns",
                Problem(
                    f"Campaigns are not done any more: {type(error).__name__}", str(self._path), "restart the process"
                ),
            )

    # -- link ---------------------------------------------------------------------------------------------------------
    async def _list(self, _request: ListCampaigns, _session: Session) -> CampaignList:
        if self._set is None:
            return CampaignList(0, "", 0, [])
        why = {one.id: one.why for one in self._refused}
        views = [self._view(campaign, why.pop(campaign.id, "")) for campaign in self._set.campaigns]
        views += [CampaignView(name, "refused", reason) for name, reason in why.items()]
        return CampaignList(self._set.version, self._set.issuer, self._set.expires_ms, views)

    def _view(self, campaign: Campaign, refused: str) -> CampaignView:
        collector = self._work.collectors.get(campaign.id)
        state, why = "running", ""
        if refused:
            state, why = "refused", refused
        elif self._is_over(campaign):
            state = "ended"
        elif collector is None:
            state, why = "waiting", "the signals of this car are not known yet"
        elif campaign.id in self._spent:
            state, why = "budget", "today's bytes are used up"
        elif collector.paused:
            state = "waiting"
        use = campaign.use
        return CampaignView(
            campaign.id,
            state,
            why,
            len(collector.paths) if collector else 0,
            use.purpose,
            use.category,
            use.recipient,
            use.retention_days,
            campaign.priority,
            campaign.budget,
            self._keeping.used(campaign.id),
            self._sent[campaign.id],
            collector.triggered if collector else 0,
            self._lost[campaign.id] + (collector.dropped if collector else 0),
        )
