# SPDX-License-Identifier: Apache-2.0
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivi.apphost.package import builder, reader, wheels
from ivi.apphost.package.archive import Archive
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package.trust import Trust
from ivi.model.errors import ConfigurationError, InvalidArgumentError, PermissionDeniedError

AppFolder = Callable[..., Path]


def believing(key: PrivateKey) -> Trust:
    return Trust({}, {key.public.id: key.public}, {key.public.id: "Me"}, developer_mode=True)


def wheel(folder: Path, name: str = "tides", version: str = "1.0", tag: str = "py3-none-any", **files: str) -> str:
    """A small wheel and the line that lists it."""
    folder.mkdir(exist_ok=True)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for path, text in {f"{name}/__init__.py": "HIGH = 1\n", f"{name}-{version}.dist-info/METADATA": "x\n"}.items():
            file.writestr(path, text)
        for path, text in files.items():
            file.writestr(path, text)
    (folder / f"{name}-{version}-{tag}.whl").write_bytes(data.getvalue())
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(data.getvalue()).hexdigest()}\n"


def test_the_same_folder_gives_the_same_bytes(app_folder: AppFolder, tmp_path: Path) -> None:
    folder, key = app_folder(), PrivateKey.generate()
    first, second = tmp_path / "one.ivp", tmp_path / "two.ivp"
    builder.write(builder.build(folder), first, key)
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    script = (
        "import sys; from pathlib import Path; from ivi.apphost.package import builder;"
        "builder.write(builder.build(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    root = Path(__file__).resolve().parents[4]
    command = [sys.executable, "-c", script, str(folder), str(second)]
    subprocess.run(command, check=True, cwd=root, env=environment, timeout=60)
    builder.sign(second, second, key, None)
    assert first.read_bytes() == second.read_bytes()


def test_other_programs_can_read_it(app_folder: AppFolder, tmp_path: Path) -> None:
    builder.write(builder.build(app_folder()), tmp_path / "a.ivp", PrivateKey.generate())
    with zipfile.ZipFile(tmp_path / "a.ivp") as file:
        assert file.testzip() is None
        assert file.namelist()[:2] == ["META.json", "SIGNATURE.json"]
        assert b"com.partner.weather" in file.read("files/manifest.toml")


def test_what_was_packed_is_read(app_folder: AppFolder, tmp_path: Path) -> None:
    key, path = PrivateKey.generate(), tmp_path / "a.ivp"
    builder.write(builder.build(app_folder()), path, key)
    with reader.Package(path, believing(key), datetime.now(UTC)) as package:
        package.check_contents()
        assert package.manifest().app.name == "Weather"
        assert package.meta.wheels == []
        assert package.origin.developer
        assert "no store" in package.origin.in_words()
    with pytest.raises(PermissionDeniedError, match="no store stands behind"):
        reader.Package(path, believing(PrivateKey.generate()), datetime.now(UTC))


def test_unsigned_is_said(app_folder: AppFolder, tmp_path: Path) -> None:
    builder.write(builder.build(app_folder()), tmp_path / "a.ivp")
    with pytest.raises(PermissionDeniedError, match="not signed"):
        reader.Package(tmp_path / "a.ivp", Trust(), datetime.now(UTC))


def test_tests_caches_and_keys_stay_at_home(app_folder: AppFolder) -> None:
    folder = app_folder()
    for name in ("tests/test_app.py", "__pycache__/app.cpython-313.pyc", ".git/config", "me.key", "old.ivp"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    built = builder.build(folder)
    assert set(built.contents) == {"manifest.toml", "__init__.py", "app.py"}
    assert set(built.left_out) == {"tests", "__pycache__", ".git", "me.key", "old.ivp"}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("app.py", "class Weather(\n", "app.py:1"),
        ("ünicode.py", "", "plain ASCII"),
        ("App.py", "", "differ in case"),
        ("vendor/tides.py", "", "packing makes this folder"),
    ],
)
def test_what_a_reader_would_refuse_is_refused_while_packing(
    app_folder: AppFolder, tmp_path: Path, name: str, text: str, words: str
) -> None:
    folder = app_folder()
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    with pytest.raises(InvalidArgumentError, match=words):
        builder.write(builder.build(folder), tmp_path / "a.ivp")
    assert not (tmp_path / "a.ivp").exists()
    assert not list(tmp_path.glob(".a.ivp*"))


def test_a_link_is_refused_while_packing(app_folder: AppFolder) -> None:
    folder = app_folder()
    (folder / "secrets").symlink_to("/etc/passwd")
    with pytest.raises(InvalidArgumentError, match="secrets: is a link"):
        builder.build(folder)


def test_an_entry_that_is_not_there(app_folder: AppFolder) -> None:
    folder = app_folder()
    (folder / "app.py").rename(folder / "other.py")
    with pytest.raises(InvalidArgumentError, match=r"there is no app\.py"):
        builder.build(folder)


def test_signing_again_replaces_the_signature(app_folder: AppFolder, tmp_path: Path) -> None:
    path, first, second = tmp_path / "a.ivp", PrivateKey.generate(), PrivateKey.generate()
    builder.write(builder.build(app_folder()), path, first)
    builder.sign(path, path, second, None)
    with reader.Package(path, believing(second), datetime.now(UTC)) as package:
        package.check_contents()
    with pytest.raises(PermissionDeniedError):
        reader.Package(path, believing(first), datetime.now(UTC))


# -- libraries ------------------------------------------------------------------------------------------------------


