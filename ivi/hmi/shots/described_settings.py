# SPDX-License-Identifier: Apache-2.0
"""What the described car says to the pages of settings, apps and resolution. Invented, as the whole car is."""

import time
from collections.abc import Callable
from typing import Any

import msgspec

from ivi.model.apphost import Audit, AuditRecord, ListAudit
from ivi.model.campaigns import CampaignList, CampaignView, ListCampaigns
from ivi.model.health import BusHealth, HealthReport, ListHealth
from ivi.model.privacy import Agreement, Privacy, PurposeView, ShowPrivacy, Verified, VerifyConsents
from ivi.model.profiles import Preferences, Profiles, ProfileView, SubscribeProfiles
from ivi.model.resolution import (
    ApplyFix,
    Evidence,
    Fault,
    FaultLine,
    FaultLog,
    Fix,
    FixApplied,
    FixKind,
    ReadFaultLog,
    Resolution,
    Severity,
    SolvedFault,
    SubscribeResolution,
)
from ivi.model.rights import AppInfo, GetAppInfo, PermissionView, Standing
from ivi.model.updates import (
    HistoryLine,
    InstalledItem,
    ListUpdateHistory,
    SubscribeUpdates,
    UpdateHistory,
    UpdateItem,
    Updates,
    UpdateState,
)

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000  # milliseconds

PROFILES = Profiles([ProfileView(1, "Mira"), ProfileView(2, "Tom"), ProfileView(0, "")], 1, Preferences())
UPDATES = Updates(
    UpdateState.WAITING,
    "",
    "IVI 2026.11",
    "order-12",
    items=[UpdateItem("app", "Tuneful", "2.4.0", "2.3.1", 4_200_000, 4_200_000)],
    waits_for=["the driver agrees"],
    expected_s=90.0,
    bytes_today=4_200_000,
)


def _ago(milliseconds: int) -> int:
    return round(time.time() * 1000) - milliseconds


def _resolution() -> Resolution:
    fault = Fault(
        "app:trip",
        Severity.LIMITED,
        "Trip has stopped three times and rests for a while.",
        "It can be started again here.",
        [Evidence("apphost", "Trip was ended three times within ten minutes: it used more memory than it may.")],
        Fix(FixKind.START_APP, "trip"),
        "app:trip",
        _ago(12 * _MINUTE),
    )
    waiting = Fault(
        "update",
        Severity.WAITING,
        "An update is ready and waits for you.",
        "Settings show what it changes.",
        [Evidence("cloud", "Tuneful 2.4.0 is here and checked.")],
        Fix(FixKind.OPEN, "settings:updates"),
        since_ms=_ago(3 * _HOUR),
    )
    solved = SolvedFault("voice", "The microphone did not answer.", _ago(26 * _HOUR), _ago(25 * _HOUR))
    return Resolution([fault, waiting], [solved])


def _fault_log(request: ReadFaultLog) -> FaultLog:
    texts = (("info", "started"), ("warning", "memory is at 90 percent"), ("error", "ended: too much memory"))
    lines = [FaultLine(_ago((14 - number) * _MINUTE), level, text) for number, (level, text) in enumerate(texts)]
    return FaultLog(request.id, lines)


def _privacy() -> Privacy:
    offer = Agreement("place", "Fleet", 30, cell_m=500, time_s=60)
    held = Agreement("battery", "Fleet", 90, by="Mira", at_ms=_ago(20 * _DAY))
    purposes = [
        PurposeView("operation", "What the car needs to be reached and repaired.", False, True, [], sent=18_204),
        PurposeView("battery-health", "How batteries age.", True, False, [held], waiting=3, sent=1_240),
        PurposeView("traffic", "Where traffic is slow.", True, False, [], offer),
    ]
    return Privacy(purposes, 4, "3b6a27bcceb6a42d62a3a8d02a6f0d73")


