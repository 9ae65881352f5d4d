# SPDX-License-Identifier: Apache-2.0
"""docs/asyncapi.yaml against what the running processes send over a real broker."""

import asyncio
import contextlib
import queue
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import paho.mqtt.client as mqtt
import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types
from paho.mqtt.enums import CallbackAPIVersion

from ivi.cloud import cbor
from ivi.cloud.telemetry import decode_batch
from ivi.cloud.wire import Kind, decode_ack, decode_frames, decode_state
from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import DatabrokerAnswer, OpenProviderStream, PublishValues
from ivi.model.errors import IviError

if TYPE_CHECKING:
    from tests.integration.cloud.rig import Rig

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = ROOT / "docs" / "asyncapi.yaml"
WAIT = 40.0  # seconds that anything may take on a busy machine
SPEED = "Vehicle.Speed"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The description."""
    loaded = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def plain(value: object) -> object:
    """A decoded value as the description writes it: bytes in hexadecimal digits, keys as text."""
    match value:
        case bytes():
            return value.hex()
        case Mapping():
            return {str(plain(key)): plain(part) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
    return value


def body_of(body: bytes) -> object:
    """A row's body."""
    if body[0] == 1:
        return {"encoding": 1} | msgspec.structs.asdict(decode_batch(body))
    if body[0] == 2:
        return {"encoding": 2, "data": body[1:].hex()}
    record = cbor.decode(body[1:], "the record")
    assert isinstance(record, dict)
    return {"encoding": body[0]} | record


def frame_of(payload: bytes) -> object:
    """A frame of a rows topic."""
    frames = decode_frames(payload)
    frame = frames[0]
    if len(frames) > 1:
        bodies = [body_of(frame.body) for frame in frames]
        return {"kind": "rows", "stream": frame.stream.hex(), "seq": frame.seq, "bodies": bodies}
    form: dict[str, object] = {"kind": frame.kind.name.lower(), "stream": frame.stream.hex(), "seq": frame.seq}
    if frame.kind is Kind.RECORD:
        form["body"] = body_of(frame.body)
    elif frame.kind is Kind.GAP:
        form["first"], form["dropped"] = frame.gap()
    return form


def signed_of(payload: bytes) -> object:
    """A COSE_Sign1 message."""
    parts = cbor.decode(payload, "the message", tag=18)
    assert isinstance(parts, list | tuple)
    head, content = cbor.decode(parts[0], "the header"), cbor.decode(parts[2], "the content")
    assert isinstance(head, dict)
    return {"kid": head[4].hex(), "signature": parts[3].hex(), "payload": content}


DECODE: dict[str, Callable[[bytes], object]] = {
    "rows": frame_of,
    "state": lambda payload: msgspec.structs.asdict(decode_state(payload)),
    "acknowledgement": lambda payload: msgspec.structs.asdict(decode_ack(payload)),
    "job": lambda payload: cbor.decode(payload, "the job"),
}


def channel_of(document: dict[str, Any], topic: str) -> str:
    """Name of the channel that a topic belongs to; exactly one."""
    found = []
    for name, channel in document["channels"].items():
        pattern = re.sub(r"\\{(\w+)\\}", r"[A-Za-z0-9_.-]{1,64}", re.escape(channel["address"]))
        if re.fullmatch(pattern, topic):
            found.append(name)
    assert len(found) == 1, f"{topic} is described {len(found)} times"
    return str(found[0])


def resolve(document: dict[str, Any], reference: str) -> Any:  # noqa: ANN401  # whatever stands there
    """What a reference points at. Raises KeyError when nothing is there."""
    node: Any = document
    for level in reference.removeprefix("#/").split("/"):
        node = node[level]
    return node


def check(document: dict[str, Any], topic: str, payload: bytes) -> str:
    """Hold one message against the description; returns its channel."""
    name = channel_of(document, topic)
    (message,) = document["channels"][name]["messages"].values()
    schema = resolve(document, message["$ref"])["payload"]
    validator = Draft202012Validator({"components": document["components"], **schema})
    validator.validate(plain(DECODE.get(name, signed_of)(payload)))
    return name


def references(node: object) -> Iterator[str]:
    """All references in a document."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for part in node:
            yield from references(part)


def test_the_description_holds_together(document: dict[str, Any]) -> None:
    """References point at something, schemas are schemas, examples are examples, every channel is used."""
    assert document["asyncapi"].startswith("3.")
    for reference in references(document):
        resolve(document, reference)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator({"components": document["components"], **schema})
        for example in schema.get("examples", ()):
            validator.validate(example)
    used = {operation["channel"]["$ref"].rpartition("/")[2] for operation in document["operations"].values()}
    assert used == set(document["channels"])


def tap(port: int) -> tuple[mqtt.Client, "queue.Queue[mqtt.MQTTMessage]"]:
    """A client that hears everything."""
    heard: queue.Queue[mqtt.MQTTMessage] = queue.Queue()
    client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
    client.on_message = lambda _client, _data, message: heard.put(message)
    client.connect("127.0.0.1", port)
    client.subscribe("#", qos=1)
    client.loop_start()
    return client, heard


async def drive(folder: Path, done: Callable[[], bool]) -> None:
    """Give the car a speed until enough was seen."""
    async with asyncio.timeout(WAIT), LinkClient(folder / "run" / "databroker.sock", DatabrokerAnswer) as databroker:
        opened = asyncio.ensure_future(anext(databroker.stream(OpenProviderStream([SPEED])), None))
        try:
            while not done():
                with contextlib.suppress(IviError):  # the stream is not open yet
                    await databroker.call(PublishValues({SPEED: 30.0}), 5.0)
                await asyncio.sleep(0.2)
        finally:
            opened.cancel()
            await asyncio.gather(opened, return_exceptions=True)


def start(rig: "Rig", name: str, *more: str) -> None:
    """A process of the runtime."""
    command = [sys.executable, "-m", f"ivi.manager.entry.{name}", *more]
    with (rig.folder / f"{name}.log").open("ab") as log:
        rig.running[name] = subprocess.Popen(command, env=rig.env, cwd=ROOT, stderr=log, stdout=log)


def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_what_the_processes_send_is_described(rig: "Rig", document: dict[str, Any]) -> None:
    """Databroker, cloud process and ingest; a damaged outbox makes a record; the car is killed for its will."""
    state = rig.folder / "state"
    state.mkdir(mode=0o700)
    (state / "outbox-telemetry.db").write_bytes(b"no database" * 1000)
    rig.start("broker")
    until(rig.broker_answers)
    client, heard = tap(rig.port)
    seen: list[str] = []

    def read() -> set[str]:
        while not heard.empty():
            message = heard.get_nowait()
            name = check(document, message.topic, bytes(message.payload))
            seen.append(f"{name} {message.topic.rpartition('/')[2]}")
        return set(seen)

    try:
        rig.start("ingest")
        start(rig, "databroker", "--dbc", str(ROOT / "can_dbc" / "ivi_ev" / "ivi_ev.dbc"))  # without overlay: no speed
        start(rig, "cloud", "--broker", f"127.0.0.1:{rig.port}", "--vehicle", "car", "--agree-demo")
        wanted = {"rows telemetry.care", "rows control", "acknowledgement telemetry.care", "state state"}
        until((rig.folder / "run" / "databroker.sock").exists)
        asyncio.run(drive(rig.folder, lambda: wanted <= read()))
        states = seen.count("state state")
        rig.kill("cloud")
        until(lambda: read() and seen.count("state state") > states)
    finally:
        client.disconnect()
        client.loop_stop()
