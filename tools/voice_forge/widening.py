# SPDX-License-Identifier: Apache-2.0
"""A wider and deeper network that computes what an earlier model computes, so that training goes on where it stopped.

Each new channel is a copy of an old one, and what the copies pass on is shared out between them (the "Net2Net" idea of
Chen, Goodfellow and Shlens, 2015); a new layer begins as the identity. A little noise lets the copies part.
"""

import numpy as np
import torch

from tools.voice_forge.kaldi import Affine
from tools.voice_forge.network import FEATURE_MEAN, FEATURE_SCALE, FEATURES, LAYERS, Network, Priors

NOISE = 0.03  # of the weights' spread


def continue_from(layers: list[Affine], network: Network, priors: Priors, seed: int) -> bool:
    """Copy a folded model's weights into `network`; False when their shapes do not go together (nothing is changed).

    Call `Trainer.settle` afterwards: the batch normalisations have to fit the copied weights.
    """
    hidden, output = layers[:-1], layers[-1]
    width = network.output.weight.shape[1]
    fits = len(hidden) <= len(LAYERS) and all(
        layer.offsets == offsets for layer, offsets in zip(hidden, LAYERS, strict=False)
    )
    if not fits or hidden[0].weights.shape[0] > width or output.weights.shape[0] != len(priors.shares):
        return False
    chance = np.random.default_rng(seed)
    source = np.arange(FEATURES)
    with torch.no_grad():
        for number, layer in enumerate(hidden):
            old = layer.weights.shape[0]
            chosen = np.concatenate([np.arange(old), chance.integers(0, old, width - old)])
            weights = _widened(layer, source, chosen, chance)
            bias = layer.bias[chosen]
            if number == 0:
                bias = bias + FEATURE_MEAN * weights.sum((1, 2))
                weights = weights * FEATURE_SCALE
            _set(network.hidden[number], weights, bias)
            source = chosen
        for number in range(len(hidden), len(LAYERS)):
            weights = chance.normal(0, 0.005, (width, width, len(LAYERS[number])))
            weights[:, :, LAYERS[number].index(0)] += np.eye(width)
            _set(network.hidden[number], weights, np.zeros(width))
        weights = _widened(output, source, np.arange(output.weights.shape[0]), chance)
        _set(network.output, weights, output.bias + priors.scale * np.log(priors.shares))
    return True


def _widened(layer: Affine, source: np.ndarray, chosen: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """[outputs, inputs, taps]: inputs are copies of the old ones `source`, outputs those of `chosen`."""
    taps = len(layer.offsets)
    old = layer.weights.reshape(layer.weights.shape[0], taps, -1).transpose(0, 2, 1)
    copies = np.bincount(source, minlength=old.shape[1])
    weights = old[chosen][:, source] / copies[source][None, :, None]
    noisy: np.ndarray = weights + chance.normal(0, NOISE * weights.std(), weights.shape)
    return noisy


def _set(layer: torch.nn.Module, weights: np.ndarray, bias: np.ndarray) -> None:
    layer.weight.copy_(torch.from_numpy(weights.astype(np.float32)))
    layer.bias.copy_(torch.from_numpy(bias.astype(np.float32)))
