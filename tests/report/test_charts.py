import re

import pytest

from insight.report.charts import Mark, Moment, quadrants, sparkline, trend
from insight.report.curve import Stop, Words, emotion_curve, emotion_curve_narrow

STOPS = [
    Stop("Trước", "Quảng cáo", "4", "", None, None, None, "neutral", "quá ít"),
    Stop("Trước", "Thông tin", "120", "−20", -20.0, -35.0, -5.0, "negative"),
    Stop("Trong", "Giá <rẻ> & đẹp", "320", "+12", 12.0, -2.0, 26.0, "neutral"),
    Stop("Sau", "Sản phẩm", "90", "−60", -60.0, -70.0, -50.0, "negative", "yếu nhất"),
]


@pytest.mark.parametrize("draw", [emotion_curve, emotion_curve_narrow])
def test_the_curve_names_every_stop_and_takes_the_colours_of_the_page(draw):
    svg = draw(STOPS, words=Words("khen", "chê"), alt='đường "cong"', language="vi")
    assert svg.startswith("<svg")
    assert 'role="img"' in svg
    assert 'aria-label="đường &quot;cong&quot;"' in svg
    assert "var(--accent)" in svg
    assert not re.search(r"#[0-9a-f]{6}", svg)
    assert "&lt;rẻ&gt;" in svg
    assert " id=" not in svg


@pytest.mark.parametrize("draw", [emotion_curve, emotion_curve_narrow])
def test_a_curve_with_one_stop_or_none_known_is_drawn(draw):
    for stops in (STOPS[:1], STOPS[1:2]):
        assert "</svg>" in draw(stops, words=Words("khen", "chê"), alt="x", language="en")


def test_the_same_figures_give_the_same_drawing():
    moments = [Moment(f"2025-0{i}-01", 10.0 * i, 5.0, 90.0) for i in range(1, 6)]
    first, second = (
        trend(moments, kind="net", size=(400, 170), alt="x", language="vi", grain="month") for _ in range(2)
    )
    assert first == second
    assert "03/2025" in first


@pytest.mark.parametrize("kind", ["count", "net", "share"])
@pytest.mark.parametrize("n", [1, 2, 120])
def test_trends_of_any_length_are_drawn(kind, n):
    moments = [Moment(f"{2000 + i // 12}-{1 + i % 12:02}-01", 0.5) for i in range(n)]
    assert "</svg>" in trend(moments, kind=kind, size=(400, 170), alt="x", language="en", grain="month")


def test_circles_of_the_quadrants_do_not_cover_each_other():
    marks = [Mark(str(i), 0.2, 0.8) for i in range(1, 7)]
    svg = quadrants(
        marks, median=0.1, corners=list("abcd"), titles=("x", "y"), size=(600, 300), alt="x", language="vi"
    )
    spots = set(re.findall(r'<text[^>]*transform="translate\(([^)]+)\)"[^>]*>\d</text>', svg))
    assert len(spots) == 6


def test_a_sparkline_says_what_it_shows():
    assert 'aria-label="từ &lt;1 đến 2"' in sparkline([0.1, 0.2, 0.0], "từ <1 đến 2")


def test_no_line_bridges_periods_of_silence():
    days = ["2024-01-01", "2024-02-01", "2024-09-01", "2024-10-01"]
    moments = [Moment(day, 0.5, 0.4, 0.6) for day in days]
    svg = trend(moments, kind="share", size=(400, 170), alt="x", language="vi", grain="month")
    assert svg.count('stroke="var(--negative)" stroke-width="2"') == 2
