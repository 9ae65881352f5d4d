# SPDX-License-Identifier: Apache-2.0
"""Kaldi's binary ``final.mdl``, as far as a plain chain of affine and rectified layers needs it.

A file is a transition model (one state a phone, see `TransitionModel.topology` of Kaldi's documentation) and an nnet3
network. Components are FixedAffineComponent and RectifiedLinearComponent; normalisation, feature scaling and priors are
folded into the affine layers before they come here.

The garbage, which stands for speech that is not meant for the car, is not learnt. Its score in each frame is that of
the best phone, less a fixed price: a sentence is taken if its phones lose less than that against the best ones on
average. In noise all phones lose alike, so a noisy command passes where a garbage class of its own would win. A
MaxpoolingComponent over all phones says it in Kaldi's words; a loop over phones in the graph would say the same and
stall the decoder.
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
GARBAGE_NODE = "garbage"


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


def _maximum(width: int) -> bytes:
    """The largest of all inputs."""
    out = _token("<MaxpoolingComponent>")
    for name, value in (("Input", (width, 1, 1)), ("Pool", (width, 1, 1))):
        for axis, size in zip("XYZ", value, strict=True):
            out += _token(f"<{name}{axis}{'Dim' if name == 'Input' else 'Size'}>") + _int(size)
    for axis in "XYZ":
        out += _token(f"<Pool{axis}Step>") + _int(1)
    return out + _token("</MaxpoolingComponent>")


def context(layers: list[Affine]) -> tuple[int, int]:
    """Frames that the network sees before and after the one that it judges."""
    return -sum(min(layer.offsets) for layer in layers), sum(max(layer.offsets) for layer in layers)


def model_bytes(phones: list[str], layers: list[Affine], features: int, garbage: float) -> bytes:
    """The whole file. The last layer's rows are the phones; `garbage`, below zero, is added to the best one's score."""
    config = [f"input-node name=input dim={features}"]
    parts: list[bytes] = []

    def component(name: str, source: str, body: bytes) -> str:
        config.append(f"component-node name={name} component={name} input={source}")
        parts.append(_token("<ComponentName>") + _token(name) + body)
        return name

    previous = "input"
    for number, layer in enumerate(layers):
        inputs = [previous if offset == 0 else f"Offset({previous}, {offset})" for offset in layer.offsets]
        source = f"Append({', '.join(inputs)})" if len(inputs) > 1 else inputs[0]
        previous = component(f"l{number}", source, _affine(layer))
        if number < len(layers) - 1:
            previous = component(f"r{number}", previous, _rectifier(layer.weights.shape[0]))
    best = component("best", previous, _maximum(len(phones)))
    price = Affine(np.ones((1, 1), np.float32), np.array([garbage], np.float32), (0,))
    component(GARBAGE_NODE, best, _affine(price))
    config.append(f"output-node name=output input=Append({previous}, {GARBAGE_NODE}) objective=linear")
    left, right = context(layers)
    out = b"\x00B" + transition_model(phones) + _token("<Nnet3>") + b"\n" + "\n".join(config).encode() + b"\n\n"
    out += _token("<NumComponents>") + _int(len(parts)) + b"".join(parts) + _token("</Nnet3>")
    out += _token("<LeftContext>") + _int(left) + _token("<RightContext>") + _int(right)
    return out + _token("<Priors>") + _vector([])


def read_model(path: Path) -> tuple[list[Affine], float]:
    """The affine layers of a file that `model_bytes` wrote, and the garbage's price. Raises ValueError for others.

    A file whose garbage was learnt, as a row of the last layer behind the phones, has a price of 0.
    """
    data = path.read_bytes()
    start, end = data.find(b"<Nnet3>"), data.find(b"<NumComponents>")
    config = data[start:end].decode("ascii", "replace")
    layers: list[Affine] = []
    at = end
    for source in re.findall(r"component-node name=l\d+ component=l\d+ input=(.*)", config):
        weights, bias, at = _read_affine(data, at, path)
        layers.append(Affine(weights, bias, _offsets(source)))
    if not layers:
        raise ValueError(f"{path} is not a chain of fixed affine layers")
    if f"name={GARBAGE_NODE} " not in config:
        return layers, 0.0
    _, price, _ = _read_affine(data, at, path)
    return layers, float(price[0])


def _read_affine(data: bytes, at: int, path: Path) -> tuple[Matrix, Matrix, int]:
    """The next affine component's weights and bias, and where it ends."""
    at = data.find(_token("<LinearParams>") + _token("FM"), at)
    if at < 0:
        raise ValueError(f"{path} is not a chain of fixed affine layers")
    at += len("<LinearParams> FM ")
    rows, columns = struct.unpack_from("<i", data, at + 1)[0], struct.unpack_from("<i", data, at + 6)[0]
    at += 10
    weights = np.frombuffer(data, "<f4", rows * columns, at).reshape(rows, columns)
    at += 4 * rows * columns + len("<BiasParams> FV ") + 5
    return weights.copy(), np.frombuffer(data, "<f4", rows, at).copy(), at + 4 * rows


def _offsets(source: str) -> tuple[int, ...]:
    """``Append(Offset(r1, -3), r1, Offset(r1, 3))`` is -3, 0, 3; a name alone is 0."""
    inside = source.removeprefix("Append(")
    return tuple(int(found[1] or 0) for found in re.finditer(r"Offset\(\w+, (-?\d+)\)|\w+", inside))
