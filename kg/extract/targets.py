"""Counted results: targets to be reached and achievements reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.extract.clauses import clause_around, find_deadlines, sentence_around
from kg.lexicon import rules, scheme
from kg.model import Comparator, Provision, Quantity, Span
from kg.numerals import han_to_int, parse_number


@dataclass(frozen=True, slots=True)
class Amount:
    """One number with its unit, where it stands."""

    span: Span
    value: Decimal
    unit: str
    whole: bool = False  # 全覆盖


@lru_cache(maxsize=1)
def _amount_pattern() -> re.Pattern[str]:
    units = set()
    for concept in scheme("unit"):
        for word in (concept.zh, concept.notation, *concept.aliases):
            units.add(re.sub(r"^(?:[十百万亿]+|千(?=[万元]))+", "", word))  # 千瓦 keeps its 千: no multiplier
    units.discard("")
    alternatives = "|".join(re.escape(u) for u in sorted(units, key=lambda w: (-len(w), w)))
    return re.compile(
        rf"(?P<n>(?<![\d.A-Za-z])(?<!\d,)\d[\d,]*(?:\.\d+)?|(?<![一二两三四五六七八九十百])[一二两三四五六七八九十百]{{1,12}})(?P<m>[十百千万亿]*?)(?:余|多)?(?:\s?)(?P<u>{alternatives})"
    )


def find_amounts(text: str, start: int, end: int) -> list[Amount]:
    """Numbers with a unit that count something: not years, ordinals, names in quotation marks, or mere articles (一支队伍).

    >>> [(str(a.value), a.unit) for a in find_amounts("到2025年培训1.5万人次,建成3座,每年举办一次", 0, 27)]
    [('15000', '人次'), ('3', '座'), ('1', '次')]
    """
    found = []
    for match in _amount_pattern().finditer(text, start, end):
        digits, unit = match["n"], match["u"]
        before, after = text[max(start, match.start() - 14) : match.start()], text[match.end() : match.end() + 10]
        if _in_marks(text, start, match.start()) or before.endswith(("第", "之")):
            continue
        if unit in ("年", "月", "个月", "天", "小时", "日", "分") and not re.search(
            r"(?:不少于|不低于|不超过|至少|压缩到|缩短到|缩短至|控制在|压减至|达到|不得少于)\s*$", before
        ):
            continue
        if not digits[0].isdigit() and not _han_counts(digits, unit, before, after):
            continue
        if unit == "年" or re.match(r"\s*(?:强|佳|优|好)(?!于)", after) and unit in ("个",):
            continue
        try:
            value = (
                parse_number(digits + match["m"]) if digits[0].isdigit() else Decimal(han_to_int(digits + match["m"]))
            )
        except (ValueError, ArithmeticError):
            continue
        found.append(Amount(Span(match.start(), match.end()), value, unit))
    for match in re.compile(rules("targets")["whole"]["pattern"]).finditer(text, start, end):
        if not _in_marks(text, start, match.start()):
            found.append(Amount(Span(match.start(), match.end()), Decimal(100), "%", True))
    return sorted(found, key=lambda a: a.span)


def _in_marks(text: str, start: int, at: int) -> bool:
    """Whether a place lies inside “” or 《》: a name."""
    return any(text.rfind(o, start, at) > text.rfind(c, start, at) for o, c in (("“", "”"), ("《", "》")))


def _han_counts(digits: str, unit: str, before: str, after: str) -> bool:
    """一 is an article more often than a number: 一次 behind a verb counts, 一支、一批、一项 do not."""
    if digits in ("百", "千", "十", "百千"):
        return False
    if digits not in ("一", "两", "二"):
        return unit not in ("个", "项", "大", "位", "种", "条", "年", "次", "级", "类", "件") or bool(
            re.search(r"(?:不少于|至少|不低于)$", before)
        )
    if unit not in ("次", "场", "期", "篇", "届", "轮", "场次"):
        return False
    return bool(
        re.search(
            r"(?:参加|举办|开展|组织|完成|召开|进行|提供|发布|至少|不少于|不低于|接受|安排|调度|通报|公布|更新|开展|轮训)$",
            before,
        )
    ) and not after.startswith("性")


def read_quantities(text: str, original: str, provisions: tuple[Provision, ...]) -> tuple[Quantity, ...]:
    """The targets and achievements of all provisions, in reading order."""
    found: list[Quantity] = []
    titles = {p.key: p.title for p in provisions}
    for provision in provisions:
        path = [provision.title, *(titles[k] for k in _above(provision.key) if k in titles)]
        past = provision.kind == "Section" and any(re.search(rules("targets")["past"]["sections"], t) for t in path)
        goal = provision.kind == "Section" and not past
        if (
            goal
            and any(re.search(r"指导思想|原则|总体思路|意义|认识", t) for t in path[:1])
            and not re.search("目标", provision.title)
        ):
            continue
        carried: tuple[str, Span] | None = None
        for span in _lines(text, provision):
            line_deadline = find_deadlines(text, span.start, span.end)
            here = _relative_targets(text, original, span, carried) if goal else []
            here += _line_quantities(text, original, provision, span, past=past, goal=goal, carried=carried)
            found += sorted(here, key=lambda q: q.span)
            if text[span.end - 1] in ":：" and line_deadline:
                carried = line_deadline[-1]
    return tuple(found)


def _relative_targets(text: str, original: str, line: Span, carried: tuple[str, Span] | None) -> list[Quantity]:
    """Results to be reached that are measured against others, without a number of their own."""
    found = []
    for match in re.compile(rules("targets")["benchmark"]["pattern"]).finditer(text, line.start, line.end):
        sentence = sentence_around(text, match.start(), line.start, line.end)
        clause = clause_around(text, sentence, match.start())
        if find_amounts(text, clause.start, clause.end):
            continue
        here = Amount(Span(match.start(), match.start() + 1), Decimal(0), "")
        deadline, deadline_span = _deadline(text, sentence, clause, here, carried)
        before = _bare(text[clause.start : match.start()], text, clause)
        found.append(
            Quantity(
                kind="Target",
                owner="",
                quote=clause.cut(original),
                span=clause,
                indicator=before or re.sub(r"^(?:继续)?保持|在[^,]*$", "", match.group()),
                value=None,
                unit="",
                comparator=None,
                deadline=deadline,
                deadline_span=deadline_span,
                aspirational=_aspirational(
                    text, sentence, clause, Amount(Span(match.end(), match.end()), Decimal(0), "")
                ),
                benchmark=match.group(),
                rule="relative-target",
                confidence=0.6,
            )
        )
    return found


def _bindingness(text: str, clause: Span) -> str | None:
    match = re.compile(rules("targets")["bindingness"]["pattern"]).search(
        text, clause.start, min(len(text), clause.end + 8)
    )
    return match[1] if match else None


def _above(key: str) -> list[str]:
    parts = key.split("-")
    return ["-".join(parts[:i]) for i in range(len(parts) - 1, 0, -1)]


def _lines(text: str, provision: Provision) -> list[Span]:
    lines = []
    for span in provision.spans:
        at = span.start
        for piece in span.cut(text).split("\n"):
            if piece.strip():
                lines.append(Span(at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())))
            at += len(piece) + 1
    return lines


# More numbers in one paragraph than any real plan has: a table that lost its lines.
_MOST = 300


def _line_quantities(
    text: str,
    original: str,
    provision: Provision,
    line: Span,
    *,
    past: bool,
    goal: bool,
    carried: tuple[str, Span] | None,
) -> list[Quantity]:
    found = []
    amounts = find_amounts(text, line.start, line.end)[:_MOST]
    for index, amount in enumerate(amounts):
        near = amounts[max(0, index - 40) : index + 41]  # a sentence that runs on for pages is read where one stands
        low, high = max(line.start, amount.span.start - 1500), min(line.end, amount.span.end + 1500)
        sentence = sentence_around(text, amount.span.start, low, high)
        clause = clause_around(text, sentence, amount.span.start)
        others = [a for a in near if a is not amount and clause.start <= a.span.start < clause.end]
        quote = _quote(text, clause, amount, others)
        reported = past or bool(re.search(rules("targets")["past"]["pattern"], clause.cut(text)))
        if _is_own_part(text, amount, clause) or _is_threshold(text, amount, sentence, clause, goal or past):
            continue
        if _is_baseline(text, amount, clause) or any(o.whole and o.span.start > amount.span.start for o in others):
            continue
        if amount.whole:  # the numbers before it say of what
            quote = _quote(text, clause, amount, [])
        before = found[-1] if found and sentence.start <= found[-1].span.start else None
        found.append(
            _quantity(
                text,
                original,
                provision,
                amount,
                sentence,
                clause,
                quote,
                amounts[max(0, index - 40) : index],
                carried,
                reported,
                goal,
                before,
            )
        )
    return found


def _quote(text: str, clause: Span, amount: Amount, others: list[Amount]) -> Span:
    """The shortest clause that holds the number, cut at 、 where the next number's phrase begins, and before a bracket with numbers."""
    start, end = clause.start, clause.end
    comma = _list_comma(text, amount.span.end, max([o.span.start for o in others], default=0))
    nearest = [o for o in others if o.span.start < amount.span.start][-8:]  # those before them cut no later
    for other in others:
        if other.span.start > amount.span.start:
            bracket = text.find("(", amount.span.end, other.span.start)
            if 0 <= bracket < end and text.count(")", bracket, other.span.start) == 0:
                end = min(end, bracket)
                continue
            cut = comma if comma is not None and comma < other.span.start else None
            if cut is not None:
                end = min(end, cut)
        elif other.span >= nearest[0].span:
            cut = _list_comma(text, other.span.end, amount.span.start)
            if cut is not None:
                start = max(start, cut + 1)
    while start < end and text[start] in " —-─•":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _list_comma(text: str, start: int, end: int) -> int | None:
    depth = 0
    for i in range(start, end):
        depth += (text[i] in "(“") - (text[i] in ")”")
        if text[i] == "、" and depth <= 0:
            return i
    return None


