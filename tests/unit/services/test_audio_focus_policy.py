# SPDX-License-Identifier: Apache-2.0
"""Who is heard with whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.model.audio import AudioKind, FocusState
from ivi.services.audio_focus.policy import Held, Interaction, displaced, interaction, refused, states_of

M, N, A, V, C = AudioKind
GAINED, DUCKED, PAUSED = FocusState.GAINED, FocusState.DUCKED, FocusState.PAUSED


def held(*kinds: AudioKind) -> list[Held]:
    return [Held(number, kind) for number, kind in enumerate(kinds)]


def test_the_matrix_has_an_answer_for_every_pair() -> None:
    assert {type(interaction(holder, request)) for holder in AudioKind for request in AudioKind} == {Interaction}


@pytest.mark.parametrize(
    ("kinds", "states"),
    [
        ((M,), (GAINED,)),
        ((M, N), (DUCKED, GAINED)),
        ((N, M), (GAINED, DUCKED)),
        ((M, A), (DUCKED, GAINED)),
        ((M, V), (PAUSED, GAINED)),
        ((M, C), (PAUSED, GAINED)),
        ((M, V, C), (PAUSED, PAUSED, GAINED)),
        ((C, N), (GAINED, DUCKED)),
        ((M, N, A), (DUCKED, DUCKED, GAINED)),
        ((M, C, N), (PAUSED, GAINED, DUCKED)),
        ((C, A), (DUCKED, GAINED)),
    ],
)  # fmt: skip
def test_everybody_knows_what_to_do(kinds: tuple[AudioKind, ...], states: tuple[FocusState, ...]) -> None:
    assert tuple(states_of(held(*kinds))[number] for number in range(len(kinds))) == states


def test_calls_and_the_assistant_refuse_new_media_and_media_displaces_media() -> None:
    assert refused(held(C), M)
    assert refused(held(C), V)
    assert refused(held(V), M)
    assert not refused(held(M), M)
    assert not refused(held(C), N)
    assert not refused(held(V, C), N)
    assert displaced(held(M, N), M) == [Held(0, M)]
    assert displaced(held(M), V) == []


@given(st.lists(st.sampled_from(AudioKind), min_size=1, max_size=8))
def test_somebody_is_always_heard_at_full_volume(kinds: list[AudioKind]) -> None:
    states = states_of(held(*kinds))
    assert states[len(kinds) - 1] is not PAUSED
    assert GAINED in states.values()
