# SPDX-License-Identifier: Apache-2.0
"""Colours and line widths of the map by day and by night: quiet ground, clear roads, nothing that shouts."""

from dataclasses import dataclass
from enum import IntEnum


class Road(IntEnum):
    """Classes of roads; higher ones are drawn later and wider."""

    PATH = 0
    SERVICE = 1
    STREET = 2
    TERTIARY = 3
    SECONDARY = 4
    PRIMARY = 5
    TRUNK = 6
    MOTORWAY = 7


ROADS = {
    "motorway": Road.MOTORWAY,
    "motorway_link": Road.TRUNK,
    "trunk": Road.TRUNK,
    "trunk_link": Road.TRUNK,
    "primary": Road.PRIMARY,
    "primary_link": Road.PRIMARY,
    "secondary": Road.SECONDARY,
    "secondary_link": Road.SECONDARY,
    "tertiary": Road.TERTIARY,
    "tertiary_link": Road.TERTIARY,
    "unclassified": Road.STREET,
    "residential": Road.STREET,
    "living_street": Road.STREET,
    "pedestrian": Road.STREET,
    "service": Road.SERVICE,
    "track": Road.PATH,
    "footway": Road.PATH,
    "path": Road.PATH,
    "cycleway": Road.PATH,
    "steps": Road.PATH,
}
"""Values of OpenStreetMap's key `highway` that are drawn."""

FIRST_ZOOM = {Road.PATH: 15, Road.SERVICE: 14, Road.STREET: 13, Road.TERTIARY: 11}
"""Zoom from which a class is drawn; the others always are."""

WIDTHS = {
    Road.PATH: 0.5,
    Road.SERVICE: 1.0,
    Road.STREET: 2.0,
    Road.TERTIARY: 3.0,
    Road.SECONDARY: 3.6,
    Road.PRIMARY: 4.4,
    Road.TRUNK: 4.8,
    Road.MOTORWAY: 6.0,
}
"""Pixels at zoom 14."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one light."""

    ground: str
    areas: dict[str, str]
    water: str
    rail: str
    border: str
    casing: str
    roads: tuple[str, ...]
    """By class, lowest first."""


NIGHT = Palette(
    ground="#0f151c",
    areas={
        "built": "#141c25",
        "grass": "#111c1b",
        "forest": "#0f211b",
        "rock": "#161b21",
        "water": "#0d2b45",
        "building": "#1d2733",
    },
    water="#0f3150",
    rail="#38434f",
    border="#52416e",
    casing="#0a0e13",
    roads=("#222d39", "#2b3846", "#3a4b5e", "#4a6078", "#587391", "#6888ab", "#8a97a8", "#b39257"),
)
DAY = Palette(
    ground="#eef1ee",
    areas={
        "built": "#e5e8ea",
        "grass": "#dfeadb",
        "forest": "#c9dfc8",
        "rock": "#e2e0dc",
        "water": "#a9cfe8",
        "building": "#d3d7dc",
    },
    water="#9cc7e4",
    rail="#9aa3ad",
    border="#b9a6d6",
    casing="#c3cad1",
    roads=("#d4d8d2", "#f8fafb", "#ffffff", "#ffffff", "#fff6d6", "#ffe9a8", "#fbd489", "#f2b25f"),
)
PALETTES = {"day": DAY, "night": NIGHT}
AREAS = ("built", "grass", "rock", "forest", "water", "building")
"""In the order in which they are drawn."""
