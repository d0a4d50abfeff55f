"""Trained models: a folder with the model, its metadata and its card."""

import io
import json
import re
import zipfile
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from insight.errors import ModelError
from insight.estimators.model import ReviewModel
from insight.io.shipped import shipped_folder

_MODEL, _METADATA = "model.skops", "metadata.json"
_SCHEMA = "schema.json"
_NUMBER = re.compile(r"(?<![^ \"])\d{7,}\b")
_NAMED = re.compile(r'"__id__": (\d+)')
_SURELY_ADDRESS = 12
"""Digits of a number that is an address wherever it stands; on some builds of Python objects lie lower."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TRUSTED = [
    "insight.estimators.character_ngrams.CharacterNgrams",
    "insight.estimators.features.ClauseFeatures",
    "insight.estimators.heads.LinearHeads",
    "insight.estimators.lexicon_counts.LexiconCounts",
    "insight.estimators.mentions.MentionClassifier",
    "insight.estimators.overall.OverallSentiment",
    "insight.estimators.syllable_ngrams.SyllableNgrams",
    "sklearn.feature_extraction.text.TfidfTransformer",
    "sklearn.linear_model._logistic.LogisticRegression",
]
"""The only classes beside numpy's and scipy's that a model file may hold; nothing is ever unpickled.

Where something else in the process has imported skops before, skops trusts all of scikit-learn's estimators.
"""


def model_folder(name: str) -> Path:
    """Folder of a model: a path, or the name of one that ships with the package.

    Raises
    ------
    ModelError
        When there is no such model; the message lists those that exist.
    """
    if Path(name).is_dir():
        return Path(name)
    shipped = shipped_folder("models")
    if (shipped / name).is_dir():
        return shipped / name
    known = ", ".join(sorted(folder.name for folder in shipped.iterdir() if folder.is_dir()))
    raise ModelError(
        f'There is no model "{name}". Give a folder that `insight train` wrote, or one of: {known}.'
    )


def load_model(name: str = "default") -> ReviewModel:
    """Load a model by name or path.

    Raises
    ------
    ModelError
        When it does not exist, was made for another scikit-learn, or holds a class that is not trusted.
    """
    folder = model_folder(name)
    metadata = _read_metadata(folder)
    try:
        parts = _skops_io().load(folder / _MODEL, trusted=_TRUSTED)
    except Exception as error:
        raise ModelError(
            f"The model in {folder} cannot be loaded: {error}. It was trained with "
            f"{metadata.get('versions', 'unknown versions')}; train it again with `insight train`."
        ) from error
    return ReviewModel(
        mentions=parts["mentions"],
        overall=parts["overall"],
        mention_threshold=float(parts["mention_threshold"]),
        metadata=metadata,
    )


def save_model(model: ReviewModel, folder: Path) -> None:
    """Write `model.skops` and `metadata.json` into `folder`; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {
        "mentions": model.mentions,
        "overall": model.overall,
        "mention_threshold": model.mention_threshold,
    }
    (folder / _MODEL).write_bytes(_reproducible(_skops_io().dumps(parts)))
    text = json.dumps(model.metadata, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / _METADATA).write_text(text + "\n", encoding="utf-8")


@cache
def _skops_io() -> ModuleType:
    """`skops.io`, imported without the survey of all estimators of scikit-learn that it makes.

    The survey imports every module of scikit-learn, which takes longer than to load a model, and only serves
    to trust classes that no model of ours holds.
    """
    import sklearn.utils

    survey = sklearn.utils.all_estimators
    sklearn.utils.all_estimators = list
    try:
        return import_module("skops.io")
    finally:
        sklearn.utils.all_estimators = survey


def _read_metadata(folder: Path) -> dict[str, Any]:
    path = folder / _METADATA
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path} cannot be read: {error}. Train the model again with `insight train`."
        ) from error


def _reproducible(archive: bytes) -> bytes:
    """The same archive, compressed, without times of writing and addresses of objects.

    skops names objects by their address in memory; here they are numbered as they appear.
    """
    source = zipfile.ZipFile(io.BytesIO(archive))
    schema = source.read(_SCHEMA).decode()
    named = set(_NAMED.findall(schema))
    found = [n for n in _NUMBER.findall(schema) if n in named or len(n) >= _SURELY_ADDRESS]
    numbers = {address: str(i) for i, address in enumerate(dict.fromkeys(found), start=1)}
    schema = _NUMBER.sub(lambda match: numbers.get(match[0], match[0]), schema)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        out.writestr(_entry(_SCHEMA), schema)
        for name in source.namelist():
            if name != _SCHEMA:
                address, suffix = name.split(".", 1)
                out.writestr(_entry(f"{numbers[address]}.{suffix}"), source.read(name))
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
