# SPDX-License-Identifier: Apache-2.0
"""A store with its keys, for each test anew."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / "tests" / "performance"))

if TYPE_CHECKING:
    from store_lab import Shopkeeper


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Shopkeeper":
    """A store without apps."""
    from store_lab import Shopkeeper  # noqa: PLC0415  # after the path above

    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "keeper"
    folder.mkdir()
    return Shopkeeper(folder)
