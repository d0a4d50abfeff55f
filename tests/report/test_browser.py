"""The page in a real browser: desktop, phone, print, and without JavaScript."""

import shutil
import subprocess
import tarfile
from itertools import pairwise
from pathlib import Path

import pytest

from insight.report.curve import Stop, Words, emotion_curve
from insight.report.render import PARTS
from insight.taxonomy import default_taxonomy

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as session:
        opened = session.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory, page, hostile_page):
    folder = tmp_path_factory.mktemp("pages")
    for name, text in {"full": page, "hostile": hostile_page}.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def visit(browser, files):
    opened = []

    def open_page(name="full", **options):
        context = browser.new_context(viewport=options.pop("viewport", DESKTOP), **options)
        tab = context.new_page()
        tab.troubles, tab.requests = [], []
        tab.on("console", lambda said: tab.troubles.append(said.text))
        tab.on("pageerror", lambda error: tab.troubles.append(str(error)))
        tab.on("request", lambda request: tab.requests.append(request.url))
        tab.goto((files / f"{name}.html").as_uri())
        opened.append(context)
        return tab

    yield open_page
    for context in opened:
        context.close()


@pytest.mark.parametrize("name", ["full", "hostile"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_nothing_fails_leaves_the_file_or_overflows(visit, name, viewport):
    tab = visit(name, viewport=viewport)
    assert tab.troubles == []
    assert [url for url in tab.requests if not url.startswith(("file:", "data:"))] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert tab.title().startswith("Báo cáo trải nghiệm khách hàng")


def test_the_three_answers_are_on_the_first_screen(visit):
    tab = visit()
    for answer in tab.query_selector_all(".answer .big"):
        box = answer.bounding_box()
        assert box["y"] + box["height"] < DESKTOP["height"]


@pytest.mark.parametrize(("viewport", "shown"), [(DESKTOP, "wide-only"), (PHONE, "narrow-only")])
def test_the_emotion_curve_fits_its_screen(visit, viewport, shown):
    curve = visit(viewport=viewport).locator(f"#journey-all svg.{shown}")
    assert curve.is_visible()
    box = curve.bounding_box()
    assert box["width"] > 250
    assert box["x"] + box["width"] <= viewport["width"]


@pytest.mark.parametrize("shown", ["wide-only", "narrow-only"])
def test_no_labels_of_the_curve_cover_each_other(visit, shown):
    tab = visit(viewport=DESKTOP if shown == "wide-only" else PHONE)
    covered = tab.evaluate(
        """shown => {
            const texts = [...document.querySelectorAll(`#journey-all svg.${shown} text`)];
            const boxes = texts.map(t => ({said: t.textContent, ...t.getBoundingClientRect().toJSON()}));
            return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => a.said !== b.said
                && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4
                && b.top < a.bottom - 4)
                .map(b => [a.said, b.said]));
        }""",
        shown,
    )
    assert covered == []


def test_search_ignores_diacritics_and_joins_with_filters(visit):
    tab = visit()
    everything = tab.locator("#found").inner_text()
    tab.fill("#search", "giao hang cham")
    assert tab.locator("#found").inner_text() != everything
    assert all("iao hàng chậm" in text for text in tab.locator("#results q").all_inner_texts())
    tab.select_option("#filter-sentiment", "positive")
    assert tab.locator("#results li").count() == 0
    assert "Không có ý kiến nào khớp" in tab.locator("#found").inner_text()
    tab.click("#filters button[type=reset]")
    tab.wait_for_function("said => document.getElementById('found').textContent === said", arg=everything)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("stage", "pre_purchase", "Trước mua hàng"),
        ("touchpoint", "packaging", "Đóng gói"),
        ("pain", "support", "Hỗ trợ"),
        ("sentiment", "neutral", "Trung lập"),
        ("period", "2025-03-01", "/03/2025"),
        ("segment0", "1", "Gốm Xóm Chài"),
    ],
)
def test_each_filter_leaves_only_what_it_asks_for(visit, field, value, said):
    tab = visit()
    tab.select_option(f"#filter-{field}", value)
    lines = tab.locator("#results li").all_inner_texts()
    assert lines
    assert all(said in line for line in lines)


def test_pages_of_mentions_follow_each_other(visit):
    tab = visit()
    first = tab.locator("#results li").all_inner_texts()
    assert tab.locator("#previous").is_disabled()
    tab.click("#next")
    assert "trang 2/" in tab.locator("#found").inner_text()
    assert tab.locator("#results li").all_inner_texts() != first
    tab.click("#previous")
    assert tab.locator("#results li").all_inner_texts() == first


