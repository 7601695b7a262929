"""The words of bodies' names: what is one name, what are several, what kind of body a name means.

A name is an area (a word that stands for it: 省, 市, 州, 区, 县; its own name; 国家, 全国, 中国, 中央; or nothing) and a body.
The bodies are the concepts of `ontology/concepts/agency-type.ttl`. Nothing here knows which area is meant: see `kg/resolve`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Literal

from kg.agency_types import AgencyType, agency_types, lexicon, national_prefix, office
from kg.area_names import area_prefixes
from kg.lexicon import rules

Scope = Literal["relative", "absolute", "national", "none"]

_NOTE = re.compile(r"^(.+?)[(（〈<]([^()（）〈〉<>]+)[)）〉>]$")


@lru_cache(maxsize=1)
def _words() -> Any:
    """The table of words that names are made of, patterns compiled."""
    table = rules("agencies")["words"]
    patterns = {
        key: re.compile(value) for key, value in table.items() if isinstance(value, str) and key != "inner_ends"
    }
    patterns["area"] = re.compile(f"^({table['area']})")
    return SimpleNamespace(**patterns, inner_ends=table["inner_ends"], sure_ends=tuple(table["sure_ends"]))


@lru_cache(maxsize=1)
def _collectives() -> re.Pattern[str]:
    """Words that name several bodies as one, from `data/rules/agencies.toml`."""
    table = rules("agencies")["collective"]

    def filled(pattern: str) -> str:
        return str(pattern).replace("PLURAL", table["plural"]).replace("AREA", table["area"])

    starts = "|".join(table["starts"])
    ends = "|".join(table["ends"])
    return re.compile(rf"^(?:{starts}|{filled(table['before_office'])}|{filled(table['whole'])}$)|(?:{ends})$")


@lru_cache(maxsize=1)
def _no_collective() -> re.Pattern[str]:
    return re.compile(rules("agencies")["collective"]["not"])


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A name taken apart; `formal` is the body as official names have it, `pattern` how it joins the area."""

    text: str
    area: str  # as written: "区", "福建省", "国家"; "" if there is none
    scope: Scope
    body: str  # as written, without the area
    formal: str  # 人社局 → 人力资源和社会保障局
    types: tuple[str, ...]  # notations; several for a merged office; empty where the kind is unknown
    body_kind: str | None
    pattern: str  # "{area}{body}", "中共{area}委{body}"
    national_name: str | None  # full name of the top body, where the scheme knows it
    institution: bool = False  # one of several in its area, or with a name of its own
    under: tuple[str, ...] = ()  # of an office with a second name in brackets, the kinds of its first: it is that body

    @property
    def identity(self) -> tuple[str, ...]:
        """The kinds that tell the body from others of its area.

        >>> parse_name("市卫生健康委(市老龄办)").types, parse_name("市卫生健康委(市老龄办)").identity
        (('elderly-committee', 'health'), ('health',))
        """
        return self.under or self.types

    @property
    def known(self) -> bool:
        """Whether the kind of body is known."""
        return bool(self.types)


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The text in NFKC without white space and closing punctuation: how names are compared.

    >>> normalise("各县（市） 人民政府。")
    '各县(市)人民政府'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("。.;；,，、:")


@lru_cache(maxsize=4096)
def parse_name(text: str) -> AgencyName | None:
    """One body's name taken apart; None where it is none, or several, or a collective.

    >>> name = parse_name("区人社局")
    >>> name.area, name.formal, name.types
    ('区', '人力资源和社会保障局', ('human-resources',))
    >>> parse_name("余姚市委组织部").pattern
    '中共{area}委{body}'
    """
    text = normalise(text)
    if is_fragment(text) or is_collective(text):
        return None
    words = lexicon()
    if match := _words().league.match(text):
        league = agency_types()["youth-league"]
        return _name(text, {"地": "地区"}.get(match[1], match[1]), "relative", "团委", league, league.body or "")
    if text in words.national:
        kind = words.national[text]
        return _name(text, "", "national", text, kind, text)
    if note := _NOTE.match(text):
        base = parse_name(note[1])
        if base and base.types and not base.institution:
            types = _with_note(base.types, note[2]) if base.body_kind == "government" else base.types
            return replace(base, text=text, body=base.body + text[len(note[1]) :], types=types, under=base.types)
    if text.startswith("中华人民共和国") and len(text) > 9 and (plain := parse_name(text[7:])):
        return plain
    if found := _led(text):
        return found
    for area, scope in _areas(text):
        if found := _body(text, area, scope):
            return found
    return _institution(text)


