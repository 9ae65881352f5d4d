# SPDX-License-Identifier: Apache-2.0
"""The first judgement of a genuine, new command: by its words, its time and its issuer, before the car is looked at."""

from ivi.cloud.commands.command import Command
from ivi.cloud.commands.remote import NEVER_COMMANDS
from ivi.cloud.commands.table import COMMANDS
from ivi.cloud.trust import Role
from ivi.model.commands import CommandState
from ivi.model.errors import InvalidArgumentError

FARTHEST = 7 * 86400  # seconds; an expiry beyond comes from a wrong clock, here or there


def judge(
    command: Command, role: Role, now: float, *, rolled_back: bool = False, busy: bool = False
) -> tuple[CommandState, str]:
    """RECEIVED when it may go on, else the final state and why. `now` is by the trusted clock, seconds since 1970."""
    if now >= command.expiry:
        return CommandState.EXPIRED, f"expired: {now - command.expiry:.0f} s too late"
    reason = _against(command, role, now, rolled_back=rolled_back, busy=busy)
    return (CommandState.REJECTED, reason) if reason else (CommandState.RECEIVED, "")


def _against(command: Command, role: Role, now: float, *, rolled_back: bool, busy: bool) -> str:
    if rolled_back:
        # The floor under the clock is a lower bound only: the command may have expired long ago.
        return "clock: the car does not know the time"
    if command.expiry - now > FARTHEST:
        return f"expiry: more than {FARTHEST // 86400} days ahead"
    if command.name in NEVER_COMMANDS:
        return f"never_remote: `{command.name}` is never done from outside the car"
    if (rule := COMMANDS.get(command.name)) is None:
        return f"unknown: this car has no command `{command.name}`"
    if role not in rule.roles:
        return f"role: `{command.name}` is not for the role {role}"
    try:
        rule.check(command.args)
    except InvalidArgumentError as error:
        return f"arguments: {error.message}"
    return "busy: too many commands are open" if busy else ""
