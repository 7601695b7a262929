"""Documents that a plan cites: which document each title means, whose it is, and which is the plan one level up."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.cited_titles import (
    TitleParts,
    core_title,
    plain_title,
    subject_of,
    title_parts,
    without_nation,
)
from kg.lexicon import rules
from kg.model import Citation, DocumentEntity, PlanRecord, Region
from kg.resolve.regions import NATION, regions

_UP = {"county": "prefectural", "prefectural": "provincial", "provincial": "national", "township": "county"}
_LEVEL = {
    "省": "provincial", "自治区": "provincial", "市": "prefectural", "州": "prefectural", "自治州": "prefectural",
    "盟": "prefectural", "区": "county", "县": "county", "旗": "county",
}  # fmt: skip
_SHORTEST_TITLE = 3
_SHORTEST_RUN = 2  # characters in a row that two subjects must share for the run to count


@dataclass(frozen=True, slots=True)
class _Cited:
    """One citation on its way to a document."""

    citation: Citation
    parts: TitleParts
    region: Region | None
    words: str  # without the area at their head
    names_area: bool  # whether the title itself says whose it is


def resolve_documents(record: PlanRecord, plan: Region | None) -> tuple[tuple[DocumentEntity, ...], frozenset[str]]:
    """The document of each citation, in their order, and the keys of those that the plan implements.

    Whose a document is its title says, else its issuer, its number, the words in front of it; a title that none of
    these give an area is of the nation: local documents name theirs. Within a plan a title without years is the one
    of that name with years, a short title the full one that it is short for, and one number is one document.
    """
    cited = [_read(citation, record, plan) for citation in record.citations]
    keys = [_key(each) for each in cited]
    for join in (_join_short, _join_yearless, _join_numbers):
        join(cited, keys)
    keys = _apart(cited, keys)
    groups: dict[str, list[_Cited]] = {}
    for key, each in zip(keys, cited, strict=True):
        groups.setdefault(key, []).append(each)
    entities = {key: _entity(key, group) for key, group in groups.items()}
    up = frozenset(
        key
        for key, group in groups.items()
        if any(each.citation.is_basis for each in group) and _is_one_up(record, entities[key], plan)
    )
    return tuple(entities[key] for key in keys), up


def own_key(title: str, region: Region | None) -> str:
    """The key of a plan as others cite it.

    >>> own_key("南昌市全民科学素质行动规划纲要实施方案(2021—2025年)", regions().by_code("360100"))
    '360100|全民科学素质行动规划纲要实施方案|2021-2025'
    """
    parts = title_parts(title)
    known = _known().get((parts.words, parts.years)) if region is None or region == NATION else None
    if known is not None:
        return known.key
    words, head = _without_area(parts.words, region)
    return _made_key(head or region, words, parts.years)


def without_years(key: str) -> tuple[str, int, int]:
    """A key without the years of a period, and the first and the last of them; the key itself where it has none.

    >>> without_years("360100|全民科学素质行动规划纲要实施方案|2021-2025")
    ('360100|全民科学素质行动规划纲要实施方案|', 2021, 2025)
    """
    head, bar, years = key.rpartition("|")
    found = [int(year) for year in years.split("-") if year.isdecimal()]
    return (f"{head}{bar}", found[0], found[-1]) if len(found) > 1 else (key, 0, 0)


# ---------------------------------------------------------------- whose it is


def _read(citation: Citation, record: PlanRecord, plan: Region | None) -> _Cited:
    parts = title_parts(citation.short_for or citation.title)
    words, region = _without_area(parts.words, plan)
    if region is not None:
        return _Cited(citation, parts, region, words, True)
    for text in (parts.issuer, *reversed((citation.issuer or "").split(";"))):
        found = _area_before(text, plan) if text else None
        if found is not None:
            return _Cited(citation, parts, found, words, bool(parts.issuer))
    if parts.words != without_nation(parts.words):
        return _Cited(citation, parts, NATION, words, True)
    if (parts.words, parts.years) in _known():
        return _Cited(citation, parts, NATION, words, False)
    numbered = _area_of_number(citation.number, record, plan) if citation.number else None
    if numbered is not None:
        return _Cited(citation, parts, numbered[0], words, False)
    return _Cited(citation, parts, _area_inside(parts.words, plan) or NATION, words, False)


def _without_area(words: str, plan: Region | None) -> tuple[str, Region | None]:
    """The words of a title without the area that they begin with, and that area.

    Of several areas of one name the one that the plan lies in; 全省 and 全市 are the plan's own.
    """
    table = regions()
    mention = table.starts(words)
    if mention is not None and len(words) - mention.end >= _SHORTEST_TITLE and mention.regions[0] != NATION:
        for region in mention.regions:
            if plan is not None and table.is_within(plan, region):
                return words[mention.end :], region
        if len(mention.regions) == 1 and (mention.form != "stem" or mention.regions[0].level == "provincial"):
            return words[mention.end :], mention.regions[0]
    own = re.match(r"[全本我](自治区|自治州|[省市州县区旗])", words)
    if own and plan is not None and (up := regions().at_level(plan, _LEVEL[own[1]])):
        return words[own.end() :], up
    return words, None


@lru_cache(maxsize=1)
def _bodies() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = rules("documents")["issuer"]
    return re.compile(table["nation"]), re.compile(table["relative"]), re.compile(table["between"])


def _area_before(text: str, plan: Region | None) -> Region | None:
    """The area of the body, or the area, that is named last in front of a title, with nothing done in between.

    >>> ouhai = regions().by_code("330304")
    >>> [_area_before(words, ouhai).name for words in ("落实省委、省政府", "原环保部", "温州市人民政府", "我区")]
    ['浙江省', '中华人民共和国', '温州市', '瓯海区']
    >>> _area_before("全区认真贯彻实施", ouhai) is None
    True
    """
    nation, relative, no_issuer = _bodies()
    table = regions()
    found: list[tuple[int, int, Region]] = [(m.end(), 0, NATION) for m in nation.finditer(text)]
    for mention in table.find_in(text):
        near = [r for r in mention.regions if plan is not None and table.is_within(plan, r)] or mention.regions
        if len(near) == 1:
            found.append((mention.end, 1, near[0]))
    for match in relative.finditer(text):
        up = table.at_level(plan, _LEVEL[match["area"] or match["own"]]) if plan is not None else None
        if up is not None:
            found.append((match.end(), 2, up))
    end, _, region = max(found, key=lambda each: each[:2], default=(0, 0, None))
    return None if region is None or no_issuer.search(text, end) else region


def _area_of_number(number: str, record: PlanRecord, plan: Region | None) -> tuple[Region | None] | None:
    """The area of the body that a number's letters name; (None,) for a government that may be any, None where they say nothing."""
    table = rules("documents")["number"]
    if re.match(table["nation"], number):
        return (NATION,)
    own = record.document_number.value if record.document_number else ""
    if not re.match(table["government"], number) or plan is None or plan == NATION:
        return None
    province = regions().by_code(table["province"].get(number[0], ""))
    if province is not None and regions().is_within(plan, province):
        return (province,)
    return (plan if own[:1] == number[0] else None,)


