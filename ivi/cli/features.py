# SPDX-License-Identifier: Apache-2.0
"""`ivi features [leave|stay|use ID]`."""

import argparse
import asyncio
import sys
import time

import msgspec

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.entitlements import (
    Answer,
    FeatureKind,
    FeatureList,
    FeatureUsed,
    FeatureView,
    LeaveFeature,
    ListFeatures,
    UseFeature,
)

HEAD = ("feature", "state", "until", "left", "why")


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi features`."""
    parser = argparse.ArgumentParser(
        prog="ivi features",
        description="What this car is entitled to: bought, rented, tried or paid by use. Works without a connection.",
        epilog="Nothing that is needed for safety is ever among them.",
    )
    parser.add_argument("--json", action="store_true", help="for programs: everything, as one JSON object")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    leaving = actions.add_parser("leave", help="end a feature; it goes on to the end of what is paid")
    leaving.add_argument("id", help="as shown by `ivi features`")
    staying = actions.add_parser("stay", help="take that back while the feature lasts")
    staying.add_argument("id", help="as shown by `ivi features`")
    using = actions.add_parser("use", help="count a use, or begin a trial, by hand")
    using.add_argument("id", help="as shown by `ivi features`")
    using.add_argument("amount", type=int, nargs="?", default=1, help="units (default: 1)")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi features`."""
    return asyncio.run(_run(build_parser().parse_args(argv)))


async def _run(arguments: argparse.Namespace) -> int:
    async with LinkClient(socket_path("cloud"), Answer) as client:
        if arguments.action in {"leave", "stay"}:
            view: FeatureView = await client.call(LeaveFeature(arguments.id, arguments.action == "leave"))
            sys.stdout.write(f"{view.id}: {view.why}\n")
        elif arguments.action == "use":
            used: FeatureUsed = await client.call(UseFeature(arguments.id, arguments.amount))
            sys.stdout.write(f"{used.feature.id}: {used.feature.why}{_remains(used.feature)}\n")
        else:
            found: FeatureList = await client.call(ListFeatures())
            sys.stdout.write(_json(found) if arguments.json else _table(found))
    return 0


def _json(found: FeatureList) -> str:
    return msgspec.json.format(msgspec.json.encode(msgspec.to_builtins(_plain(found)))).decode() + "\n"


def _plain(found: FeatureList) -> dict[str, object]:
    features = [msgspec.structs.asdict(view) for view in found.features]
    return {"sequence": found.sequence, "expires_ms": found.expires_ms, "features": features}


def _table(found: FeatureList) -> str:
    if not found.sequence:
        return "this car has no features to show: the fleet has sent none yet\n"
    rows = [HEAD, *(_row(view) for view in found.features)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    if not found.features:
        lines = ["this car has no features that end or are counted"]
    return "\n".join(lines) + f"\nsnapshot {found.sequence}, the next one is due by {_day(found.expires_ms)}\n"


def _row(view: FeatureView) -> tuple[str, ...]:
    left = f"{view.left} of {view.quota} {view.unit}" if view.kind is FeatureKind.METERED else "-"
    return view.id, view.state.value, _day(view.until_ms) if view.until_ms else "-", left, view.why


def _remains(view: FeatureView) -> str:
    return f"; {view.left} of {view.quota} {view.unit} are left" if view.kind is FeatureKind.METERED else ""


def _day(at_ms: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(at_ms / 1000))
