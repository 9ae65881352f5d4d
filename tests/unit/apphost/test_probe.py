# SPDX-License-Identifier: Apache-2.0
from ivi.apphost.sandbox.probe import _problem, _read

WHOLE = {"seccomp": "1", "no_new_privs": "1", "landlock": "7", "mdwe": "1", "process_limit": "1"}


def test_every_layer_that_holds_is_named_and_no_other() -> None:
    assert _read(WHOLE).layers == ["namespaces", "seccomp", "rlimits", "landlock", "mdwe", "process-limit"]
    report = _read(WHOLE | {"landlock": "0", "mdwe": "0", "process_limit": "0"})
    assert report.usable
    assert report.layers == ["namespaces", "seccomp", "rlimits"]
    assert len(report.weaker) == 3
    assert all(problem.hint for problem in report.weaker)


def test_without_the_filter_nothing_runs() -> None:
    report = _read(WHOLE | {"seccomp": "0"})
    assert not report.usable
    assert report.problem is not None
    assert _read({}).usable is False


def test_an_old_bubblewrap_is_explained() -> None:
    assert _problem("the sandbox could not be built: bwrap: Unknown option --disable-userns", "").hint
