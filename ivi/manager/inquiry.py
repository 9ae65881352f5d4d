# SPDX-License-Identifier: Apache-2.0
"""Asking the processes of a run how they do, for the summary and the status."""

import asyncio
from collections.abc import Sequence

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.apphost import AppsUpdate, AppView, Audit, SubscribeApps
from ivi.model.errors import IviError
from ivi.model.status import GetStatus, ProcessStatus

ANSWER = 2.0  # seconds a process has to answer


async def statuses(names: Sequence[str]) -> dict[str, ProcessStatus]:
    """Status of each process that answers."""
    answers = await asyncio.gather(*(_status(name) for name in names))
    return {answer.name: answer for answer in answers if answer is not None}


async def apps() -> list[AppView]:
    """All partner apps; empty when the app host is away."""
    async with LinkClient(socket_path("apphost"), AppsUpdate | Audit) as client:
        try:
            async with asyncio.timeout(ANSWER):
                async for update in client.stream(SubscribeApps()):
                    return list(update.apps)
        except (IviError, TimeoutError):
            return []
    return []


async def _status(name: str) -> ProcessStatus | None:
    async with LinkClient(socket_path(name), ProcessStatus) as client:
        try:
            answer: ProcessStatus = await client.call(GetStatus(), ANSWER)
        except IviError:
            return None
    return answer
