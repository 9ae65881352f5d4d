# SPDX-License-Identifier: Apache-2.0
"""The summary of a run: one JSON object that says what was received, shown, said and sent."""

import json
from collections.abc import Mapping
from pathlib import Path

from ivi.model.apphost import AppView
from ivi.model.errors import ConfigurationError
from ivi.model.manager import ProcessTable
from ivi.model.status import ProcessStatus

type Counters = Mapping[str, bool | int | float | str]


def build(
    statuses: Mapping[str, ProcessStatus], apps: list[AppView], processes: ProcessTable, peak_mb: float, seconds: float
) -> dict[str, object]:
    """The summary object. A number that nobody could be asked for is null, never 0."""
    data = _counters(statuses, "databroker")
    screen = _counters(statuses, "hmi")
    voice = _counters(statuses, "voice")
    return {
        "seconds": round(seconds, 1),
        "frames_received": data.get("frames_received"),
        "frames_dropped": data.get("frames_dropped"),
        "frames_unknown": data.get("frames_unknown"),
        "signals_current": data.get("signals_current"),
        "signal_updates": data.get("signal_updates"),
        "hmi": {"first_frame_ms": screen.get("first_frame_ms"), "frames": screen.get("frames")},
        "apps": {app.id: app.state.value for app in apps},
        "mqtt": _mqtt(_counters(statuses, "cloud")),
        "voice": {
            "sentence": voice.get("last_sentence"),
            "intent": voice.get("last_intent"),
            "ok": voice.get("last_ok"),
        },
        "processes": {
            view.name: {"state": view.state.value, "restarts": view.restarts, "rss_mb": round(view.peak_mb, 1)}
            for view in processes.processes
        },
        "peak_rss_mb": round(peak_mb, 1),
        "problems": [
            {"process": status.name, "what": problem.what, "where": problem.where, "hint": problem.hint}
            for status in statuses.values()
            for problem in status.problems
        ],
    }


def write(path: Path, summary: Mapping[str, object]) -> None:
    """Write the summary. Raises ConfigurationError when the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"cannot write the summary {path}: {error.strerror}", hint="choose another --summary"
        ) from error


def _counters(statuses: Mapping[str, ProcessStatus], name: str) -> Counters:
    status = statuses.get(name)
    return status.counters if status else {}


def _mqtt(cloud: Counters) -> dict[str, object]:
    accepted, acknowledged, waiting = (cloud.get(f"mqtt_{name}") for name in ("accepted", "acknowledged", "waiting"))
    known = isinstance(accepted, int) and isinstance(acknowledged, int) and isinstance(waiting, int)
    return {
        "accepted": accepted,
        "acknowledged": acknowledged,
        "waiting": waiting,
        "lost": accepted - acknowledged - waiting if known else None,  # type: ignore[operator]  # `known` says they are ints
        "state": cloud.get("mqtt_state"),
    }
