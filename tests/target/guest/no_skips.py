# SPDX-License-Identifier: Apache-2.0
"""A pytest plugin: in the guest everything is there, so a test that skips is a check that was not made."""

from collections.abc import Generator

import pytest

RIGHTLY = ("this kernel has ISO-TP",)
"""Reasons of tests that are about a machine without."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a failure of a skip."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and not report.longrepr[2].endswith(RIGHTLY):
        report.outcome, report.longrepr = "failed", f"skipped in the guest: {report.longrepr[2]}"
    return report