def _is_own_part(text: str, amount: Amount, clause: Span) -> bool:
    """5项提升行动, 四大重点人群: parts of the plan or of speech."""
    after = text[amount.span.end : clause.end]
    before = text[clause.start : amount.span.start]
    if amount.unit in ("项", "个", "大", "条", "类", "种", "级") and re.match(
        rules("targets")["own_parts"]["nouns"], after
    ):
        return not re.search(r"(?:不少于|不低于|至少|达到|累计)", before)
    return False


def _is_threshold(text: str, amount: Amount, sentence: Span, clause: Span, stated_goal: bool) -> bool:
    """A condition, reward or rate, or a number that nothing demands."""
    table = rules("targets")
    here = clause.cut(text)
    if re.search(table["condition"]["pattern"], here) and not re.search(r"(?:到|至)20\d\d年", here):
        return True
    after = text[amount.span.end : amount.span.end + 4]
    if amount.unit == "元" and not stated_goal and re.search("奖|补|罚|(?<!经)费|税|贷|资金支持", sentence.cut(text)):
        return True
    if re.match(r"(?:及)?以[上下]的", after) and amount.unit != "%":
        return True
    if re.match(r"(?:级|型|岁|周岁|号|类)", after):
        return True
    noun = re.match(r"(?:及)?以(?P<way>[上下内])(?=[一-鿿])(?!的)", text[amount.span.end : amount.span.end + 6])
    if noun and amount.unit != "%" and (noun["way"] != "上" or amount.unit in table["condition"]["attribute_units"]):
        return True
    if re.search(table["condition"]["surrounding"], text[clause.start : amount.span.start]) and re.match(
        r"委|门|[^,。;、]{0,16}中(?:[^一-鿿]|保持|位|处|名)", text[amount.span.end : clause.end]
    ):
        return True
    if amount.whole or stated_goal:
        return False
    if amount.unit == "%" and re.match(
        r"(?:及?以上)?的?[^,。;]{2,40}?" + table["indicator"]["holding"], text[amount.span.end : clause.end]
    ):
        return False
    low = max(sentence.start, clause.start - 60)
    context = text[low : clause.end]
    return (
        not re.search(table["demand"]["pattern"], here)
        and not find_deadlines(text, low, clause.end)
        and not re.search(table["recurrence"]["pattern"], context)
    )


