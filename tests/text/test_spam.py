import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.text.reading import read_text
from insight.text.spam import is_spam, sign_score
from insight.text.spelling import spell


def read(raw):
    return spell(raw, " ".join(read_text(raw).forms))


@pytest.mark.parametrize(
    "text",
    [
        "Cho vay tiền nhanh, không cần thế chấp, bao nợ xấu. LH 0912345678",
        "cho vay tien nhanh khong can the chap lien he zalo 0912345678",
        "Tuyển cộng tác viên làm việc tại nhà, việc nhẹ lương cao ạ",
        "Mọi người nhập mã giới thiệu HOA8899 để nhận ngay 50k nha",
        "Bên em chuyên sỉ lẻ chăn ga, ai có nhu cầu inbox em",
        "Ghé page em ủng hộ nha, ship toàn quốc, https://example.com/chan-ga",
        "Soạn VIP gửi 9999 để nhận data 3G",
        "𝐒𝐚𝐥𝐞 lớn, giá chỉ từ 99k",
    ],
)
def test_advertisements_loans_and_referrals_are_spam(text):
    assert is_spam(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Shop tư vấn qua zalo nhiệt tình, giao hàng nhanh",
        "App báo nhập mã giới thiệu mà không được, thất vọng",
        "Mình gọi hotline 19001234 không ai nghe máy, liên hệ mãi không được",
        "Lãi suất vay cao quá, giải ngân chậm, nhân viên thái độ",
        "Bảo hành 12 tháng, hàng chính hãng, mình mua về dùng rất ok",
        "Giá 250.000đ là rẻ, freeship nữa, sẽ ủng hộ shop",
        "Màu sắc: đen\nChất liệu: vải mềm\nĐúng với mô tả: đúng\nÁo mặc mát lắm",
        "Link hướng dẫn ở www.example.com không mở được, máy dùng kém",
        "",
    ],
)
def test_buyers_who_mention_contacts_prices_or_loans_are_no_spam(text):
    assert not is_spam(read(text))


def test_a_long_number_is_no_phone_number():
    assert not is_spam(read("Đơn 2309871234567 liên hệ shop mãi chưa thấy giao, zalo không trả lời"))


@given(st.characters(min_codepoint=0x1D400, max_codepoint=0x1D7FF), st.text(st.characters()))
def test_two_styled_letters_are_a_sign_whatever_stands_around_them(letter, text):
    with_letters = spell(f"{text} {letter}{letter}", "")
    assert sign_score(with_letters) >= 2.0
