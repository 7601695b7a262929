"""Which administrative division a name means, and which one a plan is for.

Source: GB/T 2260 as in `data/regions/gbt2260.csv`; former divisions are known, too, and yield to existing ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.area_names import Form, area_forms, area_rows
from kg.lexicon import rules
from kg.model import Region

NATION = Region("100000", "中华人民共和国", "中华人民共和国", "national", None)
MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))

_RELATIVE = re.compile(r"^(省|自治区|市|自治州|州|盟|地区|区|县|旗)(?!级)")
_LEVEL_OF_WORD = {
    "省": "provincial", "自治区": "provincial", "市": "prefectural", "自治州": "prefectural", "州": "prefectural",
    "盟": "prefectural", "地区": "prefectural", "区": "county", "县": "county", "旗": "county",
}  # fmt: skip
_LEVEL_RANK = {"national": 0, "provincial": 1, "prefectural": 2, "county": 3, "township": 4}


@lru_cache(maxsize=1)
def _national_body() -> re.Pattern[str]:
    return re.compile(rules("agencies")["words"]["nation_issues"])


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names a division: `text[start:end]`, and all the divisions that it may mean."""

    start: int
    end: int
    regions: tuple[Region, ...]
    form: Form


class Regions:
    """The table of divisions, loaded once; see `regions()`.

    >>> regions().by_code("360102").full_name
    '江西省南昌市东湖区'
    """

    def __init__(self, rows: Sequence[tuple[str, str, str]]) -> None:
        self._names: dict[str, str] = {}
        self._index: dict[str, list[tuple[str, str, Form, bool]]] = {}
        former: dict[str, tuple[str, str]] = {}
        for code, name, until in rows:
            if not until:
                self._names[code] = name
            elif code not in former or until > former[code][0]:
                former[code] = (until, name)
        for code, (_, name) in former.items():
            self._names.setdefault(code, name)
        for code, name, until in rows:
            for text, form in area_forms(name):
                if len(text) > 1:
                    self._index.setdefault(text, []).append((code, name, form, bool(until)))
        self._index[NATION.name] = [(NATION.code, NATION.name, "full", False)]
        # First two characters → the lengths of the names that begin so, longest first: most places begin none.
        lengths: dict[str, set[int]] = {}
        for text in self._index:
            lengths.setdefault(text[:2], set()).add(len(text))
        self._lengths = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}
        self._made: dict[tuple[str, str], Region] = {}

    def by_code(self, code: str) -> Region | None:
        """The division with this code, under its present name; None where there is none."""
        if code == NATION.code:
            return NATION
        name = self._names.get(code)
        return None if name is None else self._make(code, name)

    def by_name(self, text: str, within: str | Region | None = None) -> Region | None:
        """The one division that the name means; None where it means none or several.

        >>> [regions().by_name(name).code for name in ("甘孜州", "广西", "余姚市", "南昌市东湖区")]
        ['513300', '450000', '330281', '360102']
        """
        found = self.candidates(text, within)
        return found[0] if len(found) == 1 else None

    def candidates(self, text: str, within: str | Region | None = None) -> tuple[Region, ...]:
        """All divisions that the whole text may mean, by code; higher levels win for a bare stem (吉林, 朝阳).

        >>> [region.full_name for region in regions().candidates("鼓楼区", within="福建省")]
        ['福建省福州市鼓楼区']
        """
        text = "".join(text.split())
        found = [regions_ for length, regions_, _ in self._chains(text, 0) if length == len(text)]
        result = list(dict.fromkeys(region for group in found for region in group))
        if within is not None:
            above = within if isinstance(within, Region) else self.by_name(within)
            result = [region for region in result if above and self.is_within(region, above)]
        if len(result) > 1 and text in self._index and all(entry[2] == "stem" for entry in self._index[text]):
            top = min(_LEVEL_RANK[region.level] for region in result)
            result = [region for region in result if _LEVEL_RANK[region.level] == top]
        return tuple(sorted(result, key=lambda region: (region.code, region.name)))

    def starts(self, text: str, at: int = 0) -> Mention | None:
        """The longest name of a division (with those above it) that begins at the place `at`."""
        chains = self._chains(text, at)
        if not chains:
            return None
        length, found, form = max(chains, key=lambda chain: chain[0])
        return Mention(at, at + length, found, form)

    def find_in(self, text: str) -> tuple[Mention, ...]:
        """All names of divisions in the text, longest first from the left, not overlapping.

        A county's bare stem (东湖) does not count inside a text, a province's or prefecture's (江西, 南昌) does.

        >>> [mention.regions[0].name for mention in regions().find_in("视察江西时,南昌市东湖区…")]
        ['江西省', '东湖区']
        """
        return tuple(self._mentions(text))

    def above(self, region: Region) -> tuple[Region, ...]:
        """The divisions above, the nearest first, the nation last."""
        result: list[Region] = []
        parent = region.parent
        while parent is not None:
            found = self.by_code(parent)
            if found is None:
                break
            result.append(found)
            parent = found.parent
        return tuple(result)

    def is_within(self, region: Region, above: Region) -> bool:
        """Whether the one is the other or lies in it."""
        return region.code == above.code or any(each.code == above.code for each in self.above(region))

    def at_level(self, region: Region, level: str) -> Region | None:
        """The region itself or the one above it at the level; a municipality is prefecture and province in one."""
        for each in (region, *self.above(region)):
            if each.level == level or (level == "prefectural" and each.code in MUNICIPALITIES):
                return each
        return None

    # ------------------------------------------------------------ inside

    def _make(self, code: str, name: str) -> Region:
        made = self._made.get((code, name))
        if made is None:
            parent = self._parent(code)
            above = self.by_code(parent) if parent != NATION.code else None
            level = "provincial" if code.endswith("0000") else "prefectural" if code.endswith("00") else "county"
            full = (above.full_name if above else "") + name
            made = self._made[(code, name)] = Region(code, name, full, level, parent)
        return made

    def _parent(self, code: str) -> str:
        if code.endswith("0000"):
            return NATION.code
        prefecture = code[:4] + "00"
        return prefecture if prefecture != code and prefecture in self._names else code[:2] + "0000"

    def _lies_in(self, code: str, above: tuple[Region, ...]) -> bool:
        return any(
            code != up.code and code.startswith(up.code[:2] if up.level == "provincial" else up.code[:4])
            for up in above
            if up.level != "county"
        )

    def _chains(self, text: str, at: int, above: tuple[Region, ...] = ()) -> list[tuple[int, tuple[Region, ...], Form]]:
        """Every reading of the text from `at` as names from above to below: length, divisions, form of the last."""
        result: list[tuple[int, tuple[Region, ...], Form]] = []
        for length in self._lengths.get(text[at : at + 2], ()):
            entries = self._index.get(text[at : at + length]) if at + length <= len(text) else None
            if not entries:
                continue
            if above:
                entries = [entry for entry in entries if self._lies_in(entry[0], above)]
                if not entries:
                    continue
            # A former name speaks only where nothing that exists bears it; a bare stem only where it is no whole name.
            entries = [entry for entry in entries if entry[2] != "stem"] or entries
            entries = [entry for entry in entries if not entry[3]] or entries
            group = [
                (self._make(code, name) if code != NATION.code else NATION, form) for code, name, form, _ in entries
            ]
            found, form = tuple(region for region, _ in group), group[0][1]
            result.append((length, found, form))
            result += [
                (length + more, below, last)
                for more, below, last in self._chains(text, at + length, found)
                if last != "stem"
            ]
        return result

    def _mentions(self, text: str) -> Iterator[Mention]:
        starts, behind = self._lengths, 0
        for at in [at for at in range(len(text) - 1) if text[at : at + 2] in starts]:  # at most places no name begins
            mention = self.starts(text, at) if at >= behind else None
            if mention and mention.form == "stem":
                high = tuple(region for region in mention.regions if _LEVEL_RANK[region.level] < 3)
                mention = Mention(mention.start, mention.end, high, "stem") if high else None
            if mention:
                yield mention
                behind = mention.end


