# SPDX-License-Identifier: Apache-2.0
"""`ivi privacy`."""

import argparse
import asyncio
import sys
import time
from pathlib import Path

import msgspec

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.privacy import (
    Agree,
    Agreement,
    ExportData,
    Exported,
    Privacy,
    PrivacyAnswer,
    PrivacyRequest,
    PurposeView,
    Revoke,
    Revoked,
    ShowPrivacy,
    Verified,
    VerifyConsents,
)

NOT_WHOLE = 1  # exit status when the ledger is not as it was written
EXPORT_WAIT = 300.0  # seconds
EXAMPLES = """examples:
  ivi privacy show                              what leaves, and what could
  ivi privacy agree research --cell 1000 --time 60
  ivi privacy revoke research                   at once, also while driving
  ivi privacy export my-data --parquet
"""


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi privacy`."""
    parser = argparse.ArgumentParser(
        prog="ivi privacy",
        description="What leaves the car, why, and how to take it back.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    show = verbs.add_parser("show", help="all purposes, what is agreed to, what waits and what was sent")
    agree = verbs.add_parser("agree", help="agree to a purpose; while parked")
    agree.add_argument("purpose")
    agree.add_argument("--category", default="", help="kind of data (default: as the purpose offers it)")
    agree.add_argument("--recipient", default="", help="who gets it (default: as the purpose offers it)")
    agree.add_argument("--days", type=int, default=-1, metavar="DAYS", help="how long it may be kept at most")
    agree.add_argument("--cell", type=int, default=-1, metavar="METRES", help="tell places as cells of this size")
    agree.add_argument("--time", type=int, default=-1, metavar="SECONDS", help="tell moments as multiples of this")
    revoke = verbs.add_parser("revoke", help="take all of a purpose back; what waits is never sent")
    revoke.add_argument("purpose")
    export = verbs.add_parser("export", help="write all that was recorded and sent, and all consents, into a folder")
    export.add_argument("folder", type=Path)
    export.add_argument("--parquet", action="store_true", help="also as Parquet")
    verify = verbs.add_parser("verify", help="check every signature and hash of the record of consents")
    for verb in (show, agree, revoke, export, verify):
        verb.add_argument("--json", action="store_true", help="for programs: the answer as one JSON object")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi privacy`."""
    arguments = build_parser().parse_args(argv)
    answer = asyncio.run(_ask(_request(arguments)))
    files: list[str] = []
    if isinstance(answer, Exported) and arguments.parquet:
        from ivi.cloud.consent.parquet import write_parquet  # noqa: PLC0415  # only for those who ask for it

        files = write_parquet(Path(answer.folder))
    if arguments.json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(msgspec.structs.asdict(answer))).decode() + "\n")
    else:
        sys.stdout.write("\n".join(_lines(answer, files)) + "\n")
    return NOT_WHOLE if isinstance(answer, Verified) and answer.fault else 0


def _request(arguments: argparse.Namespace) -> PrivacyRequest:
    match arguments.verb:
        case "agree":
            return Agree(
                arguments.purpose,
                arguments.category,
                arguments.recipient,
                arguments.days,
                arguments.cell,
                arguments.time,
            )
        case "revoke":
            return Revoke(arguments.purpose)
        case "export":
            return ExportData(str(arguments.folder.absolute()))
        case "verify":
            return VerifyConsents()
    return ShowPrivacy()


async def _ask(request: PrivacyRequest) -> PrivacyAnswer:
    async with LinkClient(socket_path("cloud"), PrivacyAnswer.__value__) as client:
        answer: PrivacyAnswer = await client.call(request, EXPORT_WAIT if isinstance(request, ExportData) else 5.0)
    return answer


def _lines(answer: PrivacyAnswer, files: list[str]) -> list[str]:
    match answer:
        case Privacy():
            return [line for view in answer.purposes for line in _purpose(view)]
        case Revoked():
            told = "the fleet is asked to delete what it has."
            return [f"{answer.purpose} is taken back. {answer.given_up} rows that waited will not be sent; {told}"]
        case Exported():
            return [f"{answer.rows} rows in {answer.folder}:", *(f"  {name}" for name in [*answer.files, *files])]
        case Verified():
            if answer.fault:
                return [f"The record of consents is not as it was written: {answer.fault}"]
            return [f"{answer.entries} entries, each signed and in its place. Key: {answer.key}"]


def _purpose(view: PurposeView) -> list[str]:
    state = "agreed" if view.agreements else "not agreed"
    lines = [f"{view.name}  {'always' if not view.asked else state}: {view.words}"]
    lines += [f"  {_terms(one)}, {_when(one)}" for one in view.agreements]
    if view.asked and not view.agreements and view.offer is not None:
        lines.append(f"  offered: {_terms(view.offer)}")
    whose = "with the car's name" if view.by_name else "without the car's name"
    lines.append(f"  kept there {whose}; {view.waiting} rows wait, {view.sent} were sent (copies in the car)")
    return lines


def _terms(one: Agreement) -> str:
    kept = f"kept {one.retention_days} days" if one.retention_days else "kept as long as the law demands"
    rough = f", places as cells of {one.cell_m} m" if one.cell_m else ""
    rough += f", moments to {one.time_s} s" if one.time_s else ""
    return f"{one.category} data to {one.recipient}, {kept}{rough}"


def _when(one: Agreement) -> str:
    return f"agreed by {one.by} on {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime(one.at_ms / 1000))}"
