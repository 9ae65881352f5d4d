# SPDX-License-Identifier: Apache-2.0
"""The services process: every package of ivi.services, served on services.sock."""

import sys

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process, run
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.services import ServicesRequest
from ivi.model.status import ProcessStatus
from ivi.services.audio_focus.service import AudioFocusService
from ivi.services.climate_schedule.service import ClimateScheduleService
from ivi.services.climate_schedule.store import DepartureStore
from ivi.services.energy_record.service import EnergyRecordService
from ivi.services.energy_record.store import EnergyStore
from ivi.services.phone.calls import CallService
from ivi.services.phone.service import PhoneService
from ivi.services.profiles.service import ProfilesService
from ivi.services.resolution.service import ResolutionService
from ivi.services.tyre_trend.service import TyreTrendService
from ivi.services.ux_restrictions.service import UxRestrictionsService

NAME = "services"


def main() -> int:
    """Run until stopped."""
    return run(NAME, _start)


async def _start(process: Process) -> None:
    make_private(runtime_dir())
    server = LinkServer(socket_path(NAME), (ServicesRequest,), process.status)
    databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer | ProcessStatus)
    process.on_stop("databroker", databroker.close)
    service = UxRestrictionsService(process, databroker)
    service.serve(server)
    audio = AudioFocusService(process, databroker)
    audio.serve(server)
    profiles = ProfilesService(process, make_private(state_dir()), lambda: service.current)
    profiles.serve(server)
    resolution = ResolutionService(process, state_dir(), lambda: service.current)
    resolution.serve(server)
    phone = PhoneService(process)
    phone.serve(server)
    process.on_stop("phone", phone.stop)
    calls = CallService(process)
    calls.serve(server)
    process.on_stop("calls", calls.stop)
    energy = EnergyRecordService(process, databroker, EnergyStore(state_dir() / "services" / "energy.db"))
    energy.serve(server)
    tyres = TyreTrendService(databroker)
    tyres.serve(server)
    departures = ClimateScheduleService(databroker, DepartureStore(state_dir() / "services" / "departures.db"))
    departures.serve(server)
    await server.start()
    process.on_stop("link", server.stop)
    await service.start()
    process.on_stop("ux_restrictions", service.stop)
    for name, part in (
        ("energy_record", energy),
        ("tyre_trend", tyres),
        ("climate_schedule", departures),
        ("audio_focus", audio),
    ):
        await part.start()
        process.on_stop(name, part.stop)
    process.on_stop("profiles", profiles.stop)
    await profiles.start()
    await resolution.start()
    process.on_stop("resolution", resolution.stop)


if __name__ == "__main__":
    sys.exit(main())
