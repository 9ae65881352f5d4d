# SPDX-License-Identifier: Apache-2.0
"""What error frames say of a CAN controller: error-active, -warning, -passive or bus-off (linux/can/error.h)."""

from enum import StrEnum

from ivi.providers.can.frame import ID_MASK, Frame

# classes, in the id of an error frame
TX_TIMEOUT, CONTROLLER, BUS_OFF, RESTARTED = 0x001, 0x004, 0x040, 0x100
# details of CONTROLLER, in the second byte of its payload
OVERFLOWS, WARNINGS, PASSIVES, ACTIVE = 0x03, 0x0C, 0x30, 0x40


class Condition(StrEnum):
    """State of a controller, best first."""

    ACTIVE = "error-active"
    WARNING = "error-warning"
    PASSIVE = "error-passive"
    OFF = "bus-off"


HINTS = {
    Condition.PASSIVE: "check wiring, termination and bit rate; frames may be lost",
    Condition.OFF: "check wiring and bit rate; `ip link set CHANNEL type can restart-ms 100` lets it come back",
}
"""What to do about the conditions that are worth a problem."""


def condition_of(frame: Frame) -> Condition | None:
    """The condition that an error frame announces; None when it says nothing of it."""
    classes = frame.key & ID_MASK
    if classes & BUS_OFF:
        return Condition.OFF
    detail = frame.data[1] if classes & CONTROLLER and len(frame.data) > 1 else 0
    if detail & PASSIVES:
        return Condition.PASSIVE
    if detail & WARNINGS:
        return Condition.WARNING
    return Condition.ACTIVE if detail & ACTIVE or classes & RESTARTED else None


def lost_by_controller(frame: Frame) -> bool:
    """Whether the controller says that its own queue overflowed: frames are gone that nobody can count."""
    return bool(frame.key & CONTROLLER and len(frame.data) > 1 and frame.data[1] & OVERFLOWS)
