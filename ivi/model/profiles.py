# SPDX-License-Identifier: Apache-2.0
"""Messages about the drivers' profiles: who drives, and how the screen is for that driver."""

from enum import StrEnum
from typing import Annotated

import msgspec

GUEST = 0
"""Id of the guest: its preferences are forgotten when another driver is chosen."""
MAX_PROFILES = 8
MAX_NAME = 24  # characters


class Look(StrEnum):
    """Day or night."""

    AUTO = "auto"
    """By the light outside."""
    DAY = "day"
    NIGHT = "night"


class Language(StrEnum):
    """Languages of the screen, as ISO 639-1 has them."""

    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    JAPANESE = "ja"
    ARABIC = "ar"


class DistanceUnit(StrEnum):
    """For distances, and an hour of it for speeds."""

    KILOMETRES = "km"
    MILES = "mi"


class TemperatureUnit(StrEnum):
    """For temperatures."""

    CELSIUS = "C"
    FAHRENHEIT = "F"


class PressureUnit(StrEnum):
    """For tyre pressures."""

    BAR = "bar"
    PSI = "psi"
    KILOPASCAL = "kPa"


class TextSize(StrEnum):
    """How large texts are."""

    NORMAL = "normal"
    LARGE = "large"
    LARGER = "larger"


class Preferences(msgspec.Struct, frozen=True):
    """How one driver wants the screen."""

    look: Look = Look.AUTO
    language: Language = Language.ENGLISH
    distance: DistanceUnit = DistanceUnit.KILOMETRES
    temperature: TemperatureUnit = TemperatureUnit.CELSIUS
    pressure: PressureUnit = PressureUnit.BAR
    text_size: TextSize = TextSize.NORMAL
    reduced_motion: bool = False
    home: Annotated[str, msgspec.Meta(max_length=120, pattern=r"^([a-z]+(,[a-z]+)*)?$")] = ""
    """Cards of the home page in the driver's order, e.g. `apps,energy`; empty for the usual one."""


class SubscribeProfiles(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_profiles"):
    """Opens a stream of Profiles: what is there, then each change."""


class SelectProfile(msgspec.Struct, array_like=True, frozen=True, tag="select_profile"):
    """This driver drives now. Answered with Profiles. Errors: not_found, unavailable while driving."""

    id: int


class AddProfile(msgspec.Struct, array_like=True, frozen=True, tag="add_profile"):
    """A new driver with the present preferences, who drives now. Answered with Profiles.

    Errors: invalid_argument for a name that cannot be, resource_exhausted, unavailable while driving.
    """

    name: str


class RenameProfile(msgspec.Struct, array_like=True, frozen=True, tag="rename_profile"):
    """Answered with Profiles. Errors: not_found, invalid_argument, unavailable while driving."""

    id: int
    name: str


class RemoveProfile(msgspec.Struct, array_like=True, frozen=True, tag="remove_profile"):
    """Forget a driver and all preferences. Answered with Profiles. Errors: not_found, unavailable while driving."""

    id: int


class ChangePreference(msgspec.Struct, array_like=True, frozen=True, tag="change_preference"):
    """Change one preference of whoever drives. Answered with Profiles.

    Errors: not_found for a name that no preference has, invalid_argument for a value that it cannot have, unavailable
    for one that is set up while parked.
    """

    name: str
    """A field of Preferences."""
    value: str
    """As text; `true` or `false` for a switch."""


class ChangeSteeringSide(msgspec.Struct, array_like=True, frozen=True, tag="change_steering_side"):
    """On which side the wheel is; it belongs to the car and not to a driver. Answered with Profiles."""

    right: bool


type Request = (
    SubscribeProfiles
    | SelectProfile
    | AddProfile
    | RenameProfile
    | RemoveProfile
    | ChangePreference
    | ChangeSteeringSide
)


class ProfileView(msgspec.Struct, array_like=True, frozen=True):
    """One driver."""

    id: int
    name: str
    """Empty for the guest."""


class Profiles(msgspec.Struct, array_like=True, frozen=True, tag="profiles"):
    """All drivers, and how the screen is now."""

    profiles: list[ProfileView]
    """The guest is the last one."""
    current: int
    preferences: Preferences
    """Of whoever drives."""
    steering_right: bool = False
    kept: bool = True
    """Whether changes last: False while the disk takes nothing."""


type Answer = Profiles
