"""Small analyses made by hand: sentences of our own, put together by counting, never by chance."""

from dataclasses import asdict
from datetime import datetime, timedelta

import pandas as pd

from insight.analysis import Analysis
from insight.mining.actions import assign_actions
from insight.mining.audit import audit_quality
from insight.mining.compare import compare_segments
from insight.mining.drivers import rank_drivers
from insight.mining.journey import draw_journey, find_breaks, tabulate_pains
from insight.mining.trends import follow_trends
from insight.schema import MENTIONS, THEMES
from insight.settings import Settings
from insight.taxonomy import default_taxonomy
from insight.text.forms import clause_form
from tests.stored import stored_rows, whole_tables

# touchpoint, stage, pain, sentiment, theme, how often, sentences
SENTENCES = [
    ("information", "pre_purchase", "process", "negative", "không giống mô tả", 2,
     ["hàng nhận về không giống mô tả chút nào", "hình trên mạng một đằng, ngoài đời một nẻo"]),
    ("information", "pre_purchase", "process", "positive", "giống hình", 1, ["màu giống hình, rất ưng"]),
    ("staff", "purchase", "support", "positive", "nhân viên nhiệt tình", 4,
     ["bạn nhân viên tư vấn nhiệt tình", "chị bán hàng nói chuyện dễ thương"]),
    ("price_promotion", "purchase", "financial", "neutral", "giá tầm trung", 2, ["giá cũng bình thường"]),
    ("price_promotion", "purchase", "financial", "negative", "phí ship cao", 2,
     ["phí ship cao hơn cả tiền hàng"]),
    ("delivery", "purchase", "process", "negative", "giao hàng chậm", 9,
     ["giao hàng chậm cả tuần mới tới", "đợi mãi mới thấy giao", "shipper hẹn rồi không đến",
      "đặt từ đầu tháng mà cuối tháng mới nhận"]),
    ("delivery", "purchase", "process", "negative", "giao thiếu hàng", 3,
     ["giao thiếu một món, hỏi không ai trả lời"]),
    ("delivery", "purchase", "process", "positive", "giao nhanh", 3, ["giao nhanh hơn dự kiến"]),
    ("packaging", "purchase", "process", "negative", "hộp móp méo", 3,
     ["hộp móp méo, chẳng có lớp chống sốc"]),
    ("packaging", "purchase", "process", "positive", "đóng gói cẩn thận", 5,
     ["đóng gói cẩn thận, bọc ba lớp"]),
    ("product", "post_purchase", "productivity", "positive", "dùng rất thích", 14,
     ["dùng rất thích, thơm nhẹ", "chất lượng tốt so với mong đợi", "xài hai tháng vẫn như mới"]),
    ("product", "post_purchase", "productivity", "negative", "nhanh hỏng", 4,
     ["mới dùng ba hôm đã hỏng", "pin tụt nhanh kinh khủng"]),
    ("customer_care", "post_purchase", "support", "negative", "không ai trả lời", 5,
     ["nhắn tin cả ngày không ai trả lời", "gọi tổng đài toàn máy bận"]),
    ("customer_care", "post_purchase", "support", "positive", "hỗ trợ chu đáo", 1,
     ["hỗ trợ chu đáo, gọi lại ngay"]),
    ("warranty_return", "post_purchase", "process", "negative", "đổi trả rườm rà", 1,
     ["thủ tục đổi trả rườm rà"]),
    ("loyalty", "post_purchase", "none", "positive", "sẽ mua lại", 4, ["nhất định sẽ mua lại"]),
    ("overall", "post_purchase", "none", "positive", "tuyệt vời", 3, ["nói chung tuyệt vời"]),
]  # fmt: skip
SIGN = {"positive": 1, "neutral": 0, "negative": -1}


def full_sample(n_reviews: int = 240) -> Analysis:
    """Reviews of two brands over eight months, with stars and every table filled."""
    deck = [(*row[:5], row[6]) for row in SENTENCES for _ in range(row[5])]
    reviews, mentions = [], []
    for i in range(n_reviews):
        picked = [deck[(i * 7 + step * 29) % len(deck)] for step in range(1 + i % 3)]
        slow = i % 4 == 0
        picked += [deck[12]] * slow
        reviews.append(_review(i, picked, slow))
        mentions += _mentions(reviews[-1], picked, i)
    return assemble(reviews, mentions)


def _review(i: int, picked: list, slow: bool) -> dict:
    text = ". ".join(row[5][i % len(row[5])].capitalize() for row in picked) + "."
    mood = sum(SIGN[row[3]] for row in picked)
    stars = min(5, max(1, 3 + mood * 2)) if i % 19 else 5
    day = datetime(2025, 1, 6) + timedelta(days=i)
    overall = "positive" if mood > 0 else "negative" if mood < 0 else "neutral"
    return {
        "review_id": f"r{i:04}", "source_file": "danh-gia.csv", "source_row": i + 1, "text": text,
        "stars": float(stars), "date": day, "product": f"Bình giữ nhiệt {1 + i % 3}",
        "brand": "Bếp Nhà Mình" if slow or i % 8 == 1 else "Gốm Xóm Chài", "clean": text.lower(),
        "screen": "spam" if i % 40 == 39 else "kept", "overall": overall, "p_overall": 0.6 + (i % 40) / 100,
        "score": 0.5 * mood,
    }  # fmt: skip


