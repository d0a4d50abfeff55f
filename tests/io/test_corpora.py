from collections import Counter

import pytest

from insight.errors import InputError
from insight.io.corpora import default_corpus, default_holdout, read_corpus, sample_dump


def test_a_folder_without_a_review_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no labelled review"):
        read_corpus(tmp_path)


def test_a_line_that_is_not_json_is_named(tmp_path):
    (tmp_path / "a.jsonl").write_text('\n{"id": 1,\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.jsonl, line 2 is not JSON"):
        read_corpus(tmp_path)


def test_the_shipped_corpora_are_labelled_by_the_taxonomy_and_share_no_text():
    train, holdout = read_corpus(default_corpus()), read_corpus(default_holdout())
    texts = Counter(" ".join(r.text.lower().split()) for r in [*train, *holdout])
    assert [text for text, n in texts.items() if n > 1] == []
    assert len({r.id for r in [*train, *holdout]}) == len(train) + len(holdout)


def test_no_domain_has_more_than_an_eighth_of_the_corpus():
    domains = Counter(review.domain for review in read_corpus(default_corpus()))
    assert len(domains) >= 16
    assert max(domains.values()) <= 0.12 * domains.total()


def test_the_holdout_holds_whole_domains_that_training_never_sees():
    train = {review.domain for review in read_corpus(default_corpus())}
    held = {review.domain for review in read_corpus(default_holdout())}
    assert len(held - train) >= 2


def test_the_sample_dump_ships():
    assert sample_dump().stat().st_size > 10_000
