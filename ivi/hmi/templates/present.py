# SPDX-License-Identifier: Apache-2.0
"""What QML draws of each kind of page: one table of texts, one list of rows, and the kind's own content.

Pure: a page within the limits goes in, plain values come out. Keys of `content` are what qml/Templates reads.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ivi.hmi.templates import quantities as say
from ivi.hmi.templates.world import metres_per_world, middle, span, world
from ivi.model.templates import (
    Action,
    ChargeSessionTemplate,
    ChargeStop,
    GridItem,
    GridTemplate,
    ListTemplate,
    MapTemplate,
    Marker,
    MediaTemplate,
    MessageTemplate,
    NavigationTemplate,
    PageTemplate,
    PaneTemplate,
    PinMethod,
    QrMethod,
    Route,
    RoutePreviewTemplate,
    Row,
    SignInTemplate,
    Turn,
    kind_of,
)

type Content = dict[str, Any]

NO_SWITCH = -1
LINE, BESIDE = (
    110,
    64,
)  # characters of a line over the page, and of one beside a map; more would be laid out for nothing


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row, an item or a tile; every list of the screen is made of these."""

    key: str
    title: str
    detail: str = ""
    glyph: str = ""
    badge: str = ""
    chosen: bool = False
    section: str = ""
    picture: str = ""
    toggle: int = NO_SWITCH
    """Of a switch: 1 on, 0 off."""
    progress: float = -1.0
    """0 to 1; below 0 for none."""
    browsable: bool = False
    live: bool = True
    label: str = ""
    """Of the marker on the map that is the same place."""


@dataclass(frozen=True, slots=True)
class Presented:
    """A page as QML gets it."""

    kind: str
    title: str
    subtitle: str = ""
    loading: bool = False
    error: str = ""
    more: bool = False
    rows: tuple[ShownRow, ...] = ()
    actions: tuple[dict[str, str], ...] = ()
    content: Content = field(default_factory=dict)
    filled: bool = False
    """Whether there is content to show while more of it is on its way."""
    pictures: frozenset[str] = frozenset()
    """Ids of the pictures that it names."""


_FILLING = ("facts", "text", "markers", "routes", "artist", "turn", "state")


def presented(page: PageTemplate) -> Presented:
    """What QML draws of a page."""
    rows, content = _PARTS[type(page)](page)
    pictures = {row.picture for row in rows} | {str(content.get("picture", ""))}
    return Presented(
        kind=kind_of(page),
        title=getattr(page, "title", "") or str(content.get("destination", "")),
        subtitle=getattr(page, "subtitle", ""),
        loading=page.loading,
        error=page.error,
        more=bool(getattr(page, "more", False)),
        rows=rows,
        actions=tuple(action(one) for one in page.actions),
        content=content,
        filled=bool(rows or any(content.get(part) for part in _FILLING)),
        pictures=frozenset(pictures - {""}),
    )


def action(one: Action) -> dict[str, str]:
    """A button."""
    return {"key": one.id, "title": one.title, "style": one.style.value, "glyph": one.icon.value}


def selected(rows: Sequence[ShownRow]) -> int:
    """Number of the selected row; -1 for none."""
    return next((number for number, row in enumerate(rows) if row.chosen), -1)


def _row(row: Row, label: str = "", line: int = LINE) -> ShownRow:
    return ShownRow(
        row.id, row.title[:line], row.text[:line], row.icon.value, row.badge, row.selected, row.section, row.picture,
        NO_SWITCH if row.toggle is None else int(row.toggle), -1.0 if row.progress is None else row.progress,
        row.browsable, row.enabled, label,
    )  # fmt: skip


def _item(item: GridItem) -> ShownRow:
    return ShownRow(
        item.id, item.title, item.text, item.icon.value, item.badge, item.selected, "", item.picture, live=item.enabled
    )


type Parts = tuple[tuple[ShownRow, ...], Content]


def _list(page: ListTemplate) -> Parts:
    search = {"hint": page.search.hint, "text": page.search.text} if page.search else None
    return tuple(map(_row, page.rows)), {"empty": page.empty, "search": search}


def _grid(page: GridTemplate) -> Parts:
    return tuple(map(_item, page.items)), {"empty": page.empty}


def _pane(page: PaneTemplate) -> Parts:
    facts = [{"label": fact.label, "text": fact.text, "glyph": fact.icon.value} for fact in page.facts]
    return (), {"facts": facts, "picture": page.picture}


def _message(page: MessageTemplate) -> Parts:
    return (), {"text": page.text, "glyph": page.icon.value}


def _sign_in(page: SignInTemplate) -> Parts:
    content: Content = {"text": page.text, "method": "provider", "address": "", "host": "", "pin": "", "provider": ""}
    match page.method:
        case QrMethod(address=address):
            from urllib.parse import urlsplit  # noqa: PLC0415  # for this page only, not at each start of the screen

            content |= {"method": "qr", "address": address, "host": urlsplit(address).hostname or ""}
        case PinMethod(pin=pin, where=where):
            content |= {"method": "pin", "pin": pin, "host": where}
        case method:
            content |= {"provider": method.provider}
    return (), content


