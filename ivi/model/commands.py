# SPDX-License-Identifier: Apache-2.0
"""Commands from outside the car: their states, and the messages by which those on board see them and answer."""

from enum import StrEnum

import msgspec


class CommandState(StrEnum):
    """Where a command stands. docs/cloud-commands.md has the same in the words of AWS IoT Jobs and hawkBit."""

    RECEIVED = "received"
    """Genuine, new, and kept; nothing was decided yet."""
    AWAITING_CONSENT = "awaiting_consent"
    """Somebody in the car has to agree."""
    ACCEPTED = "accepted"
    """It will be done as soon as those before it are done."""
    RUNNING = "running"
    """The car was asked, or is just about to be."""
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """It was tried, and the car did not do it."""
    REJECTED = "rejected"
    """It was not tried; the reason says why."""
    EXPIRED = "expired"
    """Its time was over before it was tried."""
    CANCELLED = "cancelled"
    """Called back before it was tried."""
    OUTCOME_UNKNOWN = "outcome_unknown"
    """It was begun, and nobody saw how it ended. It is not tried again."""

    @property
    def final(self) -> bool:
        """Whether nothing comes after it."""
        return self in _FINAL


_FINAL = frozenset(CommandState) - {
    CommandState.RECEIVED,
    CommandState.AWAITING_CONSENT,
    CommandState.ACCEPTED,
    CommandState.RUNNING,
}


class SubscribeCommands(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_commands"):
    """Opens a stream of CommandsUpdate: what is there now, then again at each change."""


class ListCommands(msgspec.Struct, array_like=True, frozen=True, tag="list_commands"):
    """The newest commands; answered by CommandsUpdate."""

    limit: int = 20


class AnswerCommand(msgspec.Struct, array_like=True, frozen=True, tag="answer_command"):
    """Somebody in the car agrees to a command that waits for it, or does not; answered by CommandAnswered."""

    id: str
    """As in CommandView; its first digits are enough while they fit one waiting command only."""
    agreed: bool


type Request = SubscribeCommands | ListCommands | AnswerCommand


class CommandView(msgspec.Struct, array_like=True, frozen=True):
    """One command for people."""

    id: str
    """32 hexadecimal digits."""
    name: str
    text: str
    """What it does, in plain words with its arguments."""
    issuer: str
    """Name of the key that signed it."""
    role: str
    """The issuer's role: `owner`, `fleet` or `service`."""
    state: CommandState
    reason: str
    """Why, when it was rejected or failed."""
    received_ms: int
    """Milliseconds since 1970 by the car's trusted clock."""
    expires_ms: int
    """When it, or the question about it, is withdrawn; the same clock."""


class CommandsUpdate(msgspec.Struct, array_like=True, frozen=True, tag="commands"):
    """One event of SubscribeCommands: the newest first."""

    commands: list[CommandView]


class CommandAnswered(msgspec.Struct, array_like=True, frozen=True, tag="command_answered"):
    """Whether the answer counted."""

    taken: bool
    reason: str = ""


type Answer = CommandsUpdate | CommandAnswered
