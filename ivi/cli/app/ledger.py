# SPDX-License-Identifier: Apache-2.0
"""`ivi app ledger`."""

import argparse
import datetime
import json
import re
import time

from ivi.cli.app.asking import ask, plain
from ivi.model.apphost import Audit, AuditRecord, ListAudit
from ivi.model.errors import InvalidArgumentError

BROKEN = 1  # exit status when the ledger is not intact
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}  # seconds
_BACK = re.compile(r"([0-9]{1,6})([smhd])", re.ASCII)


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app ledger`."""
    parser = argparse.ArgumentParser(
        prog="ivi app ledger",
        description="What an app read, changed and sent, when and to whom, and what was refused. "
        "Checks the whole ledger: every record, and that its end is not missing.",
        epilog="Exit status 1: the ledger was changed or cut.",
    )
    parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
    parser.add_argument("--since", metavar="TIME", default="", help="2h, 3d, or 2026-11-22 or 2026-11-22T14:30")
    parser.add_argument(
        "--limit", type=int, default=200, metavar="N", help="newest records to show (200, at most 1000)"
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app ledger`; 1 when the ledger is not intact."""
    arguments = build_parser().parse_args(argv)
    answer: Audit = ask(ListAudit(arguments.id, max(1, arguments.limit), since_ns(arguments.since, time.time())))
    if arguments.json:
        print(json.dumps(_as_json(answer), indent=2))
    else:
        print("\n".join(_lines(arguments.id, answer)))
    return 0 if answer.verified else BROKEN


def since_ns(text: str, now: float) -> int:
    """`2h`, a date or a date with time, as nanoseconds since 1970; 0 for nothing. Raises InvalidArgumentError."""
    if not text:
        return 0
    if back := _BACK.fullmatch(text):
        return int((now - int(back[1]) * UNITS[back[2]]) * 1e9)
    try:
        return int(datetime.datetime.fromisoformat(text).astimezone().timestamp() * 1e9)
    except ValueError as error:
        raise InvalidArgumentError(
            f"--since {text[:40]} is no time", hint="write 2h, 3d, 2026-11-22 or 2026-11-22T14:30"
        ) from error


def _lines(app_id: str, answer: Audit) -> list[str]:
    lines = []
    if answer.sums:
        lines.append("Earlier, summed up:")
        lines += [f"  {_span(one)}  {plain(one.words)}" for one in answer.sums]
    if answer.more:
        lines.append(f"({answer.more} older records; see --limit)")
    if answer.records:
        lines.append("One by one:" if answer.sums else f"{app_id}:")
        lines += [f"  {_span(one)}  {plain(one.words)}" for one in answer.records]
    if not lines:
        lines.append(f"{app_id} has done nothing that is on record.")
    verdict = "The ledger is intact." if answer.verified else f"THE LEDGER IS NOT INTACT: {answer.problem}."
    return [*lines, "", verdict]


def _span(record: AuditRecord) -> str:
    """From when to when, in local time."""
    end = datetime.datetime.fromtimestamp(record.time_ns / 1e9).astimezone()
    begin = datetime.datetime.fromtimestamp((record.since_ns or record.time_ns) / 1e9).astimezone()
    if begin.replace(microsecond=0) == end.replace(microsecond=0):
        return f"{end:%Y-%m-%d %H:%M:%S}         "
    return f"{begin:%Y-%m-%d %H:%M:%S}-{end:%H:%M:%S}"


def _as_json(answer: Audit) -> dict[str, object]:
    def plainly(records: list[AuditRecord]) -> list[dict[str, object]]:
        return [{name: getattr(one, name) for name in one.__struct_fields__} for one in records]

    return {
        "verified": answer.verified,
        "problem": answer.problem,
        "more": answer.more,
        "sums": plainly(answer.sums),
        "records": plainly(answer.records),
    }