def _is_baseline(text: str, amount: Amount, clause: Span) -> bool:
    """从2.67元增加到3.62元, 比“十二五”的426万元增加65.7%: the first number is what the second is measured against."""
    table = rules("targets")["indicator"]
    before, after = text[clause.start : amount.span.start], text[amount.span.end : clause.end]
    if re.search(r"(?:从|由)[^,。;]{0,14}$", before) and re.match(table["baseline_behind"], after):
        return True
    return bool(re.search(table["compared_before"], before)) and bool(
        re.match(r"(?:增加|增长|提高|减少|下降|提升|多|少)", after)
    )


def _quantity(
    text: str,
    original: str,
    provision: Provision,
    amount: Amount,
    sentence: Span,
    clause: Span,
    quote: Span,
    earlier: list[Amount],
    carried: tuple[str, Span] | None,
    reported: bool,
    goal: bool,
    previous: Quantity | None,
) -> Quantity:
    deadline, deadline_span = _deadline(text, sentence, clause, amount, carried)
    recurrence = _recurrence(text, sentence, clause, amount, earlier)
    comparator = _comparator(text, clause, amount)
    growth = _growth(text, clause, amount)
    lower, baseline = _range(text, clause, amount)
    before = text[clause.start : amount.span.start]
    achieved_by = None
    if reported:
        compared = re.compile(r"(?:比|较|同比)[^,。;]{0,20}").search(text, clause.start, clause.end)
        years = find_deadlines(text, sentence.start, compared.start() if compared else clause.end) or find_deadlines(
            text, _provision_start(provision), sentence.start
        )
        achieved_by = f"{years[-1][0][:4]}-12-31" if years else None
    return Quantity(
        kind="Achievement" if reported else "Target",
        owner="" if provision.kind == "Section" else provision.key,
        quote=quote.cut(original),
        span=quote,
        indicator=_indicator(text, original, quote, amount, clause, sentence, previous, growth is not None),
        value=None if growth is not None or lower is not None else amount.value,
        unit=amount.unit,
        comparator=comparator,
        deadline=None if reported else deadline,
        deadline_span=None if reported else deadline_span,
        recurrence=None if reported else recurrence,
        aspirational=not reported and (_aspirational(text, sentence, clause, amount) or _hoped(text, previous, clause)),
        minimum=lower,
        maximum=amount.value if lower is not None else None,
        baseline=baseline,
        growth_rate=growth,
        accumulation="OverPeriod"
        if "累计" in before or re.search("期间|每", text[sentence.start : amount.span.start])
        else "AtDate"
        if "达到" in before
        else None,
        scope=_scope(before),
        bindingness=_bindingness(text, clause),
        achieved_by=achieved_by,
        rule="full-coverage" if amount.whole else "number-unit",
        confidence=0.7 if amount.whole else 0.9 if goal or deadline or recurrence else 0.75,
    )


