# SPDX-License-Identifier: Apache-2.0
"""Trains the network on aligned speech for a given time, and says how well it names the frames."""

import copy
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from tools.voice_forge.alignment import UNUSED, Script, best_paths, evenly
from tools.voice_forge.augmentation import Augmentation
from tools.voice_forge.features import energies, outputs_of
from tools.voice_forge.kaldi import Affine
from tools.voice_forge.network import FEATURE_MEAN, FEATURE_SCALE, Network, Priors, folded, padded, scores_of
from tools.voice_forge.speech import RATE as SAMPLE_RATE
from tools.voice_forge.speech import Utterance

BATCH_SECONDS = 80.0  # of sound
SMOOTHING, CLIP, DECAY = 0.02, 5.0, 1e-3
RATE = 1.5e-3  # of learning; half of it for weights that are good already
HALF_TRIES = 4
CLEAN_SHARE = 0.06  # of the batches are heard as they were made


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    minutes: float
    rate: float = RATE  # of learning at its height
    warmup: int = 150  # batches
    dropout: float = 0.05
    seed: int = 7
    half: bool | None = None  # bfloat16 inside the convolutions; None: if this processor is faster with it


class Trainer:
    """Speech, the phones it is made of, and the network that learns them."""

    def __init__(
        self, speech: Sequence[Utterance], scripts: Sequence[Script], network: Network, phones: int, plan: Plan
    ) -> None:
        self._speech, self._scripts, self._network, self._phones, self._plan = speech, scripts, network, phones, plan
        self._chance = random.Random(plan.seed)
        self._torch = torch.Generator().manual_seed(plan.seed)
        self._augment = Augmentation(plan.seed)
        self._groups = list(self._grouped())
        self._half = False
        self._labels: list[npt.NDArray[np.int8]] = [
            evenly(outputs_of(len(said.samples)), script) for said, script in zip(speech, scripts, strict=True)
        ]

    def align(self, layers: Sequence[Affine]) -> None:
        """Take the labels from a model in folded form: another one to begin with, or this one on its way."""
        for group in self._groups:
            scores = scores_of(list(layers), energies(self._batch(group)))[..., : self._phones]
            lengths = [len(self._labels[number]) for number in group]
            paths = best_paths(scores.contiguous(), [self._scripts[number] for number in group], lengths)
            for row, (number, length) in enumerate(zip(group, lengths, strict=True)):
                self._labels[number] = paths[row, :length]

    def priors(self) -> Priors:
        """Shares of the outputs among the labels."""
        count = np.bincount(np.concatenate(self._labels), minlength=self._phones)[: self._phones].astype(np.float64)
        shares = np.maximum(count, 1) / count.sum()
        return Priors(shares.astype(np.float32))

    def settle(self) -> None:
        """Make each batch normalisation an identity for the network as it is: copied weights keep their meaning."""
        network = self._network
        network.eval()
        group = self._groups[len(self._groups) // 2]
        with torch.no_grad():
            x = padded(self._features(group))
            for layer, norm in zip(network.hidden, network.norms, strict=True):
                x = functional.relu(layer(x))
                mean, variance = x.mean((0, 2)), x.var((0, 2))
                norm.running_mean.copy_(mean)
                norm.running_var.copy_(variance)
                norm.weight.copy_((variance + norm.eps).sqrt())
                norm.bias.copy_(mean)
                x = norm(x)

    def run(self, align_before: frozenset[int]) -> Iterator[str]:
        """Train until the time is over; a line of text after each pass over the speech.

        The speech is aligned again with the network itself before the passes of these numbers.
        """
        optimiser = torch.optim.AdamW(self._network.parameters(), self._plan.rate, weight_decay=DECAY)
        self._half = self._plan.half if self._plan.half is not None else self._half_is_faster()
        start = time.monotonic()
        step = 0
        for number in range(10_000):
            if number in align_before:
                self._network.eval()
                self.align(folded(self._network, self.priors()))
            self._chance.shuffle(self._groups)
            self._network.train()
            loss_sum, hits, seen = 0.0, 0, 0
            for group in self._groups:
                share = (time.monotonic() - start) / (60 * self._plan.minutes)
                if share >= 1:
                    break
                step += 1
                for settings in optimiser.param_groups:
                    settings["lr"] = self._rate(step, share)
                loss, right, frames = self._step(group, optimiser)
                loss_sum, hits, seen = loss_sum + loss * frames, hits + right, seen + frames
            yield (
                f"pass {number}: loss {loss_sum / max(1, seen):.3f}, frames right {hits / max(1, seen):.3f}, "
                f"{time.monotonic() - start:.0f} s"
            )
            if time.monotonic() - start >= 60 * self._plan.minutes:
                return

    def _half_is_faster(self) -> bool:
        """Twice as fast on one processor, slower by a third on another that knows bfloat16 as well: tried here."""
        features = padded(self._features(self._groups[len(self._groups) // 2]))
        state = copy.deepcopy(self._network.state_dict())  # batch normalisation counts what it sees
        taken = {True: math.inf, False: math.inf}
        for half in (True, False) * HALF_TRIES:
            begin = time.perf_counter()
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
                scores = self._network(features, self._plan.dropout)
            scores.float().square().mean().backward()
            taken[half] = min(taken[half], time.perf_counter() - begin)
        self._network.load_state_dict(state)
        self._network.zero_grad()
        return taken[True] < taken[False]

    def _rate(self, step: int, share: float) -> float:
        warm = min(1.0, step / self._plan.warmup)
        return self._plan.rate * warm * max(0.005, 0.5 * (1 + math.cos(math.pi * min(1.0, share))))

    def _step(self, group: Sequence[int], optimiser: torch.optim.Optimizer) -> tuple[float, int, int]:
        features = self._features(group)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._half):
            scores = self._network(padded(features), self._plan.dropout)
        scores = scores.float()
        labels = torch.full((len(group), scores.shape[2]), UNUSED, dtype=torch.long)
        for row, number in enumerate(group):
            said = self._labels[number]
            labels[row, : len(said)] = torch.from_numpy(said.astype(np.int64))
        loss = functional.cross_entropy(scores, labels, ignore_index=UNUSED, label_smoothing=SMOOTHING)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), CLIP)
        optimiser.step()
        counted = labels >= 0
        right = int((scores.argmax(1)[counted] == labels[counted]).sum())
        return float(loss.detach()), right, int(counted.sum())

    def _features(self, group: Sequence[int]) -> torch.Tensor:
        samples = self._batch(group)
        if self._chance.random() >= CLEAN_SHARE:
            logs = self._augment.microphone(energies(self._augment(samples)))
        else:
            logs = energies(samples)
        return (logs - FEATURE_MEAN) / FEATURE_SCALE

    def _batch(self, group: Sequence[int]) -> torch.Tensor:
        longest = max(len(self._speech[number].samples) for number in group)
        out = torch.randn(len(group), longest, generator=self._torch) * 4
        for row, number in enumerate(group):
            samples = self._speech[number].samples
            out[row, : len(samples)] += torch.from_numpy(np.array(samples, np.float32))
        return out

    def _grouped(self) -> Iterator[list[int]]:
        """Utterances of similar length together, so that little is padding."""
        order = sorted(range(len(self._speech)), key=lambda number: len(self._speech[number].samples))
        group: list[int] = []
        for number in order:
            group.append(number)
            if len(group) * len(self._speech[number].samples) >= BATCH_SECONDS * SAMPLE_RATE:
                yield group
                group = []
        if group:
            yield group
