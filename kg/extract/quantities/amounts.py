"""Numbers with what they count, as plans write them: 1.5万人次, 三十个, 百分之八十, 三分之一, 10—15家, 翻一番, 全覆盖."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from kg.extract.clauses import find_names, holds
from kg.extract.quantities.cues import cues
from kg.lexicon import rules, scheme
from kg.model import Span
from kg.numerals import han_to_int, parse_number

Form = Literal["digits", "han", "share", "fold", "whole", "none"]


@dataclass(frozen=True, slots=True)
class Amount:
    """One number with its unit, where it stands."""

    span: Span
    value: Decimal
    unit: str
    form: Form = "digits"
    low: Decimal | None = None  # the lower end of a range, whose upper end is the value
    rough: bool = False  # 300余人

    @property
    def whole(self) -> bool:
        """Whether a word says that all are meant: 全覆盖."""
        return self.form == "whole"


_HAN = "一二两三四五六七八九十百千"
_LARGEST = 10**16  # ten thousand 万亿: nothing that a plan counts, and more than a page of decimals

_NUMERAL = re.compile(rf"[\d{_HAN}]")


@lru_cache(maxsize=1)
def _number_pattern() -> re.Pattern[str]:
    """A number with its unit; a word that only begins like the unit is none (18项目, 3部门)."""
    table = rules("targets")["units"]
    words: dict[str, list[str]] = {word: [] for word in table["more"]}
    for concept in scheme("unit"):
        for word in (concept.zh, concept.notation, *concept.aliases):
            plain = re.sub(r"^(?:[十百万亿]+|千(?=[万元]))+", "", word)  # 千瓦 keeps its 千: no multiplier
            hidden = () if plain in table["unhidden"] else concept.hidden
            words[plain] = [re.escape(h[len(plain) :]) for h in hidden if h.startswith(plain)]
    for word in ("", "分之", *table["split"]):
        words.pop(word, None)
    for word, rest in table["not_before"].items():
        words[word].append(rest)
    units = "|".join(
        re.escape(w) + (f"(?!{'|'.join(sorted(words[w]))})" if words[w] else "")
        for w in sorted(words, key=lambda w: (-len(w), w))
    )
    return re.compile(
        rf"(?:(?<![\d.A-Za-z第之·?+])(?P<d>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)\s?[余多]?(?P<m>[十百千万亿]*?)"
        rf"|(?<![{_HAN}第之几数上近])(?P<h>[{_HAN}][{_HAN}零〇万亿]{{0,11}}))"
        rf"(?P<r>[余多])?\s?(?P<u>(?:{units})(?:/[百千万亿]?[一-龥A-Za-z]{{1,4}}|\((?:[座处所家件套栋户间辆艘幢次场期])\))?)(?![A-Za-z])"
    )


def find_amounts(text: str, start: int, end: int) -> list[Amount]:
    """Numbers that count or measure something: no years, ordinals, bases (每千人), names in quotation marks, mere articles (一支队伍).

    >>> [(str(a.value), a.unit) for a in find_amounts("到2025年培训1.5万人次,建成3座,每年举办一次", 0, 27)]
    [('15000', '人次'), ('3', '座'), ('1', '次')]
    >>> [(str(a.low), str(a.value), a.unit) for a in find_amounts("建成10—15个,占三分之一以上", 0, 15)]
    [('10', '15', '个'), ('None', '33.33', '%')]
    """
    found = [a for m in _numbers(text, start, end) if (a := _read_number(text, m, start, end))]
    found += _in_words(text, start, end)
    if found and (names := find_names(text, start, end)):
        found = [a for a in found if not holds(names, a.span.start, a.span.start + 1)]
    return _in_points(text, _ranges(text, start, _apart(sorted(found, key=lambda a: a.span))))


def _in_points(text: str, amounts: list[Amount]) -> list[Amount]:
    """分别提高1.5个、1个百分点: what the last of a list is measured in, its first are, too."""
    found: list[Amount] = []
    for amount in reversed(amounts):
        behind = found[-1] if found else None
        if behind and amount.unit == "个" and behind.unit.endswith("百分点") and amount.form == "digits":
            if re.fullmatch("[、和及与]", text[amount.span.end : behind.span.start]):
                amount = replace(amount, unit=behind.unit)
        found.append(amount)
    return found[::-1]


def _numbers(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What `_number_pattern().finditer` finds, many times faster: it is tried where a numeral stands, not everywhere."""
    pattern, at = _number_pattern(), start
    for numeral in _NUMERAL.finditer(text, start, end):
        if numeral.start() >= at and (match := pattern.match(text, numeral.start(), end)):
            yield match
            at = match.end()


def _read_number(text: str, match: re.Match[str], start: int, end: int) -> Amount | None:
    unit, digits = match["u"], match["d"]
    before = text[max(start, match.start() - 16) : match.start()]
    after = text[match.end() : min(end, match.end() + 8)]
    known = cues()
    if known.numbers.base.search(before) and unit not in known.no_target.time_units:
        return None  # 每千人, 每5000人: what something else is counted per
    try:
        if digits:
            value = parse_number(digits + match["m"])
        elif _han_counts(match["h"], unit, before, after):
            value = Decimal(han_to_int(match["h"]))
        else:
            return None
    except (ValueError, ArithmeticError):
        return None
    if value >= _LARGEST:
        return None
    if unit == "年" and value >= 100 or unit in ("月", "届", "批") or unit == "G" and value < 7:
        return None  # a date, an ordinal, the generation of a network
    if unit == "日" and not known.no_target.time_level.search(before):
        long = known.no_target.lasts.search(before) is not None
        if before.endswith("月") or not digits or not re.match("(?:之)?内|以内" + "|以上" * long, after):
            return None  # a date
    if (
        known.numbers.named.match(after)
        or unit == "次"
        and known.numbers.session.search(before)
        or known.recurrence.pattern.search(before[-1:] + match.group())
    ):
        return None  # 三年行动, 每2年
    rough = bool(match["r"]) or digits is not None and text[match.end("d") : match.end("d") + 1] in ("余", "多")
    return Amount(Span(match.start(), match.end()), value, unit, "digits" if digits else "han", rough=rough)