def _media(page: MediaTemplate) -> Parts:
    content = {
        "artist": page.artist[:LINE],
        "album": page.album[:LINE],
        "glyph": page.icon.value or "music",
        "picture": page.picture,
        "playing": page.playing,
        "duration": -1.0 if page.duration is None else page.duration,
        "commands": [command.value for command in page.commands],
        "shuffle": page.shuffle,
        "repeat": page.repeat.value,
        "source": page.source,
        "note": page.note[:LINE],
        "heading": page.queue_title,
        "queued": bool(page.queue),
    }
    return tuple(map(_row, page.queue)), content


def _map(page: MapTemplate) -> Parts:
    points = [world(marker.position) for marker in page.markers]
    centre = world(page.centre) if page.centre else middle(points)
    wide, high = span(points, centre)
    labels = {marker.id: marker.label for marker in page.markers}
    content = {
        "markers": [
            _marker(marker, east - centre[0], south - centre[1])
            for marker, (east, south) in zip(page.markers, points, strict=True)
        ],
        "zoom": -1.0 if page.zoom is None else page.zoom,
        "wide": wide,
        "high": high,
        "metres": metres_per_world(centre[1]),
        "empty": page.empty,
    }
    return tuple(_row(row, labels.get(row.id, ""), BESIDE) for row in page.rows), content


def _marker(marker: Marker, east: float, south: float) -> Content:
    return {
        "key": marker.id, "label": marker.label, "glyph": marker.icon.value or "place", "title": marker.title,
        "chosen": marker.selected, "east": east, "south": south,
        "latitude": marker.position.latitude, "longitude": marker.position.longitude,
    }  # fmt: skip


def _routes(page: RoutePreviewTemplate) -> Parts:
    return (), {"routes": [_route(route) for route in page.routes]}


def _route(route: Route) -> Content:
    return {
        "key": route.id,
        "title": route.title,
        "duration": say.duration(route.duration),
        "distance": say.distance_text(route.distance),
        "energy": "" if route.energy is None else f"{say.energy(route.energy)}{say.GAP}kWh",
        "arrival": "" if route.arrival_charge is None else say.percent(route.arrival_charge),
        "badge": route.badge,
        "note": route.note,
        "chosen": route.selected,
    }


def _navigation(page: NavigationTemplate) -> Parts:
    return (), {
        "turn": _turn(page.turn),
        "next": _turn(page.then),
        "lanes": [{"direction": lane.direction.value, "good": lane.recommended} for lane in page.lanes],
        "destination": page.destination,
        "arrival": say.clock(page.arrival),
        "distance": say.distance_text(page.remaining_distance),
        "time": say.duration(page.remaining_time),
        "charge": "" if page.arrival_charge is None else say.percent(page.arrival_charge),
        "note": page.note,
        "route": page.route,
        "stops": [_stop(stop) for stop in page.stops],
    }


def _stop(stop: ChargeStop) -> Content:
    """A marker of the map, and a line of the panel."""
    return {
        "key": stop.id, "label": "", "glyph": "bolt", "title": stop.title, "chosen": False,
        "latitude": stop.position.latitude, "longitude": stop.position.longitude,
        "distance": "" if stop.distance is None else say.distance_text(stop.distance),
        "arrival": "" if stop.arrival_charge is None else say.percent(stop.arrival_charge),
        "duration": "" if stop.duration is None else say.duration(stop.duration),
    }  # fmt: skip


def _turn(turn: Turn | None) -> Content | None:
    if turn is None:
        return None
    number, unit = say.distance(turn.distance)
    return {
        "maneuver": turn.maneuver.value, "distance": number, "unit": unit, "road": turn.road, "exit": turn.exit or 0,
    }  # fmt: skip


def _charge(page: ChargeSessionTemplate) -> Parts:
    return (), {
        "state": page.state.value,
        "power": say.power(page.power),
        "energy": say.energy(page.energy),
        "charge": -1.0 if page.charge is None else page.charge,
        "target": -1.0 if page.target is None else page.target,
        "time": say.duration(page.time_left),
        "price": say.money(page.price, page.currency),
        "tariff": page.tariff,
        "note": page.note,
    }


_PARTS: dict[type, Callable[[Any], Parts]] = {
    ListTemplate: _list,
    GridTemplate: _grid,
    PaneTemplate: _pane,
    MessageTemplate: _message,
    SignInTemplate: _sign_in,
    MediaTemplate: _media,
    MapTemplate: _map,
    RoutePreviewTemplate: _routes,
    NavigationTemplate: _navigation,
    ChargeSessionTemplate: _charge,
}
