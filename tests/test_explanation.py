from insight.explanation import explain_text


def test_an_explanation_names_the_deciding_word(small_model):
    explained = explain_text("giao hàng chậm, giá rẻ", small_model, words=2)
    assert [clause["text"] for clause in explained["clauses"]] == ["giao hàng chậm", "giá rẻ"]
    assert explained["clauses"][0]["words"]["sentiment"][0][0] == "chậm"
