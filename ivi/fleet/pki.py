# SPDX-License-Identifier: Apache-2.0
"""A small certificate authority for tests and trials (`python -m ivi.fleet.pki`): a root, a broker, cars, an ingest.

Its root key lies beside the certificates it signs; a real fleet keeps that in a hardware module.
"""

import argparse
import datetime
import ipaddress
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ivi.cloud.wire import FLEET_USERS, check_vehicle_id
from ivi.model.errors import ConfigurationError, IviError

BROKER = "broker"
HOSTS = ("localhost", "127.0.0.1", "::1")
DAYS = 90  # how long a certificate lasts
CA_DAYS = 3650
_SKEW = datetime.timedelta(minutes=5)  # a car's clock may be behind
_CA = "ca"


class Authority:
    """A root in a folder, made when there is none yet."""

    def __init__(self, folder: Path) -> None:
        """Raises ConfigurationError when the folder cannot be used."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if (folder / f"{_CA}.key").exists():
                self._key = _load_key(folder / f"{_CA}.key")
                self._certificate = x509.load_pem_x509_certificate((folder / f"{_CA}.crt").read_bytes())
            else:
                self._make()
        except (OSError, ValueError, TypeError) as error:
            raise ConfigurationError(f"cannot use {folder}: {error}", hint="choose another with --folder") from error

    def _make(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ivi test root")])
        self._certificate = (
            _builder(name, name, self._key.public_key(), datetime.timedelta(days=CA_DAYS))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        _write(self.folder, _CA, self._certificate, self._key)

    def issue(
        self, name: str, *, hosts: Sequence[str] = (), lasts: datetime.timedelta = datetime.timedelta(days=DAYS)
    ) -> None:
        """Write NAME.crt and NAME.key, anew if they are there. With `hosts` it is a server's, else a client's.

        Raises ConfigurationError when they cannot be written, or for a name that cannot be a car's.
        """
        if name not in FLEET_USERS:
            check_vehicle_id(name)
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        use = ExtendedKeyUsageOID.SERVER_AUTH if hosts else ExtendedKeyUsageOID.CLIENT_AUTH
        builder = (
            _builder(subject, self._certificate.subject, key.public_key(), lasts)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        )
        if hosts:
            builder = builder.add_extension(
                x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False
            )
        try:
            _write(self.folder, name, builder.sign(self._key, hashes.SHA256()), key)
        except OSError as error:
            raise ConfigurationError(f"cannot write to {self.folder}: {error}", hint="check its rights") from error


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, lasts: datetime.timedelta
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + lasts)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _load_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} is no key of ours")
    return key


def _write(folder: Path, name: str, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    """The key first and each whole at once: whoever reads in between sees a pair that does not match, never half."""
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for path, data in (
        (folder / f"{name}.key", secret),
        (folder / f"{name}.crt", certificate.public_bytes(serialization.Encoding.PEM)),
    ):
        new = path.with_name(path.name + ".new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if path.suffix == ".key" else 0o644)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        new.rename(path)


def main(argv: list[str] | None = None) -> int:
    """Make what is asked for; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m ivi.fleet.pki", description="Certificates for trials: a root, a broker, an ingest and cars."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="cars (or ingest, fleet) to make certificates for")
    parser.add_argument("--folder", type=Path, required=True, help="where they are written, and the root is kept")
    parser.add_argument("--days", type=int, default=DAYS, help="how long they last (default %(default)s)")
    parser.add_argument(
        "--host",
        action="append",
        default=[],
        help="further names or addresses of the broker; its certificate is made anew",
    )
    options = parser.parse_args(argv)
    lasts = datetime.timedelta(days=options.days)
    try:
        authority = Authority(options.folder)
        if options.host or not (options.folder / f"{BROKER}.crt").exists():
            authority.issue(BROKER, hosts=[*HOSTS, *options.host], lasts=lasts)
        for name in options.names:
            authority.issue(name, lasts=lasts)
    except IviError as error:
        sys.stderr.write(f"ivi pki: {error}\n")
        return error.exit_code
    sys.stdout.write(f"written to {options.folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
