# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: RUF001  # phonetic letters look like others
"""How Kokoro's English styles want English spelt: the letters of misaki, hexgrad's own front end.

They are near those of espeak-ng, which knows where the stress lies and what is said weakly between other words.
"""

import re
import subprocess
from collections.abc import Sequence

from tools.voice_forge.texts import Pronunciations

PROGRAM_TIMEOUT = 30.0  # seconds; a hundredth of one is usual
STRESS = "\u02c8"
_SYLLABIC = "\u0329"
_ARPABET = {
    "HH": "h", "TH": "θ", "DH": "ð", "SH": "ʃ", "ZH": "ʒ", "CH": "ʧ", "JH": "ʤ", "NG": "ŋ", "Y": "j", "R": "ɹ",
    "G": "\u0261", "AA": "\u0251", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "W", "AY": "I", "EH": "ɛ", "ER": "ɜɹ",
    "EY": "A", "IH": "\u026a", "IY": "i", "OW": "O", "OY": "Y", "UH": "ʊ", "UW": "u",
}  # fmt: skip
_VOWELS = set("\u0251æʌɔWIɛA\u026aiOYʊu") | {"ɜɹ"}

# What espeak-ng writes (with a tie in diphthongs and affricates), and what the styles were trained on
_BOTH = (
    ("ʔˌn" + _SYLLABIC, "tᵊn"), ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"),
    ("ə^l", "ᵊl"), ("ʲo", "jo"), ("ʲə", "jə"), ("ʲ", ""), ("ɚ", "əɹ"), ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɐ", "ə"),
    ("ɬ", "l"), ("\u0303", ""),
)  # fmt: skip
_BRITISH = (("e^ə", "ɛː"), ("iə", "ɪə"), ("ə^ʊ", "Q"))
_AMERICAN = (
    *(("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə")),
    *(("ː", ""), ("ɾ", "T"), ("ʔ", "t")),
)


def english(text: str, *, british: bool) -> str:
    """The sentence as an English style says it. Raises subprocess.SubprocessError when espeak-ng fails."""
    command = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", "en-gb" if british else "en-us", text]
    spoken = subprocess.run(command, capture_output=True, check=True, timeout=PROGRAM_TIMEOUT, text=True).stdout
    return misaki(" ".join(spoken.split()), british=british)


def misaki(ipa: str, *, british: bool) -> str:
    """espeak-ng's letters as misaki's."""
    for theirs, ours in (*_BOTH, *(_BRITISH if british else _AMERICAN)):
        ipa = ipa.replace(theirs, ours)
    ipa = re.sub(rf"(\S){_SYLLABIC}", r"ᵊ\1", ipa)
    return ipa.replace(_SYLLABIC, "").replace("^", "").replace("e", "A").replace("o", "ɔ")


def by_dictionary(words: Sequence[str], pronunciations: Pronunciations) -> str:
    """The same for styles of another language: the dictionary's phones, the stress on each word's first vowel."""
    spelt = []
    for word in words:
        spelling, stressed = "", False
        for phone in pronunciations[word][0]:
            symbol = _ARPABET.get(phone, phone.lower())
            if symbol in _VOWELS and not stressed:
                spelling, stressed = spelling + STRESS, True
            spelling += symbol
        spelt.append(spelling)
    return " ".join(spelt)
