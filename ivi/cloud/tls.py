# SPDX-License-Identifier: Apache-2.0
"""Mutual TLS 1.3 with the car's certificate: reads the files, notices new ones, and says when they run out.

The private key is a file, or stays in a PKCS#11 token: then the file names it. Python's ssl module names neither
engines nor providers of OpenSSL (python/cpython issue 116971, open), but OpenSSL reads such a file by itself when its
configuration loads pkcs11-provider (see docs/cloud-delivery.md).
"""

import asyncio
import hashlib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ivi.daemon.process import Process
from ivi.model.errors import ConfigurationError
from ivi.model.status import Problem

CHECK_S = 60.0  # seconds between looks at the files
WARN_S = 14 * 86400.0  # seconds before its end from which a certificate is warned of
_OTHERS = 0o077  # rights of group and others
_DAY = 86400.0  # seconds
_IN_TOKEN = b"-----BEGIN PKCS#11 PROVIDER URI-----"
"""How a file begins that names a key in a token (pkcs11-provider 0.3 and newer)."""
_NO_PROVIDER = "OPENSSL_CONF must load pkcs11-provider with the token's module and PIN: see docs/cloud-delivery.md"
_HINT = "the folder needs ca.crt, NAME.crt and NAME.key as PEM"


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Three PEM files: whom we trust, who we are, and the proof of it."""

    ca: Path
    certificate: Path
    key: Path

    @classmethod
    def of(cls, folder: Path, name: str) -> "TlsFiles":
        """The files of a name in a folder, as `python -m ivi.fleet.pki` makes them."""
        return cls(folder / "ca.crt", folder / f"{name}.crt", folder / f"{name}.key")

    def context(self) -> ssl.SSLContext:
        """TLS 1.3 for a client that shows its certificate and checks the broker's. Raises ConfigurationError."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        try:
            context.load_verify_locations(self.ca)
            context.load_cert_chain(self.certificate, self.key)
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            if self.key_in_token:
                raise ConfigurationError(
                    f"cannot use the key in the PKCS#11 token that {self.key} names, with {self.certificate}",
                    hint=_NO_PROVIDER,
                ) from error
            raise ConfigurationError(f"cannot use the certificate {self.certificate}: {error}", hint=_HINT) from error
        return context

    @property
    def key_in_token(self) -> bool:
        """Whether the key's file only names a key that stays in a PKCS#11 token."""
        try:
            return _IN_TOKEN in self.key.read_bytes()
        except OSError:
            return False

    def content(self) -> bytes:
        """A digest of all three, which changes when one of them does; empty while one cannot be read."""
        digest = hashlib.sha256()
        try:
            for path in (self.ca, self.certificate, self.key):
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError:
            return b""
        return digest.digest()

    def subject(self) -> tuple[str, float]:
        """Common name of our certificate, and its end in seconds since 1970. Raises ConfigurationError."""
        from cryptography import x509  # noqa: PLC0415  # it costs a plain connection's start 50 ms

        try:
            certificate = x509.load_pem_x509_certificate(self.certificate.read_bytes())
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"cannot read the certificate {self.certificate}: {error}", hint=_HINT) from error
        names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(names[0].value) if names else "", certificate.not_valid_after_utc.timestamp()

    def require(self, name: str) -> None:
        """Raises ConfigurationError unless the files can be used and the certificate is of this name."""
        self.context()
        found, _ = self.subject()
        if found != name:
            raise ConfigurationError(
                f"the certificate {self.certificate} is of {found!r} and not of {name!r}",
                hint="the broker lets a car write only where its certificate's name stands",
            )


class Renewal:
    """Follows the files: a new certificate is used at once, and one that runs out is warned of."""

    def __init__(
        self, files: TlsFiles, process: Process, renew: Callable[[], None], now: Callable[[], float] = time.time
    ) -> None:
        """`renew` is called when the files have changed and can be used; `now` in seconds since 1970."""
        self._files, self._process, self._renew, self._now = files, process, renew, now
        self._used = files.content()

    async def run(self) -> None:
        """Look from time to time, until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(CHECK_S)

    def look(self) -> None:
        """Look now."""
        content = self._files.content()
        if content and content != self._used:
            try:
                self._files.context()
            except ConfigurationError as error:  # half written, or a mistake: the old one is used on
                self._report(f"The new certificate is not used: {error.message}", error.hint)
                return
            self._used = content
            self._renew()
        try:
            _, end = self._files.subject()
        except ConfigurationError as error:
            self._report(error.message, error.hint)
            return
        left = end - self._now()
        if left <= 0:
            self._report("The car's certificate has run out: no broker will take it", "bring a new one")
        elif left < WARN_S:
            self._report(f"The car's certificate runs out in {left / _DAY:.1f} days", "bring a new one before")
        elif self._open():
            self._report("The car's private key can be read by others", f"chmod 600 {self._files.key}")
        else:
            self._process.resolve("certificate")

    def _open(self) -> bool:
        try:
            return not self._files.key_in_token and bool(self._files.key.stat().st_mode & _OTHERS)
        except OSError:
            return False

    def _report(self, what: str, hint: str) -> None:
        self._process.report("certificate", Problem(what, str(self._files.certificate), hint))
