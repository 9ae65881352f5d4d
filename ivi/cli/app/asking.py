# SPDX-License-Identifier: Apache-2.0
"""One question to the app host of a running ivi, and texts of apps that a terminal does not obey."""

import asyncio
from typing import Any

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, ApphostRequest

TIMEOUT = 15.0  # seconds; a large ledger is checked in that time


def ask(request: ApphostRequest) -> Any:  # noqa: ANN401  # the request decides
    """The host's answer. Raises UnavailableError when ivi does not run, or the error that the host reports."""

    async def call() -> object:
        async with LinkClient(socket_path("apphost"), ApphostAnswer) as client:
            return await client.call(request, timeout=TIMEOUT)

    return asyncio.run(call())


def plain(text: str) -> str:
    """The text with what cannot be printed made visible."""
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text)
