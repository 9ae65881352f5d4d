# SPDX-License-Identifier: Apache-2.0
"""What kills vosk 0.3.45 through its C API, each shown in a process of its own, and that ours never does it.

When a newer vosk survives one of them, the test that shows the crash fails: then the precaution can go.
"""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ivi.voice.grammar import contexts, openfst, overlay
from ivi.voice.process import MODEL
from ivi.voice.stt import libvosk

PREAMBLE = """
import ctypes, resource, sys
from pathlib import Path
from ivi.voice.stt import libvosk
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
library = libvosk.load()
library.vosk_recognizer_set_grm.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
model = libvosk.Model(library, Path(sys.argv[1]))
"""


def ends(script: str) -> int:
    """The exit status of a process that does this with the shipped model; negative for a signal."""
    command = [sys.executable, "-c", PREAMBLE + script, str(MODEL)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode


def test_a_grammar_in_mid_utterance_aborts() -> None:
    """Our contexts are models of their own: nothing of a recogniser is changed while it hears."""
    status = ends("""
recogniser = libvosk.Recogniser(model, 16000, ["turn it off", "[unk]"])
for _ in range(20):
    recogniser.accept(bytes(range(256)) * 25)
library.vosk_recognizer_set_grm(recogniser._handle, b'["turn it on", "[unk]"]')
""")
    assert status == -signal.SIGABRT
    assert not hasattr(libvosk.Recogniser, "set_grammar")


def test_a_grammar_that_is_no_json_kills() -> None:
    """Ours is written by json.dumps; a list that was read is checked before (test_recogniser)."""
    assert ends("library.vosk_recognizer_new_grm(model.handle, 16000.0, b'not json')") in {
        -signal.SIGSEGV,
        -signal.SIGABRT,
    }


def test_odd_phrases_are_only_text() -> None:
    status = ends("""
for phrase in ('quote " and \\\\ back', "\\n\\t", "", "\\u7530\\u4e2d", "[unk]", "a" * 10000, "turn it off"):
    recogniser = libvosk.Recogniser(model, 16000, [phrase, "turn it off"])
    recogniser.accept(bytes(16000))
    recogniser.finish()
    recogniser.close()
""")
    assert status == 0


def test_a_missing_word_is_dropped_without_a_word() -> None:
    """By vosk: the phrase can never be heard and nothing says so. Our build names it (test_overlay)."""
    assert ends("libvosk.Recogniser(model, 16000, ['frobnicate', '[unk]']).close()") == 0


@pytest.mark.parametrize("pcm", ["b''", "b'x'", "bytes(3)", "b'\\xff\\x7f' * 160000"])
def test_odd_audio_is_heard_as_nothing(pcm: str) -> None:
    assert ends(f"recogniser = libvosk.Recogniser(model, 16000)\nrecogniser.accept({pcm})\nrecogniser.finish()") == 0


def test_other_speech_is_one_phone_that_costs(tmp_path: Path) -> None:
    """A loop over all phones, or one that costs nothing, makes vosk's lattices explode (real time times 20)."""
    assert overlay.GARBAGE_COST > 0
    made = contexts.build(MODEL, {"home": contexts.of_sentences(["turn it off"])}, tmp_path)["home"]
    sounds = openfst.read((made.path / "graph/HCLr.fst").read_bytes())
    assert sounds is not None
    garbage = [arc for node in sounds for arc in node.arcs if arc.olabel == 1]
    assert len(garbage) == 1
    inside = sounds[garbage[0].target].arcs
    assert len([arc for arc in inside if arc.target == garbage[0].target]) == 1
