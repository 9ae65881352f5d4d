# SPDX-License-Identifier: Apache-2.0
"""Pictures from apps: plain ones pass, everything else is refused before a decoder sees it."""

import struct
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.model.errors import InvalidArgumentError
from ivi.model.png import MAX_BYTES, SIGNATURE, PngSize, check_png


def chunk(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def header(width: int = 2, height: int = 2, depth: int = 8, colour: int = 2, *rest: int) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, *(rest or (0, 0, 0))))


PIXELS = zlib.compress((b"\0" + b"\x10\x20\x30" * 2) * 2)
DATA = chunk(b"IDAT", PIXELS)
END = chunk(b"IEND")
GOOD = SIGNATURE + header() + DATA + END


def png(*parts: bytes) -> bytes:
    return SIGNATURE + b"".join(parts)


def grey(width: int, height: int, level: int = 9) -> bytes:
    return png(header(width, height, 8, 0), chunk(b"IDAT", zlib.compress(bytes((width + 1) * height), level)), END)


PALETTE = chunk(b"PLTE", bytes(6))
INDEXED = chunk(b"IDAT", zlib.compress(b"\0\x80" * 2))


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        png(header(), chunk(b"sRGB", b"\0"), chunk(b"gAMA", b"\0\0\xb1\x8f"), chunk(b"pHYs", bytes(9)), DATA, END),
        png(header(), chunk(b"tRNS", bytes(6)), DATA, END),
        png(header(2, 2, 1, 3), PALETTE, chunk(b"tRNS", b"\0\xff"), INDEXED, END),
        png(header(), chunk(b"IDAT", PIXELS[:5]), chunk(b"IDAT", PIXELS[5:]), END),
        grey(256, 256),
    ],
)  # fmt: skip
def test_plain_pictures_pass(data: bytes) -> None:
    assert check_png(data).width in {2, 256}


def test_the_size_is_the_headers() -> None:
    assert check_png(grey(7, 3)) == PngSize(7, 3)


ATTACKS = {
    "empty": b"",
    "another format": b"GIF89a" + GOOD,
    "a polyglot in front": b"%PDF" + GOOD,
    "something after the end": GOOD + b"PK\3\4",
    "a chunk after the end": GOOD + chunk(b"IDAT", b""),
    "no end": png(header(), DATA),
    "an end with content": png(header(), DATA, chunk(b"IEND", b"x")),
    "the header later": png(chunk(b"sRGB", b"\0"), header(), DATA, END),
    "two headers": png(header(), header(), DATA, END),
    "a long header": png(chunk(b"IHDR", bytes(14)), DATA, END),
    "no pixels": png(header(), END),
    "width 0": png(header(0, 2), DATA, END),
    "257 wide": grey(257, 1),
    "a size of 4 GiB": png(header(2**31 - 1, 2**31 - 1), DATA, END),
    "interlaced": png(header(2, 2, 8, 2, 0, 0, 1), DATA, END),
    "16 bits": png(header(2, 2, 16, 2), DATA, END),
    "an unknown colour type": png(header(2, 2, 8, 5), DATA, END),
    "an unknown compression": png(header(2, 2, 8, 2, 1, 0, 0), DATA, END),
    "a wrong checksum": GOOD[:-1] + b"\0",
    "a lying length": GOOD[:33] + struct.pack(">I", 2**32 - 1) + GOOD[37:],
    "text": png(header(), chunk(b"tEXt", b"Title\0<script>"), DATA, END),
    "a compressed profile": png(header(), chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(1 << 20))), DATA, END),
    "animation": png(header(), chunk(b"acTL", bytes(8)), DATA, END),
    "an address": png(header(), chunk(b"eXIf", b"http://example.com"), DATA, END),
    "a dark gamma": png(header(), chunk(b"gAMA", struct.pack(">I", 1)), DATA, END),
    "a name that is no name": png(header(), chunk(b"\0\xff\n\r", b""), DATA, END),
    "pixels in two places": png(header(), DATA, chunk(b"PLTE", bytes(3)), DATA, END),
    "no palette": png(header(2, 2, 1, 3), INDEXED, END),
    "a palette that is too long": png(header(2, 2, 1, 3), chunk(b"PLTE", bytes(9)), INDEXED, END),
    "half a palette entry": png(header(2, 2, 1, 3), chunk(b"PLTE", bytes(4)), INDEXED, END),
    "more transparency than palette": png(header(2, 2, 1, 3), PALETTE, chunk(b"tRNS", bytes(3)), INDEXED, END),
    "transparency twice": png(header(2, 2, 8, 6), chunk(b"tRNS", bytes(2)), DATA, END),
    "an unknown filter": png(header(), chunk(b"IDAT", zlib.compress((b"\5" + bytes(6)) * 2)), END),
    "too few pixels": png(header(), chunk(b"IDAT", zlib.compress(bytes(13))), END),
    "too many pixels": png(header(), chunk(b"IDAT", zlib.compress(bytes(15))), END),
    "a bomb": png(header(), chunk(b"IDAT", zlib.compress(bytes(50 << 20))), END),
    "two streams": png(header(), chunk(b"IDAT", PIXELS + PIXELS), END),
    "a cut stream": png(header(), chunk(b"IDAT", PIXELS[:-3]), END),
    "no stream": png(header(), chunk(b"IDAT", b"\0" * 20), END),
    "too large": GOOD + bytes(MAX_BYTES),
}


@pytest.mark.parametrize("data", ATTACKS.values(), ids=ATTACKS.keys())
def test_attacks_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidArgumentError, match="this picture cannot be used"):
        check_png(data)


def test_a_bomb_costs_neither_memory_nor_time() -> None:
    bomb = ATTACKS["a bomb"]
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(InvalidArgumentError):
        check_png(bomb)
    spent, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000
    assert spent < 0.05


@given(st.integers(0, len(GOOD)))
def test_a_picture_cut_short_anywhere_is_refused(length: int) -> None:
    if length < len(GOOD):
        with pytest.raises(InvalidArgumentError):
            check_png(GOOD[:length])


@given(st.binary(max_size=200))
def test_noise_is_refused_and_never_raises_anything_else(noise: bytes) -> None:
    for data in (noise, SIGNATURE + noise, SIGNATURE + header() + noise):
        with pytest.raises(InvalidArgumentError):
            check_png(data)


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_noticed(place: int, flip: int) -> None:
    damaged = bytearray(GOOD)
    damaged[place] ^= flip
    with pytest.raises(InvalidArgumentError):
        check_png(bytes(damaged))
