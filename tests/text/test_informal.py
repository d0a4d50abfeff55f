import pytest

from insight.text.informal import emoji_classes, informal_spellings, write_out


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ko", "không"), ("đc", "được"), ("sp", "sản phẩm"), ("nv", "nhân viên"), ("đẹpppp", "đẹp"),
        ("lắmm", "lắm"), ("250k", "0k"), ("1tr2", "0tr0"), ("hòa", "hoà"), ("okela", "ok"), ("iu", "yêu"),
        ("❤️❤️", "_love_"), (":))))", "_laugh_"), ("😡", "_angry_"), ("shop", "shop"), ("app", "app"),
    ],
)  # fmt: skip
def test_chat_spellings_are_written_out(written, meant):
    assert write_out(written) == meant


def test_legal_syllables_are_never_taken_for_chat():
    legal = {"dị", "bể", "cam", "chạm", "nửa", "gian", "mắc"} & informal_spellings().keys()
    assert legal == set()


def test_every_emoji_class_is_one_of_the_six():
    assert set(emoji_classes().values()) == {"_happy_", "_love_", "_thumb_", "_laugh_", "_sad_", "_angry_"}


def test_no_spelling_is_written_out_as_another_chat_spelling():
    spellings = informal_spellings()
    assert {k for k, v in spellings.items() if spellings.get(v, v) != v} == set()
