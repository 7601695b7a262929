"""Titles of documents as documents cite them: what is the same title however it is written.

Pure functions on words; extract, resolve and graph share them. The words are those of `data/rules/documents.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import rules, scheme
from kg.numerals import han_to_int

_ONE_KIND = str.maketrans(
    dict.fromkeys("〈《«", "<")
    | dict.fromkeys("〉》»", ">")
    | dict.fromkeys("—–─－‐‑‒―−~", "-")
    | dict.fromkeys("〔【", "(")
    | dict.fromkeys("〕】", ")")
)
_BETWEEN_YEARS = re.compile(r"(?<=\d{4})(年?)(?:-+|至|到)(?=\d{4})")
_YEAR_RANGE = r"(?:19|20)\d\d年?(?:-(?:19|20)\d\d年?)+"
_YEARS = re.compile(
    rf"\({_YEAR_RANGE}\)|{_YEAR_RANGE}|(?:19|20)\d\d年(?:度)?|(?<=\D)(?:19|20)\d\d(?=\D|$)|“?(?P<five>十[一二三四五六七八九])五”?(?:时期|期间)?|第(?P<nth>十[一二三四五六七八九])个五年"
)
_HAN_YEAR = re.compile(r"二[〇○零][一二三四五六七八九〇○零]{2}(?=年)")
_MARKS = re.compile(r"[\s<>“”\"'‘’()、,，。.·・:;\[\]-]")


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A cited title taken apart."""

    core: str  # as the document has it: without 印发…的通知, one kind of marks and dashes, no blanks
    issuer: str  # what stands in front of 关于, in the title of the notice or of the document; "" where nothing does
    words: str  # what tells the document from others: without issuer, 关于, marks, years
    years: tuple[int, ...]  # of the title, in order; a five-year plan by its first and last
    revised: int | None  # the year of a revision in brackets behind it
    is_empty: bool  # its inner title was lost: nothing but 关于印发…的通知


def plain_title(title: str) -> str:
    """A title with one kind of marks, brackets and dashes, without blanks.

    >>> plain_title("关于印发《某市 方案【2021―2025年】》的通知")
    '关于印发<某市方案(2021-2025年)>的通知'
    """
    text = "".join(unicodedata.normalize("NFKC", title).split()).translate(_ONE_KIND)
    return _BETWEEN_YEARS.sub(r"\1-", re.sub(r"\[([^\[\]]*)\]", r"(\1)", text))


@lru_cache(maxsize=1)
def _patterns() -> tuple[
    re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]
]:
    table = rules("documents")
    notice, issuer, title = table["notice"], table["issuer"], table["title"]
    verbs, kinds = notice["verbs"], notice["kinds"]
    return (
        re.compile(
            rf"(?P<issuer>.{{0,60}}?)(?:关于)?(?:{verbs})(?:关于)?(?:<(?P<inner>.+)>|(?P<bare>.+?))(?:{kinds})?(?=$|\()(?:\([^()]*\))?"
        ),
        re.compile(
            rf"(?P<issuer>[^<>“”()]{{0,60}}?(?:{issuer['endings']}{issuer['several']}?|{issuer['several']}))关于(?P<rest>.+)"
        ),
        re.compile(title["state"]),
        re.compile(title["revised"]),
        re.compile(title["nation"]),
        re.compile(title["empty"]),
    )


def says_nothing(title: str) -> bool:
    """Whether of a cited title nothing but the words of a notice is left, its inner title being lost.

    >>> says_nothing("关于印发的通知"), says_nothing("关于印发某省方案的通知")
    (True, False)
    """
    return _patterns()[5].fullmatch(plain_title(title)) is not None


def core_title(title: str) -> str:
    """A cited title as one document has it however it is cited: without 印发…的通知, marks and blanks, one kind of dash.

    >>> core_title("某省人民政府关于印发<某省方案(2021—2025年)>的通知") == core_title("某省方案（2021-2025年）")
    True
    """
    return _unwrapped(plain_title(title))[0]


