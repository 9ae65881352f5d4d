# SPDX-License-Identifier: Apache-2.0
"""What may be said in one context of the dialogue, for the recogniser's grammar and for the parse."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the recogniser's worker needs the names below, and not hassil
    from hassil.intents import Intents

HOME = "home"
CONFIRM = "confirm"
CHOICE = "choice"
NUMBER = "number"
NAVIGATION = "navigation"
CONTACTS = "contacts"
DICTATION = "dictation"
CONTEXTS = (HOME, CONFIRM, CHOICE, NUMBER, NAVIGATION, CONTACTS, DICTATION)


@dataclass(frozen=True)
class ContextGrammar:
    """Templates, whole sentences, and which of the lists are names."""

    intents: "Intents"
    """Templates with their rules, lists, skip words and language."""
    sentences: tuple[str, ...] = ()
    """Whole sentences in plain words besides the templates: those of apps."""
    names: frozenset[str] = field(default_factory=frozenset)
    """Lists of `intents.slot_lists` that hold names of people, places and titles, which no lexicon may have."""
    free: bool = False
    """Whether anything may be said: what is heard is a text, not a command."""