def _with_note(types: tuple[str, ...], note: str) -> tuple[str, ...]:
    """The kinds of an office and of the second name in its bracket: 文化广电新闻出版局(旅游局)."""
    second = parse_name(note)
    return tuple(sorted({*types, *(second.types if second else ())}))


def _areas(text: str) -> list[tuple[str, Scope]]:
    """The areas that may stand at the start, the likeliest first."""
    found: list[tuple[str, Scope]] = []
    absolute = area_prefixes(text)
    found += [(text[:length], "absolute") for length, form in absolute if form != "stem"]
    if match := _words().area.match(text):
        found.append((match[1], "relative"))
    if match := national_prefix().match(text):
        found.append((match[1], "national"))
    found.append(("", "none"))
    found += [(text[:length], "absolute") for length, form in absolute if form == "stem"]
    return found


def _name(
    text: str, area: str, scope: Scope, body: str, kind: AgencyType, formal: str, types: tuple[str, ...] = ()
) -> AgencyName:
    sort = kind.body_kind
    if sort == "government" and _words().institution.search(formal):
        sort = "institution"
    return AgencyName(
        text, area, scope, body, formal, types or kind.components or (kind.notation,), sort,
        kind.pattern or "{area}{body}", kind.national_name if len(types) < 2 else None,
    )  # fmt: skip


def _body(text: str, area: str, scope: Scope) -> AgencyName | None:
    """The name read as this area and a body that the scheme knows."""
    body = text[len(area) :]
    if not body:
        return None
    if body == "委" and area:
        kind = agency_types()["party-committee"]
        return _name(text, area, scope, body, kind, kind.body or "")
    for lead in ("人民政府", "政府"):
        # 省政府新闻办, 市政府国资委: 政府 belongs to the pattern
        rest = body.removeprefix(lead)
        if area and rest != body and rest not in ("办", "办公室", "办公厅") and (found := office(rest)):
            kind, formal, types = found
            return replace(_name(text, area, scope, body, kind, formal, types), pattern="{area}人民政府{body}")
    for lead in ("党委", "委"):
        # 市委组织部, 自治区党委宣传部: 委 belongs to the pattern, not to the body
        rest = body.removeprefix(lead)
        if area and rest != body and rest:
            found = office("委" + rest) or office(rest.removeprefix(area))
            if found and (
                found[0].body_kind != "government" or found[1].endswith("办公室") or rest in ("办", "办公厅")
            ):
                kind, formal, types = found
                if rest in ("办", "办公室", "办公厅"):
                    kind, types = agency_types()["party-office"], ()
                    formal = "办公厅" if rest == "办公厅" else "办公室"
                name = _name(text, area, scope, body, kind, formal, types)
                own = kind.pattern and kind.body_kind != "government" or kind.notation in ("discipline", "party-school")
                return name if "{area}委" in name.pattern or own else _in_party(name)
    found = office(body)
    if found is None:
        return None
    kind, formal, types = found
    if kind.notation == "party-office" and formal == "办公室" and "厅" in body:
        formal = "办公厅"
    if scope in ("national", "none") and body in lexicon().national:
        scope = "national"
    return _name(text, area, scope, body, kind, formal, types)


def _in_party(name: AgencyName) -> AgencyName:
    """The same body written as an organ of the Party committee: 市委农办, 省委台港澳办."""
    formal = next(
        (entry["body"] for entry in rules("agencies")["party"] if (entry["type"],) == name.types), name.formal
    )
    return replace(name, body_kind="party", pattern="中共{area}委{body}", formal=formal)


