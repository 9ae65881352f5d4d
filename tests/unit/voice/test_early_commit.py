# SPDX-License-Identifier: Apache-2.0
"""When a sentence may be over: what the grammar says of its words, how quiet it has become, and how often one asks."""

import array
import math
import random
from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar import contexts
from ivi.voice.nlu.context_grammar import ContextGrammar
from ivi.voice.process import MODEL
from ivi.voice.stt.early_commit import QUIET, SETTLED, TRIES, EarlyCommit, Loudness, Sentences, Standing

RATE = 16_000
BLOCK = 320  # samples, 20 ms


def sound(loudness: float, seconds: float) -> list[bytes]:
    """Blocks of noise with this mean amplitude."""
    rng = random.Random(3)
    blocks = []
    for _ in range(round(seconds * RATE / BLOCK)):
        samples = array.array("h", (max(-32768, min(32767, round(rng.gauss(0, loudness)))) for _ in range(BLOCK)))
        blocks.append(samples.tobytes())
    return blocks


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> Sentences:
    """Of a small grammar."""
    grammar = contexts.of_sentences(["turn it off", "turn on the light", "turn on the light please"])
    overlay = contexts.build(MODEL, {"home": grammar}, tmp_path_factory.mktemp("grammar"))["home"]
    found = Sentences.read(overlay.path)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("", Standing.PART),
        ("turn on", Standing.PART),
        ("turn it off now", Standing.PART),
        ("[unk]", Standing.PART),
        ("turn on the light", Standing.OPEN),
        ("turn it off", Standing.WHOLE),
        ("turn on the light please", Standing.WHOLE),
    ],
)
def test_standing(sentences: Sentences, text: str, standing: Standing) -> None:
    assert sentences.standing(text) is standing


def test_dictation_has_no_whole_sentences(tmp_path: Path) -> None:
    free = ContextGrammar(contexts.of_sentences([]).intents, free=True)
    overlay = contexts.build(MODEL, {"dictation": free}, tmp_path)["dictation"]
    assert Sentences.read(overlay.path) is None
    with pytest.raises(ConfigurationError, match="cannot read"):
        Sentences.read(tmp_path / "nothing")


def test_quiet_after_speech() -> None:
    loudness = Loudness(RATE)
    for block in [*sound(20, 0.5), *sound(4000, 0.5)]:
        loudness.hear(block)
    assert loudness.is_clear
    assert loudness.quiet == 0
    for block in sound(20, 0.2):
        loudness.hear(block)
    assert loudness.quiet == pytest.approx(0.2)


@pytest.mark.parametrize("loudness", [0, 300, 12_000])
def test_quiet_is_not_told_without_contrast(loudness: float) -> None:
    """Silence, or noise as loud as speech: neither says that somebody stopped speaking."""
    heard = Loudness(RATE)
    for block in sound(loudness, 1.0):
        heard.hear(block)
    assert not heard.is_clear


def test_committed_when_quiet(sentences: Sentences) -> None:
    commit = EarlyCommit(sentences, RATE)
    speaking = [commit.heard("turn it off", block) for block in [*sound(20, 0.3), *sound(4000, 1.0)]]
    assert not any(speaking[15:]), "not while somebody speaks, however long the words stay the same"
    silent = [commit.heard("turn it off", block) for block in sound(20, 0.2)]
    assert silent.index(True) == math.ceil(QUIET / 0.02) - 1


def test_in_noise_the_words_must_stay(sentences: Sentences) -> None:
    commit = EarlyCommit(sentences, RATE)
    blocks = sound(3000, 1.0)
    commit.heard("turn it", blocks[0])
    asked = [commit.heard("turn it off", block) for block in blocks]
    assert asked.index(True) == pytest.approx(SETTLED / 0.02, abs=1)


def test_one_does_not_ask_for_ever(sentences: Sentences) -> None:
    """Each question costs a decoding of the whole sentence."""
    commit = EarlyCommit(sentences, RATE)
    asked = 0
    for block in sound(3000, 3.0):
        if commit.heard("turn it off", block):
            asked += 1
            commit.refuse()
    assert asked == TRIES


def test_a_sentence_that_may_go_on_waits(sentences: Sentences) -> None:
    commit = EarlyCommit(sentences, RATE)
    blocks = [*sound(20, 0.3), *sound(4000, 0.5), *sound(20, 1.0)]
    assert not any(commit.heard("turn on the light", block) for block in blocks)
