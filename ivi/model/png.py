# SPDX-License-Identifier: Apache-2.0
"""A strict reader of PNG files from apps: says yes only to small, plain, whole pictures, before any decoder sees them.

PNG, third edition (W3C 2025): signature, chunk layout and order, IHDR, PLTE, tRNS, IDAT. Left out on purpose are
interlacing, animation, text, colour profiles and every chunk that a cabin's icon does not need.
"""

import struct
import zlib
from dataclasses import dataclass

from ivi.model.errors import InvalidArgumentError

MAX_BYTES = 64 << 10
MAX_SIDE = 256  # pixels
SIGNATURE = b"\x89PNG\r\n\x1a\n"

GREY, RGB, INDEXED, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
_CHANNELS = {GREY: 1, RGB: 3, INDEXED: 1, GREY_ALPHA: 2, RGBA: 4}
_DEPTHS = {GREY: {1, 2, 4, 8}, RGB: {8}, INDEXED: {1, 2, 4, 8}, GREY_ALPHA: {8}, RGBA: {8}}
_FILTERS = 5
_HEADER = struct.Struct(">IIBBBBB")
_LENGTH = struct.Struct(">I")
_PALETTE_ENTRY = 3  # bytes
_SMALL = {b"sRGB": 1, b"gAMA": 4, b"pHYs": 9}
"""Chunks that common encoders write; they hold this many bytes and change nothing that matters here."""
_GAMMA = 45455  # 1/2.2; another one would redraw the picture's brightness


@dataclass(frozen=True, slots=True)
class PngSize:
    """Size of a checked picture, pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Header:
    width: int
    height: int
    depth: int
    colour: int

    @property
    def row_bytes(self) -> int:
        """Bytes of one line, with its filter byte."""
        return 1 + (self.width * self.depth * _CHANNELS[self.colour] + 7) // 8


def check_png(data: bytes) -> PngSize:
    """Check a PNG whole. Raises InvalidArgumentError that says what is wrong."""
    if len(data) > MAX_BYTES:
        raise _refusal(f"it has {len(data)} bytes, and {MAX_BYTES} are the limit")
    if not data.startswith(SIGNATURE):
        raise _refusal("it does not begin as a PNG does")
    chunks = _chunks(data)
    if not chunks or chunks[0][0] != b"IHDR":
        raise _refusal("its first chunk is not IHDR")
    header = _header(chunks[0][1])
    compressed = _order(header, chunks[1:])
    _pixels(header, compressed)
    return PngSize(header.width, header.height)


def _refusal(why: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"this picture cannot be used: {why}", hint="a plain PNG of 8 bits a channel, at most 256x256 and 64 KiB"
    )


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Names and contents, each with its checksum right, IEND last and nothing after it."""
    found: list[tuple[bytes, bytes]] = []
    at = len(SIGNATURE)
    while at < len(data):
        if found and found[-1][0] == b"IEND":
            raise _refusal("there is something after its end")
        if len(data) - at < 12:  # noqa: PLR2004  # length, name and checksum
            raise _refusal("it is cut off")
        (length,) = _LENGTH.unpack_from(data, at)
        name = data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data):
            raise _refusal("it is cut off")
        content = data[at + 8 : end - 4]
        if zlib.crc32(name + content) != _LENGTH.unpack_from(data, end - 4)[0]:
            raise _refusal(f"the checksum of {_named(name)} is wrong")
        found.append((name, content))
        at = end
    if not found or found[-1] != (b"IEND", b""):
        raise _refusal("it has no end")
    return found


def _named(name: bytes) -> str:
    return name.decode("ascii") if name.isalpha() and name.isascii() else repr(name)


def _header(content: bytes) -> _Header:
    if len(content) != _HEADER.size:
        raise _refusal("IHDR has the wrong length")
    width, height, depth, colour, compression, filtering, interlace = _HEADER.unpack(content)
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise _refusal(f"it is {width}x{height} pixels, and {MAX_SIDE}x{MAX_SIDE} is the limit")
    if depth not in _DEPTHS.get(colour, ()):
        raise _refusal(f"colour type {colour} with {depth} bits is not taken")
    if (compression, filtering, interlace) != (0, 0, 0):
        raise _refusal("its compression, filter or interlace method is not 0")
    return _Header(width, height, depth, colour)


def _order(header: _Header, chunks: list[tuple[bytes, bytes]]) -> bytes:
    """The compressed pixels, when every chunk is known, fits and stands where it may. PLTE, tRNS, IDAT…, IEND."""
    stages = {b"PLTE": 1, b"tRNS": 2, b"IDAT": 3, b"IEND": 4}
    seen: set[bytes] = set()
    stage, entries, data = 0, 0, b""
    for name, content in chunks:
        if name in seen and name != b"IDAT":
            raise _refusal(f"{_named(name)} is there twice")
        seen.add(name)
        if name in _SMALL:
            if stage or len(content) != _SMALL[name] or (name == b"gAMA" and _LENGTH.unpack(content)[0] != _GAMMA):
                raise _refusal(f"{_named(name)} is wrong or in the wrong place")
            continue
        if name not in stages:
            raise _refusal(f"the chunk {_named(name)} is not taken")
        if stages[name] < stage:
            raise _refusal(f"{_named(name)} is in the wrong place")
        stage = stages[name]
        if name == b"PLTE":
            entries = _palette(header, content)
        elif name == b"tRNS":
            _transparency(header, content, entries)
        elif name == b"IDAT":
            data += content
    if header.colour == INDEXED and not entries:
        raise _refusal("its palette is missing")
    return data


def _palette(header: _Header, content: bytes) -> int:
    entries, rest = divmod(len(content), _PALETTE_ENTRY)
    if header.colour != INDEXED or rest or not 1 <= entries <= 1 << header.depth:
        raise _refusal("its palette does not fit")
    return entries


def _transparency(header: _Header, content: bytes, entries: int) -> None:
    fits = {GREY: len(content) == 2, RGB: len(content) == 6, INDEXED: 1 <= len(content) <= entries}  # noqa: PLR2004  # bytes
    if not fits.get(header.colour, False):
        raise _refusal("its tRNS does not fit")


def _pixels(header: _Header, compressed: bytes) -> None:
    """Unpack into a buffer of the size that the header says, never more, and see that it is exactly that."""
    expected = header.row_bytes * header.height
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(compressed, expected + 1)
    except zlib.error as error:
        raise _refusal("its pixels cannot be unpacked") from error
    if len(pixels) != expected or not unpacker.eof or unpacker.unused_data or unpacker.unconsumed_tail:
        raise _refusal("it has more or fewer pixels than it says")
    if any(filtered >= _FILTERS for filtered in pixels[:: header.row_bytes]):
        raise _refusal("a line has an unknown filter")
