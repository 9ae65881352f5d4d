# SPDX-License-Identifier: Apache-2.0
"""Channel names and paths."""

import os
from pathlib import Path

import pytest

from simulator.bus.address import runtime_dir, socket_path
from simulator.errors import BusAddressError


def test_the_runtime_folder_follows_the_documented_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVI_RUNTIME_DIR", "/own")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/session")
    assert runtime_dir() == Path("/own")
    monkeypatch.delenv("IVI_RUNTIME_DIR")
    assert runtime_dir() == Path("/session/ivi")
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert runtime_dir() == Path(f"/tmp/ivi-{os.getuid()}")


def test_a_name_lies_in_the_bus_folder_and_a_path_is_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVI_RUNTIME_DIR", "/own")
    assert socket_path("can0") == Path("/own/bus/can0.sock")
    assert socket_path("./here.sock") == Path("here.sock")
    assert socket_path("/a/b") == Path("/a/b")


@pytest.mark.parametrize("channel", ["", "/" + "x" * 108])
def test_an_unusable_channel_is_refused_with_a_hint(channel: str) -> None:
    with pytest.raises(BusAddressError) as caught:
        socket_path(channel)
    assert caught.value.hint
    assert "\n" not in caught.value.line()
