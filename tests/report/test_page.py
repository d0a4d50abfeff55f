import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from insight.report import render_markdown, render_page, summarise
from insight.report.render import PARTS
from insight.report.view import make_context
from insight.report.views.explorer import embed_json
from insight.report.views.fix import view_fix
from insight.report.views.shown import choose_sample
from tests.stored import stored_rows, whole_tables

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Reader(HTMLParser):
    """Elements, attributes and text of a page, and whether every element is closed."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.ids, self.links, self.attributes, self.open = [], [], [], set(), []
        self.texts = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[name] for name in ("href", "src", "action") if name in values]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


@pytest.fixture(params=["full", "small", "hostile"])
def any_page(request):
    return render_page(request.getfixturevalue(request.param), language="vi")


def test_every_part_of_the_report_is_there_and_linked(any_page):
    reader = Reader(any_page)
    assert reader.open == []
    assert set(PARTS) <= set(reader.ids)
    assert {f"#{part}" for part in PARTS} <= set(reader.links)


def test_ids_are_unique_and_every_link_has_its_place(any_page):
    reader = Reader(any_page)
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)


def test_a_page_asks_nothing_of_the_network(any_page):
    assert {link for link in Reader(any_page).links if not link.startswith("#")} == {"data:,"}
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest", any_page)


def test_the_same_analysis_gives_the_same_bytes(full, page):
    assert render_page(full, language="vi") == page


def test_hostile_text_is_text_only(page, hostile_page):
    tame, wild = Reader(page), Reader(hostile_page)
    assert wild.tags.count("script") == tame.tags.count("script") == 2
    assert wild.attributes <= tame.attributes
    assert not any(name.startswith("on") for name in wild.attributes)
    assert "<script>document.title='hỏng'</script> {{ 7*7 }} {% raw %} =cmd() đảo ngược an" in wild.text
    assert not set("\u202e\u202c\u200b") & set(hostile_page)


def test_embedded_data_cannot_leave_its_element(hostile_page):
    data = re.search(r'id="mentions-data">(.*?)</script>', hostile_page, re.DOTALL).group(1)
    assert not set("<>&") & set(data)
    assert json.loads(data)["rows"][0][0].startswith("<script>")
    assert embed_json("</script><!--\u2028") == '"\\u003c/script\\u003e\\u003c!--\\u2028"'


def test_phone_numbers_mails_and_links_are_covered(hostile):
    reviews, mentions = whole_tables(hostile)
    review = reviews.iloc[0].to_dict()
    text = "gọi 0912 345 678, thư a.b@mail.vn, https://la.vn/abc"
    reviews = reviews.assign(text=text, clean=text)
    rows = stored_rows(reviews, mentions.assign(text=text, start=0, end=len(text)))
    mismatched = hostile.quality.mismatched.assign(text=text)
    quality = type(hostile.quality)(**{**vars(hostile.quality), "mismatched": mismatched})
    counted = rows.counted()
    parts = {**vars(hostile), **vars(counted), "rows": rows, "quality": quality}
    analysis = type(hostile)(**parts)
    for product in (render_page(analysis, language="vi"), render_markdown(analysis, language="vi")):
        assert "•••" in product
        assert not re.search(r"345.678|mail\.vn|la\.vn", product)
    assert review["text"] != text


def test_long_words_are_cut_everywhere(hostile_page):
    assert max(len(run) for run in re.findall(r"x+", hostile_page)) <= 300


def test_pages_are_small(page):
    assert len(page.encode()) < 400_000


def test_the_first_screen_says_what_hurts_what_to_fix_and_who_owns_it(page):
    text = Reader(page).text
    first = text[text.index("Báo cáo trải nghiệm") : text.index("Những điều rút ra")]
    for said in ("Đau nhất ở đâu? Giao hàng", "Sửa gì trước? Giao hàng chậm", "Ai phụ trách? Kho vận"):
        assert said in first


def test_findings_are_sentences_with_evidence(page):
    findings = re.search(r'<ul class="findings">(.*?)</ul>', page, re.DOTALL).group(1)
    items = re.findall(r"<li>(.*?)</li>", findings, re.DOTALL)
    assert len(items) >= 5
    assert all('href="#' in item for item in items)


def test_gaps_are_told_in_words_and_never_as_zero(small, full):
    text = Reader(render_page(small, language="vi")).text
    assert text.count("Đây là khoảng trống, không phải điểm 0.") == 3
    assert (
        "khoảng trống"
        not in Reader(render_page(full, language="vi")).text.split("Hành trình của từng nhóm")[0]
    )


def test_the_weakest_touchpoint_has_its_margin_of_error(page):
    assert re.search(
        r"Điểm yếu nhất là Giao hàng: −\d+ điểm \(khoảng tin cậy 95 %: −\d+ đến −\d+;", Reader(page).text
    )


def test_the_emotion_curve_has_a_text_alternative_and_a_table(page):
    assert re.search(r'aria-label="Đường cảm xúc, Tất cả khách hàng\.[^"]*Giao hàng −\d+', page)
    assert "Xem số liệu dạng bảng" in page


def test_every_segment_has_a_journey_of_its_own(page):
    reader = Reader(page)
    assert {"journey-all", "journey-1", "journey-2"} <= set(reader.ids)
    assert "Thương hiệu: Bếp Nhà Mình" in reader.text


def test_what_names_nothing_to_mend_is_named_and_not_ranked(full):
    view = view_fix(make_context(full, "vi"))
    assert view.unspecific == "Trung thành & giới thiệu, Đánh giá chung"
    assert not {"Trung thành & giới thiệu", "Đánh giá chung"} & {row.name for row in view.touchpoints}
    assert [row.number for row in view.touchpoints][:2] == ["1", "2"]


def test_a_theme_beside_its_touchpoint_does_not_repeat_it(full):
    themes = full.themes.assign(name="Tốt (Sản phẩm & dịch vụ chính)")
    context = make_context(replace(full, themes=themes), "vi")
    product = themes.loc[themes["touchpoint"] == "product", "theme_id"].iat[0]
    assert context.theme_name(product) == "Tốt (Sản phẩm & dịch vụ chính)"
    assert context.theme_short(product) == "Tốt"
    assert context.theme_short("unknown") == ""


def test_a_product_that_is_a_number_is_said_to_be_a_code(full):
    about = make_context(full, "vi").about({"stars": 4.0, "product": "422204795", "brand": "Gốm Xóm Chài"})
    assert about == ["4 sao", "Gốm Xóm Chài", "mã 422204795"]


def test_gaps_in_stars_are_worded_as_association(page):
    assert "liên hệ thống kê, không phải nguyên nhân" in Reader(page).text


def test_a_quote_is_marked_within_its_review(page):
    assert "<span>Hàng nhận về không giống mô tả chút nào. </span><mark>Giao hàng chậm" in page


def test_english_pages_use_english_words_and_numbers(full):
    text = Reader(render_page(full, language="en")).text
    assert "What hurts most? Delivery" in text
    assert "95% interval" in text
    assert "Giai đoạn" not in text


def test_markdown_holds_the_findings_and_escapes_what_customers_wrote(full, hostile):
    text = render_markdown(full, language="vi")
    assert text.startswith("# Báo cáo trải nghiệm khách hàng\n")
    assert "**Sửa gì trước?** Giao hàng chậm." in text
    assert "<script" not in render_markdown(hostile, language="vi").replace("\\<", "")


def test_markdown_of_next_to_nothing_is_still_written(small):
    assert (
        "Chưa" in render_markdown(small, language="vi")
        or render_markdown(small, language="vi").count("\n") > 10
    )


@pytest.mark.parametrize("name", ["full", "small", "hostile"])
def test_the_summary_is_plain_json_with_a_version(name, request):
    summary = summarise(request.getfixturevalue(name))
    assert summary["schema_version"] == 1
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_the_summary_counts_what_the_tables_count(full):
    summary = summarise(full)
    assert summary["totals"]["reviews"] == int((full.reviews["screen"] == "kept").sum())
    said = full.mentions
    assert summary["totals"]["mentions"] == len(said)
    assert summary["totals"]["negative"] == int((said["sentiment"] == "negative").sum())
    assert summary["names"]["stages"]["purchase"] == {"vi": "Trong mua hàng", "en": "During purchase"}


def test_a_sample_of_mentions_keeps_the_wanted_and_some_of_every_kind(full):
    wanted = full.mentions.index[-3:].to_numpy()
    numbers = choose_sample(full.mentions, wanted, 120)
    sample = full.mentions.loc[numbers]
    assert len(sample) <= 120
    assert set(wanted) <= set(numbers)
    kinds = set(zip(full.mentions["touchpoint"], full.mentions["sentiment"], strict=True))
    assert set(zip(sample["touchpoint"], sample["sentiment"], strict=True)) == kinds
