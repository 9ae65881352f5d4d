# SPDX-License-Identifier: Apache-2.0
"""kuksa.val.v2 as its text says, call by call: ids, buffers, provider streams, and status codes."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

grpc = pytest.importorskip("grpc", reason="the extra kuksa is not installed")
pytest.importorskip("kuksa.val.v2", reason="the extra kuksa is not installed")
from kuksa.val.v2 import types_pb2 as types  # noqa: E402  # after the skip
from kuksa.val.v2 import val_pb2 as val  # noqa: E402
from kuksa.val.v2 import val_pb2_grpc as stubs  # noqa: E402

if TYPE_CHECKING:
    from tests.integration.doors.conftest import Rig

TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
LIMIT = 20.0  # seconds that anything here may take on a loaded machine
Code = grpc.StatusCode


def run(work: Coroutine[Any, Any, None]) -> None:
    """A test's coroutine, with an end."""
    asyncio.run(asyncio.wait_for(work, 90))


@pytest.fixture(scope="module")
def address(car: "Rig") -> Iterator[str]:
    """A Kuksa door on a Unix socket."""
    socket = f"unix:{car.run_dir / 'kuksa.sock'}"
    car.start_doors("--kuksa", socket)
    yield socket
    assert car.stop("doors") == 0


@asynccontextmanager
async def door(address: str) -> AsyncIterator[Any]:
    """Kuksa's own stub."""
    async with grpc.aio.insecure_channel(address) as channel:
        yield stubs.VALStub(channel)


def by_path(path: str) -> Any:  # noqa: ANN401  # protobuf
    return types.SignalID(path=path)


async def ids_of(stub: Any, root: str) -> dict[str, int]:  # noqa: ANN401  # grpc
    listed = await stub.ListMetadata(val.ListMetadataRequest(root=root))
    return {entry.path: entry.id for entry in listed.metadata}


async def value_of(stub: Any, path: str) -> Any:  # noqa: ANN401  # grpc
    answer = await stub.GetValue(val.GetValueRequest(signal_id=by_path(path)))
    return answer.data_point.value


async def status_of(call: Any) -> Any:  # noqa: ANN401  # grpc
    """The status of a call that must fail."""
    code = await asyncio.wait_for(call.code(), LIMIT)
    assert await call.details()
    return code


def publish(points: dict[int, Any], request_id: int = 1) -> Any:  # noqa: ANN401  # protobuf
    return val.OpenProviderStreamRequest(
        publish_values_request=val.PublishValuesRequest(request_id=request_id, data_points=points)
    )


def claim(*numbers: int) -> Any:  # noqa: ANN401  # protobuf
    return val.OpenProviderStreamRequest(
        provide_signal_request=val.ProvideSignalRequest(
            signals_sample_intervals={number: types.SampleInterval() for number in numbers}
        )
    )


def test_metadata_and_ids(address: str) -> None:
    async def work() -> None:
        async with door(address) as stub:
            everything = await ids_of(stub, "")
            assert len(set(everything.values())) == len(everything) > 100
            assert all(0 < number < 1 << 31 for number in everything.values())
            assert set(await ids_of(stub, "Vehicle.Test.**")) == {
                p for p in everything if p.startswith("Vehicle.Test.")
            }
            assert list(await ids_of(stub, "Vehicle.Test.*.IsOpen")) == ["Vehicle.Test.Row2.IsOpen"]
            (number,) = (await stub.ListMetadata(val.ListMetadataRequest(root="Vehicle.Test.Number"))).metadata
            assert (number.data_type, number.entry_type) == (types.DATA_TYPE_UINT8, types.ENTRY_TYPE_ACTUATOR)
            assert (number.min.uint32, number.max.uint32) == (0, 200)
            (mode,) = (await stub.ListMetadata(val.ListMetadataRequest(root="Vehicle.Test.Mode"))).metadata
            assert list(mode.allowed_values.string_array.values) == ["calm", "brisk"]
            (names,) = (await stub.ListMetadata(val.ListMetadataRequest(root="Vehicle.Test.Names"))).metadata
            assert names.data_type == types.DATA_TYPE_STRING_ARRAY
            same = await stub.GetValue(val.GetValueRequest(signal_id=types.SignalID(id=everything[TEMPERATURE])))
            assert same.data_point.value.float > 0
            assert (await stub.GetServerInfo(val.GetServerInfoRequest())).name == "ivi"

    run(work())


