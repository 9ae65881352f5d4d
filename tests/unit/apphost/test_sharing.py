# SPDX-License-Identifier: Apache-2.0
"""Apps that could pass data on and do not say so."""

from pathlib import Path

import pytest

from ivi.apphost.manifest import load
from ivi.apphost.sharing import undeclared

APP = """
[app]
id = "dev.ivi.test"
name = "Test"
version = "1.0.0"
sdk = ">=1"
entry = "tested.app:Test"
"""
READ = '[[permission]]\nuse = "vehicle.read"\npaths = ["Vehicle.Speed"]\nreason = "x"\n'
NET = '[[permission]]\nuse = "net"\nhosts = ["api.partner.example:443"]\nreason = "x"\n'
SHARE = """
[[permission]]
use = "data.share"
purpose = "finds chargers"
recipient = "Partner Ltd"
retention_days = 1
reason = "x"
"""


@pytest.mark.parametrize(
    ("permissions", "finding"),
    [
        ("", ""), (READ, ""), (NET, ""), (READ + NET + SHARE, ""),
        (READ + NET, "does not say what it passes on"), (READ + SHARE, "reaches no host"),
    ],
)  # fmt: skip
def test_what_is_not_declared_is_found(tmp_path: Path, permissions: str, finding: str) -> None:
    (tmp_path / "manifest.toml").write_text(APP + permissions)
    findings = undeclared(load(tmp_path))
    assert len(findings) == bool(finding)
    assert finding in "".join(findings)
