# SPDX-License-Identifier: Apache-2.0
"""Serves the drivers' profiles. What the disk does not take holds until the end of this run, and says so."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec

from ivi.daemon.followers import Followers
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.process import Process
from ivi.model.errors import (
    InvalidArgumentError,
    NotFoundError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.model.profiles import (
    GUEST,
    MAX_NAME,
    MAX_PROFILES,
    AddProfile,
    ChangePreference,
    ChangeSteeringSide,
    Preferences,
    Profiles,
    ProfileView,
    RemoveProfile,
    RenameProfile,
    SelectProfile,
    SubscribeProfiles,
)
from ivi.model.services import UxRestriction, UxRestrictions
from ivi.model.status import Problem
from ivi.services.profiles.store import ProfileStore, changed, open_store

FILE = "profiles.db"
WHILE_DRIVING = frozenset({"look"})
"""Preferences that need no set-up: one touch that a driver may want at any moment."""


class ProfilesService:
    """Serves ivi.model.profiles."""

    def __init__(self, process: Process, folder: Path, restrictions: Callable[[], UxRestrictions]) -> None:
        """`restrictions` says what the driving state forbids now."""
        self._process = process
        self._path = folder / FILE
        self._restrictions = restrictions
        self._store: ProfileStore | None = None
        self._profiles: list[ProfileView] = []
        self._current = GUEST
        self._preferences = Preferences()
        self._steering_right = False
        self._kept = False
        self._followers = Followers(lambda: self.view)
        self._turn = asyncio.Lock()

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        router = server.router
        router.on_stream(SubscribeProfiles, self._subscribe)
        router.on_call(SelectProfile, self._select)
        router.on_call(AddProfile, self._add)
        router.on_call(RenameProfile, self._rename)
        router.on_call(RemoveProfile, self._remove)
        router.on_call(ChangePreference, self._change)
        router.on_call(ChangeSteeringSide, self._steer)

    async def start(self) -> None:
        """Read the file; without it there is the guest alone."""
        async with self._turn:
            self._store, said = await asyncio.to_thread(open_store, self._path)
            if said:
                self._process.report("profiles", Problem(said, str(self._path), "check the disk, then start again"))
            if self._store is not None:
                await self._keep(self._read)
        self._tell()

    async def stop(self) -> None:
        """Close the file."""
        async with self._turn:
            store, self._store = self._store, None
            if store is not None:
                await asyncio.to_thread(store.close)

    @property
    def view(self) -> Profiles:
        """All drivers, and how the screen is now."""
        everybody = [*self._profiles, ProfileView(GUEST, "")]
        return Profiles(everybody, self._current, self._preferences, self._steering_right, self._kept)

    # -- calls --------------------------------------------------------------------------------------------------------
    async def _subscribe(self, _request: SubscribeProfiles, stream: Stream) -> None:
        await self._followers.stay(stream)

    async def _select(self, request: SelectProfile, _session: Session) -> Profiles:
        self._require_parked()
        async with self._turn:
            self._require(request.id, guest=True)
            if request.id == GUEST:
                await self._keep(lambda store: store.select(GUEST))
                self._current, self._preferences = GUEST, Preferences()
            else:
                self._preferences = await self._keep(lambda store: _selected(store, request.id)) or Preferences()
                self._current = request.id
        return self._tell()

    async def _add(self, request: AddProfile, _session: Session) -> Profiles:
        self._require_parked()
        async with self._turn:
            name = self._name(request.name)
            if len(self._profiles) >= MAX_PROFILES:
                raise ResourceExhaustedError(f"there are {MAX_PROFILES} drivers already", hint="remove one first")
            number = await self._must(lambda store: store.add(name, self._preferences))
            self._profiles.append(ProfileView(number, name))
            self._current = number
        return self._tell()

    async def _rename(self, request: RenameProfile, _session: Session) -> Profiles:
        self._require_parked()
        async with self._turn:
            self._require(request.id)
            name = self._name(request.name, but=request.id)
            await self._must(lambda store: store.rename(request.id, name))
            self._profiles = [ProfileView(one.id, name) if one.id == request.id else one for one in self._profiles]
        return self._tell()

    async def _remove(self, request: RemoveProfile, _session: Session) -> Profiles:
        self._require_parked()
        async with self._turn:
            self._require(request.id)
            await self._must(lambda store: store.remove(request.id))
            self._profiles = [one for one in self._profiles if one.id != request.id]
            if self._current == request.id:
                self._current, self._preferences = GUEST, Preferences()
        return self._tell()

    async def _change(self, request: ChangePreference, _session: Session) -> Profiles:
        if request.name not in Preferences.__struct_fields__:
            raise NotFoundError(f"there is no preference {request.name[:40]!r}")
        if request.name not in WHILE_DRIVING:
            self._require_parked()
        async with self._turn:
            try:
                self._preferences = changed(self._preferences, request.name, request.value)
            except msgspec.ValidationError as error:
                raise InvalidArgumentError(f"{request.name} cannot be {request.value[:40]!r}") from error
            if (driver := self._current) != GUEST:
                await self._keep(lambda store: store.keep(driver, request.name, request.value))
        return self._tell()

    async def _steer(self, request: ChangeSteeringSide, _session: Session) -> Profiles:
        self._require_parked()
        async with self._turn:
            self._steering_right = request.right
            await self._keep(lambda store: store.steer(right=request.right))
        return self._tell()

    # -- what may be --------------------------------------------------------------------------------------------------
    def _require_parked(self) -> None:
        said = self._restrictions()
        if UxRestriction.NO_SETUP in said.restrictions:
            raise UnavailableError("this is set up while the car is parked", hint=said.reason)

    def _require(self, profile: int, *, guest: bool = False) -> None:
        if not (guest and profile == GUEST) and all(one.id != profile for one in self._profiles):
            raise NotFoundError(f"there is no driver {profile}")

    def _name(self, text: str, but: int = GUEST) -> str:
        name = " ".join(text.split())
        if not 0 < len(name) <= MAX_NAME or not name.isprintable():
            raise InvalidArgumentError(f"a driver's name has 1 to {MAX_NAME} characters")
        if any(one.name.casefold() == name.casefold() and one.id != but for one in self._profiles):
            raise InvalidArgumentError(f"there is a driver {name} already", hint="choose another name")
        return name

    # -- the file -----------------------------------------------------------------------------------------------------
    def _read(self, store: ProfileStore) -> None:
        self._profiles = store.profiles()
        self._current = store.current()
        self._preferences = store.preferences(self._current) if self._current != GUEST else Preferences()
        self._steering_right = store.steering_right()

    async def _must[T](self, work: Callable[[ProfileStore], T]) -> T:
        """Do it in the file, or raise UnavailableError: a driver that is not kept would be a promise."""
        if self._store is None:
            raise UnavailableError("the drivers' profiles cannot be kept", hint="check the disk, then start again")
        done = await asyncio.to_thread(work, self._store)
        self._worked()
        return done

    async def _keep[T](self, work: Callable[[ProfileStore], T]) -> T | None:
        """Do it in the file, if that is possible; else it holds until the end of this run."""
        try:
            return await self._must(work)
        except UnavailableError as error:
            self._kept = False
            if self._store is not None:
                hint = error.hint or "check the disk"
                self._process.report("profiles disk", Problem(error.message, str(self._path), hint))
            return None

    def _worked(self) -> None:
        self._kept = True
        self._process.resolve("profiles disk")

    def _tell(self) -> Profiles:
        view = self.view
        self._followers.tell(view)
        return view


def _selected(store: ProfileStore, profile: int) -> Preferences:
    store.select(profile)
    return store.preferences(profile)
