# SPDX-License-Identifier: Apache-2.0
"""The compiled system call filters, as ivi.apphost.sandbox.generate wrote them."""

import platform
import struct
from pathlib import Path

from ivi.model.errors import ConfigurationError

_LONG_BITS = 8 * struct.calcsize("P")


def architecture_of(machine: str, bits: int = _LONG_BITS) -> str:
    """The filters' name for what uname calls the machine; a 32-bit Python on a 64-bit ARM kernel is armv7."""
    if machine.startswith("armv") or (machine == "aarch64" and bits == 32):  # noqa: PLR2004
        return "armv7"
    return machine


def load(kind: str, architecture: str = "") -> bytes:
    """BPF of the filter `solo`, `family`, `solo-net` or `family-net`. ConfigurationError where there is none."""
    machine = architecture or architecture_of(platform.machine())
    path = Path(__file__).with_name(f"{kind}-{machine}.bpf")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"there is no system call filter for {machine} ({path.name})", hint="apps run on x86_64, aarch64 and armv7"
        ) from error
