# SPDX-License-Identifier: Apache-2.0
"""The clock that nobody turns back: over jumps, restarts, altered files, and a real clock put back by 400 days."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivi.cloud.part import Clock
from ivi.cloud.trusted_clock import KEY, LEAP, PLAUSIBLE, STATE, STEP, TrustedClock
from ivi.daemon.process import Process
from ivi.model.errors import ConfigurationError

ROOT = Path(__file__).resolve().parents[3]
DAY = 86_400.0
START = 1_790_000_000.0


class Machine:
    """Both clocks of a machine, and what it keeps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wall, self.running, self.boot = START, 100.0, "first"

    def clock(self) -> TrustedClock:
        """A start of the process."""
        return TrustedClock(self.folder, wall=lambda: self.wall, since_boot=lambda: self.running, boot=self.boot)

    def reboot(self) -> None:
        """A new start of the machine."""
        self.boot, self.running = self.boot + "+", 1.0


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_it_follows_the_wall_clock_forward_only(machine: Machine) -> None:
    """Turned back it goes on by the running time, and says so."""
    clock: Clock = machine.clock()
    assert clock.now() == START
    assert not clock.rolled_back
    machine.wall += 30 * DAY
    assert clock.now() == START + 30 * DAY
    machine.wall -= 400 * DAY
    machine.running += 60
    assert clock.now() == START + 30 * DAY + 60
    assert clock.rolled_back


def test_what_was_known_survives_a_kill_and_a_new_start(machine: Machine) -> None:
    """Nothing is closed here: what `now` said once is on the disk."""
    assert machine.clock().now() == START
    machine.wall += 10 * DAY
    clock = machine.clock()
    machine.wall += 10 * DAY
    assert clock.now() == START + 20 * DAY
    machine.wall -= 400 * DAY
    machine.running += 7
    assert machine.clock().now() == START + 20 * DAY + 7
    machine.reboot()
    again = machine.clock()
    assert again.now() >= START + 20 * DAY
    assert again.rolled_back


def test_a_machine_that_runs_for_years_is_not_believed(machine: Machine) -> None:
    """The running time is the kernel's, and somebody may stand between."""
    machine.clock()
    machine.running += LEAP + DAY
    assert machine.clock().now() == START


def test_signed_times_count_and_never_backwards(machine: Machine) -> None:
    """Also for the next start."""
    clock = machine.clock()
    clock.learn(START + 5 * DAY)
    clock.learn(START - 5 * DAY)
    for nonsense in (float("nan"), float("inf"), START + LEAP + 6 * DAY):
        clock.learn(nonsense)
    assert clock.now() == START + 5 * DAY
    machine.reboot()
    assert machine.clock().now() == START + 5 * DAY


def test_a_clock_years_ahead_is_not_believed(machine: Machine) -> None:
    """It would end everything that runs out, for ever. A clock that was never set may be put right."""
    clock = machine.clock()
    machine.wall += LEAP + DAY
    assert clock.now() == START
    assert clock.leaps
    assert not clock.rolled_back


@pytest.mark.parametrize("restart", [False, True])
def test_a_leap_of_months_counts_only_until_it_is_put_right(machine: Machine, restart: bool) -> None:
    """A wrong clock must not end everything for good; a car that was parked must not be stuck in the past."""
    clock = machine.clock()
    machine.wall += 900 * DAY
    if restart:
        machine.reboot()
        clock = machine.clock()
    assert clock.now() == START + 900 * DAY
    assert clock.unconfirmed
    assert not clock.leaps
    assert not clock.rolled_back
    process = Process("cloud")
    clock._report(process)
    assert "months ahead" in process.status().problems[0].what
    machine.wall -= 900 * DAY
    machine.wall += 60
    assert START <= clock.now() <= START + 160
    clock._report(process)
    assert process.status().problems == []
    assert START <= machine.clock().now() <= START + 160


def test_a_signed_time_confirms_a_leap(machine: Machine) -> None:
    """It need not be of this moment: near is enough. From then on nobody turns it back."""
    clock = machine.clock()
    machine.wall += 900 * DAY
    unconfirmed = []
    for distance in (PLAUSIBLE + DAY, PLAUSIBLE - DAY):
        clock.learn(machine.wall - distance)
        unconfirmed.append(clock.unconfirmed)
    assert unconfirmed == [True, False]
    machine.wall -= 900 * DAY
    machine.reboot()
    again = machine.clock()
    assert again.now() >= START + 900 * DAY
    assert again.rolled_back