def _provision_start(provision: Provision) -> int:
    return provision.spans[0].start if provision.spans else 0


def _deadline(
    text: str, sentence: Span, clause: Span, amount: Amount, carried: tuple[str, Span] | None
) -> tuple[str | None, Span | None]:
    """The last date before the number in its sentence; else one behind it in its clause; else that of the list."""
    before = find_deadlines(text, sentence.start, amount.span.start)
    if before:
        return before[-1]
    behind = find_deadlines(text, amount.span.end, clause.end)
    if behind:
        return behind[0]
    return carried if carried else (None, None)


def _recurrence(text: str, sentence: Span, clause: Span, amount: Amount, earlier: list[Amount]) -> str | None:
    pattern = re.compile(rules("targets")["recurrence"]["pattern"])
    matches = list(pattern.finditer(text, clause.start, amount.span.start))
    if matches:
        return matches[-1].group()
    open_bracket = text.rfind("(", sentence.start, amount.span.start)
    in_bracket = open_bracket >= 0 and text.find(")", open_bracket, amount.span.start) < 0
    listed = [a for a in earlier if a.span.start >= sentence.start]
    if in_bracket and listed:  # a bracketed part of a figure shares what is said of the figure
        outer = clause_around(text, sentence, open_bracket - 1)
        matches = list(pattern.finditer(text, outer.start, open_bracket))
        return matches[-1].group() if matches else None
    if (
        listed
        and text.find(";", listed[-1].span.end, amount.span.start) < 0
        and text.count(",", listed[-1].span.end, amount.span.start) <= 1
    ):
        outer = clause_around(text, sentence, listed[-1].span.start)
        matches = list(pattern.finditer(text, outer.start, listed[-1].span.start))
        return matches[-1].group() if matches else None
    return None


