# SPDX-License-Identifier: Apache-2.0
"""`ivi replay`."""

import argparse
from pathlib import Path

from ivi.cli.run import add_screen_arguments, check_file, check_screen_arguments
from ivi.manager import runner
from ivi.manager.options import RunOptions
from ivi.providers.replay import options as replay_options
from ivi.providers.replay.log import check_log

DESCRIPTION = """Play a recorded drive (asc, blf, csv, log, mf4, trc) through the same path as a live bus.
Faulty lines of the DBC are reported with their numbers and skipped. Without an overlay every signal of the DBC appears
under Vehicle.Raw.<Message>.<Signal>. The run ends with the recording, or after --for SECONDS;
with --loop it goes on until Ctrl-C."""


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi replay`."""
    parser = argparse.ArgumentParser(
        prog="ivi replay", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("log", type=Path, metavar="LOG", help="the recording")
    parser.add_argument("--dbc", type=Path, required=True, metavar="FILE", help="frames of the recorded car")
    parser.add_argument("--overlay", type=Path, metavar="FILE", help="VSS overlay with dbc2vss words")
    replay_options.add_arguments(parser)
    add_screen_arguments(parser)
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi replay`."""
    arguments = build_parser().parse_args(argv)
    check_screen_arguments(arguments)
    check_file(arguments.log, "LOG")
    check_file(arguments.dbc, "--dbc")
    check_file(arguments.overlay, "--overlay")
    options = replay_options.from_arguments(arguments)
    check_log(arguments.log)
    return runner.run(
        RunOptions(
            headless=arguments.headless,
            seconds=arguments.seconds,
            summary=arguments.summary,
            screenshot=arguments.screenshot,
            dbc=arguments.dbc,
            overlay=arguments.overlay,
            replay=arguments.log,
            speed=options.speed,
            replay_arguments=tuple(options.arguments()),
            size=arguments.size,
            camera=arguments.camera,
            rear_view=arguments.rear_view.absolute() if arguments.rear_view else None,
        )
    )