@lru_cache(maxsize=1)
def regions() -> Regions:
    """The table of `data/regions/gbt2260.csv`, read once."""
    return Regions(area_rows())


def rank_regions(texts: Sequence[str]) -> tuple[Region, ...]:
    """The areas that a plan may be for, the likeliest first; see `region_of`.

    Several remain only where the texts leave it open (鼓楼区 without any word on its city).
    """
    table = regions()
    mentions = [table.find_in(text) for text in texts]
    named = Counter(
        region.code
        for found in mentions
        for mention in found
        for region in mention.regions
        if len(mention.regions) == 1
    )
    weight: Counter[str] = Counter()
    for code, count in named.items():
        region = table.by_code(code)
        if region:
            for up in (region, *table.above(region)):
                weight[up.code] += count

    def order(found: Sequence[Region]) -> tuple[Region, ...]:
        """Those whose city and province are spoken of most."""
        scored = {
            region: tuple(
                weight[up.code] - (named[region.code] if up.code != region.code else 0)
                for up in table.above(region)[:-1]
            )
            for region in found
        }
        best = max(scored.values(), key=lambda score: (sum(score), score))
        return tuple(region for region in found if sum(scored[region]) == sum(best))

    leading: tuple[Region, ...] = ()
    for text, found in zip(texts, mentions, strict=True):
        place = _leading(text)
        first = next((mention for mention in found if mention.start == place), None)
        head = text[place:]
        if first and first.regions[0] != NATION:
            chosen = order(first.regions)
            if not leading or all(any(table.is_within(region, up) for up in leading) for region in chosen):
                if not leading or len(chosen) == 1:
                    leading = chosen
        elif not leading and (_national_body().match(head) or (first and first.regions[0] == NATION)):
            leading = (NATION,)
        elif not leading and (word := _RELATIVE.match(head)):
            leading = _meant(table, word[1], mentions, named, order)
        if leading and leading[0].level == "county":
            break
        if leading and text is texts[min(1, len(texts) - 1)]:
            break  # issuer and title have spoken
    if not leading:
        for found in mentions:
            for mention in found:
                if mention.form != "stem" and mention.regions[0] != NATION:
                    return order(mention.regions)
    return leading


