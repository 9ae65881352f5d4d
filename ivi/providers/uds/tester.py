# SPDX-License-Identifier: Apache-2.0
"""The tester on one bus: its ECUs, requests to all of them at once, and the scan that finds them."""

import importlib
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from ivi.model.errors import ConfigurationError, IviError, LinkError, NotFoundError
from ivi.providers.uds.budget import Budget, frame_bits
from ivi.providers.uds.client import REQUEST_LIMIT, EcuClient, KeyHook
from ivi.providers.uds.description import RESPONSE_OFFSET, Description, EcuAddress
from ivi.providers.uds.kernel import KernelLink, open_socket
from ivi.providers.uds.link import PADDING, EcuLink
from ivi.providers.uds.port import Port

WINDOW = 0.5  # seconds that ECUs have to begin their answers to a functional request
COLLECT_LIMIT = 10.0  # seconds until all of them must be complete
TURN = 0.01  # seconds between two looks at the inboxes of all ECUs
SINGLE_MAX = 7  # bytes; a functional request is one frame
ECUS_MAX = 32  # that one tester talks to
OBD = tuple(range(0x7E0, 0x7E8))  # ISO 15765-4: where emission-related ECUs listen
TESTER_PRESENT = b"\x3e\x00"


@dataclass(frozen=True, slots=True)
class Found:
    """An ECU that answered a scan."""

    ecu: EcuAddress
    identity: dict[str, str]
    """Name of a datum and its text; what an ECU does not have is left out."""
    problem: str = ""


