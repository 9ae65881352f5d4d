# SPDX-License-Identifier: Apache-2.0
"""ISO-TP (ISO 15765-2, classic CAN, normal addressing) of an ECU: frames in, messages out, no thread and no clock.

Bounded on purpose: one message is received and one is sent at a time, each of at most 4095 bytes; whatever does not
fit the protocol ends the transfer that it belongs to and is counted.
"""

from dataclasses import dataclass

PADDING = b"\xaa"
FRAME = 8  # bytes
MESSAGE_MAX = 4095  # bytes; the longest that a first frame without escape announces
SINGLE_MAX = 7  # bytes of a single frame, and of each consecutive frame
FIRST_DATA = 6  # bytes of message in a first frame
WAIT_NEXT = 1.0  # s; N_Cr and N_Bs of ISO 15765-2
WAITS_MAX = 16  # "wait" answers in a row before the transfer is given up
BLOCK_PER_TURN = 64  # consecutive frames that leave in one look, so that a turn stays short
STMIN_MILLIS = 0x7F  # separation times up to here are milliseconds
STMIN_MICROS = (0xF1, 0xF9)  # hundreds of microseconds
RESERVED_STMIN = 0.127  # s; what a reserved separation time means

SINGLE, FIRST, CONSECUTIVE, FLOW = 0, 1, 2, 3  # high half of the first byte
CONTINUE, WAIT, OVERFLOW = 0, 1, 2  # flow status


@dataclass(slots=True)
class _Incoming:
    length: int
    data: bytearray
    sequence: int
    deadline: float


@dataclass(slots=True)
class _Outgoing:
    data: bytes
    sent: int
    deadline: float  # for the next flow control
    sequence: int = 1
    allowed: int = 0  # frames left in this block; -1 = no limit
    gap: float = 0.0  # s between two frames
    next_at: float = 0.0
    waits: int = 0


