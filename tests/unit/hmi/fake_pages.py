# SPDX-License-Identifier: Apache-2.0
"""What the fake car answers to the pages of settings, apps and resolution: {"page": {kind: fields}}.

`profiles`, `resolution`, `updates`: the fields of what the stream says next; `privacy`, `history`, `audit`,
`campaigns`, `health`, `log`: of the answer. {"refuse": "why"} refuses the next change; null takes it back.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from ivi.daemon.link_server import Router, Session, Stream
from ivi.model import profiles, updates
from ivi.model.apphost import Audit, ListAudit, StopApp
from ivi.model.apphost import Done as AppsDone
from ivi.model.campaigns import CampaignList, CampaignsRequest, ListCampaigns
from ivi.model.errors import NotFoundError, UnavailableError
from ivi.model.health import HealthReport, ListHealth
from ivi.model.privacy import Agree, Privacy, PrivacyRequest, Revoke, Revoked, ShowPrivacy, Verified, VerifyConsents
from ivi.model.resolution import ApplyFix, FaultLog, FixApplied, ReadFaultLog, Resolution, SubscribeResolution

REQUESTS: dict[str, tuple[object, ...]] = {
    "databroker": (ListHealth,),
    "cloud": (PrivacyRequest, updates.Request, CampaignsRequest),
}
ANSWERS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "profiles": ("profiles", profiles.Profiles),
    "resolution": ("resolution", Resolution),
    "updates": ("updates", updates.Updates),
    "privacy": ("privacy", Privacy),
    "history": ("update_history", updates.UpdateHistory),
    "audit": ("audit", Audit),
    "campaigns": ("campaigns", CampaignList),
    "health": ("health", HealthReport),
    "log": ("fault_log", FaultLog),
}


class Pages:
    """State behind these pages."""

    def __init__(self, say: Callable[..., None]) -> None:
        self._say = say
        self._known: dict[str, msgspec.Struct] = {}
        self._streams: dict[str, set[Stream]] = {}
        self._refuse: str | None = None

    def take(self, said: dict[str, Any]) -> None:
        """Do what one command says."""
        for kind, fields in said.items():
            if kind == "refuse":
                self._refuse = fields
                continue
            tag, answer = ANSWERS[kind]
            self._known[kind] = known = msgspec.convert([tag, *fields], answer)
            for stream in self._streams.get(kind, set()):
                stream.send(known)

    def serve(self, name: str, router: Router) -> None:
        """Register what one process answers."""
        match name:
            case "databroker":
                router.on_call(ListHealth, self._answer("health"))
            case "services":
                router.on_stream(profiles.SubscribeProfiles, self._stream("profiles"))
                router.on_stream(SubscribeResolution, self._stream("resolution"))
                router.on_call(ReadFaultLog, self._answer("log"))
                router.on_call(ApplyFix, self._do(lambda one: {"fix": one.id}, FixApplied("It is started again.")))
                for kind in PROFILE_CALLS:
                    router.on_call(kind, self._do(_profile, "profiles"))
            case "apphost":
                router.on_call(ListAudit, self._answer("audit"))
                router.on_call(StopApp, self._do(lambda one: {"stop": one.app_id}, AppsDone()))
            case "cloud":
                self._serve_cloud(router)
            case _:
                pass

    def _serve_cloud(self, router: Router) -> None:
        router.on_stream(updates.SubscribeUpdates, self._stream("updates"))
        router.on_call(updates.ListUpdateHistory, self._answer("history"))
        router.on_call(ShowPrivacy, self._answer("privacy"))
        router.on_call(ListCampaigns, self._answer("campaigns"))
        router.on_call(Agree, self._do(lambda one: {"agree": one.purpose}, "privacy"))
        router.on_call(Revoke, self._do(lambda one: {"revoke": one.purpose}, Revoked("", 3)))
        router.on_call(VerifyConsents, self._do(lambda _: {"verify": True}, Verified(4, "")))
        router.on_call(updates.CheckUpdates, self._do(lambda _: {"check": True}, "updates"))
        router.on_call(updates.ApplyUpdates, self._do(lambda one: {"apply": [one.order, one.agree]}, "updates"))
        router.on_call(updates.RollBackUpdates, self._do(lambda _: {"back": True}, "updates"))

    def _stream(self, kind: str) -> Callable[[Any, Stream], Any]:
        async def serve(_request: object, stream: Stream) -> None:
            if kind in self._known:
                stream.send(self._known[kind])
            self._streams.setdefault(kind, set()).add(stream)
            try:
                await asyncio.Event().wait()
            finally:
                self._streams[kind].discard(stream)

        return serve

    def _answer(self, kind: str) -> Callable[[Any, Session], Any]:
        async def answer(_request: object, _session: Session) -> msgspec.Struct:
            if kind not in self._known:
                raise NotFoundError(f"there is no {kind}")
            return self._known[kind]

        return answer

    def _do(
        self, told: Callable[[Any], dict[str, object]], answer: msgspec.Struct | str
    ) -> Callable[[Any, Session], Any]:
        async def do(request: object, _session: Session) -> msgspec.Struct:
            self._say(**told(request))
            if self._refuse is not None:
                raise UnavailableError(self._refuse)
            return self._known[answer] if isinstance(answer, str) else answer

        return do


PROFILE_CALLS: Sequence[type[msgspec.Struct]] = (
    profiles.SelectProfile,
    profiles.AddProfile,
    profiles.RenameProfile,
    profiles.RemoveProfile,
    profiles.ChangePreference,
    profiles.ChangeSteeringSide,
)


def _profile(request: msgspec.Struct) -> dict[str, object]:
    return {"profile": [type(request).__name__, *msgspec.structs.astuple(request)]}
