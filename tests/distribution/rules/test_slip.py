from hypothesis import given
from hypothesis import strategies as st

from distribution.rules.slip import allergens_in_words, how_to_prepare
from inventory.rules.product import AllergenState, MealRole, Preparation


def test_what_needs_nothing_is_eaten_as_it_is() -> None:
    assert how_to_prepare(MealRole.STAPLE, []) == "そのまま食べられます"
    assert how_to_prepare(MealRole.DRINK, []) == "そのまま飲めます"
    assert how_to_prepare(MealRole.HOUSEHOLD, []) == ""


def test_steps_stand_in_one_order() -> None:
    needs = [Preparation.CAN_OPENER, Preparation.HOT_WATER]
    assert how_to_prepare(MealRole.MAIN, needs) == "お湯を使います、缶切りがいります"


def test_allergens_are_told_as_far_as_they_are_known() -> None:
    label = {
        "卵": AllergenState.CONTAINS,
        "小麦": AllergenState.CONTAINS,
        "えび": AllergenState.SAME_LINE,
        "そば": AllergenState.NOT_SHOWN,
    }
    assert allergens_in_words(MealRole.MAIN, label) == (
        "卵・小麦が入っています。同じ工場でえびを使っています。"
    )


@given(st.dictionaries(st.text(min_size=1), st.sampled_from(["not_shown", "unknown"])))
def test_nothing_known_is_never_told_as_free_of(states: dict[str, str]) -> None:
    label = {name: AllergenState[state.upper()] for name, state in states.items()}
    assert allergens_in_words(MealRole.MAIN, label) == "袋や箱の表示を見てください。"


@given(st.lists(st.sampled_from(Preparation), min_size=1))
def test_every_need_is_named(needs: list[Preparation]) -> None:
    assert len(how_to_prepare(MealRole.MAIN, needs).split("、")) == len(set(needs))
