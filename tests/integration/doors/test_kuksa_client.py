# SPDX-License-Identifier: Apache-2.0
"""An unmodified kuksa-client: its asyncio and its blocking library, and its command line, against a driving car."""

import asyncio
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("grpc", reason="the extra kuksa is not installed")
pytest.importorskip("kuksa_client", reason="the extra kuksa is not installed")
from kuksa_client.grpc import Datapoint as Point
from kuksa_client.grpc import (  # after the skip
    DataType,
    Field,
    Metadata,
    SubscribeEntry,
    View,
    VSSClientError,
)
from kuksa_client.grpc import VSSClient as BlockingClient
from kuksa_client.grpc.aio import VSSClient

if TYPE_CHECKING:
    from tests.integration.doors.conftest import Rig, Signer

TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
LIMIT = 20.0  # seconds that anything here may take on a loaded machine
NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED, INVALID, UNAVAILABLE = 5, 7, 16, 3, 14  # gRPC status codes


def run(work: Coroutine[Any, Any, None]) -> None:
    """A test's coroutine, with an end."""
    asyncio.run(asyncio.wait_for(work, 90))


@pytest.fixture(scope="module")
def doors(car: "Rig") -> Iterator["Rig"]:
    """A Kuksa door on loopback and one on a Unix socket that only reads."""
    socket = car.run_dir / "kuksa.sock"
    car.start_doors("--kuksa", "127.0.0.1:0", "--kuksa", f"unix:{socket}=read:Vehicle.Speed read:Vehicle.Test")
    assert socket.stat().st_mode & 0o777 == 0o600
    yield car
    assert car.stop("doors") == 0


@pytest.fixture(scope="module")
def port(doors: "Rig") -> int:
    """The door on loopback."""
    return doors.port("kuksa")


def code(error: pytest.ExceptionInfo[Any]) -> int:
    """The status of a client's error: gRPC's, or of v1."""
    number: int = error.value.error["code"]
    return number


def test_the_library_reads_and_sets(port: int) -> None:
    async def work() -> None:
        async with VSSClient("127.0.0.1", port) as client:
            info = await client.get_server_info()
            assert info.name == "ivi"
            speed = (await client.get_current_values(["Vehicle.Speed"]))["Vehicle.Speed"]
            assert speed.value >= 0
            assert abs(speed.timestamp.timestamp() - time.time()) < 60
            metadata = (await client.get_metadata(["Vehicle.Test.Number"]))["Vehicle.Test.Number"]
            assert metadata.data_type is DataType.UINT8
            assert (metadata.value_restriction.min, metadata.value_restriction.max) == (0, 200)
            allowed = (await client.get_metadata(["Vehicle.Test.Mode"]))["Vehicle.Test.Mode"].value_restriction
            assert allowed.allowed_values == ["calm", "brisk"]
            assert "Vehicle.Test.Row2.IsOpen" in await client.get_current_values(["Vehicle.Test"])  # a branch, as v1
            await client.set_current_values({"Vehicle.Test.Level": Point(3.5), "Vehicle.Test.Long": Point(-4)})
            await client.set_current_values({"Vehicle.Test.Names": Point('["a b", c]')})
            values = await client.get_current_values(["Vehicle.Test.Level", "Vehicle.Test.Long", "Vehicle.Test.Names"])
            assert values["Vehicle.Test.Level"].value == 3.5
            assert values["Vehicle.Test.Long"].value == -4
            assert list(values["Vehicle.Test.Names"].value.values) == ["a b", "c"]

    run(work())


def test_an_actuation_moves_the_car(port: int) -> None:
    async def work() -> None:
        async with VSSClient("127.0.0.1", port) as client:
            for target in (18.5, 23.0):
                await client.set_target_values({TEMPERATURE: Point(target)})
                assert (await client.get_current_values([TEMPERATURE]))[TEMPERATURE].value == target
                assert (await client.get_target_values([TEMPERATURE]))[TEMPERATURE].value == target

    run(work())


@pytest.mark.parametrize(
    ("setter", "path", "value", "expected"),
    [
        ("set_current_values", "Vehicle.Speed", 3.0, PERMISSION_DENIED),  # the car provides it
        ("set_current_values", "Vehicle.Nothing", 3.0, 404),
        ("set_current_values", "Vehicle.Test.Number", 201, INVALID),
        ("set_target_values", "Vehicle.Test.Number", 201, 400),
        ("set_target_values", "Vehicle.Test.Mode", "wild", 400),
        ("set_target_values", "Vehicle.Test.Mode", "calm", 503),  # nobody provides it
        ("set_target_values", "Vehicle.Speed", 3.0, 400),  # a sensor
    ],
)
def test_refusals(port: int, setter: str, path: str, value: object, expected: int) -> None:
    async def work() -> None:
        async with VSSClient("127.0.0.1", port) as client:
            with pytest.raises(VSSClientError) as error:
                await getattr(client, setter)({path: Point(value)})
            errors = error.value.errors
            assert expected in (error.value.error.get("code"), *(item["error"]["code"] for item in errors))

    run(work())


