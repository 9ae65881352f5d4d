# SPDX-License-Identifier: Apache-2.0
"""A fleet with its web server, for each test anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.update_lab import Clock, Fleet, WebServer, serving


@pytest.fixture
def clock() -> Clock:
    """The clock of fleet and car."""
    return Clock()


@pytest.fixture
def fleet(tmp_path: Path, clock: Clock) -> Fleet:
    """Repositories without targets."""
    return Fleet(tmp_path / "fleet", clock)


@pytest.fixture
def server(fleet: Fleet) -> Iterator[WebServer]:
    """Serves both repositories."""
    with serving(fleet.web) as made:
        yield made
