# SPDX-License-Identifier: Apache-2.0
"""An app that is not Python's: compiled C in the real sandbox, speaking the link from its description alone."""

import asyncio
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivi.apphost.hosted_app import HostedApp
from ivi.model.apphost import AppState
from ivi.model.templates import ListTemplate

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

SOURCE = Path(__file__).parent / "apps" / "hello_c"
COMPILER = shutil.which("cc")


def title(app: HostedApp) -> str:
    page = app.stage.page
    return page.rows[0].title if isinstance(page, ListTemplate) else ""


@pytest.fixture
def hello(tmp_path: Path) -> Path:
    """The app's folder with the program in it."""
    if COMPILER is None:
        pytest.skip("there is no C compiler (cc)")
    folder = tmp_path / "hello_c"
    (folder / "bin").mkdir(parents=True)
    shutil.copy(SOURCE / "manifest.toml", folder)
    program = folder / "bin" / "hello"
    command = [COMPILER, "-O2", "-Wall", "-Wextra", "-Werror", "-static", "-o", str(program), str(SOURCE / "main.c")]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if result.returncode and "cannot find -lc" in result.stderr:
        pytest.skip("there is no static C library")
    assert result.returncode == 0, result.stderr
    return folder


def test_an_app_in_c_is_shown_tapped_confined_and_ended(
    new_bench: "type[Bench]", sandbox: list[str], hello: Path
) -> None:
    async def drive() -> tuple[list[str], HostedApp]:
        bench = new_bench([hello])
        async with bench.running():
            app = bench.host.apps["dev.ivi.hello-c"]
            await bench.until(lambda: title(app) == "Hello from C", 20)
            assert app.state is AppState.RUNNING
            assert app.tap(1, "hi").delivered
            await bench.until(lambda: title(app) == "Thank you from C", 20)
        return app.log.printed(), app

    said, app = asyncio.run(drive())
    assert app.restarts == 0
    assert "open /etc/passwd: denied" in said
    assert "stopping" in said
    assert [line for line in said if line.endswith((": OPENED", ": MADE", ": FORKED"))] == []
    assert {line for line in said if line.endswith(": denied")} >= {"socket inet: denied", "fork: denied"}
    if "landlock" in sandbox or "scratch" in sandbox:
        assert "run the copy: denied" in said
    assert "copied itself: done" in said


def test_a_program_that_is_not_there_says_so(new_bench: "type[Bench]", sandbox: list[str], hello: Path) -> None:
    (hello / "bin" / "hello").unlink()

    async def drive() -> str:
        bench = new_bench([hello])
        async with bench.running():
            app = bench.host.apps["dev.ivi.hello-c"]
            await bench.until(lambda: app.state is AppState.STOPPED_BY_LOAD_ERROR, 20)
            return app.reason

    assert asyncio.run(drive()) == "cannot run /app/exec/bin/hello: No such file or directory"
