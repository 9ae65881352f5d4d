# SPDX-License-Identifier: Apache-2.0
"""`ivi campaigns`."""

import argparse
import asyncio
import sys
import time

import msgspec

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.campaigns import CampaignList, CampaignsAnswer, CampaignView, ListCampaigns


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi campaigns`."""
    parser = argparse.ArgumentParser(
        prog="ivi campaigns", description="What data the fleet asks this car for, and what becomes of it."
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="the campaigns of the newest set, also those that are refused, and why")
    listing.add_argument("--json", action="store_true", help="for programs: everything, as one JSON object")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi campaigns`."""
    arguments = build_parser().parse_args(argv)
    found = asyncio.run(_ask())
    if arguments.json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(_as_json(found))).decode() + "\n")
        return 0
    if not found.version:
        sys.stdout.write("The fleet asks for nothing.\n")
        return 0
    expires = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(found.expires_ms / 1000))
    sys.stdout.write(f"version {found.version}, signed by {found.issuer}, valid until {expires}\n")
    for view in found.campaigns:
        _print(view)
    return 0


async def _ask() -> CampaignList:
    async with LinkClient(socket_path("cloud"), CampaignsAnswer) as client:
        answer: CampaignList = await client.call(ListCampaigns())
    return answer


def _print(view: CampaignView) -> None:
    why = f": {view.why}" if view.why else ""
    sys.stdout.write(f"\n{view.id}  {view.state}{why}\n")
    if not view.purpose:
        return
    kept = f"kept {view.retention_days} days" if view.retention_days else "kept as long as the law demands"
    sys.stdout.write(f"  {view.signals} signals ({view.category}) for {view.purpose}, to {view.recipient}, {kept}\n")
    budget = f" of {view.budget}" if view.budget else ""
    lost = f", {view.dropped} lost" if view.dropped else ""
    fired = f", triggered {view.triggered} times" if view.triggered else ""
    sys.stdout.write(f"  {view.used_today}{budget} bytes today, {view.samples} samples{lost}{fired}\n")


def _as_json(found: CampaignList) -> dict[str, object]:
    return msgspec.structs.asdict(found) | {
        "campaigns": {view.id: msgspec.structs.asdict(view) for view in found.campaigns}
    }
