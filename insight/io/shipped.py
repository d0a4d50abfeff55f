"""Where the models and corpora that come with the package lie."""

from importlib.resources import files
from pathlib import Path

from insight.errors import InputError


def shipped_folder(name: str) -> Path:
    """Folder `models` or `corpora`: inside an installed package, or at the top of a checkout.

    Raises
    ------
    InputError
        When neither holds it: the installation is incomplete.
    """
    package = Path(str(files("insight")))
    for folder in (package / "shipped" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise InputError(f"The folder {name}/ that ships with insight is missing. Install insight again.")