def _led(text: str) -> AgencyName | None:
    """A name whose first words stand before the area: 中共余姚市委组织部, 国家税务总局福建省税务局, 人行福州中心支行."""
    for lead in ("中共", "共青团"):
        if text.startswith(lead):
            for area, scope in _areas(text[len(lead) :]):
                body = text[len(lead) + len(area) :]
                if scope in ("absolute", "relative") and body:
                    if lead == "共青团":
                        if body in ("委", "委员会"):
                            return _name(text, area, scope, body, agency_types()["youth-league"], "委员会")
                    elif body == "委员会":
                        return _name(text, area, scope, body, agency_types()["party-committee"], body)
                    elif found := _body(area + "委" + re.sub(r"^(?:委员会|党委|委)", "", body), area, scope):
                        return replace(found, text=text, body=body, national_name=None)
    for lead, kind in lexicon().leads:
        if text.startswith(lead):
            for area, scope in _areas(text[len(lead) :]):
                body = text[len(lead) + len(area) :]
                if scope == "none" and body in kind.endings and kind.national_name and not kind.pattern:
                    full = kind.national_name + body  # 人行营业管理部
                    return AgencyName(
                        text, "", "national", body, full, (kind.notation,), kind.body_kind, "{body}", full
                    )
                if scope in ("absolute", "relative") and body in kind.endings:
                    if kind.pattern:
                        return _name(text, area, scope, body, kind, kind.body or body)
                    pattern = (kind.national_name or lead) + "{area}{body}"
                    return AgencyName(
                        text, area, scope, body, body, (kind.notation,), kind.body_kind, pattern, None, True
                    )
    return None


def _institution(text: str) -> AgencyName | None:
    """A body with a name of its own, told by its ending: 四川民族学院, 福州大学, 平潭综合实验区管委会."""
    for ending, kind in lexicon().endings_by_last.get(text[-1:], ()):
        own = len(text) - len(ending)
        if text.endswith(ending) and (own > 1 or (own == 1 and len(ending) > 2 and _words().area.match(text))):
            area, scope = _own_area(text)
            formal = text[len(area) :]
            if ending == "管委会":
                formal = formal[:-3] + "管理委员会"
            if kind.notation == "development-zone":
                formal = _zone_in_full(formal)
            return AgencyName(
                text,
                area,
                scope,
                text[len(area) :],
                formal,
                (kind.notation,),
                kind.body_kind,
                "{area}{body}",
                None,
                True,
            )
    return None


def _zone_in_full(name: str) -> str:
    """A zone's administration with the zone's long name: 高新区管理委员会 → 高新技术产业开发区管理委员会."""
    for short, full in rules("agencies")["zones"].items():
        if name.endswith(short + "管理委员会"):
            return name.removesuffix(short + "管理委员会") + full + "管理委员会"
    return name


def _own_area(text: str) -> tuple[str, Scope]:
    """The area that an institution's name begins with; a stem (四川) is part of the name itself."""
    for length, form in area_prefixes(text):
        if length < len(text) - 1 and (form != "stem" or length > 1):
            return text[:length], "absolute"
    if match := _words().area.match(text):
        return match[1], "relative"
    return "", "none"


@lru_cache(maxsize=4096)
def area_form(text: str) -> str | None:
    """How an area's name is written, where the text is nothing else: "full", "short" or "stem".

    >>> area_form("鼓楼区"), area_form("福州"), area_form("福州大学")
    ('full', 'stem', None)
    """
    text = normalise(text)
    return next((form for length, form in area_prefixes(text) if length == len(text)), None)


def is_agency_name(text: str) -> bool:
    """Whether the text is one body's name.

    >>> [is_agency_name(name) for name in ("团州委", "市文化广电新闻出版局〈旅游局〉", "区科协区发改委", "委")]
    [True, True, False, False]
    """
    return parse_name(text) is not None


