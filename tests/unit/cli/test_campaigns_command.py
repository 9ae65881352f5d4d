# SPDX-License-Identifier: Apache-2.0
"""`ivi campaigns list` against a cloud process's socket that answers as the real one does."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from ivi.cli.main import main
from ivi.daemon.link_server import LinkServer, Session
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.model.campaigns import CampaignList, CampaignsRequest, CampaignView, ListCampaigns

RUNNING = CampaignView(
    "brakes", "running", "", 3, "diagnostics", "technical", "fleet", 30, 5, 100_000, 2048, 1190, 2, 7
)
FOUND = CampaignList(4, "Data office", 1_790_000_000_000, [RUNNING, CampaignView("where", "refused", "no consent")])


class Cloud:
    """Answers in a thread of its own, because the command has its own event loop."""

    def __init__(self) -> None:
        self.answer = FOUND
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def __enter__(self) -> Self:
        """Serve."""
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop."""
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(20)

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = LinkServer(socket_path("cloud"), (CampaignsRequest,), Process("cloud").status)
        server.router.on_call(ListCampaigns, self._list)
        await server.start()
        self._ready.set()
        await self._end.wait()
        await server.stop()

    async def _list(self, _request: ListCampaigns, _session: Session) -> CampaignList:
        return self.answer


@pytest.fixture
def cloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """A cloud process's socket in a folder of its own."""
    monkeypatch.setenv("IVI_RUNTIME_DIR", str(tmp_path))
    with Cloud() as serving:
        yield serving


def test_it_says_what_is_asked_for_what_and_for_whom(cloud: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    """In lines that a person reads."""
    assert cloud.answer is FOUND
    assert main(["campaigns", "list"]) == 0
    text = capsys.readouterr().out
    for words in (
        "version 4, signed by Data office, valid until 2026-09-21",
        "brakes  running",
        "3 signals (technical) for diagnostics, to fleet, kept 30 days",
        "2048 of 100000 bytes today, 1190 samples, 7 lost, triggered 2 times",
        "where  refused: no consent",
    ):
        assert words in text


def test_for_programs_it_is_json(cloud: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    """With the fields' names."""
    assert cloud.answer is FOUND
    assert main(["campaigns", "list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["version"], found["campaigns"]["brakes"]["samples"]) == (4, 1190)


def test_no_set_is_said(cloud: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing else."""
    cloud.answer = CampaignList(0, "", 0, [])
    assert main(["campaigns", "list"]) == 0
    assert capsys.readouterr().out == "The fleet asks for nothing.\n"
