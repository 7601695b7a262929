"""Titles of documents as documents cite them: what is the same title however it is written.

Pure functions on words; extract, resolve and graph share them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.lexicon import scheme

_ONE_KIND = str.maketrans(
    {"〈": "<", "〉": ">", "《": "<", "》": ">", "—": "-", "–": "-", "─": "-", "－": "-", "~": "-"}
)
_NOTICE = re.compile(r".{2,40}?(?:关于)?(?:印发|转发|批转|发布)(?:关于)?<?(.+?)>?的通知")
_YEARS = re.compile(
    r"\((?:19|20)\d\d年?-(?:19|20)\d\d年?\)|(?:19|20)\d\d年?-(?:19|20)\d\d年?|(?:19|20)\d\d年(?:度)?|“?十[一二三四五六七八九]五”?"
)


def core_title(title: str) -> str:
    """A cited title as one document has it however it is cited: without 印发…的通知, marks and blanks, one kind of dash.

    >>> core_title("某省人民政府关于印发<某省方案(2021—2025年)>的通知") == core_title("某省方案（2021-2025年）")
    True
    """
    text = "".join(unicodedata.normalize("NFKC", title).split()).translate(_ONE_KIND)
    match = _NOTICE.fullmatch(text)
    core = match[1] if match else text
    return core[1:-1] if core.startswith("<") and core.endswith(">") and core.count("<") == 1 else core


def series_of(title: str, areas: tuple[str, ...] = ()) -> str:
    """What a title says without its years and without the names of areas that it begins with.

    >>> series_of("乙市科普规划(2021-2025年)", ("乙市",)) == series_of("科普规划")
    True
    """
    text = _YEARS.sub("", core_title(title))
    for area in sorted(areas, key=len, reverse=True):
        text = text.replace(area, "", 1) if text.startswith(area) else text
    return re.sub(r"[()\-“”<>]", "", text)


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
