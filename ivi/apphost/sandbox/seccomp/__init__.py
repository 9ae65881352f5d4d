# SPDX-License-Identifier: Apache-2.0
"""The compiled system call filters, as ivi.apphost.sandbox.generate wrote them."""

import platform
from pathlib import Path

from ivi.model.errors import ConfigurationError


def load(kind: str, architecture: str = "") -> bytes:
    """BPF of the filter `solo` or `family`. Raises ConfigurationError on an architecture that has none."""
    machine = architecture or platform.machine()
    path = Path(__file__).with_name(f"{kind}-{machine}.bpf")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"there is no system call filter for {machine} ({path.name})", hint="apps run on x86_64 and aarch64"
        ) from error
