# SPDX-License-Identifier: Apache-2.0
"""What QML may see: typed objects of the QML module `Models`. Importing this package registers them all.

Property names are single words, so that one name is right in Python and in QML.
"""

from dataclasses import dataclass

from PySide6.QtQml import QQmlEngine

from ivi.hmi.models.about import About
from ivi.hmi.models.app_choice import Guidance, Media
from ivi.hmi.models.app_ledger import AppLedger
from ivi.hmi.models.app_rating import AppRating
from ivi.hmi.models.apps import Apps
from ivi.hmi.models.bands import Bands
from ivi.hmi.models.body import Body
from ivi.hmi.models.buses import Buses
from ivi.hmi.models.camera_canvas import CameraCanvas
from ivi.hmi.models.climate import Climate
from ivi.hmi.models.comfort import Comfort
from ivi.hmi.models.departures import Departures
from ivi.hmi.models.driving import Driving
from ivi.hmi.models.energy import Energy
from ivi.hmi.models.follow import Follow
from ivi.hmi.models.home import Home
from ivi.hmi.models.language import Language
from ivi.hmi.models.lighting import Lighting
from ivi.hmi.models.location import Location
from ivi.hmi.models.maps import Maps
from ivi.hmi.models.messages import Messages
from ivi.hmi.models.notice import Notice
from ivi.hmi.models.permissions import Permissions
from ivi.hmi.models.playing_hint import PlayingHint
from ivi.hmi.models.privacy import Privacy
from ivi.hmi.models.processes import Processes
from ivi.hmi.models.profiles import Profiles
from ivi.hmi.models.prompts import Prompts
from ivi.hmi.models.rear_view import RearView
from ivi.hmi.models.resolution import Resolution
from ivi.hmi.models.signal_list import SignalList
from ivi.hmi.models.sound import Sound
from ivi.hmi.models.store import Store
from ivi.hmi.models.telephone import Telephone
from ivi.hmi.models.tyres import Tyres
from ivi.hmi.models.units import Units
from ivi.hmi.models.updates import Updates
from ivi.hmi.models.uplink import Uplink
from ivi.hmi.models.vehicle import Vehicle
from ivi.hmi.models.voice import Voice
from ivi.hmi.models.why import Why

__all__ = ["CameraCanvas", "Follow", "Models", "singleton", "singletons"]


@dataclass(frozen=True, eq=False, repr=False)  # nobody compares them, and to be able to takes 1 ms of the start
class Models:
    """The singletons of one engine."""

    vehicle: Vehicle
    climate: Climate
    driving: Driving
    lighting: Lighting
    language: Language
    processes: Processes
    apps: Apps
    media: Media
    guidance: Guidance
    location: Location
    maps: Maps
    telephone: Telephone
    voice: Voice
    uplink: Uplink
    signals: SignalList
    notice: Notice
    messages: Messages
    prompts: Prompts
    permissions: Permissions
    body: Body
    tyres: Tyres
    energy: Energy
    comfort: Comfort
    departures: Departures
    rear_view: RearView
    about: About
    ledger: AppLedger
    buses: Buses
    privacy: Privacy
    profiles: Profiles
    resolution: Resolution
    units: Units
    updates: Updates
    bands: Bands
    playing: PlayingHint
    sound: Sound
    home: Home
    store: Store
    rating: AppRating
    why: Why


def singletons(engine: QQmlEngine) -> Models:
    """The engine's instances; it makes them at the first request and owns them."""
    return Models(
        singleton(engine, Vehicle),
        singleton(engine, Climate),
        singleton(engine, Driving),
        singleton(engine, Lighting),
        singleton(engine, Language),
        singleton(engine, Processes),
        singleton(engine, Apps),
        singleton(engine, Media),
        singleton(engine, Guidance),
        singleton(engine, Location),
        singleton(engine, Maps),
        singleton(engine, Telephone),
        singleton(engine, Voice),
        singleton(engine, Uplink),
        singleton(engine, SignalList),
        singleton(engine, Notice),
        singleton(engine, Messages),
        singleton(engine, Prompts),
        singleton(engine, Permissions),
        singleton(engine, Body),
        singleton(engine, Tyres),
        singleton(engine, Energy),
        singleton(engine, Comfort),
        singleton(engine, Departures),
        singleton(engine, RearView),
        singleton(engine, About),
        singleton(engine, AppLedger),
        singleton(engine, Buses),
        singleton(engine, Privacy),
        singleton(engine, Profiles),
        singleton(engine, Resolution),
        singleton(engine, Units),
        singleton(engine, Updates),
        singleton(engine, Bands),
        singleton(engine, PlayingHint),
        singleton(engine, Sound),
        singleton(engine, Home),
        singleton(engine, Store),
        singleton(engine, AppRating),
        singleton(engine, Why),
    )


def singleton[T](engine: QQmlEngine, kind: type[T]) -> T:
    """The engine's instance of one of them. Raises TypeError when QML knows no such singleton."""
    instance = engine.singletonInstance("Models", kind.__name__)
    if not isinstance(instance, kind):
        raise TypeError(f"QML knows no singleton {kind.__name__}")
    return instance
