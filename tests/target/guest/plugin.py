# SPDX-License-Identifier: Apache-2.0
"""A pytest plugin for the guest: no test skips, because everything is there, and a failure is told at once, because a
guest that runs out of time does not live to tell it at the end."""

from collections.abc import Generator

import pytest

RIGHTLY = ("this kernel has ISO-TP",)
"""Reasons of tests that are about a machine without."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Say what failed."""
    if report.failed:
        crash = getattr(report.longrepr, "reprcrash", None)
        print(f"\n{report.nodeid} ({report.when}): {crash or report.longreprtext[-500:]}", flush=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a failure of a skip."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and not report.longrepr[2].endswith(RIGHTLY):
        report.outcome, report.longrepr = "failed", f"skipped in the guest: {report.longrepr[2]}"
    return report
