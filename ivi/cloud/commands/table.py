# SPDX-License-Identifier: Apache-2.0
"""Which commands there are, who may issue each, what the car must be like, and whether somebody has to agree.

Both ends read this table: the car decides by it, and the fleet end shows it. What is not in it does not exist.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ivi.cloud.commands.command import ID_BYTES
from ivi.cloud.trust import Role
from ivi.model.errors import InvalidArgumentError

ISSUERS = (Role.OWNER, Role.FLEET, Role.SERVICE)
"""Roles whose keys sign commands."""


class Motion(StrEnum):
    """What the driving state must be."""

    ANY = "any"
    PARKED = "parked"


class Energy(StrEnum):
    """What the batteries must have."""

    NONE = "none"
    LOW_VOLTAGE = "low_voltage"
    """The 12 V battery is well."""
    BOTH = "both"
    """That, and enough in the traction battery, or the cable is in."""


class Kind(StrEnum):
    """Type of an argument."""

    FLAG = "flag"
    NUMBER = "number"
    INTEGER = "integer"
    ID = "id"
    """16 bytes."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command."""

    name: str
    kind: Kind
    text: str
    required: bool = True
    minimum: float = -math.inf
    maximum: float = math.inf

    def check(self, value: object) -> None:
        """Raises InvalidArgumentError."""
        match self.kind, value:
            case Kind.FLAG, bool():
                return
            case Kind.ID, bytes(id_) if len(id_) == ID_BYTES:
                return
            case (Kind.INTEGER, int(number)) | (Kind.NUMBER, int(number) | float(number)) if not isinstance(
                value, bool
            ):
                pass
            case _:
                raise InvalidArgumentError(f"`{self.name}` is no {self.kind}")
        if not self.minimum <= number <= self.maximum:  # not a number is out of range, too
            raise InvalidArgumentError(f"`{self.name}` must be from {self.minimum:g} to {self.maximum:g}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One command."""

    text: str
    """For people: what it does."""
    roles: frozenset[Role]
    """Who may issue it."""
    consent: frozenset[Role] = frozenset()
    """Whose command needs somebody in the car to agree."""
    motion: Motion = Motion.ANY
    energy: Energy = Energy.NONE
    arguments: tuple[Argument, ...] = ()

    def check(self, args: Mapping[str, Any]) -> None:
        """Raises InvalidArgumentError for arguments that are missing, unknown or out of range."""
        known = {argument.name: argument for argument in self.arguments}
        if unknown := sorted(set(args) - set(known)):
            raise InvalidArgumentError(f"`{unknown[0][:40]}` is no argument of it")
        for argument in self.arguments:
            if argument.name in args:
                argument.check(args[argument.name])
            elif argument.required:
                raise InvalidArgumentError(f"`{argument.name}` is missing")


_ALL = frozenset(ISSUERS)
_HOLDERS = frozenset({Role.OWNER, Role.FLEET})

PRECONDITION, LOCK, UNLOCK = "precondition", "lock", "unlock"
CHARGE_LIMIT, CHARGE_START, CHARGE_STOP = "charge_limit", "charge_start", "charge_stop"
LOCATE, REPORT_STATE, CANCEL = "locate", "report_state", "cancel"

COMMANDS: dict[str, Rule] = {
    PRECONDITION: Rule(
        "heat or cool the cabin",
        _HOLDERS,
        motion=Motion.PARKED,
        energy=Energy.BOTH,
        arguments=(
            Argument("on", Kind.FLAG, "false ends it; this is allowed with an empty battery", required=False),
            Argument("temperature", Kind.NUMBER, "Celsius", required=False, minimum=16, maximum=28),
        ),
    ),
    LOCK: Rule("lock all doors", _ALL),
    UNLOCK: Rule("unlock all doors", _ALL, consent=frozenset({Role.SERVICE}), motion=Motion.PARKED),
    CHARGE_LIMIT: Rule(
        "charge no further than this",
        _HOLDERS,
        arguments=(Argument("percent", Kind.INTEGER, "of the battery", minimum=50, maximum=100),),
    ),
    CHARGE_START: Rule("begin to charge", _HOLDERS, motion=Motion.PARKED, energy=Energy.LOW_VOLTAGE),
    CHARGE_STOP: Rule("stop charging", _HOLDERS),
    LOCATE: Rule("tell where the car is", _ALL, consent=_ALL),
    REPORT_STATE: Rule(
        "tell locks, climate, charge and whether it is driven", _ALL, consent=frozenset({Role.FLEET, Role.SERVICE})
    ),
    CANCEL: Rule(
        "call a command back that was not begun",
        _ALL,
        arguments=(Argument("id", Kind.ID, "of the command to call back"),),
    ),
}
