# SPDX-License-Identifier: Apache-2.0
"""Number and hash of the ledger's newest record, outside of it, signed with a key of this device (HMAC-SHA-256)."""

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

import msgspec

KEY_BYTES = 32


class Anchored(msgspec.Struct, frozen=True):
    """What the anchor says."""

    seq: int
    hash: str
    mac: str = ""


class Anchor:
    """Two files beside the ledger: `<name>.anchor`, written after each record, and `<name>.key`, written once."""

    def __init__(self, ledger: Path, *, empty: bool) -> None:
        """Read the key, or make it. `empty`: the ledger has no records. Raises OSError."""
        self.problem = ""
        """Why `read` has nothing."""
        self._path = ledger.with_suffix(".anchor")
        self._new = ledger.with_suffix(".anchor-new")
        key = ledger.with_suffix(".key")
        made = False
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            made = True
        self._key = key.read_bytes()
        if made and empty and not self._path.exists():
            # From now on a missing anchor is a sign.
            self.write(0, "")

    def write(self, seq: int, digest: str) -> None:
        """Remember the newest record, durably."""
        anchored = Anchored(seq, digest, self._mac(seq, digest))
        descriptor = os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(anchored))
            file.flush()
            os.fsync(file.fileno())
        self._new.replace(self._path)

    def read(self) -> Anchored | None:
        """The newest record as it was remembered; None with `problem` set when it cannot be said."""
        self.problem = ""
        try:
            anchored = msgspec.json.decode(self._path.read_bytes(), type=Anchored)
        except FileNotFoundError:
            self.problem = "its anchor is missing: nobody can tell whether its end is"
            return None
        except (OSError, msgspec.MsgspecError) as error:
            self.problem = f"its anchor cannot be read: {error}"
            return None
        if not hmac.compare_digest(anchored.mac, self._mac(anchored.seq, anchored.hash)):
            self.problem = "its anchor was not signed by this device"
            return None
        return anchored

    def _mac(self, seq: int, digest: str) -> str:
        return hmac.new(self._key, f"{seq}:{digest}".encode(), hashlib.sha256).hexdigest()