class Endpoint:
    """One ECU's end of one address pair."""

    def __init__(self) -> None:
        self._incoming: _Incoming | None = None
        self._outgoing: _Outgoing | None = None
        self._ready: list[bytes] = []
        self.faults = 0  # frames and transfers that broke the protocol

    @property
    def busy(self) -> bool:
        """Whether a message of several frames is on its way out."""
        return self._outgoing is not None

    def send(self, message: bytes, now: float) -> bool:
        """Begin to send; False when another message is still on its way or this one is too long."""
        if self._outgoing is not None or not 0 < len(message) <= MESSAGE_MAX:
            return False
        if len(message) <= SINGLE_MAX:
            self._put(bytes([len(message)]) + message)
            return True
        self._put(bytes([FIRST << 4 | len(message) >> 8, len(message) & 0xFF]) + message[:FIRST_DATA])
        self._outgoing = _Outgoing(message, FIRST_DATA, now + WAIT_NEXT)
        return True

    def take(self, frame: bytes, now: float) -> bytes | None:
        """Handle a received frame; returns a message when it completes one."""
        if not 0 < len(frame) <= FRAME:
            self.faults += 1
            return None
        match frame[0] >> 4:
            case 0:
                return self._take_single(frame)
            case 1:
                self._take_first(frame, now)
            case 2:
                return self._take_consecutive(frame, now)
            case 3:
                self._take_flow(frame, now)
            case _:
                self.faults += 1
        return None

    def due(self, now: float) -> list[bytes]:
        """Frames that go out now."""
        frames, self._ready = self._ready, []
        outgoing = self._outgoing
        if outgoing is None:
            return frames
        if outgoing.allowed == 0:
            if now >= outgoing.deadline:
                self._drop_outgoing()
            return frames
        for _ in range(BLOCK_PER_TURN):
            if outgoing.allowed == 0 or now < outgoing.next_at:
                break
            frames.append(self._next(outgoing, now))
            if outgoing.sent >= len(outgoing.data):
                self._outgoing = None
                break
        return frames

    def due_at(self) -> float | None:
        """When due() has something to do next; None = not before a frame arrives."""
        if self._ready:
            return 0.0
        if self._outgoing is None:
            return None
        return self._outgoing.next_at if self._outgoing.allowed else self._outgoing.deadline

    def _next(self, outgoing: _Outgoing, now: float) -> bytes:
        piece = outgoing.data[outgoing.sent : outgoing.sent + SINGLE_MAX]
        frame = bytes([CONSECUTIVE << 4 | outgoing.sequence]) + piece
        outgoing.sent += len(piece)
        outgoing.sequence = (outgoing.sequence + 1) & 15
        outgoing.next_at = now + outgoing.gap
        if outgoing.allowed > 0:
            outgoing.allowed -= 1
            outgoing.deadline = now + WAIT_NEXT
        return _padded(frame)

    def _take_single(self, frame: bytes) -> bytes | None:
        length = frame[0] & 15
        if not 0 < length <= min(SINGLE_MAX, len(frame) - 1):
            self.faults += 1
            return None
        self._incoming = None  # a new message ends one that was cut off
        return frame[1 : 1 + length]

    def _take_first(self, frame: bytes, now: float) -> None:
        length = (frame[0] & 15) << 8 | frame[1] if len(frame) == FRAME else 0
        self._incoming = None
        if length <= SINGLE_MAX:  # 0 announces an escaped length of more than 4095 bytes
            self.faults += 1
            if len(frame) == FRAME and length == 0:
                self._put(bytes([FLOW << 4 | OVERFLOW, 0, 0]))
            return
        self._incoming = _Incoming(length, bytearray(frame[2:]), 1, now + WAIT_NEXT)
        self._put(bytes([FLOW << 4 | CONTINUE, 0, 0]))

    def _take_consecutive(self, frame: bytes, now: float) -> bytes | None:
        incoming = self._incoming
        if incoming is None:
            self.faults += 1
            return None
        missing = incoming.length - len(incoming.data)
        wrong = frame[0] & 15 != incoming.sequence or len(frame) - 1 < min(missing, SINGLE_MAX)
        if wrong or now > incoming.deadline:
            self.faults += 1
            self._incoming = None
            return None
        incoming.data += frame[1 : 1 + missing]
        incoming.sequence = (incoming.sequence + 1) & 15
        incoming.deadline = now + WAIT_NEXT
        if len(incoming.data) < incoming.length:
            return None
        self._incoming = None
        return bytes(incoming.data)

    def _take_flow(self, frame: bytes, now: float) -> None:
        outgoing = self._outgoing
        if outgoing is None or outgoing.allowed != 0 or len(frame) < 3:  # noqa: PLR2004  # status, block, separation
            self.faults += 1
            return
        match frame[0] & 15:
            case 0:  # CONTINUE
                outgoing.waits = 0
                outgoing.allowed = frame[1] or -1
                outgoing.gap = separation(frame[2])
                outgoing.next_at = now
            case 1 if outgoing.waits < WAITS_MAX:  # WAIT
                outgoing.waits += 1
                outgoing.deadline = now + WAIT_NEXT
            case _:
                self._drop_outgoing()

    def _drop_outgoing(self) -> None:
        self.faults += 1
        self._outgoing = None

    def _put(self, frame: bytes) -> None:
        # What the peer provokes without our sending is bounded: one flow control answers many first frames.
        if len(self._ready) < BLOCK_PER_TURN:
            self._ready.append(_padded(frame))


def separation(code: int) -> float:
    """Seconds of a separation time byte; a reserved one means the longest, as the standard asks."""
    if code <= STMIN_MILLIS:
        return code / 1000
    if STMIN_MICROS[0] <= code <= STMIN_MICROS[1]:
        return (code & 15) / 10_000
    return RESERVED_STMIN


def _padded(frame: bytes) -> bytes:
    return frame.ljust(FRAME, PADDING)
