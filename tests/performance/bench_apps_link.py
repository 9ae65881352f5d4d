# SPDX-License-Identifier: Apache-2.0
"""Hostile apps against the link: is the host the same afterwards, and did an innocent app notice?

One attacker at a time beside an innocent app that calls its host every few milliseconds. Contained means: the host
lives, the innocent app was not restarted and its calls stayed quick, the host's memory and descriptors did not grow,
and nothing that was denied succeeded. `--together` runs all attackers at once for a few seconds instead.
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import link_attacks
from app_host import Host, make_app, running, until

from ivi.model.apphost import StartApp, StopApp

INNOCENT = """
import time
from ivi.model.app import Heartbeat
from ivi.sdk import App
class Main(App):
    worst = 0
    def on_start(self):
        self.every(0.005, self.call)
        self.every(0.25, self.tell)
    def call(self):
        began = time.perf_counter_ns()
        self._connection.call(Heartbeat())
        self.worst = max(self.worst, time.perf_counter_ns() - began)
    def tell(self):
        print("worst", self.worst)
        self.worst = 0
"""
NAME = "dev.bench.innocent"
SECONDS = 3.0  # of one attack
GROWTH_MB = 8.0  # of the host's memory that counts as none: its own queues and caches
WORST_MS = 10.0  # of an innocent call, or twice the undisturbed worst on a noisy machine


@dataclass
class Seen:
    """What one attack did."""

    worst_ms: float
    growth_mb: float
    descriptors: int
    contained: bool
    why: str = ""


def worst_ms(host: Host, after: int) -> float:
    """The innocent app's slowest call since a line of its log."""
    lines = [line.text.split() for line in host.lines(NAME) if line.number > after]
    return max((int(words[1]) for words in lines), default=0) / 1e6


def newest(host: Host) -> int:
    """Number of the innocent app's newest line."""
    return host.lines(NAME)[-1].number


def undisturbed(host: Host) -> float:
    """The worst call while nobody attacks, milliseconds."""
    until(lambda: len(host.lines(NAME)) > 4)
    after = newest(host)
    time.sleep(2 * SECONDS)
    return worst_ms(host, after)


def judge(host: Host, attacker: str, seen: Seen, allowed_ms: float, restarts: int) -> Seen:
    """Say whether it was contained, and if not, why not."""
    succeeded = [line.text for line in host.lines(attacker) if line.text.startswith("SUCCEEDED")]
    escapes = [
        line.text
        for line in host.lines(attacker)
        if any(ord(letter) < 32 or ord(letter) == 0x9B for letter in line.text)
    ]
    faults = [
        text
        for bad, text in (
            (not host.alive, "the host died"),
            (starts_of(host) != restarts, "the innocent app was restarted"),
            (seen.worst_ms > allowed_ms, f"an innocent call took {seen.worst_ms:.1f} ms"),
            (seen.growth_mb > GROWTH_MB, f"the host grew by {seen.growth_mb:.1f} MB"),
            (seen.descriptors > 8, f"the host has {seen.descriptors} more open files"),
            (bool(succeeded), f"it succeeded: {succeeded[:1]}"),
            (bool(escapes), f"control characters reached the log: {escapes[:1]}"),
        )
        if bad
    ]
    seen.contained, seen.why = not faults, "; ".join(faults)
    return seen


def starts_of(host: Host) -> int:
    """How often the innocent app was started."""
    return sum(line.text == "starting" for line in host.lines(NAME, "host"))


def attack(host: Host, attacker: str, allowed_ms: float) -> Seen:
    """Let one attacker run for a while."""
    after, memory, files, starts = newest(host), host.rss_mb(), host.descriptors(), starts_of(host)
    host.ask(StartApp(attacker))
    time.sleep(SECONDS)
    seen = Seen(worst_ms(host, after), host.rss_mb() - memory, host.descriptors() - files, contained=False)
    seen = judge(host, attacker, seen, allowed_ms, starts)
    host.ask(StopApp(attacker))
    return seen


def attack_together(host: Host, attackers: list[str], allowed_ms: float) -> Seen:
    """All attackers at once. Only what concerns the host and the innocent app is judged, and what they say they got."""
    after, memory, files, starts = newest(host), host.rss_mb(), host.descriptors(), starts_of(host)
    for attacker in attackers:
        host.ask(StartApp(attacker))
    time.sleep(2 * SECONDS)
    # Each running app has its link, its output and its process handle.
    grown = host.descriptors() - files - 4 * len(attackers)
    seen = Seen(worst_ms(host, after), host.rss_mb() - memory, grown, contained=False)
    verdicts = [judge(host, attacker, seen, allowed_ms, starts).why for attacker in attackers]
    seen.why = "; ".join(sorted({why for why in verdicts if why}))
    seen.contained = not seen.why
    return seen


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", action="append", help="an attack by name; all without")
    parser.add_argument("--together", action="store_true", help="all at once")
    parser.add_argument("--worst-ms", type=float, default=WORST_MS, help="what an innocent call may take")
    options = parser.parse_args()
    codes = {name: code for name, code in link_attacks.apps().items() if not options.only or name in options.only}
    with tempfile.TemporaryDirectory(prefix="ivi-") as name:
        folder = Path(name)
        attackers = {
            kind: make_app(folder / "apps", f"attack{number}", code, "memory_mb = 64\ncpu_percent = 100")
            for number, (kind, code) in enumerate(codes.items())
        }
        innocent = make_app(folder / "apps", "innocent", INNOCENT, "cpu_percent = 100")
        with running(folder, [*attackers.values(), innocent]) as host:
            until(lambda: host.lines(NAME))
            for app in attackers.values():
                host.ask(StopApp(f"dev.bench.{app.name}"))
            quiet = undisturbed(host)
            allowed = max(options.worst_ms, 2 * quiet)
            ids = {kind: f"dev.bench.{app.name}" for kind, app in attackers.items()}
            if options.together:
                seen = {"all at once": attack_together(host, list(ids.values()), allowed)}
            else:
                seen = {kind: attack(host, app_id, allowed) for kind, app_id in ids.items()}
    print(json.dumps(figures(seen, allowed, quiet)))


def figures(seen: dict[str, Seen], allowed: float, quiet: float) -> dict[str, dict[str, object]]:
    """The figures, and a line for each attack on stderr."""
    for kind, one in seen.items():
        state = "contained" if one.contained else f"NOT CONTAINED: {one.why}"
        print(
            f"{kind:28} {one.worst_ms:7.1f} ms {one.growth_mb:+6.1f} MB {one.descriptors:+3d} files  {state}",
            file=sys.stderr,
        )
    worst = max(one.worst_ms for one in seen.values())
    return {
        "apps_link_attacks_uncontained": {
            "value": sum(not one.contained for one in seen.values()),
            "unit": "attacks",
            "method": f"of {len(seen)} kinds, {SECONDS:g} s each; innocent calls may take {allowed:.0f} ms "
            f"(undisturbed worst {quiet:.1f} ms), the host grow by {GROWTH_MB:g} MB",
        },
        "apps_link_innocent_worst_ms": {
            "value": round(worst, 2),
            "unit": "ms",
            "method": f"slowest of 200 calls a second of an innocent app in all attacks; undisturbed {quiet:.1f} ms",
        },
        "apps_link_host_growth_mb": {
            "value": round(max(one.growth_mb for one in seen.values()), 2),
            "unit": "MB",
            "method": "largest growth of the host's RSS during one attack",
        },
    }


if __name__ == "__main__":
    main()
