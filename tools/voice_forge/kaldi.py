# SPDX-License-Identifier: Apache-2.0
"""Kaldi's binary ``final.mdl``, as far as a plain chain of affine and rectified layers needs it.

A file is a transition model (one state a phone, see `TransitionModel.topology` of Kaldi's documentation) and an nnet3
network. Components are FixedAffineComponent and RectifiedLinearComponent; normalisation, feature scaling and priors are
folded into the affine layers before they come here.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

POSITIONS = ("_B", "_E", "_I", "_S")
"""A phone at the begin, the end, the inside of a word, or alone; the four share one output of the network."""

SILENCE, GARBAGE = "SIL", "SPN_S"


@dataclass(frozen=True, slots=True)
class Affine:
    """``y = weights @ x + bias`` over the inputs at `offsets` (frames of 10 ms), one after the other."""

    weights: Matrix
    bias: Matrix
    offsets: tuple[int, ...]


def states(phones: list[str]) -> list[str]:
    """The phones of the decoding graph, in the order of their numbers from 1. `phones` starts with silence."""
    return [SILENCE, *(phone + position for phone in phones[1:] for position in POSITIONS), GARBAGE]


def _token(text: str) -> bytes:
    return text.encode() + b" "


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def _ints(values: list[int]) -> bytes:
    return _int(len(values)) + np.asarray(values, "<i4").tobytes()


def _vector(values: npt.ArrayLike) -> bytes:
    data = np.asarray(values, "<f4")
    return _token("FV") + _int(len(data)) + data.tobytes()


def _matrix(values: Matrix) -> bytes:
    data = np.ascontiguousarray(values, "<f4")
    return _token("FM") + _int(data.shape[0]) + _int(data.shape[1]) + data.tobytes()


def transition_model(phones: list[str]) -> bytes:
    """One state a phone; transition 2i-1 stays in phone i, 2i leaves it, each with probability one half."""
    names = states(phones)
    count = len(names)
    out = _token("<TransitionModel>") + _token("<Topology>")
    out += _ints(list(range(1, count + 1))) + _ints([-1] + [0] * count)
    out += _int(1) + _int(2) + _int(0) + _int(2) + _int(0) + _float(0.5) + _int(1) + _float(0.5) + _int(-1) + _int(0)
    out += _token("</Topology>") + _token("<Triples>") + _int(count)
    for number, name in enumerate(names, 1):
        out += _int(number) + _int(0) + _int(_output_of(name, phones))
    half = float(np.log(0.5))
    out += _token("</Triples>") + _token("<LogProbs>") + _vector([0.0] + [half] * (2 * count))
    return out + _token("</LogProbs>") + _token("</TransitionModel>")


def _output_of(name: str, phones: list[str]) -> int:
    if name == SILENCE:
        return 0
    return len(phones) if name == GARBAGE else phones.index(name.rsplit("_", 1)[0])


def _affine(layer: Affine) -> bytes:
    body = _token("<LinearParams>") + _matrix(layer.weights) + _token("<BiasParams>") + _vector(layer.bias)
    return _token("<FixedAffineComponent>") + body + _token("</FixedAffineComponent>")


def _rectifier(width: int) -> bytes:
    zeros = np.zeros(width, np.float32)
    out = _token("<RectifiedLinearComponent>") + _token("<Dim>") + _int(width)
    out += _token("<ValueAvg>") + _vector(zeros) + _token("<DerivAvg>") + _vector(zeros)
    out += _token("<Count>") + _double(0) + _token("<OderivRms>") + _vector(zeros)
    out += _token("<OderivCount>") + _double(0) + _token("<NumDimsSelfRepaired>") + _double(0)
    out += _token("<NumDimsProcessed>") + _double(0) + _token("<SelfRepairScale>") + _float(1e-5)
    return out + _token("</RectifiedLinearComponent>")


def context(layers: list[Affine]) -> tuple[int, int]:
    """Frames that the network sees before and after the one that it judges."""
    return -sum(min(layer.offsets) for layer in layers), sum(max(layer.offsets) for layer in layers)


def model_bytes(phones: list[str], layers: list[Affine], features: int) -> bytes:
    """The whole file. The last layer is the output; its rows are the phones and then the garbage."""
    config = [f"input-node name=input dim={features}"]
    parts: list[bytes] = []
    previous = "input"
    for number, layer in enumerate(layers):
        inputs = [previous if offset == 0 else f"Offset({previous}, {offset})" for offset in layer.offsets]
        source = f"Append({', '.join(inputs)})" if len(inputs) > 1 else inputs[0]
        config.append(f"component-node name=l{number} component=l{number} input={source}")
        parts.append(_token("<ComponentName>") + _token(f"l{number}") + _affine(layer))
        previous = f"l{number}"
        if number < len(layers) - 1:
            config.append(f"component-node name=r{number} component=r{number} input=l{number}")
            parts.append(_token("<ComponentName>") + _token(f"r{number}") + _rectifier(layer.weights.shape[0]))
            previous = f"r{number}"
    config.append(f"output-node name=output input={previous} objective=linear")
    left, right = context(layers)
    out = b"\x00B" + transition_model(phones) + _token("<Nnet3>") + b"\n" + "\n".join(config).encode() + b"\n\n"
    out += _token("<NumComponents>") + _int(len(parts)) + b"".join(parts) + _token("</Nnet3>")
    out += _token("<LeftContext>") + _int(left) + _token("<RightContext>") + _int(right)
    return out + _token("<Priors>") + _vector([])


def read_layers(path: Path) -> list[Affine]:
    """The affine layers of a file that `model_bytes` wrote. Raises ValueError for any other kind of network."""
    data = path.read_bytes()
    start, end = data.find(b"<Nnet3>"), data.find(b"<NumComponents>")
    config = data[start:end].decode("ascii", "replace")
    sources = re.findall(r"component-node name=l\d+ component=l\d+ input=(.*)", config)
    layers: list[Affine] = []
    at = end
    for source in sources:
        at = data.find(_token("<LinearParams>") + _token("FM"), at)
        if at < 0:
            raise ValueError(f"{path} is not a chain of fixed affine layers")
        at += len("<LinearParams> FM ")
        rows, columns = struct.unpack_from("<i", data, at + 1)[0], struct.unpack_from("<i", data, at + 6)[0]
        at += 10
        weights = np.frombuffer(data, "<f4", rows * columns, at).reshape(rows, columns)
        at += 4 * rows * columns + len("<BiasParams> FV ") + 5
        bias = np.frombuffer(data, "<f4", rows, at)
        layers.append(Affine(weights.copy(), bias.copy(), _offsets(source)))
    return layers


def _offsets(source: str) -> tuple[int, ...]:
    """``Append(Offset(r1, -3), r1, Offset(r1, 3))`` is -3, 0, 3; a name alone is 0."""
    inside = source.removeprefix("Append(")
    return tuple(int(found[1] or 0) for found in re.finditer(r"Offset\(\w+, (-?\d+)\)|\w+", inside))
