# SPDX-License-Identifier: Apache-2.0
"""Being spoken to: the driver said one of the app's own sentences, and the app may answer."""

import msgspec


class FollowIntents(msgspec.Struct, array_like=True, frozen=True, tag="follow_intents"):
    """Opens a stream of IntentMatched; the first event has no intent and says that the host listens."""


class AnswerIntent(msgspec.Struct, array_like=True, frozen=True, tag="answer_intent"):
    """What to say to it, once, within the host's deadline; answered by Accepted, or not_found when it is too late."""

    number: int
    text: str
    """Plain text of one line; empty for nothing."""


type Request = FollowIntents | AnswerIntent


class IntentMatched(msgspec.Struct, array_like=True, frozen=True, tag="intent_matched"):
    """One event of FollowIntents."""

    number: int
    intent: str
    """As its sentences name it."""
    slots: dict[str, str]
    """Values of the lists that were said."""


type Answer = IntentMatched
