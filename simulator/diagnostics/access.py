# SPDX-License-Identifier: Apache-2.0
"""Sessions with their S3 time-out, and security access with its lock-out."""

import random

DEFAULT, PROGRAMMING, EXTENDED = 1, 2, 3
S3 = 5.0  # s without a request after which an ECU falls back to the default session
ATTEMPTS = 3  # wrong keys until the lock-out
LOCK_OUT = 10.0  # s
SEED_BYTES = 4
TOY_MASK = 0x1D0C0FFE


def toy_key(seed: bytes) -> bytes:
    """The key of the simulated ECUs. It protects nothing: it is here so that a tester has something to get wrong."""
    return (int.from_bytes(seed) ^ TOY_MASK).to_bytes(len(seed))


class Access:
    """What a tester may do at the moment. Time comes from outside; nothing here waits."""

    def __init__(self, rng: random.Random) -> None:
        self.session = DEFAULT
        self.unlocked = False
        self._rng = rng
        self._heard = 0.0
        self._seed = b""
        self._wrong = 0
        self._locked_until = 0.0

    def hear(self, now: float) -> None:
        """A request has arrived; one that comes too late finds the default session."""
        if self.session != DEFAULT and now - self._heard > S3:
            self.enter(DEFAULT)
        self._heard = now

    def keep(self, now: float) -> None:
        """The ECU has answered: S3 counts from here."""
        self._heard = now

    def enter(self, session: int) -> None:
        """Change the session; the lock closes with every change."""
        self.session = session
        self.unlocked = False
        self._seed = b""

    def locked_out(self, now: float) -> bool:
        """Whether seeds are refused after wrong keys."""
        return now < self._locked_until

    def seed(self) -> bytes:
        """A new seed, or zeros when nothing is locked."""
        if self.unlocked:
            return bytes(SEED_BYTES)
        self._seed = self._rng.randbytes(SEED_BYTES)
        return self._seed

    @property
    def awaits_key(self) -> bool:
        """Whether a seed has been given and not been used."""
        return bool(self._seed)

    def try_key(self, key: bytes, now: float) -> tuple[bool, bool]:
        """(unlocked, locked out now). A seed serves once."""
        self.unlocked = key == toy_key(self._seed)
        self._seed = b""
        self._wrong = 0 if self.unlocked else self._wrong + 1
        if self._wrong < ATTEMPTS:
            return self.unlocked, False
        self._wrong = 0
        self._locked_until = now + LOCK_OUT
        return False, True
