import io
import json
import subprocess
import sys
import zipfile

import pytest
import skops.io
from sklearn.tree import DecisionTreeClassifier

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


def test_a_class_of_scikit_learn_that_no_model_holds_is_refused(small_model, tmp_path):
    save_model(small_model, tmp_path)
    (tmp_path / "model.skops").write_bytes(skops.io.dumps({"mentions": DecisionTreeClassifier()}))
    code = f"from insight.io.models import load_model; load_model({str(tmp_path)!r})"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr
    assert "ModelError" in told
    assert "DecisionTreeClassifier" in told


def test_loading_a_model_imports_only_what_it_holds(small_model, tmp_path):
    save_model(small_model, tmp_path)
    code = (
        f"import sys; from insight.io.models import load_model; load_model({str(tmp_path)!r});"
        "print({'sklearn.gaussian_process', 'sklearn.neural_network'} & set(sys.modules));"
        "import sklearn.utils; print(len(sklearn.utils.all_estimators()) > 100)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\nTrue\n"


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
