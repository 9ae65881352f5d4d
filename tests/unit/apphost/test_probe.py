# SPDX-License-Identifier: Apache-2.0
from ivi.apphost.sandbox.box import Layer
from ivi.apphost.sandbox.probe import _problem, _read

WHOLE = {"seccomp": "1", "rlimits": "1", "landlock": "7", "mdwe": "1", "process_limit": "1", "neutral": "1"}
OUTSIDE = frozenset({Layer.NAMESPACES, Layer.SCRATCH, Layer.CGROUP_FREEZE, Layer.CGROUP_MEMORY})


def test_every_layer_that_holds_is_named_and_no_other() -> None:
    report = _read(WHOLE, OUTSIDE)
    inside = ["namespaces", "seccomp", "landlock", "rlimits", "mdwe", "scratch", "process-limit"]
    assert report.layers == [*inside, "cgroup-freeze", "cgroup-memory"]
    assert report.weaker == []
    report = _read(WHOLE | {"landlock": "0", "mdwe": "0", "process_limit": "0"}, frozenset({Layer.NAMESPACES}))
    assert report.usable
    assert report.layers == ["namespaces", "seccomp", "rlimits"]
    assert len(report.weaker) == 5
    assert all(problem.hint for problem in report.weaker)


def test_a_control_group_that_counts_processes_is_a_process_limit() -> None:
    report = _read(WHOLE | {"process_limit": "0"}, OUTSIDE | {Layer.CGROUP_PIDS})
    assert "process-limit" in report.layers


def test_without_the_filter_nothing_runs() -> None:
    report = _read(WHOLE | {"seccomp": "0"}, OUTSIDE)
    assert not report.usable
    assert report.problem is not None
    assert _read({}, OUTSIDE).usable is False


def test_a_box_that_shows_the_machine_is_not_used() -> None:
    assert not _read(WHOLE | {"neutral": "0"}, OUTSIDE).usable


def test_an_old_bubblewrap_is_explained() -> None:
    assert _problem("the sandbox could not be built: bwrap: Unknown option --disable-userns", "").hint
