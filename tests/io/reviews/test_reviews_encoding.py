import subprocess
import unicodedata

import pytest

from insight.io.reviews.legacy import _VNI, from_tcvn3, from_viscii, from_vni, tcvn3, viscii

LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
REVIEWS = [
    "Giao hàng chậm quá, đóng gói sơ sài",
    "sản phẩm rất đẹp và đúng mô tả",
    "nhân viên tư vấn nhiệt tình, vui vẻ",
    "chất lượng kém, dùng được hai ngày đã hỏng",
    "mùi thơm dễ chịu, sẽ ủng hộ cửa hàng lần sau",
]


def reverse(table):
    return {letter: code for code, letter in table.items()}


def to_vni(text):
    codes = reverse(dict(sorted(_VNI.items(), reverse=True)))
    return "".join(codes.get(letter, letter) for letter in text)


def to_tcvn3(text):
    codes = reverse({c: from_tcvn3(c) for c in [*tcvn3.BARE, *tcvn3.TONED]})
    return "".join(codes.get(letter, letter) for letter in text)


def to_viscii(text):
    return "".join(reverse(viscii.LETTERS).get(letter, letter) for letter in text)


def to_cp1258(text):
    # Windows keeps hats and horns on the letter and the tone behind it.
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = ""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        out += unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones))
        out += "".join(c for c in apart if c in tones)
    return out.encode("cp1258")


CODERS = {
    "tcvn3": lambda text: to_tcvn3(text).encode("latin-1"),
    "vni": lambda text: to_vni(text).encode("latin-1"),
    "viscii": lambda text: to_viscii(text).encode("latin-1"),
    "cp1258": to_cp1258,
}


@pytest.mark.parametrize(
    ("decode", "encode"), [(from_tcvn3, to_tcvn3), (from_vni, to_vni), (from_viscii, to_viscii)]
)
def test_every_letter_survives_the_old_encoding(decode, encode):
    coded = encode(LETTERS)
    assert coded != LETTERS
    assert coded.encode("latin-1")
    assert decode(coded) == LETTERS


def test_viscii_and_vni_have_the_capitals_too():
    assert from_viscii(to_viscii(LETTERS.upper())) == LETTERS.upper()
    assert from_vni(to_vni(LETTERS.upper())) == LETTERS.upper()


def test_old_spellings_known_from_documents_are_read():
    assert from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"


@pytest.mark.parametrize("encoding", CODERS)
@pytest.mark.parametrize("header", ["text,stars", "Nội dung,Số sao"])
def test_old_encodings_are_detected_said_and_composed(dump, read, encoding, header):
    lines = [header, *(f'"{text}",{i % 5 + 1}' for i, text in enumerate(REVIEWS))]
    batch = read(dump("a.csv", CODERS[encoding]("\r\n".join(lines))))
    assert (batch.layout.encoding, batch.layout.certainty) == (encoding, "likely")
    assert batch.reviews.text.tolist() == REVIEWS
    assert batch.layout.roles == dict(zip(["text", "stars"], header.split(","), strict=True))
    assert f"The file is in the old encoding {encoding} and is turned into Unicode." in batch.layout.notes


@pytest.mark.parametrize("encoding", CODERS)
def test_old_encodings_in_plain_text_are_detected(dump, read, encoding):
    assert read(dump("a.txt", CODERS[encoding]("\n".join(REVIEWS)))).reviews.text.tolist() == REVIEWS


@pytest.mark.parametrize("encode", [to_tcvn3, to_vni])
def test_old_fonts_inside_unicode_are_mended(dump, read, encode):
    batch = read(dump("a.csv", "\n".join(["text,stars", *(f'"{encode(t)}",5' for t in REVIEWS)])))
    assert batch.reviews.text.tolist() == REVIEWS
    assert batch.layout.encoding == "utf-8"
    assert any("old font encoding" in note for note in batch.layout.notes)


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_unicode_with_and_without_mark_is_read(dump, read, codec, told):
    content = "\r\n".join(["text\tstars", *(f"{text}\t4" for text in REVIEWS)])
    batch = read(dump("a.tsv", content.encode(codec)))
    assert batch.layout.encoding == told
    assert batch.reviews.text.tolist() == REVIEWS


def test_decomposed_utf8_is_left_as_the_customer_wrote_it(dump, read):
    apart = unicodedata.normalize("NFD", REVIEWS[0])
    assert read(dump("a.csv", f'text,stars\n"{apart}",5\n')).reviews.text[0] == apart


def test_letters_that_come_only_after_megabytes_of_ascii_still_decide(dump, read):
    plain = "hang tot giao nhanh\n" * 30_000
    batch = read(dump("a.txt", plain.encode() + CODERS["tcvn3"]("\n".join(REVIEWS))))
    assert batch.reviews.text.tolist()[-5:] == REVIEWS


def test_half_a_character_is_replaced_and_counted(dump, read):
    cut = "chất lượng kém, tệ".encode()[:-1]
    lines = [b"text,stars", *(f'"{text}",5'.encode() for text in REVIEWS * 3), b'"' + cut + b'",1']
    batch = read(dump("a.csv", b"\n".join(lines)))
    assert batch.layout.encoding == "utf-8"
    assert batch.reviews.text.iloc[-1].startswith("chất lượng kém, t\ufffd")
    assert batch.problems["replaced_characters"] >= 1
    assert batch.rejects.empty


def test_a_row_in_another_encoding_is_rejected_as_undecodable(dump, read):
    other = to_tcvn3("đẹp quá ầ ẫ ậ ề ễ ệ").encode("latin-1")
    lines = [b"text,stars", *(f'"{text}",5'.encode() for text in REVIEWS * 30), other + b",1"]
    batch = read(dump("a.csv", b"\n".join(lines)))
    assert batch.rejects.reason.tolist() == ["undecodable"]
    assert len(batch.reviews) == 150


def test_the_viscii_table_is_that_of_iconv():
    try:
        coded = subprocess.run(
            ["iconv", "-f", "utf-8", "-t", "VISCII"], input=LETTERS.encode(), capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("iconv is not installed")
    if coded.returncode:
        pytest.skip("this iconv does not know VISCII")
    assert from_viscii(coded.stdout.decode("latin-1")) == LETTERS
