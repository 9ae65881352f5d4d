# SPDX-License-Identifier: Apache-2.0
"""`ivi status` says how things are, also when nothing is wrong."""

import pytest

from ivi.cli import status
from ivi.model.manager import ProcessTable
from ivi.model.status import ProcessStatus


@pytest.mark.parametrize(("note", "shown"), [("No driving data is sent.", True), ("", False)])
def test_a_note_is_no_problem(capsys: pytest.CaptureFixture[str], note: str, shown: bool) -> None:
    """It is told in a line; an empty one is not."""
    cloud = ProcessStatus("cloud", 1, "1", 1.0, {"privacy_note": note, "mqtt_sent": 3}, [])
    status._print(ProcessTable([]), {"cloud": cloud}, counters=False)
    written = capsys.readouterr().out
    assert ("cloud: No driving data is sent." in written) is shown
    assert "mqtt_sent" not in written