def test_a_clock_that_was_never_set_may_be_put_right(machine: Machine) -> None:
    """A machine without a battery for its clock begins in 1970."""
    machine.wall = 12.0
    clock = machine.clock()
    assert clock.now() == 12.0
    machine.wall = START
    assert clock.now() == START


def test_an_altered_file_is_not_believed_and_reported(machine: Machine) -> None:
    """At every byte of it; and a file that is gone is missed."""
    machine.clock()
    file = machine.folder / STATE
    good = file.read_bytes()
    for place in range(len(good) - 1):
        bad = bytearray(good)
        bad[place] ^= 0x01
        file.write_bytes(bad)
        assert machine.clock().doubt, place
    file.write_bytes(good.replace(b"179", b"169"))
    assert "altered" in machine.clock().doubt
    file.unlink()
    assert "gone" in machine.clock().doubt
    file.unlink()
    (machine.folder / KEY).unlink()
    assert machine.clock().doubt == ""


def test_another_cars_file_is_not_believed(tmp_path: Path) -> None:
    """Each car has a key of its own, which only its user may read."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    Machine(first).clock()
    Machine(second).clock()
    (second / STATE).write_bytes((first / STATE).read_bytes())
    assert "not written by this car" in Machine(second).clock().doubt
    assert (first / KEY).stat().st_mode & 0o777 == 0o600
    assert (first / STATE).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    """Not a trace."""
    with pytest.raises(ConfigurationError, match="cannot write"):
        TrustedClock(tmp_path / "nowhere")


def test_a_disk_that_takes_nothing_is_reported_and_time_goes_on(machine: Machine) -> None:
    """A folder stands where the new file should be."""
    clock = machine.clock()
    (machine.folder / f"{STATE}.new").mkdir()
    machine.wall += DAY
    assert clock.now() == START + DAY
    assert "cannot be saved" in clock.unsaved
    machine.wall -= 400 * DAY
    process = Process("cloud")
    clock._report(process)
    whats = [problem.what for problem in process.status().problems]
    assert any("turned back" in what for what in whats)
    assert any("cannot be saved" in what for what in whats)
    (machine.folder / f"{STATE}.new").rmdir()
    clock.save()
    machine.wall += 400 * DAY  # back where it was
    clock._report(process)
    assert process.status().problems == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wall"), st.floats(-3000 * DAY, 1000 * DAY)),
        st.tuples(st.just("run"), st.floats(0, 3 * DAY)),
        st.tuples(st.just("learn"), st.floats(-100 * DAY, 100 * DAY)),
        st.tuples(st.just("kill"), st.just(0.0)),
        st.tuples(st.just("reboot"), st.just(0.0)),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_it_never_goes_back(steps: list[tuple[str, float]]) -> None:
    """Whatever the clocks do, over kills and new starts: at most the second that a kill may forget.

    But for leaps that nobody confirmed, which are taken back.
    """
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        clock, latest = machine.clock(), 0.0
        for what, amount in steps:
            if what == "wall":
                machine.wall += amount
            elif what == "run":
                machine.running += amount
                machine.wall += amount
            elif what == "learn":
                clock.learn(START + amount)
            elif what == "kill":
                clock = machine.clock()
            else:
                clock.save()
                machine.reboot()
                clock = machine.clock()
            now = clock.now()
            assert now >= latest - STEP
            if not clock.unconfirmed:
                latest = max(latest, now)


PROGRAM = """
import sys, time
from pathlib import Path
from ivi.cloud.trusted_clock import TrustedClock
clock = TrustedClock(Path(sys.argv[1]))
print(time.time(), clock.now(), clock.rolled_back)
"""


def test_a_real_clock_put_back_by_400_days(tmp_path: Path) -> None:
    """The naive reading believes it; ours does not, in another process and with the library's clock shifted."""
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed")

    def run(*prefix: str) -> tuple[float, float, str]:
        words = [*prefix, sys.executable, "-c", PROGRAM, str(tmp_path)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        out = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
        wall, trusted, rolled_back = out.stdout.split()
        return float(wall), float(trusted), rolled_back

    wall, trusted, rolled_back = run()
    assert abs(wall - trusted) < 5
    assert rolled_back == "False"
    shifted, still, rolled_back = run("faketime", "--exclude-monotonic", "-f", "-400d")
    assert shifted < wall - 399 * DAY
    assert trusted <= still < trusted + 60
    assert rolled_back == "True"
