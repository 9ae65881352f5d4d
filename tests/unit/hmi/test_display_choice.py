# SPDX-License-Identifier: Apache-2.0
"""Where the screen can be shown is known before Qt tries."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivi.hmi.display_choice import choose
from ivi.model.errors import ConfigurationError


@pytest.fixture
def wayland(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A compositor that answers."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "wayland-7"))
        listener.listen()
        yield {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-7"}


def test_headless_draws_offscreen_in_software() -> None:
    assert choose({}, headless=True) == {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


@pytest.mark.parametrize("platform", ["offscreen", "eglfs", "linuxfb", "vnc:port=5901"])
def test_an_explicit_platform_is_kept(platform: str) -> None:
    assert choose({"QT_QPA_PLATFORM": platform}, headless=False) == {}


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ":4711"},
        {"DISPLAY": "nonsense"},
        {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":4711"},
        {"QT_QPA_PLATFORM": "wayland"},
        {"WAYLAND_DISPLAY": "wayland-4711", "XDG_RUNTIME_DIR": "/nonexistent"},
    ],
)
def test_no_display_is_one_clear_error(environment: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=r"no display.*--headless.*QT_QPA_PLATFORM=offscreen") as caught:
        choose(environment, headless=False)
    assert caught.value.exit_code == 2


def test_a_compositor_that_answers_is_used(wayland: dict[str, str]) -> None:
    assert choose(wayland, headless=False) == {"QT_QPA_PLATFORM": "wayland"}
    assert choose({**wayland, "QT_QPA_PLATFORM": "wayland"}, headless=False) == {}


def test_x11_over_the_network_is_left_to_qt() -> None:
    assert choose({"DISPLAY": "desk:0"}, headless=False) == {"QT_QPA_PLATFORM": "xcb"}


def test_without_a_gpu_the_scene_is_drawn_in_software_unless_somebody_chose(wayland: dict[str, str]) -> None:
    software = {"QT_QUICK_BACKEND": "software"}
    assert choose(wayland, headless=False, gpu=False) == {"QT_QPA_PLATFORM": "wayland", **software}
    assert choose({"QT_QPA_PLATFORM": "eglfs"}, headless=False, gpu=False) == software
    assert choose({"QT_QPA_PLATFORM": "eglfs", "QSG_RHI_BACKEND": "opengl"}, headless=False, gpu=False) == {}