def _area_inside(words: str, plan: Region | None) -> Region | None:
    """The area that a title names in its middle, where the plan lies in it: 新时代数字福建发展纲要."""
    table = regions()
    for mention in table.find_in(words):
        for region in mention.regions:
            if plan is not None and region != NATION and table.is_within(plan, region):
                return region
    return None


# ---------------------------------------------------------------- which one it is


@dataclass(frozen=True, slots=True)
class _Known:
    key: str
    title: str
    number: str | None


@lru_cache(maxsize=1)
def _known() -> dict[tuple[str, tuple[int, ...]], _Known]:
    """Documents of the nation by the words and years of each of their titles."""
    found: dict[tuple[str, tuple[int, ...]], _Known] = {}
    for entry in rules("documents")["known"]:
        parts = title_parts(entry["title"])
        key = _made_key(NATION, without_nation(parts.words), parts.years)
        for title in (entry["title"], *entry["words"]):
            own = title_parts(title)
            for words in (own.words, without_nation(own.words)):
                found[words, own.years] = _Known(key, core_title(entry["title"]), entry.get("number"))
    return found


@lru_cache(maxsize=1)
def _by_key() -> dict[str, _Known]:
    return {known.key: known for known in _known().values()}


@lru_cache(maxsize=1)
def _known_numbers() -> dict[str, str]:
    return {known.number: known.key for known in _known().values() if known.number}


def _made_key(region: Region | None, words: str, years: Sequence[int]) -> str:
    local = region.code if region is not None and region != NATION else ""
    return f"{local}|{without_nation(words)}|{'-'.join(map(str, years))}"


def _key(each: _Cited) -> str:
    if each.parts.is_empty and each.citation.number:
        return f"{_known_numbers().get(each.citation.number) or each.citation.number}"
    if each.region is None or each.region == NATION:
        known = _known().get((each.words, each.parts.years)) or _known().get(
            (without_nation(each.words), each.parts.years)
        )
        if known is not None:
            return known.key
    return _made_key(each.region, each.words, each.parts.years)


def _join_short(cited: list[_Cited], keys: list[str]) -> None:
    """A short title is the one full title of the plan whose characters it takes in order, with the same ending."""
    longest = rules("documents")["title"]["longest_short"]
    for n, each in enumerate(cited):
        words = each.words
        if each.names_area or each.parts.years or not _SHORTEST_TITLE <= len(words) <= longest:
            continue
        if keys[n] in _by_key():
            continue
        full = {
            keys[m]
            for m, other in enumerate(cited)
            if len(words) <= 0.6 * len(other.words) and words[-1] == other.words[-1] and _takes(words, other.words)
        }
        if len(full) == 1:
            old, keys[n] = keys[n], full.pop()
            keys[:] = [keys[n] if key == old else key for key in keys]


