"""Privacy: what names a person is questioned, what staff write every day is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.privacy import personal_traces

ORDINARY = (
    """
賞味期限2027年3月|2026.11.23受取|3日分|2026/11/23 10:30|26.11.23|261123|03-11-2026|2026年11月上旬|11/23 来所
令和8年11月23日受領|2026.11.23生産|2026.11.23 生クリーム|2026.11.23生の魚|昭和産業 26.11.23|明治26.11.23|3月生まれ|3年生
4902777130835|04902777130835|036000291452|5835678256246|R8-0123|K7M-29X-Q4T|0120|10個×3箱|500kcal|お米2kg、水9L
港区役所26-11-23受取|A-1-2の棚|市販品|1丁目の公園|〒マーク|電話で3件確認|連絡先は確認済
お客様|お客さまへ|皆様|皆さん|みなさま|利用者さん|職員さん|ご本人様|お母さん|おかあさん|お父さん|お子さん|子どもさん
友だちさん|おばあちゃん|お兄ちゃん|息子さん|娘さん|ご主人様|奥様|世帯主様|ご家族様|大家さん|八百屋さん|パン屋さん
スタッフさん|ケースワーカーさんより|ケアマネさん|ヘルパーさんに渡した|ボランティアさん3人|民生委員さん|町会長さんから
社会福祉協議会様|株式会社山田様|㈱ヤマダ様|(株)山田商店様より|スーパー玉出さん|コープこうべさんから|生活協同組合おおさか様
Aさん|K様|〇〇様|○○さん|2名様|お二人様|ひとり親さん|障がい者さん|保健福祉課さん|救護施設さん|港区さん|区民さん|みなとオレンジチームさん|お疲れ様です|ご苦労様|ごちそうさま
多様な食材|様子を見る|同様に対応|前回同様|仕様変更|模様替え|様々な缶詰|この様な|届く様に|できない様、注意
缶詰たくさん|たくさんの米|昨日はさんま缶|さんまの缶詰|明日届くんで置いておく|今日届くん。|行くんやけど|ちゃんと確認
赤ちゃん用|赤ちゃんのミルク|鮭くん製|氏名は書かない|摂氏25度|彼氏と同居|千葉県君津市|水道と電気が止まっている
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

PERSONAL = {
    "電話番号": "090-1234-5678|０９０－１２３４－５６７８|09012345678|０６ー６５７６ー９６２５|06(6576)9625|(06)6576-9625"
    "|090 1234 5678|090.1234.5678|+81-90-1234-5678|+819012345678|〇九〇ー一二三四ー五六七八|TEL 6576-9625|0120-123-456",
    "メールアドレス": "taro@example.co.jp|ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ|連絡はtaro.y+1@example.jpへ",
    "人の名前": "山田様|山田さま|山田太郎さん|山田 太郎 さん|本日田中様来所|佐々木りえさん|やまださんが来所|さとうさん|ヤマダさん"
    "|マリアちゃん|Nguyenさん|山田氏|太郎くん|田中君|はなちゃん|髙橋さん|株式会社の田中さん|山田さん宅へ|本多様|健一様|土屋さん|山﨑さん|𠮷田様"
    "|京華さん|鈴木さんで",
    "生年月日": "生年月日 S50.3.4|S50.3.4生|昭和50年3月4日|1975/3/4生まれ|1975年生まれ|昭和50年生|19750304生|S50.3.4生の男性",
    "住所": "〒552-8510|〒５５２－８５１０|港区市岡1丁目15番25号|市岡１丁目１５－２５|港区市岡1-15-25|磯路三丁目5番地",
}  # fmt: skip


@pytest.mark.parametrize("note", ORDINARY)
def test_ordinary_notes_are_quiet(note: str) -> None:
    assert personal_traces(note) == ()


@pytest.mark.parametrize(
    ("what", "note"),
    [(what, note) for what, notes in PERSONAL.items() for note in notes.split("|")],
)
def test_a_person_is_noticed(what: str, note: str) -> None:
    (sentence,) = personal_traces(note)
    assert sentence.endswith(f"は{what}のようです。")


@pytest.mark.parametrize(
    "note", ["山田様", "090-1234-5678", "taro@example.jp", "〒552-8510", "市岡1丁目15"]
)
@given(before=st.sampled_from(ORDINARY), after=st.sampled_from(ORDINARY))
def test_a_person_is_noticed_among_other_lines(note: str, before: str, after: str) -> None:
    assert personal_traces(f"{before}\n{note}\n{after}") == personal_traces(note)


@given(st.integers(10**8, 10**9 - 1), st.sampled_from("-‐－ー― ."), st.sampled_from([90, 80, 70]))
def test_every_mobile_number_is_noticed(number: int, gap: str, prefix: int) -> None:
    digits = f"{number % 10**8:08}"
    assert len(personal_traces(f"0{prefix}{gap}{digits[:4]}{gap}{digits[4:]}")) == 1
    assert len(personal_traces(f"携帯0{prefix}{digits}です")) == 1


def test_several_traces_come_at_once_but_not_too_many() -> None:
    assert len(personal_traces("山田さん 090-1234-5678 taro@example.jp")) == 3
    assert len(personal_traces("、".join(f"taro{n}@example.jp" for n in range(100)))) == 5


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(s.endswith("のようです。") for s in personal_traces(text))


@pytest.mark.parametrize(
    "piece", ["a", "山", "あ", "カ", "1", "0-", "0 ", "ー", "区", "@", "a@", ".", "さん", "山田さん", "()", "﷽", " "]
)  # fmt: skip
def test_long_text_is_looked_at_quickly(piece: str) -> None:
    start = time.perf_counter()
    personal_traces(piece * 10_000)
    assert time.perf_counter() - start < 2  # takes some 50 ms; a backtracking pattern takes minutes
