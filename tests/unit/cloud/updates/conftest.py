# SPDX-License-Identifier: Apache-2.0
"""A fleet with its web server, for each test anew."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

ROOT = Path(__file__).resolve().parents[4]
# The fleet of these tests is the benchmark's, too.
sys.path.insert(0, str(ROOT / "tests" / "performance"))

if TYPE_CHECKING:
    from update_lab import Clock, Fleet, WebServer


@pytest.fixture
def clock() -> "Clock":
    """The clock of fleet and car."""
    from update_lab import Clock  # noqa: PLC0415  # after the path above

    return Clock()


@pytest.fixture
def fleet(tmp_path: Path, clock: "Clock") -> "Fleet":
    """Repositories without targets."""
    from update_lab import Fleet  # noqa: PLC0415  # after the path above

    return Fleet(tmp_path / "fleet", clock)


@pytest.fixture
def server(fleet: "Fleet") -> "Iterator[WebServer]":
    """Serves both repositories."""
    from update_lab import serving  # noqa: PLC0415  # after the path above

    with serving(fleet.web) as made:
        yield made
