# SPDX-License-Identifier: Apache-2.0
"""The update service with its links to the other processes, for the cloud process to run."""

from pathlib import Path

from ivi.cloud.updates import settings
from ivi.cloud.updates.apps import AppHostDoor
from ivi.cloud.updates.service import UpdateService
from ivi.cloud.updates.surroundings import Car
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.model.apphost import ApphostAnswer
from ivi.model.errors import ConfigurationError
from ivi.model.manager import ManagerAnswer
from ivi.model.services import ServicesAnswer
from ivi.model.status import Problem


def make(process: Process, databroker: LinkClient, state: Path) -> UpdateService:
    """The part, not started yet. With an updates.toml that cannot be used it is off and says why; the uplink runs."""
    try:
        told = settings.load()
    except ConfigurationError as error:
        told = None
        process.report("updates", Problem(f"No updates: {error.message}", "updates.toml", error.hint))
    if told is not None and not told.director_url:
        told = None  # nobody gives this car orders; its driver may choose from the store all the same
    apphost = LinkClient(socket_path("apphost"), ApphostAnswer)
    services = LinkClient(socket_path("services"), ServicesAnswer)
    manager = LinkClient(socket_path("manager"), ManagerAnswer)
    for name, client in (("apphost", apphost), ("services", services), ("manager", manager)):
        process.on_stop(f"{name} link", client.close)
    car = Car(databroker, services, manager)
    return UpdateService(process, told, state, car, AppHostDoor(apphost, state / "updates" / "handover"))
