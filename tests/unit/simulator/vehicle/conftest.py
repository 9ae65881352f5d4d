# SPDX-License-Identifier: Apache-2.0
"""The car's files and a way to talk to a car without a bus."""

from collections.abc import Callable
from pathlib import Path

import cantools
import pytest
from cantools.database.can import Database

from simulator.bus.record import EFF, ID_MASK, Record
from simulator.vehicle.car import Car
from simulator.vehicle.codec import default_dbc
from simulator.vehicle.protection import seal_of

type Signals = dict[str, float]


@pytest.fixture(scope="session")
def dbc_file() -> Path:
    return default_dbc()


@pytest.fixture(scope="session")
def dbc(dbc_file: Path) -> Database:
    database = cantools.database.load_file(dbc_file, strict=True)
    assert isinstance(database, Database)
    return database


@pytest.fixture
def car(dbc_file: Path) -> Car:
    return Car(dbc_file, seed=7)


@pytest.fixture
def command(dbc: Database, car: Car) -> Callable[..., None]:
    """Send requests as the head unit does: all other fields at their start value."""

    def send(message_name: str, **requests: int) -> None:
        message = dbc.get_message_by_name(message_name)
        raw = {signal.name: int(signal.raw_initial or 0) for signal in message.signals}
        payload = message.encode(raw | requests, scaling=False, strict=True)
        seal = seal_of(message)
        car.take(message.frame_id, payload if seal is None else seal.close(payload))

    return send


@pytest.fixture
def listen(dbc: Database) -> Callable[[list[Record]], Signals]:
    """The numeric signals in some frames, the last of each name."""

    def decode(records: list[Record]) -> Signals:
        found: Signals = {}
        for _, identifier, length, _, payload in records:
            message = dbc.get_message_by_frame_id(identifier & ID_MASK, force_extended_id=bool(identifier & EFF))
            decoded = message.decode(payload[:length], decode_choices=False)
            assert isinstance(decoded, dict)
            found |= decoded  # type: ignore[arg-type]  # numbers only without value texts
        return found

    return decode