def test_a_subscription_begins_with_all_values_and_goes_on(port: int) -> None:
    async def work() -> None:
        async with VSSClient("127.0.0.1", port) as client:
            paths = [TEMPERATURE, "Vehicle.Test.Row2.IsOpen"]
            await client.set_target_values({TEMPERATURE: Point(20.0)})
            updates = client.subscribe_current_values(paths)
            first = await asyncio.wait_for(anext(updates), LIMIT)
            assert set(first) == set(paths)
            assert first[TEMPERATURE].value == 20.0
            assert first["Vehicle.Test.Row2.IsOpen"].value is None
            await client.set_target_values({TEMPERATURE: Point(24.0)})
            second = await asyncio.wait_for(anext(updates), LIMIT)
            assert {path: point.value for path, point in second.items()} == {TEMPERATURE: 24.0}
            branch = client.subscribe_current_values(["Vehicle.Test"])
            assert len(await asyncio.wait_for(anext(branch), LIMIT)) == 6
            await updates.aclose()
            await branch.aclose()

    run(work())


def test_the_older_protocol_streams_values_and_metadata(port: int) -> None:
    async def work() -> None:
        async with VSSClient("127.0.0.1", port) as client:
            metadata = client.subscribe_metadata(["Vehicle.Test.Number"])
            first = await asyncio.wait_for(anext(metadata), LIMIT)
            assert first["Vehicle.Test.Number"].data_type is DataType.UINT8
            await metadata.aclose()
            await client.set_target_values({TEMPERATURE: Point(20.0)})
            wanted = [SubscribeEntry(TEMPERATURE, View.CURRENT_VALUE, (Field.VALUE,))]
            updates = client.subscribe(entries=wanted)
            values = [(await asyncio.wait_for(anext(updates), LIMIT))[0].entry.value.value]
            await client.set_target_values({TEMPERATURE: Point(25.0)})
            values.append((await asyncio.wait_for(anext(updates), LIMIT))[0].entry.value.value)
            assert values == [20.0, 25.0]
            await updates.aclose()
            with pytest.raises(VSSClientError) as error:
                await client.set_metadata({"Vehicle.Test.Number": Metadata(data_type=DataType.FLOAT)})
            assert error.value.errors[0]["error"]["code"] == 403

    run(work())


def test_a_client_provides_an_actuator(port: int) -> None:
    async def work() -> None:
        async with VSSClient("127.0.0.1", port) as provider, VSSClient("127.0.0.1", port) as client:

            async def obey() -> None:
                async for update in provider.subscribe_target_values(["Vehicle.Test.Number"]):
                    value = update["Vehicle.Test.Number"].value
                    await provider.set_current_values({"Vehicle.Test.Number": Point(value)})

            task = asyncio.create_task(obey())
            deadline = time.monotonic() + LIMIT
            while True:  # until the provider is known
                try:
                    await client.set_target_values({"Vehicle.Test.Number": Point(42)})
                    break
                except VSSClientError:
                    assert time.monotonic() < deadline
                    await asyncio.sleep(0.05)
            for number in (7, 8):
                await client.set_target_values({"Vehicle.Test.Number": Point(number)})
                assert (await client.get_current_values(["Vehicle.Test.Number"]))["Vehicle.Test.Number"].value == number
            with pytest.raises(VSSClientError) as second:  # one path has one provider
                async for _ in client.subscribe_target_values(["Vehicle.Test.Number"]):
                    pass
            assert code(second) == 6  # ALREADY_EXISTS
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    run(work())


def test_the_blocking_library(port: int) -> None:
    with BlockingClient("127.0.0.1", port) as client:
        assert client.get_server_info().name == "ivi"
        assert client.get_current_values(["Vehicle.Speed"])["Vehicle.Speed"].value >= 0
        client.set_target_values({TEMPERATURE: Point(21.0)})
        assert client.get_current_values([TEMPERATURE])[TEMPERATURE].value == 21.0
        client.set_current_values({"Vehicle.Test.Level": Point(12.5)})
        found = threading.Event()

        def watch() -> None:
            with BlockingClient("127.0.0.1", port) as other:
                for update in other.subscribe_current_values(["Vehicle.Test.Level"]):
                    if update["Vehicle.Test.Level"].value == 13.5:
                        found.set()
                        return

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        client.set_current_values({"Vehicle.Test.Level": Point(13.5)})
        assert found.wait(LIMIT)
        thread.join(LIMIT)


