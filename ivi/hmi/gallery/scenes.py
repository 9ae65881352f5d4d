# SPDX-License-Identifier: Apache-2.0
"""What the gallery shows: pages in their states, as the host would send them."""

from dataclasses import dataclass

import msgspec

from ivi.hmi.gallery import samples
from ivi.model.apphost import AppState, AppView, NoticeView
from ivi.model.services import DrivingState, UxRestriction, UxRestrictions
from ivi.model.templates import GridTemplate, ListTemplate, MapTemplate, MediaTemplate, PageTemplate, kind_of

APP = "gallery"
PARKED = UxRestrictions(DrivingState.PARKED, [], "parked")
MOVING = UxRestrictions(
    DrivingState.MOVING,
    [UxRestriction.LIMIT_CONTENT, UxRestriction.NO_KEYBOARD],
    "driving at 84 km/h",
    max_rows=6,
    max_chars=120,
)
_ICONS = {"media": "music", "grid": "music", "message": "station", "navigation": "route", "route_preview": "route"}
_NAMES = {"media": "Tuneful", "grid": "Tuneful", "navigation": "Wayfarer", "route_preview": "Wayfarer"}


@dataclass(frozen=True)
class Scene:
    """One picture of the gallery."""

    name: str
    """Kind and state, with a hyphen between them."""
    view: AppView
    driving: UxRestrictions = PARKED


def _view(page: PageTemplate | None, **changes: object) -> AppView:
    kind = kind_of(page) if page else "list"
    view = AppView(
        APP, _NAMES.get(kind, "Charge & Co"), AppState.RUNNING, "", 1, page, [], icon=_ICONS.get(kind, "bolt"), depth=1
    )
    return msgspec.structs.replace(view, **changes)


def _emptied(page: PageTemplate) -> PageTemplate:
    fields = {ListTemplate: "rows", GridTemplate: "items", MediaTemplate: "queue", MapTemplate: "markers"}
    return msgspec.structs.replace(page, **{fields[type(page)]: []}) if type(page) in fields else page


def scenes(cover: str = "") -> list[Scene]:
    """Every kind in every state. `cover` is the id of a picture that Apps has."""
    good: dict[str, PageTemplate] = {
        "list": samples.stations(),
        "list-settings": samples.SETTINGS,
        "grid": samples.GRID,
        "pane": samples.PANE,
        "message": samples.MESSAGE,
        "sign_in-qr": samples.SIGN_IN_QR,
        "sign_in-pin": samples.SIGN_IN_PIN,
        "sign_in-provider": samples.SIGN_IN_PROVIDER,
        "media": samples.media(cover),
        "media-radio": samples.RADIO,
        "map_with_content": samples.MAP,
        "route_preview": samples.ROUTES,
        "navigation": samples.NAVIGATION,
        "navigation-roundabout": samples.ROUNDABOUT,
        "charge_session": samples.CHARGE,
        "charge_session-unknown": samples.CHARGE_UNKNOWN,
        "charge_session-fault": samples.CHARGE_FAULT,
    }
    found = [Scene(name, _view(page)) for name, page in good.items()]
    replace = msgspec.structs.replace
    for kind, page in good.items():
        if "-" in kind:
            continue
        found.append(Scene(f"{kind}-moving", _view(page), MOVING))
        found.append(
            Scene(f"{kind}-error", _view(replace(page, error="The service does not answer. Try again later.")))
        )
        found.append(Scene(f"{kind}-stale", _view(page, stale=True)))
    found += [
        Scene("list-loading", _view(replace(samples.stations(0), loading=True, search=None))),
        Scene("list-empty", _view(replace(samples.stations(0), empty="No station within 50 km.", search=None))),
        Scene("grid-loading", _view(GridTemplate("Browse", [], loading=True))),
        Scene("grid-empty", _view(GridTemplate("Browse", []))),
        Scene("map_with_content-empty", _view(MapTemplate("Nearby", []))),
        Scene("navigation-loading", _view(replace(samples.NAVIGATION, turn=None, then=None, lanes=[], actions=[]))),
        Scene("list-deep", _view(samples.stations(), depth=3)),
        Scene("list-steps_used", _view(samples.stations(3), depth=5, steps_left=0), MOVING),
        Scene("sign_in-withheld", _view(samples.SIGN_IN_QR), MOVING),
        Scene("app-silent", _view(None)),
        Scene("app-stopped", _view(None, state=AppState.BACKING_OFF, reason="it was killed by SIGSEGV")),
    ]
    found += [
        Scene(f"{kind_of(notice)}", _view(samples.stations(4), notices=[NoticeView(number, notice)]), MOVING)
        for number, notice in enumerate(samples.NOTICES, 2)
    ]
    found += [Scene(f"{kind_of(page)}-longest", _view(page)) for page in samples.LONGEST]
    return found
