"""The case ID: opaque, of the desk's own shape, and never a name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distribution.rules.case_id import check_pattern, example, read_case_id
from kernel.errors import Misread

PATTERN = "R#-####, R##-####"
SHAPES = st.text(alphabet="#@R-/._()*+?[]^$\\", min_size=1, max_size=20).filter(
    lambda shape: "#" in shape or "@" in shape
)


@pytest.mark.parametrize(
    "typed",
    ["R8-0123", "r8-0123", "Ｒ８－０１２３", "Ｒ８ー０１２３", "R8−0123", "R8‐0123", " R8 - 0123\n", "\u200fR8-0123", "R 8ー0123"],
)  # fmt: skip
def test_one_case_in_many_writings(typed: str) -> None:
    assert read_case_id(typed, PATTERN) == "R8-0123"


def test_any_of_the_shapes_will_do() -> None:
    assert read_case_id("r10-0001", PATTERN) == "R10-0001"
    assert read_case_id("ａｂ12", "@@## R#-####") == "AB12"
    assert read_case_id("a.1", "@.#") == "A.1"


@pytest.mark.parametrize(
    "typed", ["山田太郎", "やまだ", "ヤマダ", "ﾔﾏﾀﾞ", "R8-0123山田", "R8-山田", "佐々木", "𠮷田", "髙橋", "コーヒー", "㈱ミナト", "김철수", "Müller", "ß"]
)  # fmt: skip
def test_a_name_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(Misread) as refused:
        read_case_id(typed, PATTERN)
    assert "名前は入力せず" in refused.value.sentence
    assert "R1-2345" in refused.value.sentence
    assert typed not in refused.value.sentence


@pytest.mark.parametrize(
    "typed",
    ["R8-012", "R8-01234", "YAMADA", "8-0123", "R٨-٠١٢٣", "R⑧-0123", "R8-0123;", "🍙", "R8-0123R8-0123",
     "R" * 10_000],
)  # fmt: skip
def test_another_shape_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(Misread) as refused:
        read_case_id(typed, PATTERN)
    assert refused.value.sentence == (
        "ケース番号の形がちがいます。R1-2345 か R12-3456 のように入力してください。"
    )


@pytest.mark.parametrize("typed", ["", "　\n", "\u200b"])
def test_nothing_is_asked_for(typed: str) -> None:
    with pytest.raises(Misread, match="入力してください"):
        read_case_id(typed, PATTERN)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("R#-####, R##-####", "R#-####, R##-####"),
        ("ｒ＃ー＃＃＃＃、Ｒ＃＃－＃＃＃＃", "R#-####, R##-####"),
        (" #### \n ####\t@@## ", "####, @@##"),
        ("r#,,r#", "R#"),
    ],
)
def test_the_setting_is_straightened(typed: str, kept: str) -> None:
    assert check_pattern(typed) == kept
    assert check_pattern(kept) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "入力してください"),
        (" , 、", "入力してください"),
        ("ケース####", "かなや漢字"),
        ("番号#", "かなや漢字"),
        ("é####", "かなや漢字など"),
        ("🍙####", "かなや漢字など"),
        ("R8", "@ を入れて"),
        ("R#-####, R8", "@ を入れて"),
        ("#" * 65, "64文字"),
        ("#" * 10_000, "64文字"),
    ],
)
def test_a_useless_setting_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Misread) as refused:
        check_pattern(typed)
    assert why in refused.value.sentence


def test_an_example_looks_made_up() -> None:
    assert example(PATTERN) == "R1-2345"
    assert example("@@-###########") == "AB-12345678901"
    assert example("") == ""


@given(st.lists(SHAPES, min_size=1, max_size=2))
def test_an_example_fits_its_own_pattern(shapes: list[str]) -> None:
    pattern = check_pattern(" ".join(shapes))
    assert read_case_id(example(pattern), pattern) == example(pattern)
    assert read_case_id(example(pattern).lower(), pattern) == example(pattern)


@given(st.text())
def test_any_text_is_a_case_id_or_misread(text: str) -> None:
    assert re.fullmatch(r"R[0-9]{1,2}-[0-9]{4}|.*。", outcome(text), re.DOTALL)


def outcome(text: str) -> str:
    try:
        return read_case_id(text, PATTERN)
    except Misread as refused:
        return refused.sentence


@pytest.mark.parametrize(
    ("typed", "pattern", "read"),
    [
        ("R80123", "R#-####", "R8-0123"),
        ("ｒ８ ０１２３", "R#-####", "R8-0123"),
        ("R120123", "R#-####, R##-####", "R12-0123"),
        ("A-1", "A-#, A#", "A-1"),
        ("A1", "A-#, A#", "A1"),
    ],
)
def test_hyphens_may_be_left_out(typed: str, pattern: str, read: str) -> None:
    assert read_case_id(typed, pattern) == read


def test_not_where_two_cases_could_be_meant() -> None:
    with pytest.raises(Misread):
        read_case_id("A12", "A-##, A#-#")
