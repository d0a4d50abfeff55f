import pytest

from insight.errors import InputError, UsageError
from insight.io.settings import default_settings_text, read_settings
from insight.settings import Settings


def write(tmp_path, text):
    path = tmp_path / "insight.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_settings() == Settings()


def test_values_of_the_file_replace_the_defaults(tmp_path):
    settings = read_settings(
        write(tmp_path, '[columns]\ntext = "nd"\n[report]\nmin_n = 3\nsegments = ["brand"]\n')
    )
    assert settings.columns == {"text": "nd"}
    assert settings.report.min_n == 3
    assert settings.report.segments == ("brand",)
    assert settings.themes == Settings().themes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[reprot]\n", 'Unknown table "reprot". Did you mean "report"?'),
        ("[report]\nmin = 3\n", 'Unknown option "min". Did you mean "min_n"?'),
        ('[report]\nmin_n = "3"\n', "min_n is '3', but wants a whole number, such as 10."),
        ("[screen]\nspam = 1\n", "spam is 1, but wants true or false, such as true."),
    ],
)
def test_a_name_or_type_that_does_not_fit_is_named(tmp_path, text, message):
    with pytest.raises(UsageError) as error:
        read_settings(write(tmp_path, text))
    assert message in str(error.value)


def test_a_missing_file_and_broken_toml_are_told(tmp_path):
    with pytest.raises(InputError, match="insight init"):
        read_settings(tmp_path / "none.toml")
    with pytest.raises(InputError, match="is not TOML"):
        read_settings(write(tmp_path, "[report"))


def test_the_text_that_init_writes_is_every_default(tmp_path):
    lines = [line.removeprefix("# ") for line in default_settings_text().splitlines()[1:]]
    lines = [line for line in lines if not line.startswith("role")]
    settings = read_settings(write(tmp_path, "\n".join(lines)))
    assert settings == Settings(columns={"text": "noi_dung", "stars": "so_sao"})
