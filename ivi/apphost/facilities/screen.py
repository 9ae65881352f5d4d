# SPDX-License-Identifier: Apache-2.0
"""An app's templates towards the screen and the driver's answers towards the app."""

import asyncio

from ivi.apphost import templates
from ivi.apphost.facility import Life
from ivi.apphost.manifest import Ui
from ivi.apphost.permissions import Decision
from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.app import FollowInput, Shown, ShowTemplate
from ivi.model.errors import ResourceExhaustedError


class Screen:
    """Checks each template against the `ui` permission, its limits and its rate."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._rate = templates.ShowRate()

    def serve(self, router: Router) -> None:
        """Register the calls and streams."""
        router.on_call(ShowTemplate, self._show)
        router.on_stream(FollowInput, self._follow_input)

    def close(self) -> None:
        """Nothing is held beyond the link."""

    async def _show(self, request: ShowTemplate, _session: Session) -> Shown:
        life = self._life
        life.require_hello()
        if not any("list" in grant.templates for grant in life.rights.of(Ui)):
            hint = 'its manifest.toml would need [[permission]] use = "ui" templates = ["list"] surfaces = ["card"]'
            refusal = Decision(allowed=False, reason=f"{life.app.id} may not show the template list", hint=hint)
            life.judge("ui", "list", refusal)
        templates.check(request.template)
        state = life.car.driving.state
        if not self._rate.take(state):
            text = f"templates come too fast while the car is {state.value}"
            raise ResourceExhaustedError(text, hint="show it a second later")
        return Shown(life.app.show(request.template))

    async def _follow_input(self, _request: FollowInput, stream: Stream) -> None:
        app = self._life.app
        with self._life.counted_stream():
            stream.send(self._life.car.driving.limits)
            app.inputs.add(stream)
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                app.inputs.discard(stream)