@lru_cache(maxsize=8192)
def is_collective(text: str) -> bool:
    """Whether the text names several bodies as one: 各成员单位, 各县(市)人民政府.

    >>> [is_collective(name) for name in ("各成员单位", "县(市)反邪教办公室", "平潭综合实验区管委会", "省直有关部门")]
    [True, True, False, True]
    """
    text = normalise(text)
    return bool(_collectives().search(text)) and not _no_collective().search(text)


@lru_cache(maxsize=8192)
def is_fragment(text: str) -> bool:
    """Whether the text is too little to be a name: 委.

    >>> is_fragment("委"), is_fragment("市委")
    (True, False)
    """
    return bool(_words().fragment.match(normalise(text)))


@lru_cache(maxsize=4096)
def split_names(text: str) -> tuple[str, ...] | None:
    """The names that a list element without separators holds: one, or several run together; None where a part is no name.

    It splits only where the whole is no name and every part is one.

    >>> split_names("区妇联区人社局"), split_names("州科协各县(市)人民政府")
    (('区妇联', '区人社局'), ('州科协', '各县(市)人民政府'))
    >>> split_names("市文化广电新闻出版局〈旅游局〉"), split_names("市生态环境局余姚分局")
    (('市文化广电新闻出版局〈旅游局〉',), ('市生态环境局余姚分局',))
    """
    text = "".join(text.split())
    whole = parse_name(text)
    if (whole and not whole.institution) or is_fragment(text):
        return (text,)
    collective = is_collective(text)
    parts = None if collective and _words().whole_collective.match(text) else _parts(text)
    if parts:
        return parts
    return (text,) if whole or collective else None


def _parts(text: str) -> tuple[str, ...] | None:
    """The fewest names that the text is made of, two at least."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for start in range(len(text)):
        if start not in best:
            continue
        for end in range(start + 2, len(text) + 1):
            part = text[start:end]
            if part != text and _stands_in_run(part, first=start == 0):
                found = (*best[start], part)
                joint = _words().between.match(text, end)
                end = joint.end() if joint and joint.end() < len(text) else end
                if end not in best or len(found) < len(best[end]):
                    best[end] = found
    return best.get(len(text))


def _stands_in_run(part: str, *, first: bool) -> bool:
    """Whether a part may be cut out of names run together: it has its area, or cannot be taken for a part of one."""
    name = parse_name(part)
    if name is None:
        return (
            not first
            and bool(_words().run_collective.match(part))
            and is_collective(part)
            and not _words().run_breaks.search(part)
        )
    if name.institution:
        if name.types == ("branch-bureau",):
            return False  # Y分局 is the end of X局Y分局, no body by itself
        return (
            name.scope == "absolute" and len(part) <= 12 and not any(word in part[2:-2] for word in _words().inner_ends)
        )
    if name.scope == "none":
        return len(part) > 2 and part.endswith(_words().sure_ends) and name.known
    return name.known


@lru_cache(maxsize=4096)
def inherit_area(text: str, first: str) -> str:
    """The name with the area that its list's first member states, where the name lacks one and could have it.

    >>> inherit_area("财政厅", "省发展改革委"), inherit_area("福州大学", "省发展改革委"), inherit_area("团省委", "省科协")
    ('省财政厅', '福州大学', '团省委')
    """
    name, leader = parse_name(text), parse_name(first)
    if (
        name is None
        or leader is None
        or name.scope != "none"
        or (name.institution and not _is_generic(name))
        or leader.scope not in ("relative", "absolute")
    ):
        return text
    area = leader.area
    if name.body_kind == "party" and name.pattern.startswith("中共{area}委") and leader.body.startswith("委"):
        area += "委"
    return area + "".join(text.split())


def _is_generic(name: AgencyName) -> bool:
    """Whether an institution's name is no name of its own: 电力公司, 海洋与渔业执法总队."""
    if name.types == ("enterprise",):
        return bool(_words().generic_firm.match(name.text))
    return name.types in (("enforcement-corps",), ("service-centre",))
