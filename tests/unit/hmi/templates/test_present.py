# SPDX-License-Identifier: Apache-2.0
"""Templates as QML gets them: numbers in words, places on a map, codes to photograph."""

import itertools
import math
from pathlib import Path

import pytest

from ivi.hmi.gallery import samples
from ivi.hmi.templates import quantities as say
from ivi.hmi.templates.present import presented
from ivi.hmi.templates.qr_code import _BLOCKS, _EXP, _LOG, _MASKS, Matrix, _Symbol, qr_code
from ivi.hmi.templates.world import metres_per_world, world
from ivi.model.templates import Icon, Maneuver, MapTemplate, Marker, NavigationTemplate, Position, Turn

GAP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("metres", "said"),
    [(0, "0 m"), (44, "40 m"), (299, "300 m"), (330, "350 m"), (974, "950 m"), (980, "1.0 km"), (9_940, "9.9 km"),
     (9_960, "10 km"), (128_400, "128 km"), (None, "—")],
)  # fmt: skip
def test_distances_are_rounded_as_on_road_signs(metres: float | None, said: str) -> None:
    assert say.distance_text(metres).replace(GAP, " ") == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 min"), (20, "1 min"), (3_570, "1 h 00 min"), (5_340, "1 h 29 min"), (1_000_000, "277 h"), (None, "—")],
)
def test_durations(seconds: float | None, said: str) -> None:
    assert say.duration(seconds).replace(GAP, " ") == said


def test_unknown_values_are_said_to_be_unknown() -> None:
    content = presented(samples.CHARGE_UNKNOWN).content
    assert [content[name] for name in ("power", "energy", "time", "price")] == ["—"] * 4
    assert content["charge"] < 0


def test_energy_and_money_are_written_as_they_came() -> None:
    assert say.energy(-3.14) == "\N{MINUS SIGN}3.1"
    assert say.money("11.10", "EUR") == f"11.10{GAP}€"
    assert say.money("11.10", "NOK") == f"11.10{GAP}NOK"
    assert say.power(7.36) == "7.4"
    assert say.power(148.2) == "148"


def test_a_map_is_centred_on_its_places_and_true_to_scale() -> None:
    berlin, near = Position(52.5, 13.4), Position(52.5, 13.5)
    content = presented(MapTemplate("M", [Marker("a", berlin), Marker("b", near)])).content
    first, second = content["markers"]
    assert first["east"] == pytest.approx(-second["east"])
    apart = (second["east"] - first["east"]) * content["metres"]
    assert apart == pytest.approx(0.1 * math.cos(math.radians(52.5)) * 111_319.5, rel=1e-3)
    assert content["wide"] == pytest.approx(second["east"] - first["east"])


def test_a_given_centre_stays_the_middle() -> None:
    page = MapTemplate("M", [Marker("a", Position(10, 10))], centre=Position(10, 9))
    content = presented(page).content
    assert content["wide"] == pytest.approx(2 / 360)
    assert world(Position(0, 0)) == pytest.approx((0.5, 0.5))
    assert metres_per_world(0.5) == pytest.approx(40_075_016.686)


def test_rows_carry_the_label_of_their_marker() -> None:
    assert [row.label for row in presented(samples.MAP).rows] == ["A", "B", "C", "D", "E"]


def test_guidance_without_a_turn_has_none() -> None:
    content = presented(NavigationTemplate(None)).content
    assert (content["turn"], content["arrival"]) == (None, "—")
    assert presented(NavigationTemplate(Turn(Maneuver.LEFT, 80))).content["turn"]["distance"] == "80"


def test_every_icon_and_turn_is_drawn() -> None:
    glyphs = (Path(__file__).parents[4] / "qml" / "Style" / "Glyphs.qml").read_text()
    missing = [icon for icon in [*Icon, *Maneuver] if icon and f"        {icon.value}: " not in glyphs]
    assert missing == []


# -- QR codes ----------------------------------------------------------------------------------------------------------
def read(matrix: Matrix) -> str:
    """Decode a symbol without errors, by the standard's other end: format, mask, blocks, syndromes, bytes."""
    version = (len(matrix) - 17) // 4
    found = sum(matrix[row][8] << place for place, row in enumerate([*range(6), 7, 8]))
    fields = (found ^ 0x5412) & 0xFF | (
        (sum(matrix[8][x] << (8 + n) for n, x in enumerate([7, 5, 4, 3, 2, 1, 0]))) ^ 0x5400
    )
    level, mask = fields >> 13 & 3, _MASKS[fields >> 10 & 7]
    assert level == 0, "error correction M"
    symbol = _Symbol(version)
    bits = [matrix[y][x] ^ mask(y, x) for y, x in symbol._path()]
    stream = [int("".join("1" if bit else "0" for bit in bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8)]
    correction, groups = _BLOCKS[version]
    sizes = [size for count, size in groups for _ in range(count)]
    blocks: list[list[int]] = [[] for _ in sizes]
    position = 0
    for column in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if column < size:
                block.append(stream[position])
                position += 1
    for _ in range(correction):
        for block in blocks:
            block.append(stream[position])
            position += 1
    for block in blocks:
        for power in range(correction):
            syndrome = 0
            for byte in block:
                syndrome = (_EXP[_LOG[syndrome] + power] if syndrome else 0) ^ byte
            assert syndrome == 0, "a block does not check"
    data = list(itertools.chain.from_iterable(block[:size] for block, size in zip(blocks, sizes, strict=True)))
    text = "".join(f"{byte:08b}" for byte in data)
    assert text[:4] == "0100"
    count_bits = 8 if version < 10 else 16
    length = int(text[4 : 4 + count_bits], 2)
    start = 4 + count_bits
    return bytes(int(text[start + 8 * n : start + 8 * n + 8], 2) for n in range(length)).decode()


@pytest.mark.parametrize("length", [9, 14, 15, 26, 42, 62, 84, 106, 122, 152, 180, 200, 213])
def test_codes_of_every_version_read_back(length: int) -> None:
    text = ("https://example.com/" + "aBc9/?=&x_" * 30)[:length]
    assert read(qr_code(text)) == text


GOLDEN = """\
#######.#.#.#.###.#######
#.....#...##.##.#.#.....#
#.###.#.##.#..##..#.###.#
#.###.#..##.#.#...#.###.#
#.###.#..#..###...#.###.#
#.....#.#.##......#.....#
#######.#.#.#.#.#.#######
.........#.#..#.#........
#.#...##.######.#..#..#.#
##..##.#.###.####.#..#.##
#.#...#.#...#..##...###.#
....##.##.##.#....##.#...
....###.#..###.#..##....#
.#...#.#..#.#..##.##...##
####..#.#.#.####..#..##.#
..#.##.#.####.#.##.###...
##.########..##.#####..#.
........#....##.#...#...#
#######.#..#....#.#.#...#
#.....#......#.##...#..#.
#.###.#...####.######..##
#.###.#...#.#..#.#..#.##.
#.###.#.##..#####..###.##
#.....#...###.#.#.###....
#######.##...##.###..#..#"""
"""What another encoder draws of https://e.example with the same mask."""


def test_a_known_symbol_is_drawn_as_others_draw_it() -> None:
    drawn = ["".join("#" if dark else "." for dark in row) for row in qr_code("https://e.example")]
    assert "\n".join(drawn) == GOLDEN


def test_a_text_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        qr_code("x" * 214)
