# SPDX-License-Identifier: Apache-2.0
"""Issues commands and desired settings: checks what no car would take, signs, and keeps it before it is sent."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ivi.cloud.commands.command import EPOCH_BYTES, ID_BYTES, Command, sign_command
from ivi.cloud.commands.table import COMMANDS, Kind
from ivi.cloud.trust import Role
from ivi.cloud.twin import settings
from ivi.cloud.twin.desired import Desired, sign_desired
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.serve.issued import Issued, IssuedCommand, IssuedDocument
from ivi.fleet.serve.keys import Keyring, SigningKey
from ivi.fleet.store.reading import Reader
from ivi.model.errors import InvalidArgumentError, NotFoundError, PermissionDeniedError, UnavailableError

SECONDS = 60  # that a command is valid unless somebody says otherwise
MIN_SECONDS, MAX_SECONDS = 5, 7 * 86400
TWIN, ENT = "twin", "ent"
MAX_VERSION = 1 << 52  # what a car says beyond is no version of ours
_FIRST = 1


class Issuing:
    """Signs with the keys of one folder."""

    def __init__(self, data: FleetData, keyring: Keyring, news: Callable[[], None]) -> None:
        """`news` is called when something waits to be sent."""
        self.keyring = keyring
        self._data, self._news = data, news

    async def command(
        self,
        vehicle: str,
        name: str,
        args: Mapping[str, Any],
        *,
        role: Role,
        operator: str,
        seconds: int = SECONDS,
    ) -> IssuedCommand:
        """Issue a command; returns what was kept.

        Raises InvalidArgumentError, PermissionDeniedError (no key, or not for this role), NotFoundError for a car that
        never said anything, UnavailableError while the car's epoch is not known, ResourceExhaustedError.
        """
        if not MIN_SECONDS <= seconds <= MAX_SECONDS:
            raise InvalidArgumentError(f"a command is valid for {MIN_SECONDS} to {MAX_SECONDS} seconds, not {seconds}")
        if (rule := COMMANDS.get(name)) is None:
            raise InvalidArgumentError(f"there is no command `{name[:40]}`", hint="see the list of commands")
        if role not in rule.roles:
            raise PermissionDeniedError(f"`{name}` is not for the role {role}")
        rule.check(args)
        key = self.keyring.key(role)
        now = time.time()
        command = Command(vehicle, name, _FIRST, int(now + seconds), b"\0" * EPOCH_BYTES, dict(args))
        issued = IssuedCommand(
            *(vehicle, command.id, name, dict(args), role.value, operator, int(now * 1000), command.expiry),
            *(True, 0, 0, ""),
        )

        def keep(reader: Reader, store: Issued) -> None:
            epoch = epoch_of(reader, vehicle)
            store.command(
                issued,
                key.kid,
                lambda counter: sign_command(replace(command, counter=counter, epoch=epoch), key.kid, key.private),
            )

        await self._data.ask(keep)
        self._news()
        return issued

    async def desire(
        self, vehicle: str, document: Mapping[str, Any], *, role: Role, operator: str, base: int | None = None
    ) -> int:
        """Issue a desired state; returns its version. With `base` only if nobody issued another one meanwhile.

        Raises InvalidArgumentError for settings that no car has, PermissionDeniedError without a key, NotFoundError.
        """
        for name, value in settings.flatten(document).items():
            settings.check(name, value)
        wanted = Retained(vehicle, TWIN, dict(document), role, operator, base=base)
        return await self.document(
            wanted, lambda version, key: sign_desired(Desired(vehicle, version, document), key.kid, key.private)
        )

    async def document(self, wanted: "Retained", sign: Callable[[int, SigningKey], bytes]) -> int:
        """Issue a retained document; `sign` makes the message of a version. Returns the version.

        Raises PermissionDeniedError without a key, NotFoundError for a car that never said anything.
        """
        key = self.keyring.key(wanted.role)
        now = time.time()

        def keep(reader: Reader, store: Issued) -> int:
            require(reader, wanted.vehicle)
            # Not from 1: a car refuses what is older than it has, and a database that was lost or put back to an
            # older state does not know what that is. Nobody issues one version a second for long.
            least = max(int(now), reported_version(reader, wanted.vehicle, wanted.kind) + 1)
            made = IssuedDocument(
                *(wanted.vehicle, wanted.kind, least, wanted.content, wanted.operator, int(now * 1000), 0)
            )
            return store.document(made, lambda version: sign(version, key), base=wanted.base)

        version = await self._data.ask(keep)
        self._news()
        return version


@dataclass(frozen=True, slots=True)
class Retained:
    """A document that is to be issued to one car."""

    vehicle: str
    kind: str
    """Last level of its topic: `twin`, `policy`, `ent`."""
    content: Any
    """For people to look at; what CBOR can hold."""
    role: Role
    operator: str
    base: int | None = None
    """The version that it was made from; None to replace whatever there is."""


def reported_version(reader: Reader, vehicle: str, kind: str) -> int:
    """The version of a document that a car says it has; 0 when it does not say."""
    said: object = 0
    if kind == TWIN and (twin := reader.twin(vehicle)) is not None:
        said = twin.about.get("desired")
    elif kind == ENT and (told := reader.events(vehicle, "entitlement", 1)):
        said = told[0].data.get("sequence")
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 < said < MAX_VERSION else 0


def require(reader: Reader, vehicle: str) -> None:
    """Raises NotFoundError for a car that nothing ever came from."""
    if reader.vehicle(vehicle) is None:
        raise NotFoundError(f"nothing ever came from a vehicle {vehicle}", hint="it shows up when it first connects")


def epoch_of(reader: Reader, vehicle: str) -> bytes:
    """The epoch that a car's commands must carry. Raises NotFoundError, UnavailableError while it is not known."""
    require(reader, vehicle)
    told = [event for event in reader.events(vehicle, "command_epoch", 1) if _is_epoch(event.data.get("epoch"))]
    if not told:
        raise UnavailableError(
            f"{vehicle} has not said yet which commands it takes", hint="it does when its cloud process starts"
        )
    epoch: bytes = told[0].data["epoch"]
    return epoch


def _is_epoch(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == EPOCH_BYTES


def arguments_of(name: str, given: object) -> dict[str, Any]:
    """Arguments as they come in JSON: ids are hexadecimal digits there. Raises InvalidArgumentError."""
    if not isinstance(given, dict):
        raise InvalidArgumentError("`args` is an object")
    args = dict(given)
    for argument in COMMANDS[name].arguments if name in COMMANDS else ():
        if argument.kind is Kind.ID and isinstance(args.get(argument.name), str):
            try:
                args[argument.name] = bytes.fromhex(args[argument.name])
            except ValueError as error:
                raise InvalidArgumentError(f"`{argument.name}` has {2 * ID_BYTES} hexadecimal digits") from error
    return args
