"""Topics of BERTopic and of NMF, computed in an environment of their own.

    PYTHON benchmarks/peers.py FOLDER

Run by `benchmarks.peer_runs` with whichever Python has the libraries; this file must import nothing of the
project. FOLDER holds `vectors.npz` and `jobs.json`, a list of jobs with

- `system`: "bertopic" or "nmf";
- `texts`: the words of each text, joined by spaces;
- `vectors`: key of the texts' vectors in `vectors.npz` (BERTopic);
- `rows`: numbers of the texts' vectors, where the key holds those of other texts too;
- `n_topics`: topics of NMF; BERTopic finds its own number, and a second answer has them merged to so many;
- `seed`: of UMAP and NMF; null leaves UMAP unseeded, and so free to use all cores;
- `silent`: words that a second answer leaves out of the topics' words;
- `warm_up`: fit a few texts first, so that compiling is not timed.

Writes `answers.json`: for each job the seconds of the first fit, the libraries' versions, and a list of
answers with the topic of each text (-1 for none) and the first ten words of each topic. BERTopic
(Grootendorst 2022) runs with its own settings but for vectors, seed, and words, which are cut at spaces.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

_TOKEN = r"\S+"  # noqa: S105 - a token of text
_WORDS = 10
_WARM = 1000


def main() -> None:
    folder = Path(sys.argv[1])
    jobs = json.loads((folder / "jobs.json").read_text(encoding="utf-8"))
    with np.load(folder / "vectors.npz") as stored:
        vectors = {key: stored[key] for key in stored.files}  # each is asked for by many jobs
    systems = {"bertopic": run_bertopic, "nmf": run_nmf}
    answers = []
    for job in jobs:
        X = _vectors(vectors, job)
        if job.get("warm_up"):
            systems[job["system"]](job["texts"][:_WARM], None if X is None else X[:_WARM], job)
        answers.append(systems[job["system"]](job["texts"], X, job))
    (folder / "answers.json").write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")


def _vectors(vectors: dict[str, Any], job: dict[str, Any]) -> Any:
    if not job.get("vectors"):
        return None
    X = vectors[job["vectors"]]
    return X[job["rows"]] if "rows" in job else X


def run_bertopic(texts: list[str], X: Any, job: dict[str, Any]) -> dict[str, Any]:
    from bertopic import BERTopic  # type: ignore[import-not-found]
    from umap import UMAP  # type: ignore[import-not-found]

    options: dict[str, Any] = {"language": "multilingual", "top_n_words": _WORDS}
    options["vectorizer_model"] = CountVectorizer(token_pattern=_TOKEN)
    if job.get("seed") is not None:
        # BERTopic's own settings of UMAP, with a seed.
        options["umap_model"] = UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=job["seed"], n_jobs=1
        )
    model = BERTopic(**options)
    started = time.perf_counter()
    model.fit_transform(texts, X)
    seconds = time.perf_counter() - started
    answers = _bertopic_answers(model, texts, job, "as it is")
    n_topics = job.get("n_topics")
    if n_topics and len(answers[0]["words"]) > n_topics:
        model.update_topics(texts, vectorizer_model=options["vectorizer_model"], top_n_words=_WORDS)
        model.reduce_topics(texts, nr_topics=n_topics + (-1 in model.topics_))  # the outliers count as one
        answers += _bertopic_answers(model, texts, job, "merged to as many topics as ours")
    return {
        "seconds": seconds,
        "versions": {name: version(name) for name in ("bertopic", "umap-learn", "hdbscan", "scikit-learn")},
        "answers": answers,
    }


def _bertopic_answers(model: Any, texts: list[str], job: dict[str, Any], name: str) -> list[dict[str, Any]]:
    answers = [_bertopic_answer(model, name)]
    if job.get("silent"):
        kept = CountVectorizer(token_pattern=_TOKEN, stop_words=job["silent"])
        model.update_topics(texts, vectorizer_model=kept, top_n_words=_WORDS)
        answers.append(_bertopic_answer(model, f"{name}, no function words"))
    return answers


def _bertopic_answer(model: Any, name: str) -> dict[str, Any]:
    found = model.get_topics()
    order = sorted(topic for topic in found if topic >= 0)
    return {
        "name": name,
        "topics": [int(topic) for topic in model.topics_],
        "words": [[word for word, _ in found[topic] if word][:_WORDS] for topic in order],
    }


def run_nmf(texts: list[str], _X: Any, job: dict[str, Any]) -> dict[str, Any]:
    started = time.perf_counter()
    weigher = TfidfVectorizer(token_pattern=_TOKEN, min_df=2)
    X = weigher.fit_transform(texts)
    model = NMF(job["n_topics"], random_state=job.get("seed"))
    strength = model.fit_transform(X)
    seconds = time.perf_counter() - started
    topics = np.where(strength.max(axis=1) > 0, strength.argmax(axis=1), -1).tolist()
    names = weigher.get_feature_names_out()
    answers = [{"name": "as it is", "topics": topics, "words": _nmf_words(model.components_, names)}]
    if job.get("silent"):
        heard = np.isin(names, job["silent"], invert=True)
        words = _nmf_words(model.components_[:, heard], names[heard])
        answers.append({"name": "as it is, no function words", "topics": topics, "words": words})
    return {
        "seconds": seconds,
        "versions": {"scikit-learn": version("scikit-learn")},
        "answers": answers,
    }


def _nmf_words(components: Any, names: Any) -> list[list[str]]:
    """The heaviest words of each topic; those of weight zero are none of it."""
    best = np.argsort(-components, axis=1, kind="stable")[:, :_WORDS]
    return [names[row[weights[row] > 0]].tolist() for row, weights in zip(best, components, strict=True)]


if __name__ == "__main__":
    main()