def test_wheels_are_unpacked_while_packing(app_folder: AppFolder, tmp_path: Path) -> None:
    folder = app_folder()
    files = {"tides-1.0.data/purelib/tides/moon.py": "", "tides-1.0.data/scripts/tides": "#!/bin/sh"}
    (folder / "requirements.txt").write_text("# libraries\n" + wheel(folder / "wheels", **files))
    built = builder.build(folder)
    assert {name for name in built.contents if name.startswith("vendor/")} == {
        "vendor/tides/__init__.py", "vendor/tides/moon.py", "vendor/tides-1.0.dist-info/METADATA",
    }  # fmt: skip
    assert built.libraries == ["tides 1.0"]
    assert built.meta.wheels == ["py3-none-any"]
    builder.write(built, tmp_path / "a.ivp")
    with Archive(tmp_path / "a.ivp") as archive:
        assert not any(name.startswith("files/wheels") for name in archive.entries)


def test_a_wheel_that_is_missing_says_how_to_get_it(app_folder: AppFolder) -> None:
    folder = app_folder()
    (folder / "requirements.txt").write_text(wheel(folder / "elsewhere"))
    with pytest.raises(ConfigurationError, match="pip download --require-hashes"):
        builder.build(folder)


def test_a_wheel_with_another_hash(app_folder: AppFolder) -> None:
    folder = app_folder()
    line = wheel(folder / "wheels")
    (folder / "requirements.txt").write_text(line[:-10] + "0" * 9 + "\n")
    with pytest.raises(InvalidArgumentError, match="not among those"):
        builder.build(folder)


def test_a_wheel_that_nobody_listed(app_folder: AppFolder) -> None:
    folder = app_folder()
    (folder / "requirements.txt").write_text(wheel(folder / "wheels"))
    wheel(folder / "wheels", "stowaway")
    with pytest.raises(InvalidArgumentError, match=r"stowaway-1\.0-py3-none-any\.whl is not listed"):
        builder.build(folder)


@pytest.mark.parametrize("line", ["tides\n", "tides==1.0\n", "tides>=1 --hash=sha256:" + "0" * 64 + "\n", "-e .\n"])
def test_a_requirement_without_version_or_hash(app_folder: AppFolder, line: str) -> None:
    folder = app_folder()
    (folder / "requirements.txt").write_text(line)
    with pytest.raises(InvalidArgumentError, match=r"requirements\.txt:1: .* is not name==version with hashes"):
        builder.build(folder)


def test_compiled_wheels_only_for_the_machine_that_was_named(app_folder: AppFolder) -> None:
    folder = app_folder()
    tag = "cp313-cp313-manylinux_2_28_aarch64"
    (folder / "requirements.txt").write_text(wheel(folder / "wheels", tag=tag))
    with pytest.raises(InvalidArgumentError, match="compiled code"):
        builder.build(folder)
    with pytest.raises(InvalidArgumentError, match="not for x86_64"):
        builder.build(folder, arch="x86_64")
    assert builder.build(folder, arch="aarch64").meta.wheels == [tag]


def test_a_wheel_with_a_file_that_climbs_out(app_folder: AppFolder) -> None:
    folder = app_folder()
    (folder / "requirements.txt").write_text(wheel(folder / "wheels", **{"../../harm.py": ""}))
    with pytest.raises(InvalidArgumentError, match="leads out"):
        builder.build(folder)


@pytest.mark.parametrize(
    ("compression", "header"),
    # bytes before the compressed data itself; LZMA's say how it is made (APPNOTE.TXT 5.8.8)
    [(zipfile.ZIP_DEFLATED, 0), (zipfile.ZIP_BZIP2, 0), (zipfile.ZIP_LZMA, 9)],
    ids=["deflate", "bzip2", "lzma"],
)
def test_a_wheel_with_damaged_data_is_refused(tmp_path: Path, compression: int, header: int) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as file:
        file.writestr("tides/__init__.py", "HIGH = 1\n" * 100)
        start = file.start_dir - file.getinfo("tides/__init__.py").compress_size + header
    damaged = bytearray(data.getvalue())
    damaged[start : start + 4] = b"\xff" * 4
    _refused(tmp_path, bytes(damaged))


def test_a_wheel_with_a_name_in_no_encoding_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("tides/m\u00fcnchen.py", "")
    _refused(tmp_path, data.getvalue().replace("\u00fc".encode(), b"\xff\xff"))


def _refused(folder: Path, data: bytes) -> None:
    """Such a file is refused although it is the one that was listed."""
    (folder / "wheels").mkdir()
    (folder / "wheels" / "tides-1.0-py3-none-any.whl").write_bytes(data)
    (folder / "requirements.txt").write_text(f"tides==1.0 --hash=sha256:{hashlib.sha256(data).hexdigest()}\n")
    with pytest.raises(InvalidArgumentError, match=r"tides-1\.0-py3-none-any\.whl: cannot be unpacked") as caught:
        wheels.vendor(folder, folder / "wheels", "")
    assert caught.value.hint == "fetch the wheel again"


def test_tags_of_this_machine() -> None:
    minor = sys.version_info.minor
    assert wheels.runs_here("py3-none-any")
    assert wheels.runs_here("py2.py3-none-any")
    assert wheels.runs_here("cp39-abi3-any")
    assert wheels.runs_here(f"cp3{minor}-cp3{minor}-any")
    assert not wheels.runs_here(f"cp3{minor + 1}-abi3-any")
    assert not wheels.runs_here(f"cp3{minor - 1}-cp3{minor - 1}-any")
    assert not wheels.runs_here("py2-none-any")
    assert not wheels.runs_here("py3-none-win_amd64")
    assert not wheels.runs_here("py3-none-manylinux_9_99_x86_64")
    if sys.platform == "linux" and os.uname().machine == "x86_64" and wheels._libc() >= (2, 17):
        assert wheels.runs_here("cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64")
        assert not wheels.runs_here("cp39-abi3-manylinux_2_17_aarch64")
