# SPDX-License-Identifier: Apache-2.0
"""A tester without a bus or a clock: whole requests in, whole answers out, seconds as the test says."""

import pytest

from simulator.diagnostics.ecus import FUNCTIONAL
from simulator.diagnostics.network import Network
from simulator.diagnostics.transport import Endpoint


class Bench:
    """The ECUs on a table."""

    def __init__(self) -> None:
        self.signals = {"ESC_Speed": 0.0, "VCU_Odometer": 1000.0, "BMS_SocDisplayed": 50.0, "IBS_Voltage": 12.5}
        self.network = Network(lambda name: self.signals.get(name, 0.0), seed=3)
        self.now = 100.0

    def ask(self, name: str, request: str, wait: float = 0.0) -> list[str]:
        """Answers in hexadecimal digits that come within ``wait`` simulated seconds."""
        spec = self.network.ecus[name].spec
        return [answer for _, answer in self._exchange(spec.request, bytes.fromhex(request), wait)]

    def ask_all(self, request: str) -> dict[int, str]:
        """Answers on the functional address, by response identifier."""
        return dict(self._exchange(FUNCTIONAL, bytes.fromhex(request), 0.0))

    def _exchange(self, identifier: int, request: bytes, wait: float) -> list[tuple[int, str]]:
        tester = Endpoint()
        assert tester.send(request, self.now)
        receivers = {ecu.spec.response: Endpoint() for ecu in self.network.ecus.values()}
        requests = {ecu.spec.response: ecu.spec.request for ecu in self.network.ecus.values()}
        answers: list[tuple[int, str]] = []
        end = self.now + wait
        while True:
            for frame in tester.due(self.now):
                self.network.take(identifier, frame, self.now)
            busy = True
            while busy:
                frames = self.network.due(self.now)
                busy = bool(frames)
                for source, frame in frames:
                    if frame[0] >> 4 == 3:
                        tester.take(frame, self.now)
                        for more in tester.due(self.now):
                            self.network.take(identifier, more, self.now)
                    elif (message := receivers[source].take(frame, self.now)) is not None:
                        answers.append((source, message.hex()))
                    for control in receivers[source].due(self.now):
                        self.network.take(requests[source], control, self.now)
            if self.now >= end:
                return answers
            self.now = min(end, self.now + 0.05)


@pytest.fixture
def bench() -> Bench:
    """Fresh ECUs."""
    return Bench()
