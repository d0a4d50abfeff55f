"""Size of the page and time to its first view, whatever the number of reviews.

    python -m benchmarks.page RUN --reviews 100000

The tables of a finished run are repeated until they hold so many reviews; the page is rendered from them and
opened in Debian's Chromium. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from playwright.sync_api import sync_playwright

from insight.analysis import Analysis
from insight.batch import rebuild
from insight.io.parts import encode_table
from insight.io.rows import StoredRows
from insight.io.runs import RunFolder
from insight.report import render_page
from insight.settings import Settings
from insight.taxonomy import default_taxonomy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("--reviews", type=int, default=100_000)
    options = parser.parse_args()
    folder = RunFolder(options.run)
    analysis = _repeat(folder, rebuild(folder, default_taxonomy(), Settings()), options.reviews)
    start = time.perf_counter()
    page = render_page(analysis, language="vi")
    rendered = time.perf_counter() - start
    found = {
        "reviews": len(analysis.reviews),
        "mentions": len(analysis.mentions),
        "bytes": len(page.encode()),
        "render_seconds": round(rendered, 2),
        "first_view_seconds": round(_first_view(page), 3),
    }
    print(json.dumps(found, indent=1))


def _repeat(folder: RunFolder, analysis: Analysis, n: int) -> Analysis:
    times = -(-n // len(analysis.reviews))
    reviews, mentions = folder.read_table("reviews"), folder.read_table("mentions")
    copies: tuple[list[pd.DataFrame], list[pd.DataFrame]] = ([], [])
    for i in range(times):
        suffix = f"~{i}" if i else ""  # the quotes are those of the first copy
        copies[0].append(reviews.assign(review_id=reviews["review_id"] + suffix))
        copies[1].append(mentions.assign(**{k: mentions[k] + suffix for k in ("review_id", "mention_id")}))
    files = (pa.BufferReader(encode_table(pd.concat(tables, ignore_index=True))) for tables in copies)
    rows = StoredRows(*map(pq.ParquetFile, files))
    counted = rows.counted()
    return replace(analysis, reviews=counted.reviews, mentions=counted.mentions, rows=rows)


def _first_view(page: str) -> float:
    """Seconds from the start of loading to the first contentful paint."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "report.html"
        path.write_text(page, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page()
        tab.goto(path.as_uri())
        tab.wait_for_timeout(500)
        painted = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        browser.close()
    return float(painted) / 1000


if __name__ == "__main__":
    main()
