# SPDX-License-Identifier: Apache-2.0
"""Records of the ledger as sentences for people."""

from ivi.apphost import words
from ivi.model.apphost import AuditRecord

KB = 1000  # bytes


def record(record: AuditRecord) -> str:
    """What happened, without time and app."""
    times = "" if record.count == 1 else f", {record.count} times"
    if record.decision == "denied" and record.action in _DENIED:
        return f"{_DENIED[record.action].format(words.signal(record.target), record.target)}{times}: {record.reason}"
    match record.action:
        case "vehicle.read":
            return f"read {words.signal(record.target)} ({record.target}){times}"
        case "vehicle.actuate":
            return f"changed {words.thing(record.target)} ({record.target}){times}: {record.reason}"
        case "net.send":
            return f"sent {size(record.bytes)} to {record.target}"
        case "consent" | "grant" | "revoke" | "refuse":
            return record.reason
        case "summary":
            return f"{record.count} {record.reason}"
        case "ledger":
            return f"the ledger itself: {record.reason}"
        case action:
            verdict = "was refused" if record.decision == "denied" else "was allowed"
            what = f" {record.target}" if record.target not in {"", action} else ""
            reason = f": {record.reason}" if record.reason else ""
            return f"{verdict} {action}{what}{times}{reason}"


_DENIED = {
    "vehicle.read": "was not allowed to read {0} ({1})",
    "vehicle.actuate": "was not allowed to change {0} ({1})",
}


def size(count: int) -> str:
    """Bytes with a unit that people read."""
    if count < KB:
        return f"{count} bytes"
    return f"{count / KB:.1f} kB" if count < KB * KB else f"{count / KB / KB:.1f} MB"
