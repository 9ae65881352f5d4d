# SPDX-License-Identifier: Apache-2.0
"""Questions to the driver on the host's own sheets (consent, payment, confirming a change), and the answers.

What must go up is a stream: the screen follows SubscribePrompts and answers with AnswerPrompt; the process that asks
never calls the screen. An app never draws a sheet of this kind and never sees one.
"""

from enum import StrEnum

import msgspec


class PromptKind(StrEnum):
    """What a sheet is about; the screen gives each its own sign."""

    CONSENT = "consent"
    CONFIRM = "confirm"
    PAYMENT = "payment"


class PromptAction(msgspec.Struct, array_like=True, frozen=True):
    """A button."""

    id: str
    title: str
    primary: bool = False


class PromptItem(msgspec.Struct, array_like=True, frozen=True):
    """One line of a sheet, e.g. one permission or the amount to pay."""

    key: str
    title: str
    text: str = ""
    choice: bool = False
    """Whether the driver can switch this line on and off; off until he does."""
    reason: str = ""
    """The app's own words, where `text` quotes them."""
    reasons: dict[str, str] = {}
    """The same by language, where the app has it so."""


class Prompt(msgspec.Struct, array_like=True, frozen=True):
    """One sheet. Everything in it is the host's own words, except what is quoted from the app with its name."""

    id: int
    app_id: str
    app_name: str
    kind: PromptKind
    title: str
    text: str
    items: list[PromptItem]
    actions: list[PromptAction]
    expires_mono_ns: int
    """CLOCK_MONOTONIC of this machine when the question is withdrawn."""


class SubscribePrompts(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_prompts"):
    """Opens a stream of PromptsUpdate: the open questions, then again at each change."""


class AnswerPrompt(msgspec.Struct, array_like=True, frozen=True, tag="answer_prompt"):
    """The driver touched a button of a sheet; answered by PromptTaken."""

    id: int
    choice: str
    """Id of the action."""
    chosen: list[str] = []
    """Keys of the lines that were switched on."""


type Request = SubscribePrompts | AnswerPrompt


class PromptsUpdate(msgspec.Struct, array_like=True, frozen=True, tag="prompts"):
    """One event of SubscribePrompts: open questions, the one to show first."""

    prompts: list[Prompt]


class PromptTaken(msgspec.Struct, array_like=True, frozen=True, tag="prompt_taken"):
    """Answer of AnswerPrompt: whether it counted."""

    taken: bool
    reason: str = ""


type Answer = PromptsUpdate | PromptTaken
