# SPDX-License-Identifier: Apache-2.0
"""The recogniser's process with several contexts: switching, early commit, words so far, other speech, and its ends."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from hassil.intents import Intents

from ivi.model.errors import ConfigurationError, DeadlineError, NotFoundError
from ivi.voice import wav
from ivi.voice.grammar import contexts, overlay
from ivi.voice.grammar.model_files import PHRASES
from ivi.voice.nlu.context_grammar import ContextGrammar
from ivi.voice.process import MODEL
from ivi.voice.stt import recogniser as supervision
from ivi.voice.stt.protocol import MAX_CONTEXTS, Heard
from ivi.voice.stt.recogniser import Recogniser

BLOCK = 0.032  # seconds, as the ear sends them
HOME = ["turn on the light", "turn on the light in the back", "turn it off", "call anna"]
type Say = Callable[..., bytes]


def folders(tmp_path: Path, **sentences: list[str]) -> dict[str, Path]:
    """Overlays of contexts with just these sentences."""
    made = contexts.build(MODEL, {name: contexts.of_sentences(texts) for name, texts in sentences.items()}, tmp_path)
    return {name: each.path for name, each in made.items()}


async def blocks(sound: bytes, sent: list[float], silence: float = 2.0) -> AsyncIterator[bytes]:
    """A spoken sentence and the silence after it; the seconds of audio taken so far go to `sent`."""
    read = wav.read(sound)
    pcm = read.pcm + bytes(2 * int(read.rate * silence))
    size = 2 * int(read.rate * BLOCK)
    for at in range(0, len(pcm), size):
        sent.append((at + size) / 2 / read.rate)
        yield pcm[at : at + size]
        await asyncio.sleep(0)  # the answer may have come


def run(contexts_: dict[str, Path], scenario: Callable[[Recogniser], Awaitable[None]]) -> None:
    """The scenario with a running recogniser."""

    async def main() -> None:
        recogniser = Recogniser(contexts_)
        await recogniser.start()
        try:
            async with asyncio.timeout(60):
                await scenario(recogniser)
        finally:
            await recogniser.stop()

    asyncio.run(main())


async def heard(recogniser: Recogniser, sound: bytes, context: str = "home") -> Heard:
    """What is heard of a sound in a context."""
    return await recogniser.hear(blocks(sound, []), wav.read(sound).rate, context)


def test_each_context_hears_its_own_sentences(tmp_path: Path, spoken: Say) -> None:
    light, yes = spoken("turn on the light in the back"), spoken("yes")

    async def scenario(recogniser: Recogniser) -> None:
        for _ in range(2):
            assert (await heard(recogniser, light)).text == "turn on the light in the back"
            assert (await heard(recogniser, light, "confirm")).text.split() == ["[unk]"]
            assert (await heard(recogniser, yes, "confirm")).text == "yes"
        with pytest.raises(NotFoundError, match="no grammar for kitchen"):
            await heard(recogniser, yes, "kitchen")
        assert recogniser.restarts == 0

    run(folders(tmp_path, home=HOME, confirm=["yes", "no"]), scenario)


def test_contexts_are_loaded_when_they_are_needed(tmp_path: Path, spoken: Say) -> None:
    """More than are kept loaded, prepared or not, in turns."""
    sounds = {text: spoken(text) for text in ("yes", "turn it off", "help me")}
    said = {"confirm": "yes", "choice": "turn it off", "number": "help me"}

    async def scenario(recogniser: Recogniser) -> None:
        for turn in range(3):
            for context, text in said.items():
                if turn != 1:
                    recogniser.prepare(context)
                assert (await heard(recogniser, sounds[text], context)).text == text
        recogniser.prepare("kitchen")  # is not known, and asked for by nobody
        assert (await heard(recogniser, sounds["yes"], "confirm")).text == "yes"
        assert recogniser.restarts == 0

    run(folders(tmp_path, home=HOME, **{context: [text, "cancel"] for context, text in said.items()}), scenario)


def test_words_so_far_and_times(tmp_path: Path, spoken: Say) -> None:
    sound = spoken("turn on the light in the back")
    told: list[str] = []

    async def scenario(recogniser: Recogniser) -> None:
        result = await recogniser.hear(blocks(sound, []), wav.read(sound).rate, on_partial=told.append)
        assert [word.text for word in result.words] == result.text.split()
        assert all(0 < word.confidence <= 1 for word in result.words)
        assert min(word.confidence for word in result.words) == result.confidence
        times = [time for word in result.words for time in (word.start, word.end)]
        assert times == sorted(times)

    run(folders(tmp_path, home=HOME), scenario)
    assert "turn on the" in told
    assert len(told) == len(set(told)), "told only when it changes"


def test_a_whole_sentence_is_taken_early(tmp_path: Path, spoken: Say) -> None:
    """One that nothing can follow does not wait for the pause; one that could go on does."""
    whole, may_go_on = spoken("turn it off"), spoken("turn on the light")

    async def scenario(recogniser: Recogniser) -> None:
        for sound, text, early in ((whole, "turn it off", True), (may_go_on, "turn on the light", False)):
            result = await recogniser.hear(blocks(sound, []), wav.read(sound).rate)
            assert (result.text, result.early) == (text, early)

    run(folders(tmp_path, home=HOME), scenario)


def test_other_speech_that_begins_like_a_command(tmp_path: Path, spoken: Say) -> None:
    sound = spoken("turn it off road and drive to the mountains with my sister")

    async def scenario(recogniser: Recogniser) -> None:
        result = await heard(recogniser, sound)
        assert "[unk]" in result.text.split() or result.confidence <= 0.7

    run(folders(tmp_path, home=HOME), scenario)


@pytest.mark.parametrize("voice", ["en-us", "en-gb"])
def test_a_second_opinion(tmp_path: Path, spoken: Say, voice: str) -> None:
    """Other speech that a small grammar takes for its command is not believed when a free hearing differs."""
    grammar = contexts.of_sentences(["turn on the air conditioning", "turn up the temperature"])
    made = contexts.build(MODEL, contexts.with_anything({"home": grammar}), tmp_path)
    command = spoken("turn on the air conditioning", voice)
    other = [spoken(text, voice) for text in ("turn on the television in the living room", "turn up early tomorrow")]

    async def scenario(recogniser: Recogniser) -> None:
        result = await heard(recogniser, command)
        assert (result.text, result.confidence > 0.7) == ("turn on the air conditioning", True)
        for sound in other:
            result = await heard(recogniser, sound)
            assert "[unk]" in result.text.split() or result.confidence <= 0.7

    run({name: overlay_.path for name, overlay_ in made.items()}, scenario)


def test_new_names_without_a_restart(tmp_path: Path, spoken: Say) -> None:
    """A contact that no dictionary has is recognised by the letters of the name, as soon as it is known."""
    sound = spoken("call kowalska")

    async def scenario(recogniser: Recogniser) -> None:
        assert (await heard(recogniser, sound)).text != "call kowalska"
        pid = recogniser.pid
        await recogniser.load(folders(tmp_path, home=[*HOME, "call kowalska", "call lindqvist", "call müller"]))
        assert (await heard(recogniser, sound)).text == "call kowalska"
        assert recogniser.pid == pid

    run(folders(tmp_path, home=HOME), scenario)


def test_grammars_change_in_mid_sentence(tmp_path: Path, spoken: Say) -> None:
    """vosk's own way to change a grammar aborts the process there; ours lets the sentence end as it began."""
    sound = spoken("turn on the light in the back")

    async def scenario(recogniser: Recogniser) -> None:
        async def interrupted() -> AsyncIterator[bytes]:
            async for count, block in _counted(blocks(sound, [])):
                if count == 20:
                    await recogniser.load(folders(tmp_path / "b", home=["cancel"], confirm=["yes"]))
                yield block

        result = await recogniser.hear(interrupted(), wav.read(sound).rate)
        assert result.text == "turn on the light in the back"
        assert (await heard(recogniser, sound)).text != "turn on the light in the back"
        assert recogniser.restarts == 0

    run(folders(tmp_path / "a", home=HOME), scenario)


