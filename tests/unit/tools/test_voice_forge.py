# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: RUF001  # phonetic letters look like others
"""The voice forge: its text, Kaldi's format, and a tiny network that trains, is exported and loads in vosk."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ivi.voice.process import MODEL
from tools.voice_forge.kaldi import Affine, context, model_bytes, read_model, states
from tools.voice_forge.kokoro_spelling import by_dictionary, misaki
from tools.voice_forge.speech import RATE, SpeechWriter, Utterance, rate_copies, read_speech
from tools.voice_forge.texts import Texts, own_sentences, read_dictionary, spelt
from tools.voice_forge.voices import SETS

ROOT = Path(__file__).parents[3]
DICTIONARY = "zero Z IH R OW\nopen OW P AH N\nthe DH AH\nthe(2) DH IY\nwindow W IH N D OW\n"


def test_no_voice_is_in_two_sets() -> None:
    """What trained the model may not judge it."""
    seen: dict[tuple[str, str], str] = {}
    for name, voices in SETS.items():
        for engine in ("espeak", "flite", "kokoro", "piper", "rhvoice", "pico", "festival"):
            for voice in getattr(voices, engine):
                assert (engine, voice.casefold()) not in seen, f"{voice} is in {name} and another set"
                seen[engine, voice.casefold()] = name


def test_texts_use_known_words_only(tmp_path: Path) -> None:
    """The dictionary decides what can be aligned; the same seed says the same."""
    path = tmp_path / "words.dict"
    others = ("make", "it", "warmer", "help", "stop", "louder", "john")
    path.write_text(DICTIONARY + "".join(f"{word} AH\n" for word in others))
    known = read_dictionary(path)
    assert known["the"] == [["DH", "AH"], ["DH", "IY"]]
    first, second = Texts(known, 4), Texts(known, 4)
    sentences = [first.sentence() for _ in range(20)]
    assert sentences == [second.sentence() for _ in range(20)]
    assert len(set(sentences)) > 3
    assert all(word in known for text in sentences for word in text.split())
    with pytest.raises(ValueError, match="dictionary"):
        Texts({}, 4)


def test_own_sentences_are_spoken_but_those_that_are_kept_back(tmp_path: Path) -> None:
    """What the report says must not have trained the model."""
    (tmp_path / "words.dict").write_text(DICTIONARY + "help AH\njohn AH\n")
    known = read_dictionary(tmp_path / "words.dict")
    assert "recirculation" in known
    texts = Texts(known, 4, [["open the window", "open the unknown"], ["zero"]])
    said = [texts.sentence() for _ in range(60)]
    assert said.count("open the window") > 5
    assert "open the unknown" not in said
    drawn = own_sentences(3, 9107)
    assert len(drawn) > 60
    kept = drawn[0][0]
    assert all(kept not in sentences for sentences in own_sentences(3, 9107, {kept}))


def test_english_is_spelt_as_kokoro_was_taught() -> None:
    """Two of espeak-ng's answers, with its ties, and the letters that misaki writes for the same words."""
    american = misaki("hˌa^ʊ mˈʌt^ʃ ɹˈe^ɪnd^ʒ ðɪ ˈɛɹpoːɹt tˈɜːn", british=False)
    assert american == "hˌW mˈʌʧ ɹˈAnʤ ðɪ ˈɛɹpɔɹt tˈɜɹn"
    assert misaki("ɡˌə^ʊ ˈe^əpɔːt bˈʌtn\u0329", british=True) == "ɡˌQ ˈɛːpɔːt bˈʌtᵊn"
    assert (
        by_dictionary(["open", "window"], {"open": [["OW", "P", "AH", "N"]], "window": [["W", "IH"]]})
        == "ˈOpʌn wˈ\u026a"
    )


def test_numbers_are_spelt() -> None:
    """From the words that the model has."""
    assert [spelt(number) for number in (7, 40, 99, 120)] == ["seven", "forty", "ninety nine", "one hundred twenty"]


def test_speech_survives_the_disk_and_an_interrupted_writer(tmp_path: Path) -> None:
    """Sound that was written without its line does not count."""
    said = [
        Utterance("open", "a", np.arange(700, dtype=np.int16)),
        Utterance("zero", "b", np.arange(9, dtype=np.int16)),
    ]
    for utterance in said:
        with SpeechWriter(tmp_path) as writer:
            writer.add(utterance)
    with (tmp_path / "sound.s16").open("ab") as sound:
        sound.write(bytes(10))
    found = list(read_speech(tmp_path))
    assert [(one.text, one.voice) for one in found] == [("open", "a"), ("zero", "b")]
    assert all(np.array_equal(one.samples, other.samples) for one, other in zip(found, said, strict=True))
    assert [len(copy.samples) for copy in rate_copies(said[0], 2)] == [804, 608]


def test_the_shipped_model_is_read_and_written_back_byte_for_byte() -> None:
    """Reader and writer agree with each other and with what vosk loads."""
    path = MODEL / "am" / "final.mdl"
    layers, garbage = read_model(path)
    table = (MODEL / "graph" / "phones" / "word_boundary.int").read_text().splitlines()
    names = ["SIL", *(f"P{number}" for number in range(1, layers[-1].weights.shape[0]))]
    assert len(states(names)) == len(table)
    assert garbage < 0
    assert model_bytes(names, layers, 40, garbage) == path.read_bytes()
    assert context(layers)[1] == 15


