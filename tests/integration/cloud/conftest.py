# SPDX-License-Identifier: Apache-2.0
"""Real processes for the cloud tests."""

from collections.abc import Iterator

import pytest

from ivi.fleet.mosquitto import find_mosquitto
from tests.integration.cloud.rig import Rig


@pytest.fixture
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """Nothing runs yet; whatever the test starts is ended."""
    if find_mosquitto() is None:
        pytest.skip("mosquitto is not installed")
    made = Rig(tmp_path_factory.mktemp("cloud"))
    try:
        yield made
    finally:
        made.close()
