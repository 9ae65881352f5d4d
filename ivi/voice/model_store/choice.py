# SPDX-License-Identifier: Apache-2.0
"""Which models are installed and which one is loaded; without what fetching needs, for the voice process itself."""

from pathlib import Path

from ivi.daemon.paths import state_dir, updated
from ivi.model.errors import NotFoundError

SHIPPED = Path(__file__).parents[1] / "models" / "en-us-command"
"""The model that comes with the program."""
SUMS = ".sums.json"  # in the folder of an installed model: its files and what they must be
USED = "used"  # in the store's folder: the chosen model's name


def store_folder() -> Path:
    """Where fetched models are."""
    return state_dir() / "voice-models"


def installed(folder: Path) -> list[str]:
    """Names of the models in a store, with the shipped one."""
    fetched = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return [SHIPPED.name, *sorted(name for name in fetched if name[0] != "." and (folder / name / SUMS).is_file())]


def path(folder: Path, name: str) -> Path:
    """A model's folder. Raises NotFoundError when it is not installed."""
    if name == SHIPPED.name:
        return updated("models", SHIPPED.name) or SHIPPED
    if name not in installed(folder):
        raise NotFoundError(f"model {name} is not installed", hint=f"ivi voice models fetch {name}")
    return folder / name


def used(folder: Path) -> str:
    """The name of the model that is used; the shipped one when none was chosen or the chosen one is gone."""
    try:
        name = (folder / USED).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return SHIPPED.name
    return name if name in installed(folder) else SHIPPED.name


def chosen() -> Path:
    """The folder of the model to load."""
    folder = store_folder()
    return path(folder, used(folder))
