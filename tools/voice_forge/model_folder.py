# SPDX-License-Identifier: Apache-2.0
"""From a trained network to a folder that stock vosk loads: a template model's graph with a new ``am/final.mdl``."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from tools.voice_forge.kaldi import GARBAGE, POSITIONS, SILENCE, model_bytes
from tools.voice_forge.network import FEATURES, Network, Priors, folded

PHONES = (
    SILENCE,
    *(
        "AA",
        "AE",
        "AH",
        "AO",
        "AW",
        "AY",
        "B",
        "CH",
        "D",
        "DH",
        "EH",
        "ER",
        "EY",
        "F",
        "G",
        "HH",
        "IH",
        "IY",
        "JH",
        "K",
    ),
    *("L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH"),
)
"""CMUdict's phones without stress, after silence; the network's outputs are these and then the garbage class."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A network with what is needed to use it for decoding."""

    network: Network
    priors: Priors

    def save(self, path: Path) -> None:
        """Write it for `load`."""
        state = {"weights": self.network.state_dict(), "priors": torch.from_numpy(self.priors.shares)}
        torch.save(state, path)

    @classmethod
    def load(cls, path: Path) -> "Checkpoint":
        """Read what `save` wrote."""
        state = torch.load(path, weights_only=True)
        outputs, width = state["weights"]["output.weight"].shape[:2]
        network = Network(outputs, width)
        network.load_state_dict(state["weights"])
        network.eval()
        return cls(network, Priors(np.asarray(state["priors"].numpy(), np.float32)))

    def final_mdl(self, garbage: float) -> bytes:
        """The acoustic model in Kaldi's format; `garbage` is added to the garbage's score."""
        return model_bytes(list(PHONES), folded(self.network, self.priors, garbage), FEATURES)


def write_model(checkpoint: Checkpoint, template: Path, out: Path, garbage: float) -> None:
    """Copy the template's folder (its graph speaks of the same phones) and put the new acoustic model in.

    Raises ValueError when the template's graph was made for other phones.
    """
    wanted = 1 + (len(PHONES) - 1) * len(POSITIONS) + 1
    table = (template / "graph" / "phones" / "word_boundary.int").read_text(encoding="ascii").splitlines()
    if len(table) != wanted:
        raise ValueError(f"{template} has {len(table)} phones, not {wanted} (up to {GARBAGE})")
    shutil.copytree(template, out, dirs_exist_ok=True)
    (out / "am" / "final.mdl").write_bytes(checkpoint.final_mdl(garbage))
