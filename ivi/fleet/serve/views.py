# SPDX-License-Identifier: Apache-2.0
"""What the interface answers: plain JSON of what the database knows. Bytes become hexadecimal digits."""

import json
import math
import time
from collections.abc import Mapping
from typing import Any

from ivi.cloud.commands.table import COMMANDS, ISSUERS, LOCATE, Argument
from ivi.cloud.twin.settings import SETTINGS
from ivi.fleet.serve.issued import Issued, IssuedCommand, IssuedDocument
from ivi.fleet.store.reading import Event, Reader, VehicleEntry
from ivi.fleet.store.telemetry import Sample

MAX_DEPTH = 16
MAX_SAFE = (1 << 53) - 1  # the largest integer that a browser's numbers hold
EVENTS = 300  # newest reports of commands that are looked at
UPDATES = 10  # newest reports of updates in which the software's identifier is looked for
LOCATED = "located"
"""Of `locate`, when the position has come, too."""
NO_ANSWER = "no_answer"
"""Of a command that expired without a word of the car."""

type Json = dict[str, Any]


def plain(value: object, depth: int = 0) -> Any:  # noqa: ANN401  # JSON
    """What a car sent, as JSON can carry it."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if abs(value) <= MAX_SAFE else str(value)
        case float():
            return value if math.isfinite(value) else None
        case bytes():
            return value.hex()
        case Mapping() if depth < MAX_DEPTH:
            return {
                (key.hex() if isinstance(key, bytes) else str(key)): plain(part, depth + 1)
                for key, part in value.items()
            }
        case list() | tuple() if depth < MAX_DEPTH:
            return [plain(part, depth + 1) for part in value]
    return str(value)[:200]


def dumps(value: object) -> str:
    """JSON on one line, which a browser can also read inside of an event stream."""
    return json.dumps(plain(value), separators=(",", ":"), allow_nan=False)


def vehicle(entry: VehicleEntry) -> Json:
    """One vehicle of the list."""
    return {
        "vehicle": entry.vehicle,
        "state": entry.state,
        "starts": entry.epoch,
        "seen_ms": entry.seen_ns // 10**6,
        "records": entry.records,
    }


def software(reader: Reader, after: str, limit: int) -> list[Json]:
    """What software cars say that they run, and their newest word of an update; without those that said nothing."""
    found = []
    for entry in reader.vehicles(after, limit):
        told = reader.events(entry.vehicle, "update", UPDATES)
        if told:
            runs = next((one.data["software"] for one in told if one.data.get("software")), "")
            newest = told[0].data
            found.append(
                {
                    "vehicle": entry.vehicle,
                    "software": runs,
                    "subject": newest.get("subject", ""),
                    "state": newest.get("state", ""),
                    "at_ms": told[0].at_ms,
                }
            )
    return found


def argument(one: Argument) -> Json:
    """One argument of a command or a setting."""
    return {
        "name": one.name,
        "kind": one.kind.value,
        "text": one.text,
        "required": one.required,
        "minimum": one.minimum,
        "maximum": one.maximum,
    }


def command_table() -> list[Json]:
    """The commands there are."""
    return [
        {
            "name": name,
            "text": rule.text,
            "roles": [role.value for role in ISSUERS if role in rule.roles],
            "consent": [role.value for role in ISSUERS if role in rule.consent],
            "parked": rule.motion.value == "parked",
            "arguments": [argument(one) for one in rule.arguments],
        }
        for name, rule in COMMANDS.items()
    ]


def commands(reader: Reader, issued: Issued, vehicle_id: str) -> list[Json]:
    """Commands for a car with all their states, the newest first."""
    told: dict[bytes, list[Json]] = {}
    for event in reader.events(vehicle_id, "command", EVENTS):
        if isinstance(id_ := event.data.get("id"), bytes):
            told.setdefault(id_, []).insert(0, _state(event))
    now, found = time.time(), issued.commands(vehicle_id)
    for one in found:
        if one.name == LOCATE and (position := _position(reader, one.id)) is not None:
            told.setdefault(one.id, []).append(position)
    return [_command(one, told.get(one.id, []), now) for one in found]


def command(reader: Reader, issued: Issued, vehicle_id: str, id_: bytes) -> Json | None:
    """One command with all its states."""
    one = issued.find(vehicle_id, id_)
    if one is None:
        return None
    states = [
        {"state": told.state, "reason": told.reason, "result": told.result, "at_ms": told.at_ms}
        for told in reader.command_states(vehicle_id, id_)
    ]
    if one.name == LOCATE and (position := _position(reader, id_)) is not None:
        states.append(position)
    return _command(one, states, time.time())


def _position(reader: Reader, command: bytes) -> Json | None:
    """The answer to one `locate`: a position comes by itself, for its own purpose and without the car's name."""
    for one in reader.answers(command, "position"):
        where = {name: one.data.get(name) for name in ("latitude", "longitude", "accuracy_m")}
        return {"state": LOCATED, "reason": "", "result": where, "at_ms": one.at_ms}
    return None


