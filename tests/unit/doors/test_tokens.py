# SPDX-License-Identifier: Apache-2.0
"""Tokens: only what the key's owner signed, for us, for now."""

import time
from pathlib import Path
from typing import Any

import pytest

from ivi.doors.scopes import UnauthenticatedError
from ivi.doors.tokens import TokenKey
from ivi.model.errors import ConfigurationError

jwt = pytest.importorskip("jwt", reason="the extras kuksa and viss are not installed")
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa  # noqa: E402  # after the skip
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: E402

# A day: the whole suite may run for long after this line.
CLAIMS = {"sub": "x", "iss": "y", "aud": ["kuksa.val"], "exp": time.time() + 86400, "scope": "read:Vehicle.Speed"}


def public(private: Any, file: Path) -> Path:  # noqa: ANN401  # cryptography is an extra
    """The public half in a file."""
    file.write_bytes(private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return file


@pytest.mark.parametrize(
    ("private", "algorithm"),
    [(rsa.generate_private_key(65537, 2048), "RS256"), (ed25519.Ed25519PrivateKey.generate(), "EdDSA")],
    ids=["RSA", "Ed25519"],
)
class TestKey:
    """Both kinds of key."""

    def test_takes_its_owners_token(self, private: Any, algorithm: str, tmp_path: Path) -> None:  # noqa: ANN401
        key = TokenKey(public(private, tmp_path / "k.pem"))
        permissions = key.permissions(jwt.encode(CLAIMS, private, algorithm=algorithm))
        assert permissions.can_read("Vehicle.Speed")
        assert not permissions.can_read("Vehicle.IsMoving")

    def test_refuses_the_rest(self, private: Any, algorithm: str, tmp_path: Path) -> None:  # noqa: ANN401
        file = public(private, tmp_path / "k.pem")
        key = TokenKey(file)
        good = jwt.encode(CLAIMS, private, algorithm=algorithm)
        head, body, signature = good.split(".")
        secret = b"a secret that both sides would have to know"
        bad = [
            "",
            "a.b.c",
            "x" * 20_000,
            f"{head}.{body}.",
            f"{head}.{body[:-2]}.{signature}",
            jwt.encode(CLAIMS, None, algorithm="none"),
            jwt.encode(CLAIMS, secret, algorithm="HS256"),
            *(
                jwt.encode(CLAIMS | change, private, algorithm=algorithm)
                for change in (
                    {"exp": time.time() - 5},
                    {"nbf": time.time() + 60},
                    {"aud": ["other"]},
                    {"scope": "write"},
                    {"scope": ["read"]},
                )
            ),
            *(
                jwt.encode({k: v for k, v in CLAIMS.items() if k != name}, private, algorithm=algorithm)
                for name in ("exp", "aud", "scope")
            ),
        ]
        for token in bad:
            with pytest.raises(UnauthenticatedError):
                key.permissions(token)
        key.permissions(good)

    def test_a_token_that_was_good_ends(self, private: Any, algorithm: str, tmp_path: Path) -> None:  # noqa: ANN401
        key = TokenKey(public(private, tmp_path / "k.pem"))
        token = jwt.encode(CLAIMS | {"exp": time.time() + 5}, private, algorithm=algorithm)
        key.permissions(token).need_valid()
        deadline = time.monotonic() + 20
        while True:
            try:
                key.permissions(token)
            except UnauthenticatedError:
                break
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_refuses_keys_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "text.pem").write_text("no key")
    weak = public(rsa.generate_private_key(65537, 1024), tmp_path / "weak.pem")
    other = public(ec.generate_private_key(ec.SECP256R1()), tmp_path / "ec.pem")
    for file in (tmp_path / "text.pem", tmp_path / "absent.pem", weak, other):
        with pytest.raises(ConfigurationError):
            TokenKey(file)