async def _counted(source: AsyncIterator[bytes]) -> AsyncIterator[tuple[int, bytes]]:
    count = 0
    async for block in source:
        yield count, block
        count += 1


def test_a_context_that_does_not_load_is_named(tmp_path: Path, spoken: Say) -> None:
    """The last grammar of it stays, and the others are not touched."""
    sound = spoken("turn it off")
    good = folders(tmp_path, home=HOME, confirm=["yes", "no"])
    broken = tmp_path / "broken"
    broken.mkdir()

    async def scenario(recogniser: Recogniser) -> None:
        assert (await heard(recogniser, sound)).text == "turn it off"
        with pytest.raises(ConfigurationError, match="cannot load confirm: vosk cannot load the model"):
            await recogniser.load({**good, "confirm": broken})
        assert (await heard(recogniser, sound)).text == "turn it off"
        many = {f"context{number}": good["confirm"] for number in range(MAX_CONTEXTS)}
        with pytest.raises(ConfigurationError, match=f"more than {MAX_CONTEXTS} contexts"):
            await recogniser.load({"home": good["home"], **many})
        assert recogniser.restarts == 0

    run(good, scenario)


def test_changing_the_context_takes_no_time(tmp_path: Path, spoken: Say) -> None:
    """Both are loaded: a change costs a recogniser object, not a model."""
    sound = spoken("yes")
    took = []

    async def scenario(recogniser: Recogniser) -> None:
        await heard(recogniser, sound)
        for number in range(20):
            began = time.perf_counter()
            await recogniser.hear(_nothing(), 16_000, ("home", "confirm")[number % 2])
            took.append(time.perf_counter() - began)

    run(folders(tmp_path, home=HOME, confirm=["yes", "no"]), scenario)
    assert sorted(took)[10] < 0.025 * 4, "seconds, on a loaded machine; docs/figures.md has the figure"