_VAGUE = re.compile("[百千万亿]+|[一二两三四五六七八九]{2,}")
ONCE = ("次", "场", "期", "篇", "轮", "场次", "遍")


def _han_counts(numeral: str, unit: str, before: str, after: str) -> bool:
    """一 is an article more often than a number: 一次 behind a verb counts, 一支、一批、一项 do not; 百家 is no hundred."""
    known = cues().numbers
    if unit == "类":
        return False  # 四、五类危桥
    if _VAGUE.fullmatch(numeral):
        return unit == "元" and len(numeral) > 1
    if numeral != "一":
        return numeral != "二"  # 二次供水; two of a thing are 两
    if known.at_least.search(before) or known.each.search(before) and unit not in ("批", "些"):
        return True
    return unit in ONCE and bool(known.once.search(before)) and not after.startswith(("性", "办", "告"))


_SHARE = re.compile("半|分之|[一二三四五六七八九两]成")


def _in_words(text: str, start: int, end: int) -> list[Amount]:
    """Shares, multiples, all and nothing that are said without digits."""
    known = cues().numbers
    found: list[Amount] = []
    piece = text[start:end]
    for match in known.share.finditer(text, start, end) if _SHARE.search(piece) else ():
        span = Span(match.start(), match.end())
        try:
            if match["percent"]:
                value = _plain(match["percent"])
            elif match["below"]:
                value = round(Decimal(100) * han_to_int(match["above"]) / han_to_int(match["below"]), 2)
                value = value.quantize(Decimal(1)) if value == int(value) else value.normalize()
            elif match["tenth"]:
                value = Decimal(han_to_int(match["tenth"]) * 10 + han_to_int(match["hundredth"] or "〇"))
            else:
                value = Decimal(50)
        except (ValueError, ArithmeticError):
            continue
        found.append(Amount(span, value, "%", "share"))
    for match in known.fold.finditer(text, start, end) if "翻" in piece else ():
        found.append(
            Amount(Span(match.start(), match.end()), Decimal(han_to_int(match["times"] or "一")), "番", "fold")
        )
    for match in known.whole.finditer(text, start, end) if "覆盖" in piece else ():
        found.append(Amount(Span(match.start(), match.end()), Decimal(100), "%", "whole"))
    for match in known.bare.finditer(text, start, end) if any(sign in piece for sign in "数比倍差") else ():
        found.append(Amount(Span(match.start("n"), match.end("n")), parse_number(match["n"]), ""))
    for match in known.none.finditer(text, start, end) if "零" in piece else ():
        found.append(Amount(Span(match.start(), match.start() + 1), Decimal(0), "", "none"))
    return found


def _plain(words: str) -> Decimal:
    if words[0].isdigit():
        return parse_number(words)
    whole, _, part = words.partition("点")
    return Decimal(f"{han_to_int(whole)}.{han_to_int(part)}" if part else han_to_int(whole))


def _apart(found: list[Amount]) -> list[Amount]:
    """What overlaps is one amount: the one that begins first."""
    kept: list[Amount] = []
    for amount in found:
        if not kept or amount.span.start >= kept[-1].span.end:
            kept.append(amount)
    return kept


_LOW = re.compile(
    r"(?P<n>(?<![\d.A-Za-z])\d[\d,]*(?:\.\d+)?|(?<![一二两三四五六七八九十])[一二两三四五六七八九十]{1,3})(?P<m>[万亿]{0,2})"
    r"\s?(?:%|[个家人名所项座场次]|万?元)?\s?[—\-－–~～至到]{1,2}\s?$"
)


# A range that is written from its greater end: 5—3家. With 到 it may be a change, with a year or behind 第 it is no range.
_TURNED = re.compile(r"(?<![第\-—–~～.\d])\d{1,3}(?:\.\d+)?[—\-–~～]{1,2}$")


def _ranges(text: str, start: int, amounts: list[Amount]) -> list[Amount]:
    """30—50个 and 10%—15% are one amount with two ends, as written: also where the first is the greater."""
    found: list[Amount] = []
    for amount in amounts:
        low = _LOW.search(text, max(start, amount.span.start - 16), amount.span.start)
        if low:
            try:
                value = parse_number(low["n"] + low["m"]) if low["n"][0].isdigit() else Decimal(han_to_int(low["n"]))
            except (ValueError, ArithmeticError):
                value = amount.value
            turned = text[amount.span.start].isdigit() and _TURNED.search(text, low.start(), amount.span.start)
            if value < amount.value or turned and value > amount.value:
                begin = low.start("n")
                while found and found[-1].span.start >= begin:
                    found.pop()
                amount = replace(amount, span=Span(begin, amount.span.end), low=value)
        found.append(amount)
    return found
