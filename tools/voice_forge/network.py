# SPDX-License-Identifier: Apache-2.0
"""The network: a time-delay network of plain convolutions, 100 frames a second in and 33 out.

Right context is 15 frames (0.15 s), which bounds the answer's delay; the last hidden layer looks back only.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from tools.voice_forge.kaldi import Affine

FEATURES = 40
SUBSAMPLING = 3
LAYERS = ((-2, -1, 0, 1, 2), (-1, 0, 1), (-3, 0, 3), (-3, 0, 3), (-3, 0, 3), (-3, 0, 3), (-6, -3, 0))
"""Offsets of each hidden layer in frames of 10 ms. The second one takes every third frame."""

LEFT, RIGHT = 21, 15
FEATURE_MEAN, FEATURE_SCALE = 12.0, 4.0
"""Of log filter-bank energies of 16-bit speech: a rough normalisation that needs no statistics at run time."""


class Network(nn.Module):
    """Log scores of the phones and of the garbage class, [batch, outputs, time]."""

    def __init__(self, outputs: int, width: int) -> None:
        super().__init__()
        self.hidden = nn.ModuleList(
            nn.Conv1d(FEATURES if number == 0 else width, width, len(offsets), stride=SUBSAMPLING if number == 1 else 1)
            for number, offsets in enumerate(LAYERS)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for _ in LAYERS)
        self.output = nn.Conv1d(width, outputs, 1)

    def forward(self, features: torch.Tensor, dropout: float = 0.0) -> torch.Tensor:
        """`features` is [batch, FEATURES, frames], padded by `padded`."""
        x = features
        for layer, norm in zip(self.hidden, self.norms, strict=True):
            x = norm(functional.relu(layer(x)))
            if dropout:
                x = functional.dropout1d(x, dropout, self.training)
        scores: torch.Tensor = self.output(x)
        return scores


def padded(features: torch.Tensor) -> torch.Tensor:
    """[batch, frames, FEATURES] to what the network takes, with the first and the last frame before and behind."""
    before = features[:, :1].expand(-1, LEFT, -1)
    after = features[:, -1:].expand(-1, RIGHT, -1)
    return torch.cat([before, features, after], 1).transpose(1, 2)


@dataclass(frozen=True, slots=True)
class Priors:
    """How often each output is the right one, and how much of that is taken out of the scores for decoding."""

    shares: "np.typing.NDArray[np.float32]"
    scale: float = 0.6


def folded(network: Network, priors: Priors, garbage: float) -> list[Affine]:
    """The layers for Kaldi: scaling of the features, batch normalisation and priors are inside of the affine maps.

    `garbage` is added to the garbage's score: larger rejects more.
    """
    with torch.no_grad():
        scale = np.full(FEATURES, 1 / FEATURE_SCALE)
        shift = np.full(FEATURES, -FEATURE_MEAN / FEATURE_SCALE)
        layers: list[Affine] = []
        for module, norm, offsets in zip(
            [*network.hidden, network.output], [*network.norms, None], [*LAYERS, (0,)], strict=True
        ):
            weights, bias = module.weight.double().numpy(), module.bias.double().numpy()
            taps = range(weights.shape[2])
            maps = np.concatenate([weights[:, :, tap] * scale for tap in taps], 1)
            bias = bias + sum(weights[:, :, tap] @ shift for tap in taps)
            layers.append(Affine(maps.astype(np.float32), bias.astype(np.float32), offsets))
            if norm is not None:
                scale = norm.weight.double().numpy() / np.sqrt(norm.running_var.double().numpy() + norm.eps)
                shift = norm.bias.double().numpy() - norm.running_mean.double().numpy() * scale
        last = layers[-1]
        bias = last.bias - priors.scale * np.log(priors.shares)
        bias[-1] += garbage
        layers[-1] = Affine(last.weights, bias.astype(np.float32), last.offsets)
    return layers


def scores_of(layers: list[Affine], features: torch.Tensor) -> torch.Tensor:
    """What a folded model says about raw log energies [batch, frames, FEATURES]: [batch, time, outputs].

    The features are padded to the model's own context, so time 0 is frame 0 whatever that context is.
    """
    left = -sum(min(layer.offsets) for layer in layers)
    right = sum(max(layer.offsets) for layer in layers)
    before, after = features[:, :1].expand(-1, left, -1), features[:, -1:].expand(-1, right, -1)
    x = torch.cat([before, features, after], 1).transpose(1, 2)
    for number, layer in enumerate(layers):
        taps = len(layer.offsets)
        weights = torch.from_numpy(layer.weights).reshape(layer.weights.shape[0], taps, -1).transpose(1, 2)
        stride = SUBSAMPLING if number == 1 else 1
        x = functional.conv1d(x, weights.contiguous(), torch.from_numpy(layer.bias), stride=stride)
        if number < len(layers) - 1:
            x = functional.relu(x)
    return x.transpose(1, 2)
