# SPDX-License-Identifier: Apache-2.0
"""Names of the rules by which the host refuses a template. A refusal's message is `KIND refused by RULE: why`."""

import re
from enum import StrEnum

from ivi.model.errors import IviError


class Rule(StrEnum):
    """Why a template was not shown."""

    FORM = "form"
    """A field is unknown, of the wrong type, too long or out of range."""
    GRANT = "grant"
    """The manifest's `ui` permission does not name this kind, or the driver took it back."""
    PLAIN_TEXT = "plain_text"
    """A text is blank or has characters that are no plain text of one line."""
    UNIQUE_IDS = "unique_ids"
    """Two things that can be chosen have the same id."""
    REFERENCES = "references"
    """Something names an id that is not there, or parts contradict each other."""
    PICTURE = "picture"
    """A picture is not a PNG within the limits, or the host does not have it."""
    KIND_NOW = "kind_now"
    """This kind is not shown in the present driving state."""
    REFRESH_RATE = "refresh_rate"
    """Templates come faster than the present driving state allows."""
    TASK_STEPS = "task_steps"
    """The task has as many pages as it may have while driving; going back or home gives some back."""
    BROWSE_DEPTH = "browse_depth"
    """Lists lie deeper in each other than is allowed while driving."""
    NOTICES = "notices"
    """More notifications than the manifest's `notify` permission allows."""


def refusal[E: IviError](error: type[E], kind: str, rule: Rule, why: str, hint: str) -> E:
    """The error of a template of `kind` that `rule` refuses, in the one form that `rule_of` reads."""
    return error(f"{kind} refused by {rule.value}: {why}", hint=hint)


_REFUSAL = re.compile(r"[a-z_]+ refused by ([a-z_]+): ", re.ASCII)


def rule_of(error: IviError) -> Rule | None:
    """The rule that a refusal names; None when the error is none of a template."""
    match = _REFUSAL.match(error.message)
    return Rule(match[1]) if match is not None and match[1] in set(Rule) else None
