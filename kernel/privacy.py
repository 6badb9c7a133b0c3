"""Traces of a person in free text (domain 5): a client is a case ID and nothing else.

A trace is questioned, never refused, so this looks only for what is nearly
always personal. Ordinary notes (「賞味期限2027年3月」「お客様」「3日分」) must stay quiet:
a question that is usually wrong is soon clicked away unread.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kernel.errors import FieldError, Questioned
from kernel.text import HYPHENS, clean, quote

_MOST_TRACES = 5

_TO_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_KANJI = r"々\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # 﨑 and 𠮷 too
_KATAKANA, _HIRAGANA = "ァ-ヺー", "ぁ-ゖー"

_GAP = r"[-() .・]{1,3}"
_PHONE = re.compile(
    r"(?<![0-9A-Za-z.-])(?:"
    rf"\(?(?:\+81{_GAP}|0)[0-9]{{1,4}}{_GAP}[0-9]{{1,4}}{_GAP}[0-9]{{3,4}}"
    r"|0[1-9][0-9]{8}|0[5-9]0[0-9]{8}|\+81[1-9][0-9]{8,9}"
    r")(?![0-9])"
)
_LOCAL_PHONE = re.compile(
    r"(?:電話|携帯|連絡先|TEL|[Tt]el|☎|📞)[^0-9\n]{0,5}[0-9]{2,4}-[0-9]{4}(?![0-9-])"
)
_EMAIL = re.compile(r"[A-Za-z0-9._+-]{1,64} ?@ ?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")

_ERA = r"(?:昭和|大正|平成|令和|[STHR])? ?"
_DAY = r"(?:[0-9]{1,4}|元) ?[-./年] ?[0-9]{1,2} ?[-./月] ?[0-9]{1,2} ?日?"
_BORN = rf"(?:生まれ|うまれ|生(?=の[方人男女子]|[^{_KANJI}{_KATAKANA}{_HIRAGANA}]|$))"
_BIRTH = re.compile(
    r"(?:生年月日|誕生日)[^0-9\n]{0,8}[0-9][0-9./年月日-]*"
    # No pack is as old as 昭和; 昭和 without 年 may be the maker of flour.
    r"|(?:昭和|大正) ?(?:[0-9]{1,2}|元) ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日"
    rf"|{_ERA}(?:{_DAY}|[0-9]{{8}}) ?{_BORN}"
    rf"|(?:昭和|大正|平成|令和|[STHR]) ?[0-9]{{1,2}} ?年 ?{_BORN}"
    r"|[0-9]{4} ?年 ?(?:生まれ|うまれ)"
)

_NUMBER = "[0-9一二三四五六七八九十]{1,4}"
_ADDRESS = re.compile(
    r"(?:〒|郵便番号)[^0-9\n]{0,3}[0-9]{3} ?-? ?[0-9]{4}"
    rf"|{_NUMBER}丁目[ の-]{{0,2}}{_NUMBER}(?=番|号|[-、。)\s]|$)"
    rf"|{_NUMBER}番地|{_NUMBER}番の?{_NUMBER}号"
    # The first number stays under 20, or 港区役所26-11-23 would be an address.
    rf"|[区市町村](?![画民販切])[{_KANJI}ぁ-んァ-ヶ]{{1,8}}1?[0-9]-[0-9]{{1,2}}-[0-9]{{1,4}}(?![0-9])"
)

_TITLED = re.compile(
    rf"(?P<name>[{_KANJI}]{{1,12}}?|[{_KATAKANA}]{{2,12}}|[{_HIRAGANA}]{{2,8}}?|(?<![A-Za-z])[A-Z][a-z]{{1,19}})"
    r" ?(?P<title>様|さま|さん|ちゃん|氏|くん|君)"
)
_PARTICLE = re.compile(
    rf"$|[^{_HIRAGANA}]|[はがのをとへもでだや]|に(?!ん)|から|より|まで|たち|ら|って|いわく"
)
# What makes another word of a title: 様子, 氏名, くん製, 届くんで, ちゃんと, 君津.
_OTHER_WORD = {
    "様": re.compile("[々子式相態変]"),
    "氏": re.compile("[名神族子]"),
    "くん": re.compile("[製蒸でだや]|って"),
    "ちゃん": re.compile("と"),
    "君": re.compile(rf"[{_KANJI}]"),
}

_ORGANISATION = re.compile(
    "会社|法人|組合|財団|社団|団体|企業|協会|協議会|社協|生協|農協|商店|商会|商事|食品|製菓|製粉|製麺|製パン|製薬"
    "|産業|工業|水産|物産|乳業|飲料|酒造|農園|農場|市場|青果|精肉|鮮魚|米穀|精米|運輸|運送|倉庫|銀行|金庫|不動産"
    "|建設|電機|電器|薬局|薬品|病院|医院|診療所|役所|役場|事務局|郵便局|消防|警察|学校|高校|大学|学園|幼稚園"
    "|保育|こども園|事業所|事務所|作業所|営業|工場|支店|支社|支部|本社|本部|食堂|弁当|給食|窓口|担当"
    r"|\((?:株|有|社福|医|一社|公財)\)|スーパー|コープ|センター|クリニック|マート|ストア|グループ|フーズ|フード|NPO"
)
_NOT_A_NAME = re.compile(
    "(?:"
    "客|皆|子|母|父|兄|姉|弟|妹|孫|娘|嫁|婿|奥|妻|夫|爺|婆|赤|坊|嬢|男|女|隣|神"
    "|仏|王|殿|姫|宮|若|貴|何|誰|某|先|寺|行|多|一|異|有|無|文|左|外|然|斯|彼|両"
    "|各|諸|主|暴|源|平|係|課|室|局|班|屋|旦那|大家|芸人|大工|皆々|近所|隣近所"
    r")\Z"
)
_NO_NAME_ENDS = re.compile(
    "(?:"
    "客|皆|者|員|族|親|長|同|仕|模|紋|息子|母子|父子|子供|祖父|祖母|伯父|叔父|伯母"
    "|叔母|双子|花嫁|新郎|新婦|主婦|八百屋|魚屋|肉屋|花屋|米屋|酒屋|本屋|床屋|電気屋"
    "|電器屋|薬屋|問屋|牛乳屋|主夫|妊婦|家主|世帯主|施主|飼主|地主|貸主|身内|家内|本人"
    "|友人|知人|隣人|老人|婦人|夫人|外国人|個人|新人|成人|大人|主人|恋人|職人|管理人"
    "|保証人|世話人|後見人|代理人|病人|友達|相手|相方|先方|取引先|納品先|勤務先|先輩|後輩"
    "|同僚|上司|彼女|常連|民生|先生|学生|生徒|児童|園児|習生|修生|護師|健師|医師|教師"
    "|講師|剤師|調理師|理容師|美容師|護士|書士|育士|養士|税理士|福祉士|遺族|町会|自治会"
    "|老人会|部会|一同|各位|施設|包括|支援|赤十字|区民|住民|市民|町内|行政|課|係|区"
    r")\Z"
)
_NO_KATAKANA_NAME_ENDS = re.compile(
    "(?:"
    "ワーカー|ヘルパー|マネージャー|マネジャー|マネ|スタッフ|ボランティア|オーナー|メーカー"
    "|ドライバー|リーダー|サポーター|ドクター|ナース|ユーザー|メンバー|パートナー|ホーム|バンク"
    "|コンビニ|パパ|ママ|カウンセラー|アドバイザー|コーディネーター|ワーク|クライアント|シェフ"
    "|コック|サンタ|ワン|ニャン|ネコ|イヌ|ハウス|サービス|ショップ|ステーション|クラブ|カフェ"
    "|ベーカリー|ネット|パート|バイト|ゲスト|スポンサー|ドナー|カンパニー|チーム"
    r")\Z"
)
_NO_HIRAGANA_NAME_ENDS = re.compile(
    "(?:"
    "かあ|おとう|とお|ばあ|じい|おにい|おねえ|おく|おこ|ども|だち|たち|おじ|おば|まご"
    "|むすめ|むすこ|よめ|ほんにん|かぞく|ひと|くろう|つかれ|まわり|いしゃ|だいく|となり|わん"
    "|にゃん|ぼっ|おじょう|かみ|ほとけ|ちそう|かげ|たがい|がい|だれ|どなた|ちら|きんじょ"
    "|じゅう|ひゃく|せん|まん"
    r")\Z"
)
_NOT_BEFORE_SAMA = ("の", "る", "ない", "した", "いた", "ます")
_VERB_STEMS = tuple("届続働書聞置引歩泣動焼炊頂付着開向効驚招磨描除抜巻吹敷")


def question_personal(texts: Mapping[str, str], confirmed: bool) -> None:
    """Raises Questioned unless confirmed; `texts` are the free texts by their fields."""
    found = {field: personal_traces(text) for field, text in texts.items()}
    doubts = [
        FieldError(field, f"{''.join(traces)}利用者のことなら消してください。")
        for field, traces in found.items()
        if traces
    ]
    if doubts and not confirmed:
        raise Questioned(*doubts)


def personal_traces(text: str) -> tuple[str, ...]:
    """One Japanese sentence for each thing that looks personal, at most five; () for none.

    Phone numbers, e-mail, birth dates, addresses, and a name with a title. The
    sentences repeat what was found so that it can be seen and taken out: show
    them to the person who typed, and keep them out of logs.
    """
    plain = unicodedata.normalize("NFKC", clean(text))
    sentences = (f"{quote(found)}は{what}のようです。" for found, what in _traces(plain))
    return tuple(dict.fromkeys(sentences))[:_MOST_TRACES]


def _traces(plain: str) -> Iterator[tuple[str, str]]:
    dashed = plain.translate(_TO_HYPHEN)
    for found in _phones(dashed.translate(_KANJI_DIGITS)):
        yield found, "電話番号"
    for pattern, what in ((_EMAIL, "メールアドレス"), (_BIRTH, "生年月日"), (_ADDRESS, "住所")):
        for match in pattern.finditer(dashed):
            yield match[0].strip(), what
    for match in _TITLED.finditer(plain):
        if _is_somebody(match):
            yield match[0], "人の名前"


def _phones(dashed: str) -> Iterator[str]:
    for match in _PHONE.finditer(dashed):
        digits = re.sub(r"[^0-9]", "", match[0].replace("+81", "0").replace("(0)", ""))
        # Japanese numbers have ten or eleven digits; 03-11-2026 has eight.
        if len(digits.lstrip("0")) in (9, 10):
            yield match[0]
    for match in _LOCAL_PHONE.finditer(dashed):
        yield match[0]


def _is_somebody(match: re.Match[str]) -> bool:
    name, title = match["name"], match["title"]
    after = match.string[match.end() : match.end() + 3]
    other_word = _OTHER_WORD.get(title)
    if not _PARTICLE.match(after) or (other_word is not None and other_word.match(after)):
        return False
    before = match.string[max(0, match.start() - 20) : match.start()]
    if _is_organisation(before, name):
        return False
    if re.match(f"[{_HIRAGANA}]", name):
        return _is_hiragana_name(name, title, after)
    if re.match(f"[{_KATAKANA}]", name):
        return _NO_KATAKANA_NAME_ENDS.search(name) is None
    return name.isascii() or _is_kanji_name(name, title, before)


def _is_organisation(before: str, name: str) -> bool:
    """Looks at the unbroken word that the name ends: 株式会社山田, スーパー玉出."""
    word = re.search(rf"[{_KANJI}{_KATAKANA}A-Za-z()・]*\Z", before)
    return _ORGANISATION.search((word[0] if word else "") + name) is not None


def _is_kanji_name(name: str, title: str, before: str) -> bool:
    if _NOT_A_NAME.match(name) or _NO_NAME_ENDS.search(name):
        return False
    if re.fullmatch("[一二三四五六七八九十何数両]*[名人]", name):
        return False
    if before.endswith(("お", "ご")) and len(name) <= 3:
        return False  # お客様, お母さん, ご近所さん
    if title == "氏" and name.endswith(("摂", "華")):
        return False
    return not (title == "くん" and name.endswith(_VERB_STEMS))


def _is_hiragana_name(name: str, title: str, after: str) -> bool:
    if title in ("氏", "君") or _NO_HIRAGANA_NAME_ENDS.search(name) or name == "とう":
        return False
    if title in ("さん", "さま", "様") and name.endswith(("みな", "たく")):
        return False
    if title == "様":
        return not name.endswith(_NOT_BEFORE_SAMA) and after[:1] not in set("なにでだ")
    return True