def _comparator(text: str, clause: Span, amount: Amount) -> Comparator:
    table = rules("targets")["comparator"]
    before, after = text[clause.start : amount.span.start], text[amount.span.end : amount.span.end + 6]
    for name, pattern in table["after"]:
        if re.search(pattern, after):
            if name == "AtMost" and re.search("降|减", before[-8:]) and "以下" not in after:
                continue
            return name
    for name, pattern in table["before"]:
        if re.search(pattern, before):
            return name
    if re.search("[余多]", text[amount.span.start : amount.span.end]):
        return "MoreThan"
    return "Equal"


def _growth(text: str, clause: Span, amount: Amount) -> Decimal | None:
    """年均增长N%, 下降N%: a change, not a level. 提高到N% is a level."""
    if amount.unit not in ("%", "个百分点", "倍"):
        return None
    before = text[clause.start : amount.span.start]
    if re.match(r"(?:以上|左右)?的?(?:年均)?(?:增速|增长率|增幅|降幅)", text[amount.span.end : clause.end]):
        return amount.value
    match = re.search(
        r"(?P<down>下降|降低|减少|压减|削减|缩减)?(?P<up>增长|提高|提升|增加|增速|上升|翻)?(?:率|幅)?(?:达到|达|为|不低于|超过|不少于|约|保持|保持在|在|了|年均)*\s*$",
        before,
    )
    if (
        match
        and (match["down"] or match["up"])
        and not before.rstrip().endswith(("到", "至"))
        or re.search(r"(?:增速|增长率|增幅|降幅)[^,]{0,8}$", before)
    ):
        return -amount.value if match and match["down"] else amount.value
    return None


