import io
import json
import zipfile

import pytest
import skops.io

from insight.errors import ModelError
from insight.io.models import load_model, save_model


class Foreign:
    """A class that no model file may hold."""


def test_an_unknown_model_is_answered_with_those_that_exist():
    with pytest.raises(ModelError, match="default"):
        load_model("nowhere")


def test_a_class_that_is_not_ours_is_refused(small_model, tmp_path):
    save_model(small_model, tmp_path)
    (tmp_path / "model.skops").write_bytes(skops.io.dumps({"mentions": Foreign()}))
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_model(str(tmp_path))


def test_a_broken_file_says_to_train_again(small_model, tmp_path):
    save_model(small_model, tmp_path)
    (tmp_path / "model.skops").write_bytes(b"PK")
    with pytest.raises(ModelError, match="insight train"):
        load_model(str(tmp_path))


def test_the_file_holds_no_pickle_and_no_address(small_model, tmp_path):
    save_model(small_model, tmp_path)
    archive = zipfile.ZipFile(io.BytesIO((tmp_path / "model.skops").read_bytes()))
    assert {name.rsplit(".", 1)[-1] for name in archive.namelist()} <= {"json", "npy", "npz"}
    schema = json.loads(archive.read("schema.json"))
    assert schema["__id__"] < 10_000
