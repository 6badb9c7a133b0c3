from hypothesis import given
from hypothesis import strategies as st

from distribution.rules.coverage import Coverage, Portion, coverage
from inventory.rules.product import MealRole

portions = st.lists(
    st.builds(
        Portion,
        meal_role=st.sampled_from(MealRole),
        servings=st.integers(0, 30),
        kcal=st.none() | st.integers(0, 5_000),
        pieces=st.integers(0, 100),
    ),
    max_size=12,
)


def test_a_meal_counts_only_with_a_staple() -> None:
    rice = Portion(MealRole.STAPLE, 1, 290, 6)
    can = Portion(MealRole.MAIN, 1, 330, 4)
    assert coverage([rice, can]) == Coverage(meals=6, kcal=6 * 290 + 4 * 330, unknown=0)


def test_a_bag_of_rice_is_many_meals() -> None:
    assert coverage([Portion(MealRole.STAPLE, 13, 3420, 2)]).meals == 26


def test_unknown_energy_is_told_but_not_for_soap() -> None:
    cake, soap = Portion(MealRole.SNACK, 1, None, 1), Portion(MealRole.HOUSEHOLD, 0, None, 1)
    assert coverage([cake, soap]).unknown == 1


@given(portions, portions)
def test_two_bags_amount_to_the_sum_of_each(first: list[Portion], second: list[Portion]) -> None:
    one, two, both = coverage(first), coverage(second), coverage(first + second)
    assert both == Coverage(one.meals + two.meals, one.kcal + two.kcal, one.unknown + two.unknown)
