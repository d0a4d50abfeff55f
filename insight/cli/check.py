"""`insight check`: how a dump would be read, without running."""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated

import typer

from insight.cli.options import ColumnOverrides, Config, Json, Limit, Sources, Text


def command(
    sources: Sources,
    text: Text = None,
    column: ColumnOverrides = None,
    config: Config = None,
    limit: Limit = None,
    rejects: Annotated[int, typer.Option("--rejects", min=0, help="Rejected rows to show.")] = 5,
    json: Json = False,
) -> None:
    """Show encoding, columns, data quality and rejected rows of dumps."""
    from insight.cli.settings import load_settings
    from insight.cli.talk import answer, answer_json
    from insight.io.reviews import read_reviews

    columns = load_settings(config, columns=column, text=text).columns
    layouts = show_layouts(sources, columns, json=json, print_json=False)
    kept = read = short = with_stars = with_date = 0
    reasons: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    texts: Counter[int] = Counter()
    shown: list[dict[str, object]] = []
    for batch in read_reviews(sources, columns=columns, limit=limit):
        kept += len(batch.reviews)
        read += len(batch.reviews) + len(batch.rejects)
        reasons.update(batch.rejects["reason"])
        problems.update(batch.problems)
        texts.update(hash(t) for t in batch.reviews["text"])
        short += int((batch.reviews["text"].str.count(" ") < 3).sum())
        with_stars += int(batch.reviews["stars"].notna().sum()) if "stars" in batch.reviews else 0
        with_date += int(batch.reviews["date"].notna().sum()) if "date" in batch.reviews else 0
        if len(shown) < rejects:
            first = batch.rejects.head(rejects - len(shown)).to_dict("records")
            shown += [{str(key): value for key, value in row.items()} for row in first]
    quality = {
        "rows_read": read,
        "rows_kept": kept,
        "rows_rejected": dict(reasons),
        "problems": dict(problems),
        "same_text_as_another": kept - len(texts),
        "three_words_or_fewer": short,
        "with_stars": with_stars,
        "with_date": with_date,
    }
    if json:
        answer_json({"files": layouts, "quality": quality, "rejects": shown})
        return
    answer("")
    for name, value in quality.items():
        if isinstance(value, Mapping):
            value = ", ".join(f"{n} {key}" for key, n in value.items()) or "none"
        answer(f"{name.replace('_', ' '):24}{value}")
    for row in shown:
        answer(
            f"  rejected {row['source_file']}, row {row['source_row']}, {row['reason']}: "
            f"{str(row['raw'])[:100]}"
        )


def show_layouts(
    sources: list[str], columns: Mapping[str, str], *, json: bool, print_json: bool = True
) -> list[dict[str, object]]:
    """Print how each file is laid out; return the same as plain values."""
    from dataclasses import asdict

    from insight.cli.talk import answer, answer_json
    from insight.io.reviews import inspect_dumps

    layouts = inspect_dumps(sources, columns=columns)
    plain = [asdict(layout) for layout in layouts]
    if json:
        if print_json:
            answer_json(plain)
        return plain
    for layout in layouts:
        answer(f"{layout.path}: {layout.format}, {layout.encoding}, header in row {layout.header_row}")
        width = max((len(m.header) for m in layout.mapping), default=10)
        for m in layout.mapping:
            role = m.role or "segment"
            example = " ".join(str(m.examples[0]).split())[:50] if m.examples else ""
            answer(f"  {m.header:{width}}  -> {role:16} by {m.why:8} {m.filled:4.0%} filled  {example}")
        for note in layout.notes:
            answer(f"  note: {note}")
    return plain
