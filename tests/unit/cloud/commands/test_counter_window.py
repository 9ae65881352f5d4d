# SPDX-License-Identifier: Apache-2.0
"""The counter window: every counter once, in any order within 64; and the vectors that Tesla publishes."""

import hashlib
import hmac
from collections.abc import Sequence

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import ECDH, SECP256R1, EllipticCurvePublicKey, derive_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from ivi.cloud.commands.window import WIDTH, Window

# Figures of github.com/teslamotors/vehicle-command (Apache-2.0) at 14ab9210: internal/authentication/window_test.go.
# The newest counter is 100, and bits 0 and 5 are set. New counter; then the newest, the bits, and whether it counts.
TESLA_WINDOW = [
    (101, 101, 1 << 0 | 1 << 1 | 1 << 6, True),
    (103, 103, 1 << 2 | 1 << 3 | 1 << 8, True),
    (500, 500, 0, True),
    (98, 100, 1 << 0 | 1 << 1 | 1 << 5, True),
    (99, 100, 1 << 0 | 1 << 5, False),
    (3, 100, 1 << 0 | 1 << 5, False),
    (100, 100, 1 << 0 | 1 << 5, False),
]

# pkg/protocol/protocol.md of the same commit: keys that are published for tests, and what follows from them.
VEHICLE_PUBLIC = (
    "04c7a1f47138486aa4729971494878d33b1a24e39571f748a6e16c5955b3d877d3"
    "a6aaa0e955166474af5d32c410f439a2234137ad1bb085fd4e8813c958f11d97"
)
CLIENT_PRIVATE = 0x2538CDC29A97C19C1E99A637D6CF4F8C970C118B56EDE1E6323E6D162C4B30DB
SHARED_KEY = "1b2fce19967b79db696f909cff89ea9a"
SESSION_INFO_KEY = "fceb679ee7bca756fcd441bf238bf2f338629b41d9eb9c67be1b32c9672ce300"
VIN = "5YJ30123456789ABC"
CHALLENGE = "1588d5a30eabc6f8fc9a951b11f6fd11"
SESSION_METADATA = "000106021135594a333031323334353637383941424306101588d5a30eabc6f8fc9a951b11f6fd11ff"
SESSION_INFO = (
    "0806124104c7a1f47138486aa4729971494878d33b1a24e39571f748a6e16c5955b3d877d3a6aaa0e955166474af5d32c410f439a2234137"
    "ad1bb085fd4e8813c958f11d971a104c463f9cc0d3d26906e982ed224adde6255a0a0000"
)
SESSION_INFO_TAG = "996c1fe38331be138f8039c194b14db2198846ed7d8251e6749284d7b32ea002"
EPOCH = "4c463f9cc0d3d26906e982ed224adde6"
COMMAND_METADATA = (
    "000105010103021135594a333031323334353637383941424303104c463f9cc0d3d26906e982ed224adde6040400000a5f050400000007"
    "070400000002ff"
)
PLAIN, NONCE = "120452020801", "dbf79447fa156674dae1caed"
SEALED = "38038e8c0f2e" + "c228e0ff64991481db3a7bbc133696c5"
# internal/authentication/metadata_test.go: the SHA-256 of six items
CHECKSUM_ITEMS = (
    (0, b"\x05"),
    (1, b"\x02"),
    (2, b"testVIN"),
    (3, bytes.fromhex("aada928a4f215f55f9e6e45e66b6521e")),
    (4, (0x0E74).to_bytes(4)),
    (5, (0x053A).to_bytes(4)),
)
CHECKSUM = "abab04d804499813382efd74a06791ce2de777439603246dfbaa8392ca05868e"


def metadata(items: Sequence[tuple[int, bytes]]) -> bytes:
    """Tag, length and value of each item in the order of tags, and the end mark."""
    return b"".join(bytes((tag, len(value))) + value for tag, value in sorted(items)) + b"\xff"


@pytest.mark.parametrize(("counter", "newest", "seen", "counts"), TESLA_WINDOW)
def test_window_vectors(counter: int, newest: int, seen: int, counts: bool) -> None:
    """Same bits, same decisions; only our window is as wide as the word."""
    after = Window(100, 1 << 0 | 1 << 5).take(counter)
    assert after == (Window(newest, seen) if counts else None)


def test_session_vectors() -> None:
    """Key agreement, key derivation and the tag of the session info come out as published."""
    client = derive_private_key(CLIENT_PRIVATE, SECP256R1())
    vehicle = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), bytes.fromhex(VEHICLE_PUBLIC))
    shared = hashlib.sha1(client.exchange(ECDH(), vehicle)).digest()[:16]  # their choice
    assert shared.hex() == SHARED_KEY
    key = hmac.digest(shared, b"session info", "sha256")
    assert key.hex() == SESSION_INFO_KEY
    told = metadata([(0, b"\x06"), (2, VIN.encode()), (6, bytes.fromhex(CHALLENGE))])
    assert told.hex() == SESSION_METADATA
    assert hmac.digest(key, told + bytes.fromhex(SESSION_INFO), "sha256").hex() == SESSION_INFO_TAG


def test_command_vectors() -> None:
    """A command is bound to domain, car, epoch, expiry and counter: change one, and it does not open."""
    items = [
        (0, b"\x05"), (1, b"\x03"), (2, VIN.encode()), (3, bytes.fromhex(EPOCH)), (4, (2655).to_bytes(4)),
        (5, (7).to_bytes(4)), (7, (2).to_bytes(4)),
    ]  # fmt: skip
    bound = metadata(items)
    assert bound.hex() == COMMAND_METADATA
    cipher = AESGCM(bytes.fromhex(SHARED_KEY))
    sealed = cipher.encrypt(bytes.fromhex(NONCE), bytes.fromhex(PLAIN), hashlib.sha256(bound).digest())
    assert sealed.hex() == SEALED
    for number, (tag, value) in enumerate(items):
        other = [*items[:number], (tag, bytes([value[0] ^ 1]) + value[1:]), *items[number + 1 :]]
        with pytest.raises(InvalidTag):
            cipher.decrypt(bytes.fromhex(NONCE), sealed, hashlib.sha256(metadata(other)).digest())


def test_metadata_vectors() -> None:
    assert hashlib.sha256(metadata(CHECKSUM_ITEMS)).hexdigest() == CHECKSUM
    assert metadata([(5, (100).to_bytes(4)), (2, b"abc")]).hex() == "0203616263050400000064ff"


@given(st.lists(st.integers(1, 300), max_size=200))
def test_every_counter_counts_once(counters: list[int]) -> None:
    """Against the plain rule: never one twice, and none older than the window."""
    window, used = Window(), set[int]()
    for counter in counters:
        newest = max(used, default=0)
        expected = counter not in used and counter >= newest - WIDTH and counter != newest
        after = window.take(counter)
        assert (after is not None) == expected
        if after is not None:
            window = after
            used.add(counter)


@given(st.permutations(list(range(1, WIDTH + 2))))
def test_any_order_within_the_window_counts(order: list[int]) -> None:
    window = Window()
    for counter in order:
        after = window.take(counter)
        assert after is not None
        window = after
    assert all(window.take(counter) is None for counter in order)


@given(st.integers(1, 1 << 62), st.integers(1, 1 << 62))
def test_far_jumps_stay_in_eight_bytes(first: int, second: int) -> None:
    window = Window().take(first)
    assert window is not None
    after = window.take(second)
    if after is not None:
        assert 0 <= after.seen < 1 << WIDTH
        assert after.newest == max(first, second)