def test_another_file_is_no_model_of_ours(tmp_path: Path) -> None:
    """Said, not guessed."""
    path = tmp_path / "final.mdl"
    path.write_bytes(b"<Nnet3> component-node name=l0 component=l0 input=input\n<NumComponents> and nothing")
    with pytest.raises(ValueError, match="affine"):
        read_model(path)


def test_offsets_are_those_that_were_written() -> None:
    """A layer's offset 0 has no number in Kaldi's configuration."""
    layer = Affine(np.zeros((2, 4), np.float32), np.zeros(2, np.float32), (-3, 0))
    assert b"input=Append(Offset(input, -3), input)\n" in model_bytes(["SIL", "A"], [layer], 2, -3.0)


def test_a_shorter_vocal_tract_raises_the_formants(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stays as it is, and a factor of one changes nothing."""
    torch = pytest.importorskip("torch", reason="torch is not installed (pip install --group forge)")
    from tools.voice_forge import augmentation  # noqa: PLC0415  # needs torch

    for name, value in (("NOISES", 6), ("ROOMS", 2), ("BANK_SECONDS", 1), ("TRACT_SHARE", 1.0)):
        monkeypatch.setattr(augmentation, name, value)
    augment = augmentation.Augmentation(1)
    energies = torch.zeros(2, 3, 40)
    energies[:, 1, 20] = 9.0
    for factor, least, most in ((1.2, 21, 25), (0.85, 15, 19), (1.0, 20, 20)):
        monkeypatch.setattr(augmentation, "TRACT", (factor, factor))
        heard = augment.stretched(energies)
        assert not heard[:, 0].any()
        assert not heard[:, 2].any()
        assert least <= int(heard[0, 1].argmax()) <= most


def test_another_program_speaks(tmp_path: Path) -> None:
    """A program of any kind takes the text and writes a file; its name, rate and pitch are put into the command."""
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed (pip install --group forge)")
    from tools.voice_forge.synthesizers import program  # noqa: PLC0415  # needs onnxruntime and scipy

    source = "import sys, wave; f = wave.open(sys.argv[2], 'wb'); f.setparams((1, 2, 8000, 0, 'NONE', ''))\n"
    source += "f.writeframes((sys.stdin.read() + ' '.join(sys.argv[1:2] + sys.argv[3:])).encode())"
    (tmp_path / "speak.py").write_text(source)
    command = f"{sys.executable} {tmp_path}/speak.py {{voice}} {{file}} {{speed}} {{pitch}}"
    samples, rate = program("abc", command, "de", 0.8)
    assert rate == 8000
    assert samples.astype("<i2").tobytes() == b"abcde 80 100"


def test_a_tiny_network_trains_is_exported_and_loads_in_vosk(tmp_path: Path) -> None:
    """The whole way from aligned speech to a result of the recogniser, with two seconds of training."""
    torch = pytest.importorskip("torch", reason="torch is not installed (pip install --group forge)")
    from tools.voice_forge.alignment import script  # noqa: PLC0415  # needs torch
    from tools.voice_forge.model_folder import PHONES, Checkpoint, write_model  # noqa: PLC0415  # as above
    from tools.voice_forge.network import Network, folded, scores_of  # noqa: PLC0415  # as above
    from tools.voice_forge.training import Plan, Trainer  # noqa: PLC0415  # as above

    torch.manual_seed(1)
    torch.set_num_threads(1)
    (tmp_path / "words.dict").write_text(DICTIONARY)
    known = read_dictionary(tmp_path / "words.dict")
    chance = np.random.default_rng(1)
    speech = [
        Utterance(text, "noise", chance.integers(-9000, 9000, RATE + 800 * number).astype(np.int16))
        for number, text in enumerate(["open the window", "zero", "the window", "open zero"])
    ]
    scripts = [script(said.text, PHONES, known) for said in speech]
    network = Network(len(PHONES), 16)
    trainer = Trainer(speech, scripts, network, len(PHONES), Plan(minutes=2 / 60, seed=1))
    lines = list(trainer.run(frozenset({1})))
    assert len(lines) > 1
    assert float(lines[-1].split()[3].rstrip(",")) < float(lines[0].split()[3].rstrip(",")), lines
    Checkpoint(network, trainer.priors()).save(tmp_path / "net.pt")
    checkpoint = Checkpoint.load(tmp_path / "net.pt")
    write_model(checkpoint, MODEL, tmp_path / "model", garbage=-3.0)

    features = torch.randn(1, 60, 40) * 4 + 12
    again, garbage = read_model(tmp_path / "model" / "am" / "final.mdl")
    assert garbage == -3.0
    direct = folded(checkpoint.network, checkpoint.priors)
    assert torch.allclose(scores_of(again, features), scores_of(direct, features))

    program = "import sys, vosk; vosk.SetLogLevel(-1); r = vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), 16000)\n"
    program += "r.AcceptWaveform(bytes(range(256)) * 125); print(r.FinalResult())"
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "model")],
        capture_output=True, text=True, timeout=60, check=True, cwd=ROOT,
    )  # fmt: skip
    assert '"text"' in ended.stdout
