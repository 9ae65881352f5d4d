# SPDX-License-Identifier: Apache-2.0
"""QR codes (ISO/IEC 18004) for addresses: byte mode, error correction M, versions 1 to 10, which is 213 bytes."""

import itertools
from collections.abc import Callable, Iterator

# Per version: error correction bytes a block, then (blocks, data bytes) of each group, for level M (table 9).
_BLOCKS: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {
    1: (10, ((1, 16),)),
    2: (16, ((1, 28),)),
    3: (26, ((1, 44),)),
    4: (18, ((2, 32),)),
    5: (24, ((2, 43),)),
    6: (16, ((4, 27),)),
    7: (18, ((4, 31),)),
    8: (22, ((2, 38), (2, 39))),
    9: (22, ((3, 36), (2, 37))),
    10: (26, ((4, 43), (1, 44))),
}
_ALIGNMENT: dict[int, tuple[int, ...]] = {
    1: (), 2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34), 7: (6, 22, 38), 8: (6, 24, 42), 9: (6, 26, 46),
    10: (6, 28, 50),
}  # fmt: skip
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, _x: y % 2 == 0,
    lambda _y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
_LONG_COUNT = 10  # the version from which the length takes 16 bits
_WITH_VERSION = 7  # the version from which the symbol says its version
_TIMING = 6  # row and column of the timing patterns

_EXP = [0] * 512
_LOG = [0] * 256
_value = 1
for _power in range(255):
    _EXP[_power] = _EXP[_power + 255] = _value
    _LOG[_value] = _power
    _value = _value << 1 ^ (0x11D if _value & 0x80 else 0)

type Matrix = list[list[bool]]


def qr_code(text: str) -> Matrix:
    """Rows of modules, True for dark, without the quiet zone. Raises ValueError when the text is too long."""
    data = text.encode()
    version = next((one for one in _BLOCKS if len(data) + (2 if one < _LONG_COUNT else 3) <= _capacity(one)), None)
    if version is None:
        raise ValueError(f"{len(data)} bytes do not fit a QR code of version {max(_BLOCKS)}")
    symbol = _Symbol(version)
    symbol.fill(_interleaved(version, _packed(version, data)))
    return symbol.masked()


def _capacity(version: int) -> int:
    return sum(blocks * size for blocks, size in _BLOCKS[version][1])


def _packed(version: int, data: bytes) -> bytes:
    """Mode, length, data, terminator and padding."""
    count_bits = 8 if version < _LONG_COUNT else 16
    bits = f"0100{len(data):0{count_bits}b}" + "".join(f"{byte:08b}" for byte in data) + "0000"
    room = _capacity(version)
    packed = bytes(int(bits[at : at + 8].ljust(8, "0"), 2) for at in range(0, min(len(bits), room * 8), 8))
    padding = itertools.islice(itertools.cycle(b"\xec\x11"), room - len(packed))
    return packed + bytes(padding)


def _interleaved(version: int, data: bytes) -> bytes:
    """Data and error correction of all blocks, a byte of each in turn."""
    correction, groups = _BLOCKS[version]
    generator = _generator(correction)
    blocks: list[bytes] = []
    at = 0
    for count, size in groups:
        for _ in range(count):
            blocks.append(data[at : at + size])
            at += size
    checks = [_remainder(block, generator) for block in blocks]
    columns = itertools.chain(itertools.zip_longest(*blocks), zip(*checks, strict=True))
    return bytes(byte for column in columns for byte in column if byte is not None)


def _generator(degree: int) -> list[int]:
    polynomial = [1]
    for power in range(degree):
        shifted = [*polynomial, 0]
        for place, factor in enumerate(polynomial):
            shifted[place + 1] ^= _EXP[_LOG[factor] + power]
        polynomial = shifted
    return polynomial


def _remainder(block: bytes, generator: list[int]) -> bytes:
    rest = list(block) + [0] * (len(generator) - 1)
    for at in range(len(block)):
        if lead := rest[at]:
            for place, factor in enumerate(generator[1:], 1):
                rest[at + place] ^= _EXP[_LOG[lead] + _LOG[factor]]
    return bytes(rest[len(block) :])


