# SPDX-License-Identifier: Apache-2.0
"""A car with features."""

from pathlib import Path

import pytest

from tests.unit.cloud.entitlements.entitled_car import Car


@pytest.fixture
def car(tmp_path: Path, run_dir: Path) -> Car:
    """Its folders; the part runs where a test says so."""
    return Car(tmp_path, run_dir)
