# SPDX-License-Identifier: Apache-2.0
"""`ivi app info`."""

import argparse
import datetime
import json

import msgspec

from ivi.cli.app.asking import ask, plain
from ivi.model.rights import AppInfo, GetAppInfo, PermissionView, Standing

MARKS = {
    Standing.GRANTED: "yes", Standing.PARTLY: "partly", Standing.REFUSED: "no", Standing.REVOKED: "taken back",
    Standing.UNDECIDED: "not asked", Standing.ABSENT: "not here",
}  # fmt: skip
BY = {
    "driver": "by you",
    "installing": "with installing",
    "shipped": "came with the car",
    "developer": "by --grant-all",
}


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app info`."""
    parser = argparse.ArgumentParser(
        prog="ivi app info",
        description="What an app is, what it may do and why, how far it is to be trusted, and how it is isolated.",
    )
    parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app info`."""
    arguments = build_parser().parse_args(argv)
    info: AppInfo = ask(GetAppInfo(arguments.id))
    if arguments.json:
        names = AppInfo.__struct_fields__
        print(json.dumps({name: _builtin(getattr(info, name)) for name in names}, indent=2))
    else:
        print("\n".join(_lines(info)))
    return 0


def _builtin(value: object) -> object:
    """Structs on the link are arrays; programs get names."""
    if isinstance(value, list):
        return [_builtin(one) for one in value]
    if isinstance(value, msgspec.Struct):
        return {name: _builtin(getattr(value, name)) for name in value.__struct_fields__}
    return value


def _lines(info: AppInfo) -> list[str]:
    state = info.state.replace("_", " ")
    lines = [
        f"{plain(info.name)} {info.version}  ({info.id})",
        f"  publisher   {info.publisher}",
        f"  state       {state}{': ' + plain(info.reason) if info.reason else ''}",
        f"  trust       {info.rating} of 8 for all it asks for; {info.rating_now} of 8 for what is in force",
        f"  isolated by {', '.join(info.layers) or 'nothing: it does not run here'}",
        f"  may use     {', '.join(f'{name} {value}' for name, value in info.resources.items())}",
        f"  refused     {info.denied} calls since the app host started",
        "",
        "It may:",
    ]
    for permission in info.permissions:
        lines.extend(_permission(permission))
    return lines


def _permission(one: PermissionView) -> list[str]:
    need = "needed" if one.required else "optional"
    decided = f", {BY.get(one.by, one.by)}" if one.by else ""
    if one.decided_ns:
        decided += f" on {datetime.datetime.fromtimestamp(one.decided_ns / 1e9).astimezone():%Y-%m-%d %H:%M}"
    lines = [
        f"  [{MARKS[one.standing]}] {plain(one.title)}",
        f"      it says “{plain(one.reason)}”; {need}{decided}; {one.key}",
    ]
    if one.names:
        lines.append(f"      {', '.join(map(plain, one.names))}")
    if one.problem:
        lines.append(f"      this car cannot give it: {plain(one.problem)}")
    return lines