def test_a_driver_opens_its_mentions(visit):
    tab = visit()
    tab.locator("table.drivers a").first.click()
    assert tab.locator("#filter-touchpoint").input_value() == "delivery"
    assert tab.locator("#filter-sentiment").input_value() == "negative"
    assert all("Giao hàng" in line for line in tab.locator("#results li").all_inner_texts())


def test_a_cell_of_the_matrix_opens_its_quotes(visit):
    tab = visit()
    tab.locator("table.matrix a[href='#pain-purchase-process']").click()
    assert tab.locator("#pain-purchase-process .quote").first.is_visible()


def test_the_segment_switch_shows_one_journey_at_a_time(visit):
    tab = visit()
    assert tab.locator(".journey-map:visible").count() == 1
    tab.select_option("#journey-switch", "journey-2")
    assert not tab.locator("#journey-all").is_visible()
    assert tab.locator("#journey-2 .stages").is_visible()
    assert tab.locator(".journey-map:visible").count() == 1


def test_the_actions_can_be_taken_away_as_a_table(visit, tmp_path):
    tab = visit(accept_downloads=True)
    with tab.expect_download() as download:
        tab.click("#export")
    download.value.save_as(tmp_path / "actions.csv")
    lines = (tmp_path / "actions.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0] == '"Phòng ban","Thứ tự","Chủ đề","Điểm chạm","Số ý kiến"'
    assert lines[1].startswith('"Kho vận","1","Giao hàng chậm","Giao hàng"')


def test_without_javascript_everything_but_the_filters_is_there(visit):
    tab = visit(java_script_enabled=False)
    assert all(tab.locator(f"#{part}").is_visible() for part in PARTS)
    assert tab.locator(".segment-map > summary").first.is_visible()
    assert tab.locator(".without-script li").first.is_visible()
    assert not tab.locator("#filters").is_visible()


def test_the_keyboard_reaches_the_content_first(visit):
    tab = visit()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#main"


def test_paper_gets_a_few_pages_of_a4(visit):
    tab = visit()
    pdf = tab.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 4 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page/") <= 25


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    """The source of axe-core, taken from npm; it is no part of this repository."""
    folder = tmp_path_factory.mktemp("axe")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, so axe-core cannot be had")
    try:
        subprocess.run([npm, "pack", "axe-core@4"], cwd=folder, check=True, capture_output=True, timeout=60)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"axe-core cannot be had from npm: {error}")
    (archive,) = Path(folder).glob("*.tgz")
    with tarfile.open(archive) as packed:
        return packed.extractfile("package/axe.min.js").read().decode()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(visit, axe, viewport, scheme):
    tab = visit(viewport=viewport, color_scheme=scheme)
    tab.evaluate("for (const d of document.querySelectorAll('details:not(.segment-map)')) d.open = true")
    tab.evaluate(axe)
    found = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = {
        rule["id"]: [node["html"][:120] for node in rule["nodes"][:3]]
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    }
    assert serious == {}


def test_the_labels_of_all_touchpoints_stand_apart_on_the_curve(browser):
    taxonomy = default_taxonomy()
    stops = [Stop(p.stage, p.vi, "25.514", "−10", -10.0, -20.0, 0.0, "neutral") for p in taxonomy.touchpoints]
    drawing = emotion_curve(stops, words=Words("khen nhiều hơn", "chê nhiều hơn"), alt="x", language="vi")
    tab = browser.new_page(viewport=DESKTOP)
    tab.set_content(f'<body style="font-family:system-ui,sans-serif">{drawing}</body>')
    boxes = tab.evaluate(
        """() => [...document.querySelectorAll('svg text')].map(text => {
            const box = text.getBoundingClientRect();
            return [text.textContent, box.left, box.right, box.top, box.bottom];
        })"""
    )
    tab.close()
    labels = sorted((box for box in boxes if "n = " in box[0]), key=lambda box: box[1])
    ends = [box for box in boxes if "nhiều hơn" in box[0]]
    assert len(labels) == len(stops)
    assert len(ends) == 2
    assert all(left[2] + 2 <= right[1] for left, right in pairwise(labels))
    assert all(end[2] <= labels[0][1] or end[4] <= labels[0][3] for end in ends)
