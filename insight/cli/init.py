"""`insight init`: settings, taxonomy and wishes about themes to start from."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path, typer.Argument(help="Folder to write into.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Write over files that exist.")] = False,
) -> None:
    """Write insight.toml, taxonomy.toml and themes.toml with every default, to be changed."""
    from insight.cli.talk import answer
    from insight.errors import InputError
    from insight.io import themes
    from insight.io.settings import FILE_NAME, default_settings_text

    texts = {
        FILE_NAME: default_settings_text(),
        themes.FILE_NAME: themes.EXAMPLE,
        "taxonomy.toml": files("insight").joinpath("taxonomy.toml").read_text(encoding="utf-8"),
    }
    for name in texts:
        if (folder / name).exists() and not force:
            raise InputError(f"{folder / name} exists. Write over it with --force.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        answer(str(folder / name))
