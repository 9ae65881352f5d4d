# SPDX-License-Identifier: Apache-2.0
"""Providing through a door. On our link a path has one provider and a connection one provider stream.

Kuksa is looser: one client may publish an actuator's value while another obeys its actuations, and anybody with the
scope may publish a value in passing. So each claim holds a connection of its own, and its paths have two roles.
"""

import asyncio
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from pathlib import Path
from typing import ClassVar, Protocol

from ivi.daemon.link_client import LinkClient
from ivi.model import databroker as wire
from ivi.model.errors import IviError, LinkError, PermissionDeniedError, ResourceExhaustedError
from ivi.model.signal import Value

MAX_CLAIMS = 256  # connections to the databroker
OPEN_TIMEOUT = 3.0  # seconds


class Role(Enum):
    """What a provider does for a path."""

    DATA = auto()
    ACTUATION = auto()


class AlreadyProvidedError(PermissionDeniedError):
    """Somebody else provides this path."""

    code: ClassVar[str] = "permission_denied"


class Holder(Protocol):
    """Whoever provides: a provider stream of a door."""

    def actuate(self, values: dict[str, Value]) -> None:
        """Make these values true. It must not wait."""
        ...

    def lost(self, error: IviError) -> None:
        """The databroker has gone, and what was claimed with it."""
        ...


class _Passing:
    """Holder of what was published in passing, without a stream."""

    def actuate(self, values: dict[str, Value]) -> None:
        """It provides no actuation."""

    def lost(self, error: IviError) -> None:
        """The next value claims the path again."""


PASSING = _Passing()


class _Claim:
    """Paths that one connection provides, and who holds which role."""

    def __init__(self, socket: Path, paths: frozenset[str]) -> None:
        self.paths = paths
        self.link = LinkClient(socket, wire.DatabrokerAnswer)
        self.holders: dict[tuple[str, Role], Holder] = {}
        self.task: asyncio.Task[None] | None = None

    async def open(self, done: asyncio.Future[None]) -> None:
        """Provide until the connection ends; `done` tells the first answer."""
        error: IviError = LinkError("the databroker ended the provider stream")
        try:
            async for event in self.link.stream(wire.OpenProviderStream(sorted(self.paths))):
                if not done.done():
                    done.set_result(None)
                self._actuate(event.values)
        except IviError as broken:
            error = broken
        if not done.done():
            done.set_exception(error)
            return
        for holder in set(self.holders.values()):
            holder.lost(error)

    def _actuate(self, values: dict[str, Value]) -> None:
        shares: dict[Holder, dict[str, Value]] = {}
        for path, value in values.items():
            if (holder := self.holders.get((path, Role.ACTUATION))) is not None:
                shares.setdefault(holder, {})[path] = value
        for holder, share in shares.items():
            holder.actuate(share)


class Claims:
    """All that is provided through the doors of this process."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._of: dict[str, _Claim] = {}
        self._changing = asyncio.Lock()

    @property
    def paths(self) -> int:
        """How many paths are provided."""
        return len(self._of)

    def without_actuation(self, path: str) -> bool:
        """Whether a door provides the value and nobody there obeys actuations."""
        claim = self._of.get(path)
        return claim is not None and (path, Role.ACTUATION) not in claim.holders

    def holds(self, holder: Holder, path: str, role: Role) -> bool:
        """Whether this holder has this role."""
        claim = self._of.get(path)
        return claim is not None and claim.holders.get((path, role)) is holder

    async def take(self, holder: Holder, paths: Iterable[str], role: Role) -> None:
        """Get a role for all these paths or for none; what was published in passing gives way.

        Raises AlreadyProvidedError, ResourceExhaustedError, UnavailableError, NotFoundError.
        """
        wanted = list(paths)
        async with self._changing:
            for path in wanted:
                claim = self._of.get(path)
                other = claim.holders.get((path, role), PASSING) if claim else PASSING
                if other is not PASSING and other is not holder:
                    raise AlreadyProvidedError(f"{path} is provided through a door already")
            new = frozenset(path for path in wanted if path not in self._of)
            if new:
                await self._open(new)
            for path in wanted:
                self._of[path].holders[path, role] = holder

    async def publish(self, values: Mapping[str, Value | None]) -> None:
        """New values of claimed paths. Raises InvalidArgumentError (one value does not fit), LinkError, …"""
        shares: dict[_Claim, dict[str, Value | None]] = {}
        for path, value in values.items():
            claim = self._of.get(path)
            if claim is None:
                raise LinkError(f"{path} is not provided any more")
            shares.setdefault(claim, {})[path] = value
        for claim, share in shares.items():
            await claim.link.call(wire.PublishValues(share))

    async def publish_in_passing(self, path: str, value: Value | None) -> None:
        """One value without a stream. Raises PermissionDeniedError when the car itself provides the path."""
        if path not in self._of:
            try:
                await self.take(PASSING, [path], Role.DATA)
            except AlreadyProvidedError as error:
                raise PermissionDeniedError(error.message, hint=error.hint) from error
        await self.publish({path: value})

    async def release(self, holder: Holder) -> None:
        """The holder has gone: what it provided becomes "not available", unless another role is still held."""
        async with self._changing:
            for claim in set(self._of.values()):
                mine = [key for key, other in claim.holders.items() if other is holder]
                for key in mine:
                    del claim.holders[key]
                if not mine:
                    continue
                if not claim.holders:
                    await self._close(claim)
                    continue
                silent: dict[str, Value | None] = {path: None for path, role in mine if role is Role.DATA}
                if silent:
                    await self._silence(claim, silent)

    async def close(self) -> None:
        """Give everything back."""
        async with self._changing:
            for claim in set(self._of.values()):
                await self._close(claim)

    # -- connections --------------------------------------------------------------------------------------------------
    async def _open(self, paths: frozenset[str]) -> None:
        if len(set(self._of.values())) >= MAX_CLAIMS:
            raise ResourceExhaustedError(
                f"more than {MAX_CLAIMS} provider claims", hint="name more paths in one request"
            )
        claim = _Claim(self._socket, paths)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        claim.task = loop.create_task(claim.open(done))
        try:
            async with asyncio.timeout(OPEN_TIMEOUT):
                await done
        except PermissionDeniedError as error:
            await self._close(claim)
            raise AlreadyProvidedError(error.message, hint=error.hint) from error
        except (IviError, TimeoutError) as error:
            await self._close(claim)
            if isinstance(error, IviError):
                raise
            raise LinkError("the databroker did not answer a provider") from error
        self._of.update((path, claim) for path in paths)
        claim.task.add_done_callback(lambda _task: self._forget(claim))

    def _forget(self, claim: _Claim) -> None:
        for path in claim.paths:
            if self._of.get(path) is claim:
                del self._of[path]

    async def _close(self, claim: _Claim) -> None:
        self._forget(claim)
        if claim.task is not None:
            claim.task.cancel()
            await asyncio.gather(claim.task, return_exceptions=True)
        await claim.link.close()

    @staticmethod
    async def _silence(claim: _Claim, values: dict[str, Value | None]) -> None:
        try:
            await claim.link.call(wire.PublishValues(values))
        except IviError:
            return  # the connection has gone, and the values with it
