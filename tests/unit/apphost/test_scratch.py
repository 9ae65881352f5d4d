# SPDX-License-Identifier: Apache-2.0
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ivi.apphost.sandbox import scratch as module
from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.scratch import FILES_PER_MB, fstab, scratch

BOX = Box(memory_mb=64, processes=1, tmp_mb=2, data_mb=3, entry="x:y")
LOOK = """
for folder in tmp data; do
    printf '%s %s\\n' "$(stat -f -c '%b %S %c' "/mnt/$folder")" "$(stat -c '%a' "/mnt/$folder")"
done
cp /bin/true /mnt/tmp/program && { /mnt/tmp/program && echo ran || echo refused; }
number=0
while true > "/mnt/data/$number" 2> /dev/null; do number=$((number + 1)); [ "$number" -lt 2000 ] || break; done
echo "$number"
"""


def test_a_plain_scratch_is_bounded_in_bytes_only_and_claims_nothing() -> None:
    plain = scratch(BOX, [], plain=True)
    assert (plain.prefix, plain.layers, plain.moved) == ([], frozenset(), {})
    sizes = [plain.mounts[number + 1] for number, word in enumerate(plain.mounts) if word == "--size"]
    assert sizes[0] == str(2 << 20)
    assert sizes[2] == str(3 << 20)
    assert plain.mounts.count("--tmpfs") == 3


def test_the_real_one_bounds_bytes_and_files_and_runs_nothing() -> None:
    real = scratch(BOX, [])
    if Layer.SCRATCH not in real.layers:
        pytest.skip("this machine lets nobody mount")
    done = subprocess.run([*real.prefix, "/bin/sh", "-c", LOOK], capture_output=True, text=True, timeout=60, check=True)
    tmp, data, run, made = done.stdout.splitlines()
    blocks, size, files, mode = tmp.split()
    assert (int(blocks) * int(size), int(files), mode) == (5 << 20, 5 * FILES_PER_MB, "1777")
    assert tmp.split()[:3] == data.split()[:3]  # one file system without a data image
    assert run == "refused"
    assert 0 < int(made) < 5 * FILES_PER_MB
    assert not Path("/mnt/tmp/program").exists()  # the mount is in a namespace of its own


def test_root_brings_what_only_root_can_reach_to_a_neutral_place(tmp_path: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("an ordinary user reaches its own files anyway")
    outer = tmp_path / "outer"
    hidden = outer / "a folder\\of root"
    (hidden / "lib").mkdir(parents=True)
    (hidden / "lib" / "file").write_text("inside")
    outer.chmod(0o700)
    alone = tmp_path / "alone"
    alone.write_text("a file")
    alone.chmod(0o600)
    real = scratch(BOX, [str(hidden / "lib"), "/usr/lib", str(alone)], prefix=str(hidden))
    if Layer.SCRATCH not in real.layers:
        pytest.skip("this machine lets nobody mount")
    assert set(real.moved) == {str(hidden / "lib"), str(alone)}
    assert "/usr/lib" not in real.moved
    place = real.moved[str(hidden / "lib")] + "/file"
    done = subprocess.run([*real.prefix, "/bin/cat", place], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "inside"
    who = subprocess.run([*real.prefix, "/usr/bin/id", "-u"], capture_output=True, text=True, timeout=60, check=True)
    assert int(who.stdout) in module.APP_UIDS


def test_a_data_image_keeps_its_owner_over_starts(tmp_path: Path) -> None:
    if os.getuid() != 0 or not module._can_mount_images() or shutil.which("losetup") is None:
        pytest.skip("only root with loop devices has data images")
    box = Box(memory_mb=64, processes=1, tmp_mb=1, data_mb=2, data_dir=tmp_path, entry="x:y")
    first = scratch(box, [])
    if Layer.SCRATCH not in first.layers:
        pytest.skip("this machine lets nobody mount")
    assert Layer.DATA_QUOTA in first.layers
    write = [*first.prefix, "/bin/sh", "-c", "id -u; echo kept > /mnt/data/file"]
    uid = subprocess.run(write, capture_output=True, text=True, timeout=60, check=True).stdout
    read = [
        *scratch(box, []).prefix,
        "/bin/sh",
        "-c",
        "id -u; cat /mnt/data/file; cp /bin/true /mnt/data/x; /mnt/data/x",
    ]
    again = subprocess.run(read, capture_output=True, text=True, timeout=60, check=False)
    assert again.stdout == f"{uid}kept\n"
    assert again.returncode == 126  # nothing in it can be run


def test_a_mount_that_fails_starts_nothing(tmp_path: Path) -> None:
    real = scratch(BOX, [])
    if Layer.SCRATCH not in real.layers:
        pytest.skip("this machine lets nobody mount")
    table = fstab([(str(tmp_path / "missing"), "/mnt/data", "none", "bind")])
    words = list(real.prefix)
    words[words.index("/mnt") + 4] = table
    done = subprocess.run([*words, "/bin/echo", "started"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "started" not in done.stdout


def test_odd_characters_of_paths_stay_one_word() -> None:
    assert fstab([("/a b\tc\\d", "/mnt/0", "none", "bind")]) == "/a\\040b\\011c\\134d /mnt/0 none bind 0 0\n"
