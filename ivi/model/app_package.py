# SPDX-License-Identifier: Apache-2.0
"""What an app's package may be called: its folder is imported under the name that the manifest's entry begins with.

A name that Python or the SDK has already would be imported in the place of theirs, or theirs in its place.
"""

import sys

TAKEN = sys.stdlib_module_names | {"ivi", "msgspec", "test", "sitecustomize", "usercustomize"}
"""Modules of this Python's standard library (`test` is its own test suite, the last two are run at its start), the SDK
and what comes with it."""


def package_of(entry: str) -> str:
    """The package of an entry: `weather` of `weather.app:Weather`, `exec` for a program."""
    return entry.partition(":")[0].partition(".")[0]


def is_taken(package: str) -> bool:
    """Whether there is a module of that name without the app."""
    return package in TAKEN
