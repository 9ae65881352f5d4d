# SPDX-License-Identifier: Apache-2.0
"""tests/performance/run.py merges what benchmarks print, and fails loudly on one that does not keep to the form."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "performance" / "run.py"
GOOD = {"value": 1.5, "unit": "us", "method": "median of 3"}


def run(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    """Run the benchmarks of a folder, writing to its out/bench.json."""
    command = [
        sys.executable,
        str(RUN),
        "--folder",
        str(folder),
        "--output",
        str(folder / "out" / "bench.json"),
        *names,
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def printing(folder: Path, name: str, figures: object) -> None:
    """Add a benchmark that prints something."""
    (folder / f"bench_{name}.py").write_text(f"print({json.dumps(figures)!r})\n")


def test_merges(tmp_path: Path) -> None:
    printing(tmp_path, "one", {"a": GOOD})
    printing(tmp_path, "two", {"b": GOOD | {"value": 2}, "c": GOOD})
    result = run(tmp_path)
    assert result.returncode == 0, result.stderr
    written = json.loads((tmp_path / "out" / "bench.json").read_text())
    assert written == {"a": GOOD, "b": GOOD | {"value": 2}, "c": GOOD}


def test_leaves_out_what_lacks_its_packages(tmp_path: Path) -> None:
    printing(tmp_path, "one", {"a": GOOD})
    (tmp_path / "bench_two.py").write_text("import sys\nprint('{}')\nsys.stderr.write('no gRPC here\\n')\n")
    result = run(tmp_path)
    assert result.returncode == 0, result.stderr
    assert "bench_two.py is left out: no gRPC here" in result.stdout
    assert json.loads((tmp_path / "out" / "bench.json").read_text()) == {"a": GOOD}


def test_runs_only_what_is_named(tmp_path: Path) -> None:
    printing(tmp_path, "one", {"a": GOOD})
    printing(tmp_path, "two", {"b": GOOD})
    assert run(tmp_path, "two").returncode == 0
    assert json.loads((tmp_path / "out" / "bench.json").read_text()) == {"b": GOOD}


@pytest.mark.parametrize(
    ("figures", "complaint"),
    [
        ({}, "prints no figures"),
        ([1], "prints no figures"),
        ({"a": 1.5}, "has to have exactly"),
        ({"a": GOOD | {"more": 1}}, "has to have exactly"),
        ({"a": GOOD | {"value": "fast"}}, "no finite number"),
        ({"a": GOOD | {"value": True}}, "no finite number"),
        ({"a": GOOD | {"value": float("nan")}}, "no finite number"),
        ({"a": GOOD | {"method": ""}}, "the method is empty"),
    ],
)
def test_refuses_a_malformed_figure(tmp_path: Path, figures: object, complaint: str) -> None:
    printing(tmp_path, "bad", figures)
    result = run(tmp_path)
    assert result.returncode == 1
    assert "bench_bad.py" in result.stderr
    assert complaint in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("program", "complaint"),
    [
        ("raise SystemExit(3)", "exit code 3"),
        ("1/0", "ZeroDivisionError"),
        ("print('fast')", "does not print one JSON object"),
    ],
)
def test_refuses_a_broken_benchmark(tmp_path: Path, program: str, complaint: str) -> None:
    printing(tmp_path, "good", {"a": GOOD})
    (tmp_path / "bench_bad.py").write_text(program)
    result = run(tmp_path)
    assert result.returncode == 1
    assert complaint in result.stderr
    assert not (tmp_path / "out").exists()


def test_refuses_a_name_twice(tmp_path: Path) -> None:
    printing(tmp_path, "one", {"a": GOOD})
    printing(tmp_path, "two", {"a": GOOD})
    result = run(tmp_path)
    assert result.returncode == 1
    assert "taken" in result.stderr


def test_an_empty_folder_is_a_mistake(tmp_path: Path) -> None:
    assert run(tmp_path).returncode == 1
