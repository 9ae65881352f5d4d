# SPDX-License-Identifier: Apache-2.0
"""Puts the attackers into the real sandbox, or into none, and collects what they got."""

import asyncio
import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from attack_scene import SECRET, Scene
from escapes import main as attackers
from escapes.registry import ATTACKS

from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.bubblewrap import BubblewrapLauncher
from ivi.apphost.sandbox.launcher import Child, Launcher
from ivi.apphost.usage import BURST, Usage

DEADLINE = 150.0  # seconds of one box with all its attacks
LOOK = 1.0  # seconds between two looks of the host's watch
SPIN = 7.0  # seconds that an attacker keeps the processor
SLACK = 1.0  # seconds of processor time above what is allowed, for a watch that looks once a second
PATIENCE = 4.0  # seconds that an attacker holds memory
SHARE = 50  # percent of a core
Results = dict[str, tuple[bool, str]]
"""What each attack came to: whether it succeeded, and what it got or what stopped it."""

assert attackers.MODULES  # importing them is what fills the list


def new_box(kind: str, scene: Scene) -> Box:
    """The box of an app that asks for little: 64 MiB, a half core, 8 MiB each of /tmp and /data."""
    return Box(
        memory_mb=64, processes=1 if kind == "solo" else 4, tmp_mb=8, data_mb=8, cpu_percent=SHARE, net=kind == "net",
        entry="escapes.main:Main", package="escapes", app_dir=scene.app,
    )  # fmt: skip


def told_inside(scene: Scene, without: frozenset[Layer], keys: Iterable[str], *, fork: bool) -> dict[str, Any]:
    """What an attacker in a box is told. Where it sees the whole machine, its /tmp is the suite's own."""
    tmp = str(scene.folder / "tmp") if Layer.NAMESPACES in without else "/tmp"
    inside = {"code": "/app/escapes", "sdk": "/sdk", "data": "/data", "tmp": tmp}
    return {
        **scene.told, **inside, "attacks": list(keys), "fork": fork, "spin": SPIN, "patience": PATIENCE,
    }  # fmt: skip


@contextlib.asynccontextmanager
async def _linked(link: socket.socket) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Streams over the link, which is closed in the end: attackers that have nobody to talk to end by themselves."""
    reader, writer = await asyncio.open_connection(sock=link)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def _talk(
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter], told: dict[str, Any], results: Results
) -> None:
    """Tell the attackers and take their answers until the last one or until their end."""
    reader, writer = streams
    writer.write(json.dumps(told).encode() + b"\n")
    for _ in told["attacks"]:
        line = await reader.readline()
        if not line:
            break
        key, succeeded, text = json.loads(line)
        results[key] = (succeeded, text)


async def _drain(child: Child, said: bytearray) -> None:
    """Read what the box prints and keep its beginning."""
    while child.process.stdout is not None and (part := await child.process.stdout.read(65536)):
        said += part[: max(0, 4000 - len(said))]


async def in_box(
    scene: Scene, kind: str, without: frozenset[Layer], keys: list[str], launcher: Launcher | None = None
) -> Results:
    """Run attacks in one box, one after the other. Raises SystemExit when the box did not answer all."""
    ours, theirs = socket.socketpair()
    child = await (launcher or BubblewrapLauncher(without)).spawn(new_box(kind, scene), theirs.fileno())
    theirs.close()
    results: Results = {}
    said = bytearray()
    draining = asyncio.create_task(_drain(child, said))
    async with _linked(ours) as streams:
        try:
            with contextlib.suppress(ConnectionError):
                async with asyncio.timeout(DEADLINE):
                    await _talk(streams, told_inside(scene, without, keys, fork=kind != "solo"), results)
        finally:
            await child.kill()
            await draining
            child.close()
    if len(results) != len(keys):
        missing = [key for key in keys if key not in results]
        raise SystemExit(f"the box ended at {missing[0]}: {said.decode(errors='replace')}")
    return results


async def _watch(child: Child, box: Box, verdict: list[str]) -> None:
    """What ivi.apphost.watch does for memory and processor: look, pause, and end."""
    usage = Usage(child, box)
    while True:
        seen = usage.look(memory=True)
        if seen.fatal:
            verdict.append(seen.fatal)
            await child.kill()
            return
        if seen.rest_s:
            child.freeze()
            await asyncio.sleep(seen.rest_s)
            child.thaw()
        else:
            await asyncio.sleep(0.1 if usage.close else LOOK)


def living(pids: list[int]) -> list[int]:
    """Those of the processes that are still there."""
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


async def under_watch(scene: Scene, without: frozenset[Layer], key: str) -> tuple[bool, str]:
    """Run one attack that the host has to stop, with the host's own measure, and judge it from outside."""
    ours, theirs = socket.socketpair()
    box = new_box("family", scene)
    child = await BubblewrapLauncher(without).spawn(box, theirs.fileno())
    theirs.close()
    results: Results = {}
    ended: list[str] = []
    tasks = [asyncio.create_task(_drain(child, bytearray())), asyncio.create_task(_watch(child, box, ended))]
    began = time.monotonic()
    async with _linked(ours) as streams:
        try:
            with contextlib.suppress(TimeoutError, ConnectionError):
                async with asyncio.timeout(DEADLINE):
                    await _talk(streams, told_inside(scene, without, [key], fork=False), results)
            used, took = child.cpu_time(), time.monotonic() - began
            pids = child.pids()
        finally:
            tasks[1].cancel()
            await child.kill()
            await tasks[0]
            child.close()
    if key == "processor":
        allowed = took * SHARE / 100 + BURST + SLACK
        return used > allowed, f"{used:.1f} s of processor time, {allowed:.1f} allowed"
    if key == "outliving_child":
        left = living(pids)
        return bool(left), f"{len(left)} of {len(pids)} processes are left"
    if ended:
        return False, f"ended: {ended[0]}"
    return results.get(key, (False, "the box ended"))


async def sandboxed(scene: Scene, without: frozenset[Layer], keys: set[str]) -> Results:
    """Run these attacks, each in the kind of box that it is meant for."""
    results: Results = {}
    whole = Layer.NAMESPACES in without
    chosen = [attack for key, attack in ATTACKS.items() if key in keys and (attack.control or not whole)]
    for kind in ("solo", "family", "net"):
        mine = [attack.key for attack in chosen if attack.box == kind and not attack.watched]
        if mine:
            results |= await in_box(scene, kind, without, mine)
    for attack in chosen:
        if attack.watched:
            results[attack.key] = await under_watch(scene, without, attack.key)
    return results


async def unconfined(scene: Scene, keys: set[str]) -> Results:
    """The control: the same attacks without any sandbox, those that can do no harm, by a process of the same user."""
    chosen = [key for key, attack in ATTACKS.items() if key in keys and attack.control]
    told = {
        **scene.told, "code": str(scene.app), "sdk": str(scene.folder / "sdk"), "data": str(scene.folder / "data"),
        "tmp": str(scene.folder / "tmp"), "attacks": chosen, "fork": True,
    }  # fmt: skip
    ours, theirs = socket.socketpair()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-B", "-m", "escapes.main", str(theirs.fileno()),
        pass_fds=[theirs.fileno()], stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
        env={
            "PYTHONPATH": str(scene.folder), "IVI_ATTACK_SECRET": SECRET, "PATH": "/usr/bin:/bin",
            "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
        },
        cwd=scene.folder,
    )  # fmt: skip
    theirs.close()
    results: Results = {}
    async with _linked(ours) as streams:
        try:
            async with asyncio.timeout(DEADLINE):
                await _talk(streams, told, results)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return results
