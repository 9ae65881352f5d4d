# SPDX-License-Identifier: Apache-2.0
"""Who is at the door: JSON Web Tokens signed for Kuksa (`aud`, `exp`, `scope`), and what one may do without them."""

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivi.doors import scopes
from ivi.doors.scopes import Permissions, UnauthenticatedError
from ivi.model.errors import ConfigurationError, InvalidArgumentError

AUDIENCE = "kuksa.val"  # what Kuksa's databroker expects in `aud`
MAX_TOKEN = 16_384  # characters
REMEMBERED = 64  # verified tokens; a signature costs more than a request
MIN_RSA_BITS = 2048


class TokenKey:
    """The public key that tokens must be signed with. Only the one algorithm that fits the key is taken."""

    def __init__(self, file: Path) -> None:
        """Read a PEM file. Raises ConfigurationError when it holds no RSA or Ed25519 public key."""
        try:
            import jwt  # noqa: PLC0415  # an extra: only a door with a token key needs it
        except ImportError as error:
            raise ConfigurationError(
                "a token key needs the package PyJWT", hint="pip install 'ivi[kuksa]' or 'ivi[viss]'"
            ) from error
        self._jwt: Any = jwt
        self._key, self._algorithm = _load(file)
        self._verified: OrderedDict[str, Permissions] = OrderedDict()

    def permissions(self, token: str) -> Permissions:
        """What the bearer may do. Raises UnauthenticatedError for a token that is not valid (now)."""
        known = self._verified.get(token)
        if known is None:
            known = self._verify(token)
            self._verified[token] = known
            if len(self._verified) > REMEMBERED:
                self._verified.popitem(last=False)
        known.need_valid()
        return known

    def _verify(self, token: str) -> Permissions:
        if len(token) > MAX_TOKEN:
            raise UnauthenticatedError(f"a token of {len(token)} characters is too long")
        try:
            claims: dict[str, object] = self._jwt.decode(
                token,
                self._key,
                algorithms=[self._algorithm],
                audience=AUDIENCE,
                options={"require": ["exp", "aud", "scope"]},
            )
        except self._jwt.PyJWTError as error:
            raise UnauthenticatedError(f"the token is not valid: {error}") from error
        text, expires = claims["scope"], claims["exp"]
        if not isinstance(text, str) or not isinstance(expires, int | float):
            raise UnauthenticatedError("the token's claims scope and exp have other types")
        try:
            return scopes.parse(text, float(expires))
        except InvalidArgumentError as error:
            raise UnauthenticatedError(f"the token's scope: {error.message}", hint=error.hint) from error


@dataclass(frozen=True)
class Gate:
    """What one address asks of a client."""

    key: TokenKey | None = None
    static: Permissions | None = None
    """What a client without a token may do; None: nothing."""

    @property
    def guarded(self) -> bool:
        """Whether some requests are refused here (VISS treats missing data differently then)."""
        return self.key is not None

    def admit(self, token: str) -> Permissions:
        """The permissions of whoever shows this token (empty for none). Raises UnauthenticatedError."""
        if self.key is not None and token:
            return self.key.permissions(token)
        if self.static is None:
            raise UnauthenticatedError("a token is needed here", hint="authorization: Bearer <token>")
        return self.static


def _load(file: Path) -> tuple[object, str]:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # comes with PyJWT[crypto]
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415

    try:
        key = load_pem_public_key(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(
            f"cannot read the token key {file}: {error.strerror}", hint="check the path"
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ConfigurationError(f"{file} holds no public key", hint="a PEM file, BEGIN PUBLIC KEY") from error
    if isinstance(key, Ed25519PublicKey):
        return key, "EdDSA"
    if isinstance(key, RSAPublicKey) and key.key_size >= MIN_RSA_BITS:
        return key, "RS256"
    raise ConfigurationError(
        f"the key in {file} cannot be used", hint=f"Ed25519, or RSA with at least {MIN_RSA_BITS} bits"
    )
