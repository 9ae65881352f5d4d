# SPDX-License-Identifier: Apache-2.0
"""What is plain text of one line: letters, signs and emoji of every script, and nothing that hides or turns text."""

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # Unicode categories that are no plain text
_JOINERS = {"\u200c", "\u200d"}  # Persian and Indic scripts and some emoji need them
_BLANK = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}  # letters that draw nothing
MAX_MARKS = 6
"""Marks on one letter; more would run over the lines above and below."""


def _fault_of_ascii(text: str) -> str:
    return "is blank" if text.isprintable() else "has characters that cannot be shown"


def fault_of(text: str) -> str:
    """Why a text cannot be shown; empty when it can."""
    if text.isascii():
        return "" if text.isprintable() and (text == "" or not text.isspace()) else _fault_of_ascii(text)
    marks = 0
    for letter in text:
        category = unicodedata.category(letter)
        if (category in _INVISIBLE and letter not in _JOINERS) or letter in _BLANK:
            return "has characters that cannot be shown"
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MAX_MARKS:
            return "has too many marks on one letter"
    if text and not text.strip().strip("".join(_JOINERS)):
        return "is blank"
    return ""
