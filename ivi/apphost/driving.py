# SPDX-License-Identifier: Apache-2.0
"""The driving state as the services process tells it; as strict as driving whenever it does not."""

from collections.abc import Callable

from ivi.daemon.link_client import LinkClient
from ivi.model.app import Limits
from ivi.model.services import DrivingState, SubscribeUxRestrictions, UxRestriction, UxRestrictions
from ivi.model.templates.limits import WITHOUT_SERVICES, limits_of


class Driving:
    """Follows the UX restrictions."""

    def __init__(self, services: LinkClient, on_change: Callable[[], None]) -> None:
        self._services = services
        self._on_change = on_change
        self._ux = WITHOUT_SERVICES

    @property
    def services(self) -> LinkClient:
        """The services process."""
        return self._services

    @property
    def parked(self) -> bool:
        """Whether the car is known to be parked."""
        return self._ux.state is DrivingState.PARKED

    @property
    def may_set_up(self) -> bool:
        """Whether the driver may be asked to read and decide: the car is parked and nothing forbids set-up."""
        return self.parked and UxRestriction.NO_SETUP not in self._ux.restrictions

    @property
    def state(self) -> DrivingState:
        """The driving state."""
        return self._ux.state

    @property
    def limits(self) -> Limits:
        """What apps are told."""
        return limits_of(self._ux)

    async def follow(self, on_state: Callable[[bool, str], None]) -> None:
        """Follow for ever; cancel the task to end it. `on_state(connected, reason)` as in LinkClient.follow."""

        def connected(is_connected: bool, reason: str) -> None:
            if not is_connected:
                self._take(WITHOUT_SERVICES)
            on_state(is_connected, reason)

        await self._services.follow(SubscribeUxRestrictions(), self._take, connected)

    def _take(self, ux: UxRestrictions) -> None:
        if ux != self._ux:
            self._ux = ux
            self._on_change()
