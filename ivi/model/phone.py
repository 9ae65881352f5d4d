# SPDX-License-Identifier: Apache-2.0
"""Messages of the phone service: the car's Bluetooth adapter and the phones that are paired with it."""

from enum import StrEnum

import msgspec


class SubscribePhone(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_phone"):
    """Opens a stream of Phones: how it is now, then each change. Bluetooth is looked at only while somebody follows."""


class BluetoothState(StrEnum):
    """How the adapter is."""

    ON = "on"
    OFF = "off"
    NO_ADAPTER = "no_adapter"
    NO_SERVICE = "no_service"
    """The system's Bluetooth service (BlueZ) does not answer."""
    NO_LIBRARY = "no_library"
    """This installation lacks what speaks to it."""


class Phone(msgspec.Struct, array_like=True, frozen=True):
    """A paired phone."""

    name: str
    connected: bool
    battery: int | None = None
    """Percent; None while the phone does not say."""


class Phones(msgspec.Struct, array_like=True, frozen=True, tag="phones"):
    """One event of SubscribePhone."""

    state: BluetoothState
    adapter: str = ""
    """The name that phones see."""
    phones: list[Phone] = []
    """Connected ones first, then by name."""


class CallState(StrEnum):
    """How a call is, in oFono's words."""

    INCOMING = "incoming"
    WAITING = "waiting"
    """Somebody calls during another call."""
    DIALING = "dialing"
    ALERTING = "alerting"
    """It rings at the other end."""
    ACTIVE = "active"
    HELD = "held"


class Call(msgspec.Struct, array_like=True, frozen=True):
    """One call."""

    id: str
    name: str
    """Of the other end, as the phone knows it; empty when it does not."""
    number: str
    """Empty when it is withheld."""
    state: CallState


class SubscribeCalls(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_calls"):
    """Opens a stream of Calls: how it is now, then each change."""


class Calls(msgspec.Struct, array_like=True, frozen=True, tag="calls"):
    """One event of SubscribeCalls: ringing ones first, then the one that is spoken in."""

    calls: list[Call]
    possible: bool
    """Whether this installation can hear of calls at all: a telephony service is running."""


class AnswerCall(msgspec.Struct, array_like=True, frozen=True, tag="answer_call"):
    """Take a call that rings. Answered with CallTaken. Errors: not_found when it is over, unavailable."""

    id: str


class EndCall(msgspec.Struct, array_like=True, frozen=True, tag="end_call"):
    """Refuse a call or end it. Answered with CallTaken. Errors: not_found when it is over already, unavailable."""

    id: str


class CallTaken(msgspec.Struct, array_like=True, frozen=True, tag="call_taken"):
    """It is under way; the stream tells how it goes."""


type Request = SubscribePhone | SubscribeCalls | AnswerCall | EndCall
type Answer = Phones | Calls | CallTaken
