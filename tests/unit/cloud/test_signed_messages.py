# SPDX-License-Identifier: Apache-2.0
"""CBOR from strangers, COSE_Sign1, records and the file of trusted keys."""

import contextlib
import json
from pathlib import Path

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ivi.cloud import cbor, cose
from ivi.cloud.record import Record, decode_record, encode_record
from ivi.cloud.trust import Role, Trust
from ivi.model.errors import ConfigurationError, InvalidArgumentError, PermissionDeniedError

KEY = Ed25519PrivateKey.generate()
KEYS = {b"k1": KEY.public_key()}
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 64) - 1)
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.integers(0, 99), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_what_is_plain_comes_back(value: object) -> None:
    assert cbor.decode(cbor.encode(value), "it") == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01\x01",
        b"\x81" * 40 + b"\x01",
        b"\x9f\x01\xff",
        b"\xa2\x01\x01\x01\x02",
        b"\x9b" + b"\x7f" * 8,
        cbor2.dumps(1 << 70),
        cbor2.dumps(cbor2.CBORTag(35, "(a+)+$")),
        cbor2.dumps(cbor2.CBORTag(1, 0)),
        cbor2.dumps(cbor2.CBORTag(999, 0)),
        cbor2.dumps({None: 1}),
        bytes(1 << 18),
    ],
)
def test_what_is_not_plain_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidArgumentError, match="it "):
        cbor.decode(data, "it")


@given(st.binary(max_size=64))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with contextlib.suppress(InvalidArgumentError):
        cbor.decode(data, "it")
    try:
        cose.verify(data, KEYS, b"c")
    except (InvalidArgumentError, PermissionDeniedError):
        return
    pytest.fail("accepted")


def test_a_signed_value_comes_back_with_its_key() -> None:
    signed = cose.sign({"a": [1, b"x"]}, b"k1", KEY, b"command")
    assert cose.verify(signed, KEYS, b"command") == ({"a": [1, b"x"]}, b"k1")


def test_every_flipped_bit_is_refused() -> None:
    signed = cose.sign({"a": 1}, b"k1", KEY, b"command")
    for place in range(len(signed) * 8):
        forged = bytearray(signed)
        forged[place // 8] ^= 1 << place % 8
        with pytest.raises((InvalidArgumentError, PermissionDeniedError)):
            cose.verify(bytes(forged), KEYS, b"command")


def test_what_was_signed_for_one_thing_is_no_other() -> None:
    signed = cose.sign({"a": 1}, b"k1", KEY, b"command")
    with pytest.raises(PermissionDeniedError, match="does not match"):
        cose.verify(signed, KEYS, b"entitlement")
    with pytest.raises(PermissionDeniedError, match="not known"):
        cose.verify(signed, {}, b"command")


def test_records() -> None:
    record = Record("command", 1_790_000_000_000, {"id": b"\x00", "state": "succeeded"})
    assert decode_record(encode_record(record)) == record
    for body in (b"", b"\x02", b"\x03", b"\x03\xa0", b"\x03" + cbor2.dumps({"k": "", "t": 1, "d": {}})):
        with pytest.raises(InvalidArgumentError):
            decode_record(body)


def _write(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_trusted_keys_by_role(tmp_path: Path) -> None:
    public = KEY.public_key().public_bytes_raw().hex()
    entries = [{"id": "6b31", "role": "owner", "public": public, "name": "Phone"}]
    trust = Trust.load(_write(tmp_path / "trust.json", {"keys": entries}))
    issuer = trust.issuer(b"k1")
    assert issuer is not None
    assert (issuer.role, issuer.name) == (Role.OWNER, "Phone")
    assert set(trust.keys(Role.OWNER)) == {b"k1"}
    assert trust.keys(Role.FLEET) == {}
    assert Trust.load(tmp_path / "absent.json").keys(*Role) == {}


@pytest.mark.parametrize(
    "content", ["x", {"keys": 1}, {"keys": [{}]}, {"keys": [{"id": "zz", "role": "owner", "public": "00"}]}]
)
def test_a_bad_file_of_keys_is_named(tmp_path: Path, content: object) -> None:
    with pytest.raises(ConfigurationError, match=r"trust\.json"):
        Trust.load(_write(tmp_path / "trust.json", content))
