# SPDX-License-Identifier: Apache-2.0
"""What the rear view has to know of a car: where its pictures come from, how the camera sits, and the car's measures.

A TOML file of a car (`ivi hmi --rear-view FILE`; can_dbc/ivi_ev/rear_view.toml is one) with three tables, every value
optional: `[camera]`, `[mounting]`, `[car]`. What it leaves out is as in our own car.
"""

from pathlib import Path
from typing import Annotated

import msgspec

from ivi.model.errors import ConfigurationError

SOURCES = "none, test, file:PATH, camera (the first one) or camera:ID, e.g. camera:/dev/video0"


class Camera(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where pictures come from, and what counts as a good one."""

    source: str = "none"
    """One of SOURCES."""
    mirrored: bool = False
    """Whether the source already swaps left and right, as most cameras for cars do; else the screen does it."""
    frozen_after_s: Annotated[float, msgspec.Meta(ge=0.0, le=10.0)] = 0.5
    """Seconds of frames without any difference that count as a frozen picture; 0 turns that off. See picture_watch."""


class Mounting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the camera sits in the car."""

    height_m: Annotated[float, msgspec.Meta(ge=0.3, le=3.0)] = 0.95
    """Lens above the ground."""
    tilt_deg: Annotated[float, msgspec.Meta(ge=0.0, le=80.0)] = 32.0
    """How far it looks below the horizon."""
    view_deg: Annotated[float, msgspec.Meta(ge=30.0, le=150.0)] = 110.0
    """Horizontal field of view of the (straightened) picture."""
    behind_axle_m: Annotated[float, msgspec.Meta(ge=0.0, le=3.0)] = 0.75
    """Lens behind the middle of the rear axle."""


class CarShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The car's measures that decide where it goes."""

    wheelbase_m: Annotated[float, msgspec.Meta(ge=1.0, le=8.0)] = 2.8
    width_m: Annotated[float, msgspec.Meta(ge=1.0, le=3.0)] = 1.85
    """At the bumper, without mirrors."""
    overhang_m: Annotated[float, msgspec.Meta(ge=0.1, le=3.0)] = 0.8
    """The rear bumper behind the rear axle."""
    steering_ratio: Annotated[float, msgspec.Meta(ge=5.0, le=30.0)] = 14.5
    """Degrees of the steering wheel for one of the road wheels."""


class RearViewSetup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything together."""

    camera: Camera = Camera()
    mounting: Mounting = Mounting()
    car: CarShape = CarShape()


def read_setup(file: Path | None, source: str | None) -> RearViewSetup:
    """The setup of a file, with another source when one is named. Raises ConfigurationError."""
    setup = RearViewSetup() if file is None else _read(file)
    if source is not None:
        setup = msgspec.structs.replace(setup, camera=msgspec.structs.replace(setup.camera, source=source))
    kind, colon, rest = setup.camera.source.partition(":")
    if (kind not in {"none", "test", "camera"} or (colon and not (kind == "camera" and rest))) and not (
        kind == "file" and rest
    ):
        raise ConfigurationError(f"{setup.camera.source!r} is no source of pictures", hint=SOURCES)
    return setup


def _read(file: Path) -> RearViewSetup:
    import tomllib  # noqa: PLC0415  # most screens start without a file

    try:
        return msgspec.convert(tomllib.loads(file.read_text()), RearViewSetup)
    except OSError as error:
        raise ConfigurationError(f"cannot read {file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise ConfigurationError(f"{file}: {error}", hint="compare it with can_dbc/ivi_ev/rear_view.toml") from error