def _state(event: Event) -> Json:
    return {
        "state": str(event.data.get("state", "")),
        "reason": str(event.data.get("reason") or ""),
        "result": event.data.get("result"),
        "at_ms": event.at_ms,
    }


def _command(one: IssuedCommand, states: list[Json], now: float) -> Json:
    last = states[-1] if states else None
    if one.refused:
        state, reason = "refused", one.refused
    elif last is not None:
        state, reason = last["state"], last["reason"]
    elif now >= one.expiry:
        state, reason = NO_ANSWER, "its time was over before the car said anything"
    else:
        state, reason = ("sent" if one.sends else "issued"), ""
    return {
        "id": one.id,
        "name": one.name,
        "args": one.args,
        "role": one.role,
        "operator": one.operator,
        "issued_ms": one.issued_ms,
        "expires_ms": one.expiry * 1000,
        "sends": one.sends,
        "sent_ms": one.sent_ms,
        "pending": one.pending,
        "state": state,
        "reason": reason,
        "result": last["result"] if last else None,
        "states": states,
    }


def document(one: IssuedDocument | None) -> Json | None:
    """A document that was issued."""
    if one is None:
        return None
    return {
        "vehicle": one.vehicle,
        "version": one.version,
        "content": one.content,
        "operator": one.operator,
        "issued_ms": one.issued_ms,
        "sent_ms": one.sent_ms,
    }


def twin(reader: Reader, issued: Issued, vehicle_id: str) -> Json:
    """Desired and reported settings of a car, side by side."""
    desired, reported = issued.newest(vehicle_id, "twin"), reader.twin(vehicle_id)
    about = reported.about if reported else {}
    standing, taken = about.get("settings"), about.get("desired")
    states = standing if isinstance(standing, dict) else {}
    wanted = leaves(desired.content) if desired else {}
    found = leaves(reported.document) if reported else {}
    return {
        "desired": document(desired),
        "reported": {"version": reported.version, "at_ms": reported.at_ms} if reported else None,
        "taken": taken if isinstance(taken, int) else 0,
        "settings": [
            {
                "name": name,
                "argument": argument(setting.argument),
                "parked": setting.motion.value == "parked",
                "desired": wanted.get(name),
                "reported": found.get(name),
                "at_ms": reported.times.get(name, 0) if reported else 0,
                "state": str(states.get(name, ""))[:200],
            }
            for name, setting in SETTINGS.items()
        ],
        "others": {name: value for name, value in found.items() if name not in SETTINGS},
    }


def leaves(document: object, prefix: str = "") -> Json:
    """A document's values by dotted name, whatever its keys are: a car wrote it."""
    if not isinstance(document, Mapping):
        return {}
    found: Json = {}
    for key, value in document.items():
        if isinstance(value, Mapping):
            found |= leaves(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found


def event(one: Event) -> Json:
    """Something that a car reported."""
    return {"kind": one.kind, "at_ms": one.at_ms, "received_ms": one.received_ns // 10**6, "data": one.data}


def sample(one: Sample) -> list[Any]:
    """Milliseconds and value."""
    return [one.t_ns // 10**6, one.value]


def signals(reader: Reader, vehicle_id: str) -> Json:
    """The newest value of each signal."""
    return {path: sample(one) for path, one in reader.signals(vehicle_id).items()}