def test_a_unix_socket_has_the_scope_that_it_was_given(doors: "Rig") -> None:
    async def work() -> None:
        client = VSSClient("127.0.0.1", 1, ensure_startup_connection=False)
        await client.connect(f"unix:{doors.run_dir / 'kuksa.sock'}")
        try:
            assert (await client.get_current_values(["Vehicle.Speed"]))["Vehicle.Speed"].value >= 0
            for work in (
                client.get_current_values([TEMPERATURE]),
                client.set_target_values({TEMPERATURE: Point(21.0)}),
                client.set_current_values({"Vehicle.Test.Level": Point(1.0)}),
            ):
                with pytest.raises(VSSClientError) as error:
                    await work
                assert code(error) in (403, PERMISSION_DENIED)
        finally:
            await client.disconnect()

    run(work())


def test_tokens(car: "Rig", signer: "Signer", stranger: "Signer") -> None:
    async def fails(port: int, token: str | None, expected: set[int]) -> None:
        async with VSSClient("127.0.0.1", port, token=token) as client:
            with pytest.raises(VSSClientError) as error:
                await client.get_current_values(["Vehicle.Speed"])
            assert code(error) in expected

    async def work(port: int) -> None:
        for token in (
            None,
            "nonsense",
            stranger.token("read"),
            signer.token("read", seconds=-5),
            signer.token("read", audience="somebody.else"),
            signer.token("read:vehicle.speed"),
        ):
            await fails(port, token, {UNAUTHENTICATED})
        await fails(port, signer.token(""), {403})
        await fails(port, signer.token("read:Vehicle.IsMoving"), {403})
        scope = "read:Vehicle.Speed actuate:Vehicle.Cabin provide:data:Vehicle.Test.Row2"
        async with VSSClient("127.0.0.1", port, token=signer.token(scope)) as client:
            assert (await client.get_current_values(["Vehicle.Speed"]))["Vehicle.Speed"].value >= 0
            await client.set_target_values({TEMPERATURE: Point(19.5)})
            await client.set_current_values({"Vehicle.Test.Row2.IsOpen": Point(True)})
            with pytest.raises(VSSClientError) as error:
                await client.set_current_values({"Vehicle.Test.Mode": Point("calm")})
            assert code(error) in (403, PERMISSION_DENIED)
        short = signer.token("read:Vehicle.Test.Mode", seconds=2)
        async with VSSClient("127.0.0.1", port, token=short) as client:
            with pytest.raises(VSSClientError) as error:  # nothing ever changes there, and it ends all the same
                async for _ in client.subscribe_current_values(["Vehicle.Test.Mode"]):
                    pass
            assert code(error) == UNAUTHENTICATED

    with car.second() as rig:
        rig.start_doors("--kuksa", "127.0.0.1:0", "--token-key", str(signer.file))
        run(work(rig.port("kuksa")))


def test_the_command_line(port: int, tmp_path: Path) -> None:
    commands = [
        "getValue Vehicle.IsMoving",
        f"setTargetValue {TEMPERATURE} 22.5",
        f"getValue {TEMPERATURE}",
        f"getTargetValue {TEMPERATURE}",
        "setValue Vehicle.Test.Long 77",
        "getValues Vehicle.Test.Long Vehicle.IsMoving",
        "getMetaData Vehicle.Test.Number",
        "subscribe Vehicle.Test.Long",
        "setValue Vehicle.Test.Long 78",
        "setValue Vehicle.Speed 1",
        "getValue Vehicle.Nothing",
        "quit",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "kuksa_client", f"grpc://127.0.0.1:{port}"],
        input="\n".join(commands) + "\n",
        env=dict(os.environ, TERM="dumb", HOME=str(tmp_path), PYTHONWARNINGS="ignore"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    output = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    for words in ("22.5", '"value": 77', '"UINT8"', "subscriptionId", '"permission denied"', '"not_found"'):
        assert words in output, output


def test_an_encrypted_door(car: "Rig", signer: "Signer", tmp_path: Path) -> None:
    certificate, key = signer.certificate(tmp_path)

    async def work(port: int) -> None:
        token = signer.token("read:Vehicle.Speed")
        async with VSSClient("localhost", port, token=token, root_certificates=certificate) as client:
            assert (await client.get_current_values(["Vehicle.Speed"]))["Vehicle.Speed"].value >= 0
        plain = VSSClient("localhost", port, token=token)
        with pytest.raises(VSSClientError) as error:
            await plain.connect()
        assert code(error) == UNAVAILABLE
        await plain.disconnect()

    with car.second() as rig:
        files = ("--tls-certificate", str(certificate), "--tls-key", str(key), "--token-key", str(signer.file))
        rig.start_doors("--kuksa", "127.0.0.1:0", *files)
        run(work(rig.port("kuksa")))
