# SPDX-License-Identifier: Apache-2.0
"""Commands on the wire: what is signed comes out, and nothing else does."""

import os
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ivi.cloud import cose
from ivi.cloud.cbor import encode
from ivi.cloud.commands.command import CONTEXT, MAX_COMMAND, Command, open_command, sign_command
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError

KEY = Ed25519PrivateKey.generate()
KID = b"owner-1"
KEYS = {KID: KEY.public_key()}
COMMAND = Command("WVWZZZ1JZXW000001", "precondition", 7, 1_800_000_000, bytes(8), {"on": True, "temperature": 21.5})

names = st.text("abcdefgh_", min_size=1, max_size=12)
arguments = st.dictionaries(names, st.booleans() | st.integers(0, 100) | st.floats(-1e6, 1e6) | names, max_size=4)


@given(
    names, arguments, st.integers(1, (1 << 63) - 1), st.integers(0, 1 << 40), st.binary(min_size=8, max_size=8),
    st.binary(min_size=16, max_size=16),
)  # fmt: skip
def test_what_is_signed_comes_out(
    name: str, args: dict[str, Any], counter: int, expiry: int, epoch: bytes, id_: bytes
) -> None:
    command = Command("car-1", name, counter, expiry, epoch, args, id_)
    assert open_command(sign_command(command, KID, KEY), KEYS) == (command, KID)


def test_a_usual_command_is_small() -> None:
    """The notes measured 160 bytes; the limit is for long arguments."""
    assert len(sign_command(COMMAND, KID, KEY)) <= 200
    assert len(sign_command(replace(COMMAND, name="lock", args={}), KID, KEY)) <= 170


def test_no_bit_can_be_changed() -> None:
    """Every single bit of a whole message is turned; no copy is believed."""
    message = sign_command(COMMAND, KID, KEY)
    for position in range(len(message) * 8):
        changed = bytearray(message)
        changed[position // 8] ^= 1 << position % 8
        with pytest.raises((InvalidArgumentError, PermissionDeniedError)):
            open_command(bytes(changed), KEYS)


def test_no_part_of_a_message_is_one() -> None:
    """Cut anywhere, or followed by anything."""
    message = sign_command(COMMAND, KID, KEY)
    for length in range(len(message)):
        with pytest.raises(InvalidArgumentError):
            open_command(message[:length], KEYS)
    with pytest.raises(InvalidArgumentError):
        open_command(message + b"\x00", KEYS)


@given(st.binary(max_size=600))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(IviError):
        open_command(noise, KEYS)


def test_who_signs_and_for_what() -> None:
    payload = {1: "car", 2: "lock", 3: {}, 4: bytes(16), 5: 1, 6: 1, 7: bytes(8)}
    assert open_command(cose.sign(payload, KID, KEY, CONTEXT), KEYS)[0].name == "lock"
    with pytest.raises(PermissionDeniedError):
        open_command(cose.sign(payload, KID, KEY, b"ivi-twin-1"), KEYS)
    with pytest.raises(PermissionDeniedError):
        open_command(cose.sign(payload, b"nobody", KEY, CONTEXT), KEYS)
    with pytest.raises(PermissionDeniedError):
        open_command(cose.sign(payload, KID, Ed25519PrivateKey.generate(), CONTEXT), KEYS)


@pytest.mark.parametrize(
    "change",
    [
        {1: ""}, {1: "c" * 65}, {1: 5}, {2: ""}, {2: "n" * 33}, {2: b"lock"}, {3: []}, {3: {1: 2}}, {3: None},
        {4: bytes(15)}, {4: "0123456789abcdef"}, {5: 0}, {5: -1}, {5: True}, {5: 1.0}, {5: 1 << 63}, {6: -1},
        {6: False}, {7: bytes(9)}, {8: 1},
    ],
)  # fmt: skip
def test_fields_that_are_not_right(change: dict[int, Any]) -> None:
    """Signed by a known key, and wrong all the same."""
    payload = {1: "car", 2: "lock", 3: {}, 4: bytes(16), 5: 1, 6: 1, 7: bytes(8)} | change
    with pytest.raises(InvalidArgumentError):
        open_command(cose.sign(payload, KID, KEY, CONTEXT), KEYS)


@pytest.mark.parametrize("field", range(1, 8))
def test_fields_that_are_missing(field: int) -> None:
    payload = {1: "car", 2: "lock", 3: {}, 4: bytes(16), 5: 1, 6: 1, 7: bytes(8)}
    del payload[field]
    with pytest.raises(InvalidArgumentError):
        open_command(cose.sign(payload, KID, KEY, CONTEXT), KEYS)


def test_too_long_and_too_deep() -> None:
    long = replace(COMMAND, args={"text": "x" * MAX_COMMAND})
    with pytest.raises(InvalidArgumentError, match="limit"):
        sign_command(long, KID, KEY)
    payload = {1: "car", 2: "lock", 3: {"text": "x" * MAX_COMMAND}, 4: bytes(16), 5: 1, 6: 1, 7: bytes(8)}
    with pytest.raises(InvalidArgumentError, match="limit"):
        open_command(cose.sign(payload, KID, KEY, CONTEXT), KEYS)
    deep: Any = 0
    for _ in range(200):
        deep = [deep]
    with pytest.raises(InvalidArgumentError):
        open_command(cose.sign({**payload, 3: {"deep": deep}}, KID, KEY, CONTEXT), KEYS)
    with pytest.raises(InvalidArgumentError):
        open_command(b"\x81" * 500, KEYS)
    with pytest.raises(InvalidArgumentError):
        open_command(encode({"not": "signed"}), KEYS)


def test_ids_are_never_the_same() -> None:
    assert len({Command("car", "lock", 1, 1, os.urandom(8)).id for _ in range(100)}) == 100
