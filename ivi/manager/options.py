# SPDX-License-Identifier: Apache-2.0
"""What a run was asked to do; the process table turns it into each process's command line."""

from dataclasses import dataclass, field
from pathlib import Path

DEMO_CAN = "ivi:can0"
DEFAULT_BROKER = "127.0.0.1:1883"
DEFAULT_VEHICLE = "ivi-dev-0001"


@dataclass(frozen=True)
class RunOptions:
    """Options of `ivi run` and `ivi replay`."""

    demo: bool = False
    """Bring a simulated car, a broker and a fleet end along."""
    headless: bool = False
    seconds: float | None = None
    """Stop by itself after this long; None for when somebody stops it."""
    summary: Path | None = None
    screenshot: Path | None = None
    can: str = DEMO_CAN
    """`interface:channel` of the simple bus; empty when there are only `buses`."""
    buses: tuple[str, ...] = ()
    """Further buses, each in the long form of ivi.providers.can.bus_spec."""
    seed: int = 1
    park: float = 0.0
    """Seconds for which the simulated car stands parked before it drives off; 0 for its own habit."""
    dbc: Path | None = None
    overlay: Path | None = None
    vss: tuple[Path, ...] = ()
    replay: Path | None = None
    speed: float = 1.0
    replay_arguments: tuple[str, ...] = ()
    """Further switches of ivi.providers.replay.options."""
    broker: str = DEFAULT_BROKER
    """Address of the MQTT broker, or of several with commas between them."""
    vehicle: str = DEFAULT_VEHICLE
    tls: Path | None = None
    """Folder with the certificates of the uplink (and, in a demo, of the broker and the ingest); None for plain TCP."""
    apps: tuple[Path, ...] = ()
    """Folders of partner apps to start besides those that ship."""
    only_apps: bool = False
    """Whether those that ship are left out."""
    grant_all: bool = False
    """The developer agrees to everything that apps ask for, for this run."""
    size: str = ""
    """Window size as WxH; empty for the screen's own."""
    camera: str = ""
    """Source of the rear view's pictures, as `ivi hmi --camera` takes it; empty for none, in a demo a test picture."""
    rear_view: Path | None = None
    """The rear camera and the car's measures; None for those of our own car."""
    kuksa: tuple[str, ...] = ()
    """Addresses at which Kuksa's gRPC is served; see ivi.doors.address."""
    viss: tuple[str, ...] = ()
    """Addresses at which VISS is served."""
    door_files: tuple[tuple[str, Path], ...] = ()
    """Further switches of the doors with their files: token key, TLS certificate and key."""
    fleet_page: str = ""
    """HOST:PORT of the operator's page that a demo brings along; empty for none."""
    only: frozenset[str] = field(default_factory=frozenset)
    """Names of the processes to start; empty for all that apply."""
