# SPDX-License-Identifier: Apache-2.0
"""Signing keys in a folder, one PEM file each; a key that is not there can be brought later to sign what waits."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner, Key

from ivi.model.errors import ConfigurationError, NotFoundError

SUFFIX = ".pem"


class Keyring:
    """Ed25519 keys by label; the file names are the labels."""

    def __init__(self, folder: Path) -> None:
        """The folder may not exist yet; who may read it may sign."""
        self.folder = folder
        self._loaded: dict[tuple[Path, int], CryptoSigner] = {}

    def generate(self, label: str) -> Key:
        """Make a key and write it; returns its public part. Raises ConfigurationError when the label is taken."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        signer = CryptoSigner.generate_ed25519()
        path = self.folder / (label + SUFFIX)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise ConfigurationError(f"there is a key in {path} already", hint="choose another name") from error
        with os.fdopen(descriptor, "wb") as file:
            file.write(signer.private_bytes)
        return signer.public_key

    def obtain(self, label: str) -> Key:
        """The public part of a key, which is made when there is none of this label."""
        return self.signer(label).public_key if (self.folder / (label + SUFFIX)).exists() else self.generate(label)

    def signer(self, label: str) -> CryptoSigner:
        """One key. Raises NotFoundError or ConfigurationError."""
        return load(self.folder / (label + SUFFIX))

    def signers(self) -> dict[str, CryptoSigner]:
        """All keys here, by key id."""
        paths = {(path, path.stat().st_mtime_ns): path for path in sorted(self.folder.glob(f"*{SUFFIX}"))}
        self._loaded = {mark: self._loaded.get(mark) or load(path) for mark, path in paths.items()}
        return {signer.public_key.keyid: signer for signer in self._loaded.values()}


def load(path: Path) -> CryptoSigner:
    """A private key from its file. Raises NotFoundError or ConfigurationError."""
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no key {path}", hint="`python -m ivi.fleet.updates key` makes one") from error
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationError(f"{path} is no private key: {error}", hint="it has to be PEM, unencrypted") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigurationError(f"{path} is no Ed25519 key", hint="make one with `python -m ivi.fleet.updates key`")
    return CryptoSigner(key)
