# SPDX-License-Identifier: Apache-2.0
"""Trees and links that are there whole, or not at all, after a power cut; for files see ivi.daemon.durable_file."""

import os
from pathlib import Path

from ivi.daemon.durable_file import NEW, sync_folder


def sync_tree(folder: Path) -> None:
    """Have everything below a folder survive a power cut."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            if path.is_symlink():
                continue
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        sync_folder(Path(place))


def point(link: Path, target: str) -> None:
    """Have a symbolic link lead to `target`, by one rename. Raises OSError."""
    making = link.with_name(f"{NEW}{link.name}")
    making.unlink(missing_ok=True)
    making.symlink_to(target)
    making.replace(link)
    sync_folder(link.parent)