def _range(text: str, clause: Span, amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """(minimum of a range 30—50个, baseline of 由X提高到Y)."""
    before = text[clause.start : amount.span.start]
    low = re.search(r"(\d[\d,]*(?:\.\d+)?)([万亿]?)\s*%?\s*[—\-－~～至]+\s*$", before)
    if low:
        return parse_number(low[1] + low[2]), None
    base = re.search(
        r"(?:由|从)(?:20\d\d年的?)?[^,。;\d]{0,20}?(\d[\d,]*(?:\.\d+)?)([万亿]*)[^\d,。;]{0,8}(?:提高|增加|提升|下降|增长|降低|扩大|上升)(?:到|至)(?:20\d\d年的)?\s*$",
        before,
    )
    if base is None:  # 比上年的426万元增加65.7%
        base = re.search(
            r"(?:比|较)[^,。;\d]{0,20}?(\d[\d,]*(?:\.\d+)?)([万亿]*)[^\d,。;]{0,4}(?:增加|增长|提高|减少|下降|提升)\s*$",
            before,
        )
    return None, parse_number(base[1] + base[2]) if base else None


def _aspirational(text: str, sentence: Span, clause: Span, amount: Amount) -> bool:
    pattern = rules("targets")["aspirational"]["pattern"]
    if re.search(pattern, text[clause.start : amount.span.start]):
        return True
    if clause.start > sentence.start:  # 力争到2025年,… : said with the deadline, in the clause before
        previous = clause_around(text, sentence, clause.start - 2)
        words = previous.cut(text)
        if re.search(pattern, words) and find_deadlines(text, previous.start, previous.end) and len(words) <= 14:
            return True
    return False


def _hoped(text: str, previous: Quantity | None, clause: Span) -> bool:
    """力争 said of one item of a list holds for the next: 力争甲达到10个,乙达到20个."""
    return (
        previous is not None
        and previous.aspirational
        and previous.kind == "Target"
        and re.fullmatch(r"[^。;]{0,40}", text[previous.span.end : clause.start]) is not None
    )


def _scope(before: str) -> str | None:
    match = re.search(r"其中[^,。;]{2,20}?期间", before)
    return match.group() if match else None


def _indicator(
    text: str,
    original: str,
    quote: Span,
    amount: Amount,
    clause: Span,
    sentence: Span,
    said: Quantity | None,
    grows: bool,
) -> str:
    """The noun phrase that is counted; a share is turned round (80%的村建有画廊 → 建有画廊的村)."""
    table = rules("targets")["indicator"]
    left, right = text[quote.start : amount.span.start], text[amount.span.end : quote.end]
    right = re.sub(r"^(?:及?以[上内下]|左右|[余多])", "", right).strip()
    right = re.sub(r"^的", "", right)
    verb_end = re.search(table["verb_end"], left.strip())
    raw = left
    if grows and said is not None and re.search(table["compared_before"], left[: left.rfind("增") + 1] or left):
        return said.indicator
    left = _bare(left, text, quote)
    if amount.whole:
        return _cut(original, text, quote, left) if left else "全覆盖"
    if amount.unit == "%" and len(right) >= 2 and len(left) < 3:
        holding = re.search(table["holding"], right)
        if holding and holding.start() >= 1:
            return right[holding.start() :] + "的" + right[: holding.start()]
        return re.sub(r"(?:达标|完成)$", "", right) or right
    if verb_end and len(right) >= 2:
        return right
    if len(left) >= 2:
        return left
    if len(right) >= 2:
        return right
    verb = re.search(r"(?:培训|轮训|服务|招收|资助|救助|接待|帮扶|惠及|受益)$", raw.strip())
    if verb:
        return verb.group()
    if said is not None and re.fullmatch(r"\s*(?:累计|共计?|总数|达到?)*\s*", raw):
        return said.indicator
    previous = (
        clause_around(text, sentence, max(sentence.start, clause.start - 2)) if clause.start > sentence.start else None
    )
    if previous is not None:  # …开放实验室等场所,每年不少于60天: what is counted stands in the clause before
        words = re.sub(table["drop"], "", previous.cut(text).strip())
        words = re.sub(r"^.{0,16}?要(?:积极|主动|大力)?", "", words)
        if len(words) >= 2:
            return words
    return right or left or text[quote.start : quote.end]


def _bare(left: str, text: str, quote: Span) -> str:
    """The phrase before a number without dates, hedges, areas and verbs around the noun."""
    table = rules("targets")["indicator"]
    left = left.strip()
    left = re.sub(r"(?:从|由)(?:20\d\d年的?)?[\d.,]+.*$|\d[\d.,]*[万亿]?%?\s*[—\-－~～至]+\s*$", "", left)
    for _, place in reversed(find_deadlines(text, quote.start, quote.start + len(left) + 1)):
        if place.end - quote.start <= len(left) + 1:
            left = (
                text[place.end : quote.start]
                if place.end > quote.start + len(left)
                else left[place.end - quote.start :]
            )
            break
    recurrence = re.search(rules("targets")["recurrence"]["pattern"], left)
    if recurrence:
        left = left[recurrence.end() :]
    left = re.sub(r"(?:从|由)(?:20\d\d年的?)?[\d.,]+.*$", "", left)
    left = (
        re.sub(r"^[^,]{0,24}?(?:须|应|要|应当)(?=.{2})(?:在近?[一二两三]年内)?", "", left) if len(left) < 40 else left
    )
    for _ in range(3):
        left = re.sub(table["trail"], "", left.strip())
        left = re.sub(table["drop"], "", left.strip())
    return left.strip(" ,、:")


def _cut(original: str, text: str, quote: Span, phrase: str) -> str:
    at = text.find(phrase, quote.start, quote.end)
    return original[at : at + len(phrase)] if at >= 0 else phrase
