# SPDX-License-Identifier: Apache-2.0
"""One ECU, as a tester sees it: sessions, trouble codes, data, routines and security access.

udsoncan makes and checks the messages and waits through "response pending" (0x78); this class gives each request its
turn and its deadline, and turns what goes wrong into one clear error.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from udsoncan import Request, services
from udsoncan.client import Client
from udsoncan.exceptions import (
    InvalidResponseException,
    NegativeResponseException,
    TimeoutException,
    UnexpectedResponseException,
)

from ivi.model.errors import DeadlineError, LinkError, PermissionDeniedError, ResourceExhaustedError
from ivi.providers.uds.description import Description, EcuAddress
from ivi.providers.uds.kernel import KernelLink
from ivi.providers.uds.link import QUIET, EcuLink
from ivi.providers.uds.refusal import to_error
from ivi.providers.uds.trouble import ALL, STORED, Reading, TroubleCode

P2 = 1.0  # seconds until an answer must begin; ECUs promise 0.05, gateways and loaded machines add to it
P2_STAR = 6.0  # seconds after "response pending"; ECUs promise 5
REQUEST_LIMIT = 30.0  # seconds for one request in all, however often the ECU says "pending"
QUEUE = 8  # requests that wait for their turn at one ECU
SESSIONS = {"default": 1, "programming": 2, "extended": 3}
START, STOP, RESULT = 1, 2, 3
CODE_SIZE = 4  # bytes of a code with its status

type KeyHook = Callable[[str, int, bytes], bytes]
"""Computes the key for (ECU name, level, seed)."""


class Turn:
    """One request in flight at an ECU; a bounded number waits."""

    def __init__(self, ecu: str) -> None:
        self._ecu = ecu
        self._lock = threading.Lock()
        self._count = threading.Lock()
        self._waiting = 0

    @contextlib.contextmanager
    def take(self, deadline: float) -> Iterator[None]:
        """Hold the turn. Raises ResourceExhaustedError when too many wait, DeadlineError when it does not come."""
        with self._count:
            if self._waiting > QUEUE:
                raise ResourceExhaustedError(f"{self._ecu}: {QUEUE} requests wait already", hint="ask more slowly")
            self._waiting += 1
        try:
            if not self._lock.acquire(timeout=max(deadline - time.monotonic(), 0)):
                raise DeadlineError(f"{self._ecu} was busy with other requests until the deadline")
            try:
                yield
            finally:
                self._lock.release()
        finally:
            with self._count:
                self._waiting -= 1


class EcuClient:
    """Requests to one ECU. Thread-safe; each call blocks for ``limit`` seconds at most.

    All methods raise DeadlineError (no answer), LinkError (a broken transfer or an answer that is none),
    ResourceExhaustedError (the budget or the queue), or for a refusal the error that ``refusal.MEANINGS`` says.
    """

    def __init__(
        self,
        address: EcuAddress,
        description: Description,
        link: EcuLink | KernelLink,
        hook: KeyHook | None = None,
        limit: float = REQUEST_LIMIT,
    ) -> None:
        self.address = address
        self.link = link
        self.turn = Turn(address.name)
        self._description = description
        self._hook = hook
        self._limit = limit
        config = {
            "request_timeout": limit,
            "p2_timeout": P2,
            "p2_star_timeout": P2_STAR,
            "use_server_timing": False,
            "logger_name": QUIET,
        }
        self._client: Any = Client(link, config=config)
        self._client.logger = link.logger

    @property
    def name(self) -> str:
        """Name of the ECU."""
        return self.address.name

    def session(self, kind: str) -> None:
        """Enter a session of ``SESSIONS``."""
        self._call(lambda client: client.change_session(SESSIONS[kind]))

    def present(self) -> None:
        """Tester present: keeps a session open."""
        self._call(lambda client: client.tester_present())

    def trouble_codes(self, mask: int = STORED) -> list[TroubleCode]:
        """Codes of whose status at least one bit is in the mask."""
        return self._codes(2, bytes([mask]))

    def known_codes(self) -> list[TroubleCode]:
        """All codes that the ECU can set, with their status."""
        return self._codes(0x0A, b"")

    def snapshot(self, code: int) -> tuple[Reading, ...]:
        """What the ECU kept of the moment when the code was set; empty when it kept nothing."""
        body = self._report(4, code.to_bytes(3) + b"\xff")
        if body[:3] != code.to_bytes(3):
            raise LinkError(f"{self.name} answers about another trouble code", hint="try again")
        found: list[Reading] = []
        rest = body[4:]  # after code and status
        while len(rest) > 2:  # noqa: PLR2004  # record number, number of values
            count, rest = rest[1], rest[2:]
            readings, rest = self._values(rest, count)
            found += readings
        return tuple(found)

    def clear(self, group: int = ALL) -> None:
        """Clear one code, or all."""
        self._call(lambda client: client.clear_dtc(group))

    def read(self, identifier: int) -> Reading:
        """The value of a data identifier."""
        request = Request(services.ReadDataByIdentifier, data=identifier.to_bytes(2))
        data = bytes(self._call(lambda client: client.send_request(request)).data)
        if data[:2] != identifier.to_bytes(2):
            raise LinkError(f"{self.name} answers about another data identifier than {identifier:04X}")
        item = self._description.numbered(identifier)
        return Reading(identifier, item.name, item.decode(data[2:]), item.unit, data[2:])

    def write(self, identifier: int, value: bytes) -> None:
        """Write a data identifier as bytes."""
        request = Request(services.WriteDataByIdentifier, data=identifier.to_bytes(2) + value)
        self._call(lambda client: client.send_request(request))

    def routine(self, identifier: int, action: int = START, data: bytes = b"") -> bytes:
        """Start or stop a routine, or ask for its result; returns what the ECU says about it."""
        answer = self._call(lambda client: client.routine_control(identifier, action, data or None))
        return bytes(answer.data)[3:]  # after action and identifier

    def unlock(self, level: int = 1) -> None:
        """Security access with the configured key hook. Raises PermissionDeniedError when there is none."""
        if self._hook is None:
            raise PermissionDeniedError(
                f"{self.name} wants a key for security access, and none is configured",
                hint="security.key_hook in the description names a function that computes it",
            )
        seed = bytes(self._call(lambda client: client.request_seed(level)).service_data.seed)
        if any(seed):  # zeros: it is open already
            key = self._hook(self.name, level, seed)
            self._call(lambda client: client.send_key(level + 1, key))

    def _report(self, kind: int, data: bytes) -> bytes:
        request = Request(services.ReadDTCInformation, subfunction=kind, data=data)
        answer = bytes(self._call(lambda client: client.send_request(request)).data)
        if answer[:1] != bytes([kind]):
            raise LinkError(f"{self.name} answers another report than it was asked for", hint="try again")
        return answer[1:]

    def _codes(self, kind: int, data: bytes) -> list[TroubleCode]:
        body = self._report(kind, data)[1:]  # after the status bits that the ECU uses
        texts = self._description.codes
        found = []
        for at in range(0, len(body) - CODE_SIZE + 1, CODE_SIZE):
            code = int.from_bytes(body[at : at + 3])
            if code:  # some ECUs pad with zeros
                found.append(TroubleCode(code, body[at + 3], texts.get(code, "")))
        return found

    def _values(self, data: bytes, count: int) -> tuple[list[Reading], bytes]:
        """Values with known lengths; what follows an unknown one cannot be told apart and is given as it is."""
        found: list[Reading] = []
        for _ in range(count):
            if len(data) < 2:  # noqa: PLR2004  # identifier
                raise LinkError(f"{self.name} sent a snapshot that is cut off", hint="try again")
            item = self._description.numbered(int.from_bytes(data[:2]))
            length = item.length or len(data) - 2
            value = data[2 : 2 + length]
            found.append(Reading(item.identifier, item.name, item.decode(value), item.unit, value))
            data = data[2 + length :]
        return found, data

    def _call(self, action: Callable[[Any], Any]) -> Any:  # noqa: ANN401  # udsoncan's response
        deadline = time.monotonic() + self._limit
        with self.turn.take(deadline):
            self.link.deadline = deadline
            try:
                return action(self._client)
            except NegativeResponseException as error:
                raise to_error(self.name, error) from error
            except TimeoutException as error:
                raise DeadlineError(
                    f"{self.name} (0x{self.address.request:X}) does not answer: {error}",
                    hint="is the ignition on, and the ECU on this bus? `ivi diag scan` shows who answers",
                ) from error
            except (InvalidResponseException, UnexpectedResponseException, ValueError) as error:
                raise LinkError(f"{self.name} sent an answer that is none: {error}", hint="try again") from error
