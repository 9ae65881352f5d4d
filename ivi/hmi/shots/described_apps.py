# SPDX-License-Identifier: Apache-2.0
"""What the other processes of the described car say: driving state, apps, uplink. Invented, as the whole car is."""

import msgspec

from ivi.hmi.gallery import samples
from ivi.hmi.shots.described_car import HERE, MOTIONS
from ivi.model.apphost import AppState, AppsUpdate, AppView
from ivi.model.cloud import LinkState, Uplink
from ivi.model.services import DrivingState, UxRestrictions
from ivi.model.templates import polyline
from ivi.model.templates.limits import limits_of, shortened
from ivi.model.templates.navigation import ChargeStop
from ivi.model.templates.places import Position
from ivi.model.voice import DialogueUpdate, Phase
from ivi.services.ux_restrictions.policy import restrict

UPLINK = Uplink(LinkState.ONLINE, "fleet.example", "", 18_204, 18_201, 3, 0)
QUIET = DialogueUpdate(Phase.IDLE)
_WAY = ((0, 0), (0.0008, 0.0028), (0.0019, 0.0052), (-0.0012, 0.0070), (-0.0031, 0.0094), (-0.0026, 0.0127))
"""Degrees north and east of the car."""
_STOP = (-0.0031, 0.0094)
GUIDANCE = msgspec.structs.replace(
    samples.NAVIGATION,
    route=polyline.encode([(HERE[0] + north, HERE[1] + east) for north, east in _WAY]),
    stops=[ChargeStop("harbour", "Harbour North", Position(HERE[0] + _STOP[0], HERE[1] + _STOP[1]))],
)


def restrictions(state: DrivingState) -> UxRestrictions:
    """What the services process says in this driving state: the real policy's own words."""
    return restrict(MOTIONS[state])


def apps(state: DrivingState, cover: str = "") -> AppsUpdate:
    """Three apps, cut to the driving state as the host cuts them."""
    limits = limits_of(restrictions(state))
    views = []
    pages = (
        ("tuneful", "Tuneful", "music", samples.media(cover)),
        ("charge", "Charge & Co", "bolt", samples.stations()),
        ("wayfarer", "Wayfarer", "route", GUIDANCE),
    )
    for app_id, name, icon, page in pages:
        part = shortened(page, limits)
        views.append(AppView(app_id, name, AppState.RUNNING, "", 1, part.template, [], icon=icon, depth=1))
        views[-1] = msgspec.structs.replace(views[-1], hidden=part.hidden)
    return AppsUpdate(views)
