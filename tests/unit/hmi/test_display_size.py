# SPDX-License-Identifier: Apache-2.0
"""One unit of QML is 1/160 inch where the display's size is known, within bounds."""

from pathlib import Path

import pytest

from ivi.hmi.display_size import LOWEST, NARROWEST, VARIABLE, Panel, choose, connected, diagonal_of, factor
from ivi.model.errors import ConfigurationError


@pytest.mark.parametrize(
    ("width", "height", "diagonal", "expected"),
    [
        (1280, 720, None, 1.0),
        (0, 0, 10.0, 1.0),
        (1280, 720, 9.2, 0.95),  # 160 pixels an inch, rounded down
        (1920, 1080, 10.1, 1.35),
        (2560, 1440, 10.0, 1.8),
        (3840, 1440, 15.0, 1.7),
        (1920, 720, 60.0, 0.75),
    ],
)
def test_the_factor_follows_pixels_per_inch(width: int, height: int, diagonal: float | None, expected: float) -> None:
    assert factor(width, height, diagonal) == pytest.approx(expected)


@pytest.mark.parametrize("size", [(1024, 600), (1280, 720), (720, 1280), (1920, 720), (1080, 1920)])
@pytest.mark.parametrize("diagonal", [5.0, 7.0, 10.0, 20.0])
def test_the_pages_always_have_the_room_they_need(size: tuple[int, int], diagonal: float) -> None:
    chosen = factor(*size, diagonal)
    assert max(size) / chosen >= NARROWEST - 1
    assert min(size) / chosen >= LOWEST - 1


def test_a_small_window_is_not_made_large() -> None:
    assert factor(800, 480, 5.0) == 1.0


def test_the_switch_goes_before_the_configuration_and_qts_own_word_before_both() -> None:
    size = (1920, 1080)
    assert choose({VARIABLE: "10.1"}, None, size) == {"QT_SCALE_FACTOR": "1.35"}
    assert choose({VARIABLE: "10.1"}, 15.6, size) == {"QT_SCALE_FACTOR": "0.85"}
    assert choose({VARIABLE: "10.1", "QT_SCALE_FACTOR": "2"}, 15.6, size) == {}
    assert choose({}, None, size) == {}


def test_a_picture_has_the_pixels_that_were_asked_for() -> None:
    assert choose({VARIABLE: "10.1"}, None, (1920, 1080), headless=True) == {}
    assert choose({}, 10.1, (1920, 1080), headless=True) == {"QT_SCALE_FACTOR": "1.35"}


@pytest.mark.parametrize("text", ["", "large", "nan", "inf", "-10", "4.9", "61"])
def test_a_diagonal_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="diagonal of a display"):
        diagonal_of(text)


def connector(drm: Path, name: str, status: str, modes: str, centimetres: tuple[int, int]) -> None:
    """A display as the kernel describes it."""
    folder = drm / name
    folder.mkdir()
    (folder / "status").write_text(f"{status}\n")
    (folder / "modes").write_text(modes)
    (folder / "edid").write_bytes(bytes(21) + bytes(centimetres) + bytes(105))


def test_the_connected_display_says_how_large_it_is(tmp_path: Path) -> None:
    connector(tmp_path, "card0-DP-1", "disconnected", "", (0, 0))
    connector(tmp_path, "card0-HDMI-A-1", "connected", "1920x1080\n1280x720\n", (22, 13))
    panel = connected(tmp_path)
    assert panel is not None
    assert (panel.width, panel.height) == (1920, 1080)
    assert panel.diagonal == pytest.approx(10.06, abs=0.01)
    assert choose({}, None, (1280, 720), panel=panel) == {"QT_SCALE_FACTOR": "1.35"}
    assert choose({}, 15.6, (1280, 720), panel=panel) == {"QT_SCALE_FACTOR": "0.85"}


@pytest.mark.parametrize("centimetres", [(0, 0), (16, 0), (1, 1)])
def test_a_display_that_does_not_say_its_size_is_drawn_pixel_for_pixel(
    tmp_path: Path, centimetres: tuple[int, int]
) -> None:
    connector(tmp_path, "card0-DSI-1", "connected", "1280x720\n", centimetres)
    assert connected(tmp_path) == Panel(1280, 720, None)
    assert choose({}, None, (1280, 720), panel=connected(tmp_path)) == {}


def test_there_may_be_no_display_at_all(tmp_path: Path) -> None:
    connector(tmp_path, "card0-DP-1", "connected", "nonsense\n", (30, 20))
    (tmp_path / "card0-DP-2").mkdir()
    assert connected(tmp_path) is None
