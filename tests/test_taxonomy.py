import pytest

from insight.errors import InputError, UsageError, unknown
from insight.taxonomy import default_taxonomy, parse_taxonomy

TOML = """
[[stage]]
id = "purchase"
vi = "Trong mua"
en = "During"
[[pain]]
id = "process"
vi = "Quá trình"
en = "Process"
[[department]]
id = "sales"
vi = "Bán hàng"
en = "Sales"
[[touchpoint]]
id = "store"
vi = "Cửa hàng"
en = "Store"
stage = "purchase"
pain = "process"
department = "{department}"
"""


def test_the_shipped_taxonomy_has_the_labels_of_the_codebook():
    taxonomy = default_taxonomy()
    assert len(taxonomy.touchpoints) == 14
    assert [stage.id for stage in taxonomy.stages] == ["pre_purchase", "purchase", "post_purchase"]
    assert taxonomy.touchpoint("delivery").name("vi") == "Giao hàng"


def test_an_unknown_touchpoint_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match='Did you mean "delivery"'):
        default_taxonomy().touchpoint("delivry")


def test_a_changed_taxonomy_is_read():
    assert parse_taxonomy(TOML.format(department="sales")).touchpoints[0].department == "sales"


def test_a_department_that_does_not_exist_is_named():
    with pytest.raises(InputError, match=r'mine.toml, touchpoint store: Unknown department "sale"'):
        parse_taxonomy(TOML.format(department="sale"), "mine.toml")


def test_a_file_that_is_no_taxonomy_is_refused_with_what_it_needs():
    with pytest.raises(InputError, match="needs the tables stage, pain, department and touchpoint"):
        parse_taxonomy("a = 1")


def test_nothing_near_gives_no_guess():
    assert unknown("label", "zzz", ["a", "b"]) == 'Unknown label "zzz". Known: a, b.'