def _mentions(review: dict, picked: list, i: int) -> list[dict]:
    rows, at = [], 0
    for number, (touchpoint, stage, pain, sentiment, theme, sentences) in enumerate(picked, start=1):
        text = sentences[i % len(sentences)].capitalize()
        start = review["text"].index(text, at)
        at = start + len(text)
        rows.append({
            "mention_id": f"{review['review_id']}:{number}", "review_id": review["review_id"], "text": text,
            "form": clause_form(text), "start": start, "end": at, "stage": stage, "touchpoint": touchpoint,
            "pain": pain, "sentiment": sentiment, "p_stage": 0.9, "p_touchpoint": 0.8, "p_pain": 0.85,
            "p_sentiment": 0.9,
            "score": 0.9 * SIGN[sentiment], "unsure": i % 17 == 0, "theme_id": theme_id(theme),
        })  # fmt: skip
    return rows


def theme_id(name: str) -> str:
    return "t" + "".join(f"{ord(c):x}" for c in name)[-12:]


def assemble(reviews: list[dict], mentions: list[dict], columns: tuple[str, ...] = ("brand",)) -> Analysis:
    """Every aggregate of hand-made rows, by the stations that count."""
    taxonomy, settings = default_taxonomy(), Settings()
    all_reviews = pd.DataFrame(reviews)
    all_mentions = pd.DataFrame(mentions) if mentions else MENTIONS.empty()
    kept = all_reviews[all_reviews["screen"] == "kept"]
    said = all_mentions[all_mentions["review_id"].isin(kept["review_id"])]
    themes = _themes(said)
    journeys = [draw_journey(said, taxonomy, min_n=10)]
    columns = tuple(column for column in columns if column in kept)
    for column in columns:
        value_of = said["review_id"].map(kept.set_index("review_id")[column])
        for value in sorted(set(kept[column])):
            part = said[value_of == value]
            journeys.append(draw_journey(part, taxonomy, min_n=10, segment=column, value=value))
    rows = stored_rows(all_reviews, all_mentions)
    counted = rows.counted()
    return Analysis(
        manifest=_manifest(asdict(settings), len(reviews)),
        taxonomy=taxonomy,
        reviews=counted.reviews,
        mentions=counted.mentions,
        rows=rows,
        themes=themes,
        journey=pd.concat(journeys, ignore_index=True),
        pains=tabulate_pains(said, taxonomy),
        breaks=find_breaks(said, taxonomy),
        drivers=rank_drivers(kept, said, min_n=10),
        trends=follow_trends(kept, said),
        segments=compare_segments(kept, said, list(columns), min_n=10),
        actions=assign_actions(themes, int((said["sentiment"] == "negative").sum()), taxonomy),
        quality=audit_quality(counted.reviews, counted.mentions, taxonomy, rows),
    )


def _themes(mentions: pd.DataFrame) -> pd.DataFrame:
    names = {theme_id(row[4]): row[4] for row in SENTENCES}
    rows = []
    for key, group in mentions[mentions["theme_id"] != ""].groupby("theme_id"):
        first = group.iloc[0]
        quotes = group.drop_duplicates("text")["mention_id"].tolist()[:5]
        name = names.get(key, key).capitalize()
        parts = ([name, f"{name} lắm"], [len(group) - 2, 2]) if len(group) > 40 else ([], [])
        about = (key, first["touchpoint"], first["sentiment"], name, name.split(), len(group), 0.5, False)
        rows.append((*about, *parts, quotes))
    if not rows:
        return THEMES.empty()
    return pd.DataFrame(rows, columns=THEMES.names).sort_values("n", ascending=False, ignore_index=True)


def _manifest(settings: dict, rows: int) -> dict:
    return {
        "insight": "0.1.0",
        "rows": {"read": rows + 2, "kept": rows, "rejected": {"no_text": 2}},
        "problems": {},
        "columns": {"danh-gia.csv": {"Nội dung": "text", "Số sao": "stars", "Thương hiệu": "brand"}},
        "inputs": {"danh-gia.csv": "0123456789abcdef" * 4},
        "model": {"name": "default", "figures": {
            "n_reviews": 300,
            "scores": {"stage_f1": 0.81, "pain_sent_f1": 0.64},
            "by_label": {"touchpoint": {"delivery": (0.83, 120)}, "pain": {"process": (0.71, 140)}},
        }},
        "settings": settings,
        "seed": 0,
        "versions": {"python": "3.11.2", "pandas": "3.0.0"},
    }  # fmt: skip


def small_sample() -> Analysis:
    """One review without date, stars, product or mention."""
    review = {"review_id": "r1", "source_file": "a.csv", "source_row": 1, "text": "Hàng về rồi.",
              "clean": "hàng về rồi.",
              "screen": "kept", "overall": "neutral", "p_overall": 0.5, "score": 0.0}  # fmt: skip
    return assemble([review], [])


HOSTILE = (
    "<script>document.title='hỏng'</script> {{ 7*7 }} {% raw %} =cmd() "
    + "\u202eđảo ngược\u202c a\u200bn </script><!-- "
    + "x" * 10_000
    + " gọi 0912 345 678, thư a.b@mail.vn, https://la.vn/abc"
)


def hostile_sample() -> Analysis:
    """Reviews, products, brands and theme names that try to leave their place."""
    base = full_sample(60)
    reviews, mentions = (table.to_dict("records") for table in whole_tables(base))
    for review in reviews:
        for mention in (m for m in mentions if m["review_id"] == review["review_id"]):
            mention.update(
                text=HOSTILE, start=0, end=len(HOSTILE), theme_id=HOSTILE[:300] + mention["theme_id"]
            )
        review.update(text=HOSTILE, product=HOSTILE, brand=HOSTILE + review["brand"])
    made = assemble(reviews, mentions)
    manifest = {
        **made.manifest,
        "inputs": {f"{HOSTILE[:200]}.csv": None},
        "columns": {"a": {HOSTILE: HOSTILE}},
    }
    return Analysis(**{**vars(made), "manifest": manifest})
