# SPDX-License-Identifier: Apache-2.0
"""`ivi voice report|transcribe|models`."""

import argparse

from ivi.voice.model_store.command import add_models
from ivi.voice.report.command import add_report, add_transcribe


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi voice`."""
    parser = argparse.ArgumentParser(
        prog="ivi voice", description="How well the assistant hears, in figures, and the models that it hears with."
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_report(actions)
    add_transcribe(actions)
    add_models(actions)
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi voice`."""
    arguments = build_parser().parse_args(argv)
    status: int = arguments.run(arguments)
    return status