def test_status_codes(address: str) -> None:
    async def work() -> None:
        async with door(address) as stub:
            nothing, long = by_path("Vehicle.Nothing"), by_path("Vehicle." + "x" * 1000)
            get, actuate = stub.GetValue, stub.Actuate
            assert await status_of(get(val.GetValueRequest(signal_id=nothing))) == Code.NOT_FOUND
            assert await status_of(get(val.GetValueRequest(signal_id=types.SignalID(id=1)))) == Code.NOT_FOUND
            assert await status_of(get(val.GetValueRequest(signal_id=long))) == Code.INVALID_ARGUMENT
            assert await status_of(get(val.GetValueRequest())) == Code.INVALID_ARGUMENT
            assert await status_of(stub.GetValues(val.GetValuesRequest())) == Code.INVALID_ARGUMENT
            for root, code in (("Vehicle.Nothing", Code.NOT_FOUND), ("Vehicle..Speed", Code.INVALID_ARGUMENT)):
                assert await status_of(stub.ListMetadata(val.ListMetadataRequest(root=root))) == code
            for request, code in (
                (val.SubscribeRequest(), Code.INVALID_ARGUMENT),
                (val.SubscribeRequest(signal_paths=["Vehicle.Speed"], buffer_size=1001), Code.INVALID_ARGUMENT),
                (val.SubscribeRequest(signal_paths=["Vehicle.Speed", "Vehicle.No"]), Code.NOT_FOUND),
            ):
                assert await status_of(stub.Subscribe(request)) == code
            for path, value, code in (
                ("Vehicle.Speed", types.Value(float=1), Code.INVALID_ARGUMENT),  # a sensor
                (TEMPERATURE, types.Value(string="warm"), Code.INVALID_ARGUMENT),
                (TEMPERATURE, types.Value(double=20), Code.INVALID_ARGUMENT),  # it is a float
                (TEMPERATURE, types.Value(), Code.INVALID_ARGUMENT),
                ("Vehicle.Test.Number", types.Value(uint32=201), Code.INVALID_ARGUMENT),
                ("Vehicle.Test.Mode", types.Value(string="wild"), Code.INVALID_ARGUMENT),
                ("Vehicle.Test.Mode", types.Value(string="calm"), Code.UNAVAILABLE),  # nobody provides it
            ):
                assert await status_of(actuate(val.ActuateRequest(signal_id=by_path(path), value=value))) == code, path
            point = types.Datapoint(value=types.Value(float=1))
            taken = val.PublishValueRequest(signal_id=by_path("Vehicle.Speed"), data_point=point)
            assert await status_of(stub.PublishValue(taken)) == Code.PERMISSION_DENIED

    run(work())


def test_actuations_in_batches_and_streams(address: str) -> None:
    async def work() -> None:
        async with door(address) as stub:
            passenger = TEMPERATURE.replace("Driver", "Passenger")

            def wish(path: str, value: float) -> Any:  # noqa: ANN401  # protobuf
                return val.ActuateRequest(signal_id=by_path(path), value=types.Value(float=value))

            both = [wish(TEMPERATURE, 18.0), wish(passenger, 19.0)]
            await stub.BatchActuate(val.BatchActuateRequest(actuate_requests=both))
            assert (await value_of(stub, TEMPERATURE)).float == 18.0
            assert (await value_of(stub, passenger)).float == 19.0
            half = [wish(TEMPERATURE, 20.0), wish(passenger, 90.0)]
            refused = stub.BatchActuate(val.BatchActuateRequest(actuate_requests=half))
            assert await status_of(refused) == Code.INVALID_ARGUMENT
            assert (await value_of(stub, TEMPERATURE)).float == 18.0  # nothing of it was done
            await stub.ActuateStream(iter([wish(TEMPERATURE, 21.0), wish(TEMPERATURE, 22.0)]))
            assert (await value_of(stub, TEMPERATURE)).float == 22.0

    run(work())


def test_a_provider_stream_publishes_and_obeys(address: str) -> None:
    async def work() -> None:
        async with door(address) as stub:
            ids = await ids_of(stub, "Vehicle.Test")
            level, number, speed = ids["Vehicle.Test.Level"], ids["Vehicle.Test.Number"], 0
            speed = (await ids_of(stub, "Vehicle.Speed"))["Vehicle.Speed"]
            stream = stub.OpenProviderStream()
            await stream.write(claim(level))
            assert (await stream.read()).HasField("provide_signal_response")
            actuators = [types.SignalID(id=number)]
            await stream.write(
                val.OpenProviderStreamRequest(
                    provide_actuation_request=val.ProvideActuationRequest(actuator_identifiers=actuators)
                )
            )
            assert (await stream.read()).HasField("provide_actuation_response")
            good = types.Datapoint(value=types.Value(float=7.5))
            bad = {
                number: types.Datapoint(value=types.Value(uint32=250)),
                speed: types.Datapoint(value=types.Value(float=1)),
                12345: good,
            }
            await stream.write(publish({level: good, **bad}, request_id=9))
            answer = (await stream.read()).publish_values_response
            assert answer.request_id == 9
            assert {key: error.code for key, error in answer.status.items()} == {
                number: types.ERROR_CODE_INVALID_ARGUMENT,
                speed: types.ERROR_CODE_PERMISSION_DENIED,
                12345: types.ERROR_CODE_NOT_FOUND,
            }
            assert (await value_of(stub, "Vehicle.Test.Level")).float == 7.5  # the good one counts
            wish = val.ActuateRequest(signal_id=types.SignalID(id=number), value=types.Value(uint32=33))
            task = asyncio.ensure_future(stub.Actuate(wish))
            asked = (await stream.read()).batch_actuate_stream_request.actuate_requests[0]
            assert (asked.signal_id.id, asked.value.uint32) == (number, 33)
            await stream.write(publish({number: types.Datapoint(value=types.Value(uint32=33))}))
            await task
            assert (await value_of(stub, "Vehicle.Test.Number")).uint32 == 33
            stream.cancel()
            deadline = time.monotonic() + LIMIT  # what it provided is not available any more
            while (await value_of(stub, "Vehicle.Test.Level")).WhichOneof("typed_value") is not None:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.02)

    run(work())


