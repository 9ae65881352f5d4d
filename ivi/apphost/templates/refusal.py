# SPDX-License-Identifier: Apache-2.0
"""A refused template, said in one form so that an app and its author can tell the rule."""

from ivi.model.errors import IviError
from ivi.model.templates import Rule


def refusal[E: IviError](error: type[E], kind: str, rule: Rule, why: str, hint: str) -> E:
    """The error of a template of `kind` that `rule` refuses."""
    return error(f"{kind} refused by {rule.value}: {why}", hint=hint)
