# SPDX-License-Identifier: Apache-2.0
"""Sizes follow the display's physical size, within what pages are laid out for."""

from pathlib import Path

import pytest

from ivi.hmi.display_size import Panel, connected, factor, of_panel, read_edid


def edid(width: int, height: int, wide: int, high: int) -> bytes:
    """A block with one detailed timing, as a display has it; sizes in pixels and mm."""
    block = bytearray(128)
    block[:8] = bytes.fromhex("00ffffffffffff00")
    block[21:23] = bytes([wide // 10, high // 10])
    timing = bytearray(18)
    timing[0] = 1
    timing[2], timing[4] = width & 0xFF, (width >> 8) << 4
    timing[5], timing[7] = height & 0xFF, (height >> 8) << 4
    timing[12], timing[13], timing[14] = wide & 0xFF, high & 0xFF, (wide >> 8) << 4 | high >> 8
    block[54:72] = timing
    block[127] = -sum(block) % 256
    return bytes(block)


@pytest.mark.parametrize(
    ("width", "height", "diagonal", "wanted"),
    [
        (1280, 720, 0, 1.0),  # unknown
        (1280, 720, 9.2, 1.0),  # 160 dpi
        (1920, 1080, 10.1, 1.35),  # 218 dpi
        (1920, 720, 12.3, 1.05),  # 167 dpi
        (1024, 600, 5.0, 1.0),  # a small display keeps the room that the pages need
        (3840, 2160, 5.5, 3.0),  # no cabin has such a display: bounded
        (1280, 720, 40.0, 0.75),
    ],
)
def test_a_dp_is_a_160th_of_an_inch_where_there_is_room(
    width: int, height: int, diagonal: float, wanted: float
) -> None:
    assert factor(width, height, diagonal) == pytest.approx(wanted)
    assert factor(height, width, diagonal) == pytest.approx(wanted)


def test_an_edid_tells_pixels_and_millimetres() -> None:
    panel = read_edid(edid(1920, 1080, 224, 126))
    assert panel == Panel(1920, 1080, 224.0, 126.0)
    assert of_panel(panel) == pytest.approx(1.35)


@pytest.mark.parametrize("damage", [b"", b"\0" * 128, edid(1920, 1080, 224, 126)[:-1], edid(1920, 1080, 0, 0)])
def test_a_damaged_edid_or_one_without_a_size_says_nothing(damage: bytes) -> None:
    assert read_edid(damage) is None


def test_a_wrong_sum_is_not_believed() -> None:
    block = bytearray(edid(1920, 1080, 224, 126))
    block[60] ^= 1
    assert read_edid(bytes(block)) is None


def test_only_a_single_connected_display_decides(tmp_path: Path) -> None:
    def plug(name: str, status: str, data: bytes) -> None:
        (tmp_path / name).mkdir()
        (tmp_path / name / "status").write_text(f"{status}\n")
        (tmp_path / name / "edid").write_bytes(data)

    assert connected(tmp_path) is None
    plug("card0-HDMI-A-1", "connected", edid(1920, 1080, 224, 126))
    plug("card0-HDMI-A-2", "disconnected", b"")
    assert connected(tmp_path) == Panel(1920, 1080, 224.0, 126.0)
    plug("card0-DSI-1", "connected", edid(1280, 720, 196, 110))
    assert connected(tmp_path) is None
