"""The words on the slip that goes home with the food: やさしい日本語, nothing that shames."""

from collections.abc import Mapping, Sequence

from inventory.rules.product import AllergenState, MealRole, Preparation

_STEPS = {
    Preparation.WATER: "水を使います",
    Preparation.HOT_WATER: "お湯を使います",
    Preparation.MICROWAVE: "電子レンジで温めます",
    Preparation.STOVE: "火と鍋を使います",
    Preparation.RICE_COOKER: "炊飯器で炊きます",
    Preparation.CAN_OPENER: "缶切りがいります",
    Preparation.FRIDGE: "冷蔵庫に入れます",
}

_EATEN = frozenset({MealRole.STAPLE, MealRole.MAIN, MealRole.SIDE, MealRole.SNACK, MealRole.INFANT})


def how_to_prepare(role: MealRole, needs: Sequence[Preparation]) -> str:
    """What one does with it at home; "" for what is neither eaten nor drunk as it is."""
    if needs:
        return "、".join(_STEPS[need] for need in Preparation if need in needs)
    if role is MealRole.DRINK:
        return "そのまま飲めます"
    return "そのまま食べられます" if role in _EATEN else ""


def allergens_in_words(role: MealRole, allergens: Mapping[str, AllergenState]) -> str:
    """What the label is known to say. "Not shown" is not "free of", so the rest points to the pack."""
    if role is MealRole.HOUSEHOLD:
        return ""
    contains = _named(allergens, AllergenState.CONTAINS)
    near = _named(allergens, AllergenState.SAME_LINE)
    sentences = [f"{contains}が入っています。"] if contains else []
    sentences += [f"同じ工場で{near}を使っています。"] if near else []
    return "".join(sentences) or "袋や箱の表示を見てください。"


def _named(allergens: Mapping[str, AllergenState], state: AllergenState) -> str:
    return "・".join(name for name, said in allergens.items() if said is state)
