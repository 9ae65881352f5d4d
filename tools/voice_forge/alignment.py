# SPDX-License-Identifier: Apache-2.0
"""Which phone is said when: the best path of a sentence's phones through a network's scores (Viterbi)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from tools.voice_forge.texts import Pronunciations

IMPOSSIBLE = -1e30
UNUSED = -1
"""Label of a place past an utterance's end."""


@dataclass(frozen=True, slots=True)
class Script:
    """The outputs that a sentence passes through, and which of them (the pauses) may be left out."""

    outputs: tuple[int, ...]
    optional: tuple[bool, ...]


def script(text: str, phones: Sequence[str], pronunciations: Pronunciations) -> Script:
    """Silence at both ends and a pause that may be missing after each word; the first pronunciation of each word."""
    number = {phone: place for place, phone in enumerate(phones)}
    outputs, optional = [0], [True]
    for word in text.split():
        said = [number[phone] for phone in pronunciations[word][0]]
        outputs += [*said, 0]
        optional += [*(False for _ in said), True]
    return Script(tuple(outputs), tuple(optional))


def evenly(length: int, wanted: Script, edge: float = 0.06) -> npt.NDArray[np.int8]:
    """The first guess of a training that starts from nothing: phones of equal length, silence at the ends."""
    said = [output for output, optional in zip(wanted.outputs, wanted.optional, strict=True) if not optional]
    labels = np.zeros(length, np.int8)
    begin, end = int(length * edge), length - int(length * edge)
    places = np.arange(end - begin) * len(said) // max(1, end - begin)
    labels[begin:end] = np.array(said, np.int8)[np.minimum(places, len(said) - 1)]
    return labels


def best_paths(scores: torch.Tensor, scripts: Sequence[Script], lengths: Sequence[int]) -> npt.NDArray[np.int8]:
    """[batch, time] labels from scores [batch, time, outputs]; `UNUSED` past the end.

    Scores need no normalisation over the outputs: what is the same for all of them changes no path.
    """
    batch, times, _ = scores.shape
    longest = max(len(wanted.outputs) for wanted in scripts)
    labels = torch.zeros(batch, longest, dtype=torch.long)
    valid, skip = torch.zeros(batch, longest, dtype=torch.bool), torch.zeros(batch, longest, dtype=torch.bool)
    for row, wanted in enumerate(scripts):
        labels[row, : len(wanted.outputs)] = torch.tensor(wanted.outputs)
        valid[row, : len(wanted.outputs)] = True
        skip[row, 1 : len(wanted.outputs)] = torch.tensor(wanted.optional[:-1])  # the place before may be left out
    skip[:, 1] = False  # the silence at the start is a place of its own
    emitted = scores.gather(2, labels[:, None].expand(-1, times, -1)).masked_fill(~valid[:, None], IMPOSSIBLE)
    return _traced(*_forward(emitted, skip, lengths), labels, scripts, lengths)


def _forward(emitted: torch.Tensor, skip: torch.Tensor, lengths: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """The best score that ends in each place, and for each time how many places the best path advanced."""
    batch, times, places = emitted.shape
    ends = torch.tensor(lengths)
    first = torch.full((batch, 1), IMPOSSIBLE)
    best = torch.full((batch, places), IMPOSSIBLE)
    best[:, :2] = emitted[:, 0, :2]
    steps = torch.zeros(times, batch, places, dtype=torch.int8)
    for time in range(1, times):
        one = torch.cat([first, best[:, :-1]], 1)
        two = torch.cat([first, first, best[:, :-2]], 1).masked_fill(~skip, IMPOSSIBLE)
        value, step = torch.stack([best, one, two]).max(0)
        running = (time < ends)[:, None]
        best = torch.where(running, value + emitted[:, time], best)
        steps[time] = torch.where(running, step, 0).to(torch.int8)
    return best, steps


def _traced(
    best: torch.Tensor, steps: torch.Tensor, labels: torch.Tensor, scripts: Sequence[Script], lengths: Sequence[int]
) -> npt.NDArray[np.int8]:
    names, back, totals = labels.numpy(), steps.numpy(), best.numpy()
    out = np.full((len(scripts), back.shape[0]), UNUSED, np.int8)
    for row, (wanted, length) in enumerate(zip(scripts, lengths, strict=True)):
        place = len(wanted.outputs) - 1
        place -= int(totals[row, place] < totals[row, place - 1])
        for time in range(length - 1, -1, -1):
            out[row, time] = names[row, place]
            place -= int(back[time, row, place])
    return out