async def _nothing() -> AsyncIterator[bytes]:
    blocks_: tuple[bytes, ...] = ()
    for block in blocks_:
        yield block


@pytest.mark.parametrize("damage", ["not json", '{"a": 1}', "[]", "[1, 2]"])
def test_a_damaged_list_of_phrases_never_reaches_vosk(tmp_path: Path, damage: str, spoken: Say) -> None:
    """Given a grammar that is no JSON, vosk 0.3.45 ends the process with a segmentation fault."""
    made = folders(tmp_path, home=HOME, confirm=["yes", "no"])
    (made["confirm"] / PHRASES).write_text(damage)
    sound = spoken("turn it off")

    async def scenario(recogniser: Recogniser) -> None:
        assert (await heard(recogniser, sound)).text == "turn it off"
        assert (await heard(recogniser, sound, "confirm")).text == ""
        assert recogniser.restarts == 0

    run(made, scenario)


def test_a_model_that_keeps_its_graphs_gets_a_list(tmp_path: Path, spoken: Say) -> None:
    """The fallback for stock models, here with the shipped one: vosk's list grammar over its own graphs."""
    folder = tmp_path / "list"
    folder.mkdir()
    for source in MODEL.iterdir():
        (folder / source.name).symlink_to(source)
    (folder / PHRASES).write_text('["turn it off", "help me", "[unk]"]')
    sound = spoken("turn it off")

    async def scenario(recogniser: Recogniser) -> None:
        result = await heard(recogniser, sound)
        assert (result.text, result.early) == ("turn it off", False)

    run({"home": folder}, scenario)


def test_dictation_hears_any_words(tmp_path: Path, spoken: Say) -> None:
    made = contexts.build(MODEL, {"home": ContextGrammar(Intents(intents={}, language="en"), free=True)}, tmp_path)
    sound = spoken("call anna tomorrow evening")

    async def scenario(recogniser: Recogniser) -> None:
        result = await heard(recogniser, sound)
        assert not result.early
        assert len({"call", "anna", "tomorrow", "evening"} & set(result.text.split())) >= 2

    run({"home": made["home"].path}, scenario)


def test_a_grammar_that_hangs_costs_one_sentence(tmp_path: Path, spoken: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other speech that costs nothing makes vosk's lattices explode; the supervisor ends such a worker."""
    with monkeypatch.context() as patched:
        patched.setattr(overlay, "GARBAGE_COST", -30.0)
        patched.setattr(overlay, "FRAME_COST", -30.0)
        hangs = folders(tmp_path / "hangs", home=HOME)
    monkeypatch.setattr(supervision, "ANSWER_TIMEOUT", 1.0)
    sound = spoken("turn on the light in the back")

    async def scenario(recogniser: Recogniser) -> None:
        with contextlib.suppress(DeadlineError):
            assert "turn" not in (await heard(recogniser, sound)).text
        await recogniser.load(folders(tmp_path / "good", home=HOME))
        assert (await heard(recogniser, sound)).text == "turn on the light in the back"

    run(hangs, scenario)