def _campaigns() -> CampaignList:
    running = CampaignView("cells", "running", "", 4, "battery-health", "battery", "Fleet", 90, samples=1_240)
    return CampaignList(3, "fleet-2026", _ago(-30 * _DAY), [running])


def _health() -> HealthReport:
    bus = BusHealth("can0", "ivi:can0", "ok", "", {"frames": 182_400}, 1_420.0, 0.01)
    return HealthReport([bus], [])


def _history() -> UpdateHistory:
    line = HistoryLine(1, _ago(40 * _DAY), "installed", "Tuneful 2.3.1", "the driver agreed", "IVI 2026.10", "9f2c")
    return UpdateHistory([line], "", "IVI 2026.11", "2026.10", [InstalledItem("app", "Tuneful", "2.3.1", "9f2c")])


def _audit(request: ListAudit) -> Audit:
    now = time.time_ns()
    words = ("It read the speed.", "It sent 12 kB to stream.tuneful.example.", "It was refused the place of the car.")
    records = [
        AuditRecord(
            number,
            now - number * 60 * 10**9,
            getattr(request, "app_id", ""),
            action,
            target,
            decision,
            "",
            "",
            words=words[number],
        )
        for number, (action, target, decision) in enumerate(
            (
                ("location", "Vehicle.Speed", "allowed"),
                ("net.send", "stream.tuneful.example", "allowed"),
                ("vehicle.read", "Vehicle.CurrentLocation", "denied"),
            )
        )
    ]
    return Audit(records, verified=True)


_QUIETER = {
    "en": "Quieter music while you park.",
    "de": "Leisere Musik beim Einparken.",
    "fr": "Musique plus douce quand vous vous garez.",
    "ja": "駐車中は音楽を静かにします。",
    "ar": "موسيقى أهدأ أثناء ركن السيارة.",
}
_NEARBY = {
    "en": "Radio stations nearby.",
    "de": "Radiosender in der Nähe.",
    "fr": "Stations de radio à proximité.",
    "ja": "近くのラジオ局を探します。",
    "ar": "محطات الراديو القريبة.",
}


def _info(request: GetAppInfo) -> AppInfo:
    name = {"tuneful": "Tuneful", "charge": "Charge & Co", "trip": "Trip"}.get(request.app_id, request.app_id)
    permissions = [
        PermissionView(
            "speed",
            "vehicle.read",
            "Read how fast the car drives",
            "Quieter music while you park.",
            False,
            Standing.GRANTED,
            "driver",
            time.time_ns() - 20 * _DAY * 10**6,
            ["Vehicle.Speed"],
            "",
            _QUIETER,
        ),
        PermissionView(
            "place",
            "vehicle.read",
            "Know roughly where the car is",
            "Radio stations nearby.",
            False,
            Standing.REFUSED,
            "driver",
            time.time_ns() - 20 * _DAY * 10**6,
            [],
            "",
            _NEARBY,
        ),
    ]
    return AppInfo(
        request.app_id,
        name,
        "2.3.1",
        f"{name} GmbH",
        "running",
        "",
        ["seccomp", "landlock", "namespaces"],
        5,
        6,
        permissions,
        {},
        1,
    )


STREAMS: dict[type[msgspec.Struct], Callable[[], msgspec.Struct]] = {
    SubscribeProfiles: lambda: PROFILES,
    SubscribeResolution: _resolution,
    SubscribeUpdates: lambda: UPDATES,
}
ANSWERS: dict[type[msgspec.Struct], Callable[[Any], msgspec.Struct]] = {
    ApplyFix: lambda _: FixApplied("It is started again."),
    ReadFaultLog: _fault_log,
    ShowPrivacy: lambda _: _privacy(),
    VerifyConsents: lambda _: Verified(4, "3b6a27bcceb6a42d62a3a8d02a6f0d73"),
    ListCampaigns: lambda _: _campaigns(),
    ListHealth: lambda _: _health(),
    ListUpdateHistory: lambda _: _history(),
    ListAudit: _audit,
    GetAppInfo: _info,
}
