# SPDX-License-Identifier: Apache-2.0
"""A command as it travels: COSE_Sign1 with Ed25519 over a CBOR map with small integers as keys.

    1 vehicle (text)   2 name (text)       3 args (map)    4 id (16 bytes)
    5 counter (int)    6 expiry (s, int)   7 epoch (8 bytes)

The issuer is the key id of the signature's header, which is signed as well. `lock` to a car with a short name has about
150 bytes.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ivi.cloud import cose
from ivi.model.errors import InvalidArgumentError

CONTEXT = b"ivi-command-1"
MAX_COMMAND = 512  # bytes of a signed command
ID_BYTES = 16
EPOCH_BYTES = 8
MAX_COUNTER = (1 << 63) - 1
MAX_NAME = 32  # characters
MAX_VEHICLE = 64  # characters, as in topics

_VEHICLE, _NAME, _ARGS, _ID, _COUNTER, _EXPIRY, _EPOCH = range(1, 8)


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody wants of one car."""

    vehicle: str
    """The car that it is for (its audience)."""
    name: str
    """One of ivi.cloud.commands.table.COMMANDS."""
    counter: int
    """Of this issuer for this car and epoch: from 1 up, never one twice; a car takes them within a window of 64."""
    expiry: int
    """Seconds since 1970; it is not begun after this."""
    epoch: bytes
    """The car's present epoch, which the car tells (record kind `command_epoch`)."""
    args: Mapping[str, Any] = field(default_factory=dict)
    id: bytes = field(default_factory=lambda: os.urandom(ID_BYTES))
    """16 bytes; the same id is done once, and its result is told again when it comes again."""


def sign_command(command: Command, kid: bytes, key: Ed25519PrivateKey) -> bytes:
    """The message for topic `v1/<vid>/down/cmd`. Raises InvalidArgumentError for what no car would take."""
    payload = {
        _VEHICLE: command.vehicle,
        _NAME: command.name,
        _ARGS: dict(command.args),
        _ID: command.id,
        _COUNTER: command.counter,
        _EXPIRY: command.expiry,
        _EPOCH: command.epoch,
    }
    _read(payload)
    message = cose.sign(payload, kid, key, CONTEXT)
    if len(message) > MAX_COMMAND:
        raise InvalidArgumentError(f"a command of {len(message)} bytes; {MAX_COMMAND} are the limit")
    return message


def open_command(message: bytes, keys: Mapping[bytes, Ed25519PublicKey]) -> tuple[Command, bytes]:
    """The command in a message, and the id of the key that signed it.

    Raises InvalidArgumentError for a malformed or too long one, PermissionDeniedError for an unknown key or a signature
    that does not match.
    """
    payload, kid = cose.verify(message, keys, CONTEXT, most=MAX_COMMAND)
    return _read(payload), kid


def _read(payload: object) -> Command:
    match payload:
        case {
            1: str(vehicle),
            2: str(name),
            3: dict(args),
            4: bytes(id_),
            5: int(counter),
            6: int(expiry),
            7: bytes(epoch),
            **rest,
        } if not rest:
            pass
        case _:
            raise InvalidArgumentError("the command has not the fields of a command, or has others")
    if not (0 < len(vehicle) <= MAX_VEHICLE and 0 < len(name) <= MAX_NAME):
        raise InvalidArgumentError("the command's vehicle or name is empty or too long")
    if len(id_) != ID_BYTES or len(epoch) != EPOCH_BYTES:
        raise InvalidArgumentError(f"the command's id has not {ID_BYTES} bytes, or its epoch not {EPOCH_BYTES}")
    if isinstance(counter, bool) or isinstance(expiry, bool) or not 1 <= counter <= MAX_COUNTER:
        raise InvalidArgumentError("the command's counter is out of range")
    if not 0 <= expiry <= MAX_COUNTER or not all(isinstance(key, str) for key in args):
        raise InvalidArgumentError("the command's expiry or arguments cannot be used")
    return Command(vehicle, name, counter, expiry, epoch, args, id_)