def _takes(short: str, full: str) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)


def _join_yearless(cited: list[_Cited], keys: list[str]) -> None:
    """A title without years is the one of the same words and area that has the years of a period."""
    for n, each in enumerate(cited):
        if each.parts.years:
            continue
        dated = {
            keys[m]
            for m, other in enumerate(cited)
            if len(other.parts.years) > 1
            and without_nation(other.words) == without_nation(each.words)
            and _code(other.region) == _code(each.region)
        }
        if len(dated) == 1:
            keys[n] = dated.pop()


def _code(region: Region | None) -> str:
    return region.code if region is not None and region != NATION else ""


def _join_numbers(cited: list[_Cited], keys: list[str]) -> None:
    """One number is one document: that of its first title that says something."""
    of_number: dict[str, str] = dict(_known_numbers())
    for each, key in zip(cited, keys, strict=True):
        if each.citation.number and not each.parts.is_empty:
            of_number.setdefault(each.citation.number, key)
    for n, each in enumerate(cited):
        if each.citation.number in of_number:
            old, new = keys[n], of_number[each.citation.number]
            if old != new and not _other_number(cited, keys, old, each.citation.number):
                keys[:] = [new if key == old else key for key in keys]


def _other_number(cited: list[_Cited], keys: list[str], key: str, number: str) -> bool:
    return any(
        other.citation.number not in (None, number) for other, its in zip(cited, keys, strict=True) if its == key
    )


def _apart(cited: list[_Cited], keys: list[str]) -> list[str]:
    """Titles that the plan itself tells apart, by their numbers or by the years of their revisions, are several documents."""
    first: dict[str, tuple[str | None, int | None]] = {}
    result: list[str] = []
    for each, key in zip(cited, keys, strict=True):
        number, revised = each.citation.number, each.parts.revised
        known_number, known_revised = first.get(key, (None, None))
        first[key] = (known_number or number, known_revised or revised)
        if number and known_number and number != known_number:
            key = f"{key}|{number}"
        elif revised and known_revised and revised != known_revised:
            key = f"{key}|{revised}"
        result.append(key)
    return result


def _entity(key: str, group: list[_Cited]) -> DocumentEntity:
    """The document that a group of citations means: under its known title, else under the fullest that it is cited by."""
    full = [each for each in group if each.citation.short_for is None] or group
    best = max(full, key=lambda each: (len(each.parts.years), each.names_area, len(each.parts.core)))
    known = _by_key().get(key)
    title = known.title if known else _own_title(best)
    cores = [core_title(each.citation.title) for each in group if each.citation.short_for is None]
    number = next((each.citation.number for each in group if each.citation.number), known.number if known else None)
    forms = tuple(dict.fromkeys(core for core in cores if core != title))
    region = next((each.region for each in group if each.region is not None), None)
    return DocumentEntity(title, number, region.code if region else None, region.level if region else None, key, forms)


def _own_title(each: _Cited) -> str:
    """A title as the document itself most likely bears it: laws of the nation in full, years once (2021-2035年)."""
    title = re.sub(r"(?<=\d{4})年-(?=\d{4})", "-", each.parts.core)
    is_national = each.region == NATION and not each.citation.number
    if is_national and re.search(rules("documents")["title"]["law"], title) and not title.startswith(NATION.name):
        return f"{NATION.name}{title}"
    return title


# ---------------------------------------------------------------- one level up


def _is_one_up(record: PlanRecord, document: DocumentEntity, plan: Region | None) -> bool:
    """Whether a document is the plan one level up in the same series: of the level above, no law, about the same."""
    if plan is None or document.level != _UP.get(plan.level):
        return False
    own, other = plain_title(record.title.value), document.title
    if other in own:  # …贯彻落实《X》…方案
        return True
    if re.search(rules("documents")["title"]["laws"], title_parts(other).words):
        return False
    table = regions()
    ups = [plan, *table.above(plan)]
    a, b = (_subject(title, ups) for title in (own, other))
    return bool(a and b) and alike(a, b) >= rules("documents")["series"]["alike"]


def _subject(title: str, areas: Iterable[Region]) -> str:
    words = title_parts(title).words
    for area in areas:
        words, _ = _without_area(words, area)
    return subject_of(without_nation(words))


def alike(a: str, b: str) -> float:
    """How much of the shorter of two subjects stands in the other in the same order, in runs of two characters or more.

    >>> alike("数字政府", "数字政府"), alike("共享经济", "分享经济"), alike("便民商业服务", "生活性服务业促消费")
    (1.0, 0.75, 0.3333333333333333)
    """
    runs = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs if run.size >= _SHORTEST_RUN) / min(len(a), len(b))


__all__ = ["alike", "own_key", "resolve_documents", "without_years"]