def region_of(texts: Sequence[str]) -> Region | None:
    """The area that a plan is for, told from texts in order of weight: issuer, title, addressees, page.

    A title that begins with an area inside the issuer's is more exact than the issuer. None where nothing is said
    or where the texts leave several open.

    >>> region_of(["温州市瓯海区科学技术协会", "瓯海区科普事业发展“十四五”规划"]).full_name
    '浙江省温州市瓯海区'
    >>> region_of(["省人民政府办公厅", "福建省加快共享经济发展实施方案"]).code
    '350000'
    >>> region_of(["国家发展改革委", "关于推进体育公园建设的指导意见"]).name
    '中华人民共和国'
    """
    found = rank_regions(texts)
    return found[0] if len(found) == 1 else None


def _leading(text: str) -> int:
    """Where the words begin that may name the area: after 中共, 关于印发《, a year."""
    match = re.match(
        r"^[\s【《〈“\"]*(?:共青团|中共(?!中央)|(?:关于)?(?:印发|转发|公布)?[《〈]?|\d{4}(?:[—\-–~至]\d{4})?年)[\s《〈“]*",
        text,
    )
    return match.end() if match else 0


def _meant(table, word, mentions, named, order) -> tuple[Region, ...]:  # type: ignore[no-untyped-def]
    """The area that 省, 市, 区 … stands for, from what else the texts name."""
    level = _LEVEL_OF_WORD[word]
    for found in mentions:
        for mention in found:
            ups = []
            for region in order(mention.regions) if mention.regions[0] != NATION else ():
                if region.level == "county" and region.name.endswith(word):
                    ups.append(region)
                elif region.level != "county" or level != "county":
                    up = table.at_level(region, level)
                    if up and up.name.endswith(word[-1]):
                        ups.append(up)
            if ups:
                return tuple(dict.fromkeys(ups))
    return ()