class DiagnosticTester:
    """Talks to the ECUs of one bus. Close it, or use it in a ``with``."""

    def __init__(
        self,
        address: str,
        description: Description,
        *,
        share: float | None = None,
        limit: float = REQUEST_LIMIT,
        kernel: bool = False,
    ) -> None:
        """Open ``interface:channel``; ``kernel`` = ISO-TP sockets of the kernel, on SocketCAN.

        Raises ConfigurationError or UnavailableError.
        """
        if kernel and not address.startswith("socketcan:"):
            raise ConfigurationError(
                f"{address} has no ISO-TP in the kernel", hint="--transport python, or socketcan:can0"
            )
        self._kernel = kernel
        self.description = description
        self.budget = Budget(description.bit_rate, description.share if share is None else share)
        self._hook = load_hook(description.key_hook)
        self._limit = limit
        self._port = Port(address)
        self._clients: dict[int, EcuClient] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the bus."""
        for client in self._clients.values():
            client.link.close()
        self._port.close()

    def ecu(self, name: str) -> EcuClient:
        """An ECU by name or address. Raises NotFoundError."""
        return self.client(self.description.ecu(name))

    def client(self, address: EcuAddress) -> EcuClient:
        """The client for an address; one for each response identifier."""
        client = self._clients.get(address.response)
        if client is None:
            if len(self._clients) >= ECUS_MAX:
                raise NotFoundError(f"more than {ECUS_MAX} ECUs at once", hint="close the tester and open another")
            client = EcuClient(address, self.description, self._link(address), self._hook, self._limit)
            self._clients[address.response] = client
        return client

    def _link(self, ecu: EcuAddress) -> EcuLink | KernelLink:
        if not self._kernel:
            return EcuLink(self._port, self.budget, ecu.name, ecu.request, ecu.response)
        sock = open_socket(self._port.channel, ecu.request, ecu.response, self.budget)
        return KernelLink(self._port, self.budget, ecu.name, ecu.response, sock)

    def ask_all(self, request: bytes, expected: Iterable[str] = ()) -> dict[str, bytes]:
        """Send a functional request and collect the first answer of each ECU, by name.

        When all ``expected`` have answered, nobody else is waited for. Raises
        DeadlineError or ResourceExhaustedError when a busy ECU or the budget does not allow it in time, LinkError
        when the bus fails. An ECU whose answer is broken counts as silent, unless nobody else answers.
        """
        if not 0 < len(request) <= SINGLE_MAX:
            raise ConfigurationError(f"a functional request has 1 to {SINGLE_MAX} bytes, this one {len(request)}")
        addresses = {ecu.response: ecu for ecu in (*self._standard(), *self.description.ecus.values())}
        clients = [self.client(ecu) for ecu in addresses.values()]
        deadline = time.monotonic() + COLLECT_LIMIT
        with ExitStack() as turns:
            for client in sorted(clients, key=lambda client: client.address.response):
                turns.enter_context(client.turn.take(deadline))
            for client in clients:
                client.link.deadline = deadline
                client.link.empty_rxqueue()
            likely = [client for client in clients if client.name in self.description.ecus]
            self.budget.take((1 + len(likely)) * frame_bits(), deadline)
            for client in likely:
                client.link.expect(1)
            frame = (bytes([len(request)]) + request).ljust(8, bytes([PADDING]))
            self._port.send(self.description.functional, frame)
            return _collect(clients, frozenset(expected), deadline)

    def scan(self) -> list[Found]:
        """Who answers on the functional address, and who the description names but does not; with their identity."""
        self._port.strangers()
        answered = self.ask_all(TESTER_PRESENT)
        strange = [
            EcuAddress(f"0x{identifier - RESPONSE_OFFSET:03X}", identifier - RESPONSE_OFFSET, identifier)
            for identifier in sorted(self._port.strangers())
            if identifier - RESPONSE_OFFSET >= 0x700  # noqa: PLR2004  # below are no requests but the car's own frames
        ]
        known = {client.address.name: client.address for client in self._clients.values()}
        silent = [ecu for name, ecu in self.description.ecus.items() if name not in answered]
        found = [self._identify(ecu) for ecu in (*(known[name] for name in answered), *silent, *strange)]
        unsure = {ecu.name for ecu in strange}  # whatever else a car sends up there is no ECU that answers
        return [entry for entry in found if not (entry.problem and entry.ecu.name in unsure)]

    def _identify(self, ecu: EcuAddress) -> Found:
        client = self.client(ecu)
        try:
            client.present()
        except IviError as error:
            return Found(ecu, {}, str(error))
        identity: dict[str, str] = {}
        for name in ("vin", "part_number", "software", "hardware"):
            try:
                identity[name] = str(client.read(self.description.item(name).identifier).value)
            except IviError:
                continue  # an ECU need not have each of them
        return Found(ecu, identity)

    def _standard(self) -> list[EcuAddress]:
        taken = {ecu.response for ecu in self.description.ecus.values()}
        return [
            EcuAddress(f"0x{request:03X}", request, request + RESPONSE_OFFSET)
            for request in OBD
            if request + RESPONSE_OFFSET not in taken
        ]


def _collect(clients: list[EcuClient], expected: frozenset[str], deadline: float) -> dict[str, bytes]:
    answers: dict[str, bytes] = {}
    broken: dict[str, LinkError] = {}
    window = time.monotonic() + WINDOW
    while (now := time.monotonic()) < deadline:
        for client in clients:
            for answer in _poll(client, broken):
                pending = answer[:1] == b"\x7f" and answer[2:3] == b"\x78"
                if pending:
                    window = max(window, now + WINDOW)
                else:
                    answers.setdefault(client.name, answer)
        everybody = bool(expected) and expected <= answers.keys()
        if (everybody or now >= window) and not any(client.link.receiving for client in clients):
            break
        time.sleep(TURN)
    if broken and not answers:
        raise next(iter(broken.values()))
    return answers


def _poll(client: EcuClient, broken: dict[str, LinkError]) -> list[bytes]:
    try:
        return client.link.poll()
    except LinkError as error:
        broken[client.name] = error
        return []


def load_hook(name: str) -> KeyHook | None:
    """The function that ``package.module:function`` names; None for an empty name. Raises ConfigurationError."""
    if not name:
        return None
    module, _, function = name.partition(":")
    try:
        hook: KeyHook = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigurationError(
            f"security.key_hook {name!r} cannot be used: {error}", hint="package.module:function, on the Python path"
        ) from error
    return hook