def test_a_claim_that_cannot_be_had_ends_the_stream(address: str) -> None:
    async def work() -> None:
        async with door(address) as stub:
            speed = (await ids_of(stub, "Vehicle.Speed"))["Vehicle.Speed"]
            for request, code in ((claim(speed), Code.ALREADY_EXISTS), (claim(12345), Code.NOT_FOUND)):
                stream = stub.OpenProviderStream()
                await stream.write(request)
                assert await status_of(stream) == code

    run(work())


def test_a_slow_subscriber_loses_the_oldest_and_never_the_last(address: str) -> None:
    async def work() -> None:
        async with door(address) as stub:
            ids = await ids_of(stub, "Vehicle.Test")
            level, names = ids["Vehicle.Test.Level"], ids["Vehicle.Test.Names"]
            stream = stub.OpenProviderStream()
            await stream.write(claim(level, names))
            await stream.read()
            request = val.SubscribeByIdRequest(signal_ids=[level, names], buffer_size=10)
            updates = stub.SubscribeById(request)
            first = await updates.read()
            assert set(first.entries) == {level, names}  # all, with and without a value
            text = types.Value(string_array=types.StringArray(values=["x" * 200_000]))
            await stream.write(publish({names: types.Datapoint(value=text)}))
            count = 1500
            for index in range(count):  # large messages in between fill the pipe, so that the door's buffer has to drop
                points = {level: types.Datapoint(value=types.Value(float=index))}
                if index % 10 == 0 and index < 300:
                    big = types.StringArray(values=[str(index) * 100_000])
                    points[names] = types.Datapoint(value=types.Value(string_array=big))
                await stream.write(publish(points))
            await stream.write(publish({12345: types.Datapoint()}, request_id=77))
            assert (await stream.read()).publish_values_response.request_id == 77  # all are in the databroker
            got: list[float] = []
            last_names = ""
            async with asyncio.timeout(LIMIT):
                while not got or got[-1] != count - 1:
                    entries = (await updates.read()).entries
                    if level in entries:
                        got.append(entries[level].value.float)
                    if names in entries:
                        last_names = entries[names].value.string_array.values[0]
            assert got == sorted(got)
            assert len(got) < count  # it lost some
            assert last_names == "290" * 100_000  # an older message's last word was kept
            stream.cancel()

    run(work())


def test_a_filter_limits_rate_and_time(address: str) -> None:
    async def work() -> None:
        async with door(address) as stub:
            rule = types.Filter(duration_ms=1500, min_sample_interval=types.SampleInterval(interval_ms=500))
            request = val.SubscribeRequest(signal_paths=["Vehicle.Speed"], filter=rule)
            count = len([update async for update in stub.Subscribe(request)])
            assert 1 <= count <= 6  # a snapshot, and then two a second; the car says 20

    run(work())


def test_the_door_outlives_the_databroker(car: "Rig", address: str) -> None:
    async def work() -> None:
        async with door(address) as stub:
            before = await ids_of(stub, "Vehicle.Test")
            updates = stub.Subscribe(val.SubscribeRequest(signal_paths=["Vehicle.Test.Level"]))
            await updates.read()
            await asyncio.to_thread(car.stop, "databroker")
            assert await status_of(updates) == Code.UNAVAILABLE
            get = stub.GetValue(val.GetValueRequest(signal_id=by_path("Vehicle.Speed")))
            assert await status_of(get) == Code.UNAVAILABLE
            await asyncio.to_thread(car.start_databroker)
            await asyncio.to_thread(car.wait_for_speed)
            assert (await value_of(stub, "Vehicle.Speed")).float >= 0
            assert await ids_of(stub, "Vehicle.Test") == before

    run(work())
