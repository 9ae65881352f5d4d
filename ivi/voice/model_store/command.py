# SPDX-License-Identifier: Apache-2.0
"""`ivi voice models list|fetch|check|use`."""

import argparse
import sys
from pathlib import Path

from ivi.voice.model_store import catalogue
from ivi.voice.model_store.choice import SHIPPED
from ivi.voice.model_store.store import Store

MEGABYTE = 1_000_000
STEP = 5  # percent between two lines of progress


def add_models(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The parser of `ivi voice models`."""
    parser = actions.add_parser("models", help="speech models: list, fetch, check, use one")
    parser.add_argument("--catalogue", type=Path, default=catalogue.CATALOGUE, help="a list of models of your own")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help="what is here, what can be fetched, and which one is used").set_defaults(run=_list)
    fetching = verbs.add_parser("fetch", help="download a model, or go on with it, and install it")
    fetching.add_argument("name")
    fetching.add_argument(
        "--from", type=Path, dest="source", metavar="FOLDER", help="install from a USB stick's folder, without network"
    )
    fetching.set_defaults(run=_fetch)
    checking = verbs.add_parser("check", help="compare every file of a model with its sum; status 1 when one is wrong")
    checking.add_argument("name", nargs="?", help="default: the one that is used")
    checking.set_defaults(run=_check)
    using = verbs.add_parser("use", help="load this model from the next start of the voice process on")
    using.add_argument("name")
    using.set_defaults(run=_use)


def _list(arguments: argparse.Namespace) -> int:
    store, known = Store(), catalogue.read(arguments.catalogue)
    used, installed = store.used(), store.installed()
    for name in [*installed, *(name for name in known if name not in installed)]:
        mark = "*" if name == used else " "
        entry = known.get(name)
        if name == SHIPPED.name:
            what = "en  ships with ivi"
        elif entry is None:
            what = "    installed"
        else:
            state = "installed" if name in installed else f"{entry.size / MEGABYTE:.0f} MB to fetch"
            what = f"{entry.language}  {state}; {entry.licence}; {entry.about}; sum from {entry.sum_from}"
        sys.stdout.write(f"{mark} {name}  {what}\n")
    return 0


def _fetch(arguments: argparse.Namespace) -> int:
    entry = catalogue.find(catalogue.read(arguments.catalogue), arguments.name)
    told = [-1]

    def progress(there: int, size: int) -> None:
        percent = 100 * there // size // STEP * STEP
        if percent != told[0]:
            told[0] = percent
            sys.stdout.write(f"{percent} % of {size / MEGABYTE:.0f} MB\n")
            sys.stdout.flush()

    folder = Store().fetch(entry, arguments.source, progress)
    sys.stdout.write(f"{entry.name} is in {folder} ({entry.licence}). Use it: ivi voice models use {entry.name}\n")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    store = Store()
    name = arguments.name or store.used()
    wrong = store.check(name)
    for what in wrong:
        sys.stdout.write(f"{name}: {what}\n")
    if not wrong:
        sys.stdout.write(f"{name}: every file is as it should be\n")
    return 1 if wrong else 0


def _use(arguments: argparse.Namespace) -> int:
    Store().use(arguments.name)
    sys.stdout.write(f"{arguments.name} is used from the next start of the voice process on\n")
    return 0
