"""Sentences on which the fast segmentation proves itself, and what underthesea makes of them."""

import hashlib
import json
from collections.abc import Sequence

SAMPLES = (
    "Giao hàng nhanh, đóng gói cẩn thận, nhân viên tư vấn nhiệt tình.",
    "Sản phẩm không giống như hình, shop trả lời rất chậm!!!",
    "Mình đặt mua 2 hộp mà chỉ nhận được 1 hộp, gọi tổng đài không ai nghe máy",
    "ứng dụng hay bị treo khi chuyển khoản, mong ngân hàng sửa lỗi sớm",
    "KHÁCH SẠN SẠCH SẼ, PHÒNG RỘNG RÃI, GẦN BIỂN",
    "Khách Sạn Hoàng Gia ở Đà Nẵng có bữa sáng rất ngon",
    "Nhân viên lễ tân thân thiện nhưng phòng tắm có mùi hôi, điều hoà không mát.",
    "ship lâu vãi, đợi 10 ngày mới có hàng :((( ",
    "Giá 1.250.000đ hơi cao so với chất lượng, giảm 20% mới mua",
    "Điện thoại pin trâu, màn hình đẹp, chụp ảnh ban đêm hơi mờ, sạc 33W khá nhanh",
    "hang dung mo ta, giao nhanh, se ung ho shop lan sau",
    "Ngày 12/03/2024 tôi gọi 1900-1234 lúc 10:20:30 nhưng không được hỗ trợ",
    "Xem tại https://example.com/san-pham?id=12&x=(a) hoặc gửi thư tới cskh@example.com nhé.",
    "ok",
    "Tốt",
    "❤ son đẹp lắm luôn 😍 chuẩn màu nha mn =))",
    "Bác sĩ T.S Nguyễn Văn A. ở TP.HCM khám rất kỹ, Ths. Lan cũng vậy.",
    "Áo size M mặc vừa, vải mát; nhưng đường may ẩu, chỉ thừa nhiều...",
    "chất lượng sản phẩm tuyệt vời chất lượng sản phẩm tuyệt vời chất lượng sản phẩm tuyệt vời",
    "Thanh toán bằng thẻ tín dụng bị trừ tiền hai lần -> khiếu nại mãi chưa hoàn tiền",
    "Kem chống nắng này dùng bị kích ứng da, nổi mụn ẩn li ti, rửa mặt xong rất khô",
    "Thời gian bảo hành 12 tháng, đổi trả trong vòng 7 ngày nếu có lỗi của nhà sản xuất",
    "Quán ăn ngon, không gian thoáng đãng, phục vụ chu đáo; giá cả phải chăng",
    "App cập nhật xong không đăng nhập được, quên mật khẩu cũng không lấy lại được OTP",
    "Gói hàng méo mó, hộp bị rách, tem niêm phong không còn nguyên vẹn",
    "đừng mua ở đây nhé mọi người, hàng giả hàng nhái, lừa đảo khách hàng",
    "Sữa rửa mặt dịu nhẹ, không mùi, thích hợp cho da nhạy cảm và da dầu mụn",
    "Hoà nhã, vui vẻ, toà nhà đẹp, thuỷ tinh trong suốt, quý khách hài lòng",
    "Cảm ơn shop đã tặng quà, lần sau sẽ quay lại ủng hộ tiếp ạ",
    "(hàng chính hãng) [mới 100%] \"đáng đồng tiền\" 'rất đáng mua' <3 H&M v.v.",
    "\t\n  ",
)

_KNOWN_CORES = ("3.3.",)
_WORDS = "d6590fda8281411def8ddac1c9df25d4f188d3e73a97c110c32744f85bdc3bf4"
"""Hash of the words that underthesea finds in `SAMPLES` with a compiled part of the known versions."""


def are_known_words(words: Sequence[Sequence[str]], core: str) -> bool:
    """Whether underthesea is known to find just these words in `SAMPLES`.

    Parameters
    ----------
    words : sequence of sequence of str
        The words of each sample.
    core : str
        Version of underthesea's compiled part.
    """
    return core.startswith(_KNOWN_CORES) and hashlib.sha256(json.dumps(words).encode()).hexdigest() == _WORDS