def _unwrapped(text: str) -> tuple[str, str]:
    """The title that a notice carries, and who issued the notice; the title itself and nothing for one that carries none."""
    notice, about, *_ = _patterns()
    issuer = ""
    for _ in range(3):  # 关于转发〈国务院关于印发X的通知〉的通知
        if text.startswith("<") and text.endswith(">") and text.count("<") == 1:
            text = text[1:-1]
        match = notice.fullmatch(text)
        inner = (match["inner"] or match["bare"]) if match else None
        # 发布 and 公布 in the middle of a title are its own words: they carry something only behind 关于 or a body.
        if match is None or inner is None or len(inner) < 4:
            break
        if not text.endswith(("通知", "公告", "通告", "函", "令", "决定", ")")) and match["inner"] is None:
            break
        if match["issuer"] and not about.match(match["issuer"] + "关于X"):
            break
        issuer, text = match["issuer"] or issuer, inner
    return text, issuer


@lru_cache(maxsize=4096)
def title_parts(title: str) -> TitleParts:
    """A title taken apart: two citations of one document have the same words and years.

    >>> parts = title_parts("国务院关于印发全民科学素质行动规划纲要（2021—2035年）的通知")
    >>> parts.issuer, parts.words, parts.years
    ('国务院', '全民科学素质行动规划纲要', (2021, 2035))
    >>> title_parts("全民科学素质行动规划纲要(2021年至2035年)").years == parts.years
    True
    >>> title_parts("《“十四五”冷链物流发展规划》").words, title_parts("冷链物流发展规划(2021-2025年)").years
    ('冷链物流发展规划', (2021, 2025))
    """
    _, about, state, revised, _, empty = _patterns()
    core, issuer = _unwrapped(plain_title(title))
    rest = core
    if match := about.fullmatch(rest):
        issuer, rest = match["issuer"], match["rest"]
    rest = rest.removeprefix("关于")
    year = revised.search(rest)
    while tail := state.search(rest):
        rest = rest[: tail.start()]
    rest = _HAN_YEAR.sub(lambda m: str(han_to_int(m.group().replace("○", "〇").replace("零", "〇"))), rest)
    found: list[int] = []

    def take(match: re.Match[str]) -> str:
        five = match["five"] or match["nth"]
        if five:
            first = 2001 + 5 * (han_to_int(five) - 10)
            found.extend((first, first + 4))
        else:
            found.extend(map(int, re.findall(r"\d{4}", match.group())))
        return ""

    words = _YEARS.sub(take, rest)
    return TitleParts(
        core, issuer, _MARKS.sub("", words), tuple(found), int(year["year"]) if year else None, bool(empty.match(core))
    )


def without_nation(words: str) -> str:
    """The words of a title without 中华人民共和国, 全国, 国家 in front.

    >>> without_nation("中华人民共和国水法"), without_nation("国家标准")
    ('水法', '国家标准')
    """
    rest = _patterns()[4].sub("", words)
    return rest if len(rest) >= 3 or words.startswith("中华") else words


def subject_of(words: str) -> str:
    """What a title is about: its words without those that titles of any series have.

    >>> subject_of("进一步激发社会领域投资活力的实施意见") == subject_of("激发社会领域投资活力的意见")
    True
    """
    return re.sub(rules("documents")["series"]["generic"], "", words)


# The title of a draft says so; 意见 in it is no kind of plan.
_DRAFT = re.compile(r"(?:公开)?(?:征求意见|意见征[求集]|征集意见|听取意见)(?:稿)?")


@lru_cache(maxsize=1)
def plan_type_words() -> tuple[str, ...]:
    """Every word that names a kind of plan, longest first."""
    words = {w for c in scheme("plan-type") if c.notation != "其他" for w in (c.zh, *c.aliases)}
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def plan_type_of(title: str) -> str:
    """The last plan-type word of a title outside 《》, or 其他.

    >>> plan_type_of("甲县贯彻落实《乙省行动纲要》责任分工方案")
    '责任分工方案'
    >>> plan_type_of("甲县科普规划(征求意见稿)")
    '规划'
    """
    outside = _DRAFT.sub("", re.sub(r"《[^》]*》", "□", title))
    best, where = "其他", -1
    for concept in scheme("plan-type"):
        if concept.notation == "其他":
            continue
        for word in (concept.zh, *concept.aliases):
            end = outside.rfind(word) + len(word)
            if outside.rfind(word) >= 0 and (end, len(word)) > (where, 0 if best == "其他" else len(best)):
                best, where = concept.notation, end
    return best
