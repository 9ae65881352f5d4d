# SPDX-License-Identifier: Apache-2.0
"""The matrix of audio focus, as a pure function, and what it makes of everybody who holds one.

After Android Automotive's interaction matrix (CarAudioService): a request against a holder is exclusive (the holder is
silent), concurrent (both are heard, the less important one quietly) or rejected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivi.model.audio import AudioKind, FocusState


class Interaction(StrEnum):
    """What a request does to a holder."""

    EXCLUSIVE = "exclusive"
    DUCK = "duck"
    REJECT = "reject"


_M, _N, _A, _V, _C = AudioKind
_E, _D, _R = Interaction
# holder: what a request of media, navigation, alert, voice or call does to it
_MATRIX: dict[AudioKind, dict[AudioKind, Interaction]] = {
    _M: {_M: _E, _N: _D, _A: _D, _V: _E, _C: _E},
    _N: {_M: _D, _N: _D, _A: _D, _V: _E, _C: _D},
    _A: {_M: _D, _N: _D, _A: _D, _V: _D, _C: _D},
    _V: {_M: _R, _N: _D, _A: _D, _V: _E, _C: _E},
    _C: {_M: _R, _N: _D, _A: _D, _V: _R, _C: _D},
}
_IMPORTANCE = {_M: 0, _N: 1, _V: 2, _C: 3, _A: 4}
_FOR_GOOD = frozenset({AudioKind.MEDIA})
"""What takes a focus without giving it back: the driver has chosen something else to hear."""


@dataclass(frozen=True)
class Held:
    """One focus that was given; later ones stand later in a sequence."""

    number: int
    kind: AudioKind


def interaction(holder: AudioKind, request: AudioKind) -> Interaction:
    """What a request does to a holder."""
    return _MATRIX[holder][request]


def refused(held: Sequence[Held], request: AudioKind) -> bool:
    """Whether a request has to be refused because somebody who is heard rejects it."""
    states = states_of(held)
    return any(
        states[one.number] is not FocusState.PAUSED and interaction(one.kind, request) is Interaction.REJECT
        for one in held
    )


def displaced(held: Sequence[Held], request: AudioKind) -> list[Held]:
    """Who loses the focus for good to a request that is granted."""
    if request not in _FOR_GOOD:
        return []
    return [one for one in held if interaction(one.kind, request) is Interaction.EXCLUSIVE]


def states_of(held: Sequence[Held]) -> dict[int, FocusState]:
    """What each holder has to do, by number. The newest is heard; who is silent himself disturbs nobody."""
    states: dict[int, FocusState] = {}
    heard: list[Held] = []
    for one in reversed(held):
        effects = {other.number: interaction(one.kind, other.kind) for other in heard}
        if Interaction.EXCLUSIVE in effects.values():
            states[one.number] = FocusState.PAUSED
            continue
        states[one.number] = FocusState.GAINED
        for other in heard:
            quieter = _quieter(one, other)
            if quieter is not None:
                states[quieter.number] = FocusState.DUCKED
        heard.append(one)
    return states


def _quieter(first: Held, second: Held) -> Held | None:
    """Of two who are heard together, the less important one; None when they are equal."""
    if _IMPORTANCE[first.kind] == _IMPORTANCE[second.kind]:
        return None
    return min(first, second, key=lambda one: _IMPORTANCE[one.kind])