class _Symbol:
    def __init__(self, version: int) -> None:
        self.version = version
        self.size = 17 + 4 * version
        self.modules: Matrix = [[False] * self.size for _ in range(self.size)]
        self.fixed: Matrix = [[False] * self.size for _ in range(self.size)]
        self._patterns()

    def _set(self, y: int, x: int, dark: int) -> None:
        self.modules[y][x] = bool(dark)
        self.fixed[y][x] = True

    def _patterns(self) -> None:
        """Finders, timing, alignment, and room for format and version."""
        for at in range(self.size):
            self._set(_TIMING, at, at % 2 == 0)
            self._set(at, _TIMING, at % 2 == 0)
        for top, left in ((0, 0), (0, self.size - 7), (self.size - 7, 0)):
            for y, x in itertools.product(range(-1, 8), repeat=2):
                if 0 <= top + y < self.size and 0 <= left + x < self.size:
                    self._set(top + y, left + x, max(abs(y - 3), abs(x - 3)) in {0, 1, 3})
        places = _ALIGNMENT[self.version]
        corners = {(_TIMING, _TIMING), (_TIMING, places[-1]), (places[-1], _TIMING)} if places else set()
        for y, x in set(itertools.product(places, repeat=2)) - corners:
            for dy, dx in itertools.product(range(-2, 3), repeat=2):
                self._set(y + dy, x + dx, max(abs(dy), abs(dx)) != 1)
        self._format(0)
        if self.version >= _WITH_VERSION:
            self._version()

    def _format(self, mask: int) -> None:
        """Level M is 00; BCH(15, 5), masked (7.9, figure 25)."""
        rest = mask << 10
        for bit in range(14, 9, -1):
            if rest >> bit & 1:
                rest ^= 0x537 << (bit - 10)
        bits = (mask << 10 | rest) ^ 0x5412
        end = self.size - 1
        upright = [(row, 8) for row in (*range(6), 7, 8, *range(self.size - 7, self.size))]
        flat = [(8, column) for column in (*range(end, end - 8, -1), 7, *range(5, -1, -1))]
        for place, ((y1, x1), (y2, x2)) in enumerate(zip(upright, flat, strict=True)):
            self._set(y1, x1, bits >> place & 1)
            self._set(y2, x2, bits >> place & 1)
        self._set(self.size - 8, 8, dark=1)

    def _version(self) -> None:
        """BCH(18, 6) beside two finders (7.10)."""
        rest = self.version << 12
        for bit in range(17, 11, -1):
            if rest >> bit & 1:
                rest ^= 0x1F25 << (bit - 12)
        bits = self.version << 12 | rest
        for place in range(18):
            y, x = place // 3, self.size - 11 + place % 3
            self._set(y, x, bits >> place & 1)
            self._set(x, y, bits >> place & 1)

    def _path(self) -> Iterator[tuple[int, int]]:
        """The free modules in the order in which they are filled: columns of two, up and down, from the right."""
        upward = True
        for right in (*range(self.size - 1, _TIMING, -2), 5, 3, 1):
            rows = range(self.size - 1, -1, -1) if upward else range(self.size)
            yield from ((y, x) for y in rows for x in (right, right - 1) if not self.fixed[y][x])
            upward = not upward

    def fill(self, data: bytes) -> None:
        """Write the bits; what is left over stays light."""
        bits = (byte >> bit & 1 for byte in data for bit in range(7, -1, -1))
        for (y, x), bit in zip(self._path(), bits, strict=False):
            self.modules[y][x] = bool(bit)

    def masked(self) -> Matrix:
        """The symbol under the mask that a camera reads best."""
        return min((self._under(number) for number in range(len(_MASKS))), key=_penalty)

    def _under(self, number: int) -> Matrix:
        self._format(number)
        mask = _MASKS[number]
        return [
            [dark ^ (not self.fixed[y][x] and mask(y, x)) for x, dark in enumerate(row)]
            for y, row in enumerate(self.modules)
        ]


def _penalty(matrix: Matrix) -> int:
    """How hard it is to read (7.8.3): runs, blocks, patterns like a finder's, and too much of one shade."""
    size = len(matrix)
    total = 0
    for line in itertools.chain(matrix, zip(*matrix, strict=True)):
        runs = [len(list(run)) for _, run in itertools.groupby(line)]
        total += sum(run - 2 for run in runs if run >= 5)  # noqa: PLR2004  # modules
        text = "".join("1" if dark else "0" for dark in line)
        total += 40 * sum(text.startswith(("10111010000", "00001011101"), at) for at in range(size - 10))
    for y, x in itertools.product(range(size - 1), repeat=2):
        total += 3 * (matrix[y][x] == matrix[y][x + 1] == matrix[y + 1][x] == matrix[y + 1][x + 1])
    dark = sum(map(sum, matrix)) * 100 // (size * size)
    return total + 10 * (abs(dark - 50) // 5)
