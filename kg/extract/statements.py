"""Where an item says who is responsible, and what the statement says, clause by clause.

Everything works on the folded text of the whole source, so that places are places in the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.agency_names import inherit_area, is_agency_name, is_collective, is_fragment, parse_name, split_names
from kg.lexicon import rules
from kg.model import Finding, Span

_OPEN, _CLOSE = "([【〔", ")]】〕"
_AREA_PIECE = re.compile(
    r"^(?:各|有关|相关)?(?:省|市|州|县|区|旗|盟|乡|镇|县\(市\)|市\(州\)|县\(区\)|县\(市、区\)|县\(市,区\)|镇\(街道\)|设区市)$"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One responsibility statement: the whole of it, and what stands inside its bracket or line."""

    span: Span
    inner: Span
    labelled: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One body of a statement's lists, before roles are settled."""

    text: str  # folded, white space dropped
    spans: tuple[Span, ...]
    part: str  # "lead", "duty", "support", "joint": what the words next to it say
    open_list: bool
    full: str | None  # with the area that the name leaves out because its list states it: 财政厅 → 省财政厅


@dataclass(frozen=True, slots=True)
class Parsed:
    """A statement taken apart."""

    members: tuple[Member, ...]
    rule_span: Span | None  # the sentence that makes the first listed body the lead
    same_below: bool
    deadline: Span | None
    findings: tuple[Finding, ...]


@lru_cache(maxsize=1)
def _tables() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = rules("responsibility")
    role_of = {word: label["role"] for label in table["label"] for word in label["words"]}
    words = "|".join(r"\s*".join(w) for w in sorted(role_of, key=lambda w: (-len(w), w)))
    label = re.compile(rf"(?P<label>{words})\s*[::]\s*")
    verbs = re.compile("|".join(f"(?P<{verb['role']}>{verb['pattern']})" for verb in table["verb"]))
    rule = re.compile(f"(?P<core>{table['first_listed']['pattern']})")
    open_list = re.compile(table["open_list"]["pattern"])
    return label, role_of, verbs, rule, open_list


def first_listed_rule(text: str, start: int, end: int) -> tuple[Span, bool] | None:
    """The sentence that makes the first of a list its lead, and whether it goes on below (下同).

    >>> first_listed_rule("排在第一位的为牵头单位,下同。", 0, 15)
    (Span(start=0, end=14), True)
    """
    match = _tables()[3].search(text, start, end)
    if match is None or "第一" not in match["core"] and "首" not in match["core"]:
        return None
    stop = match.end()
    below = re.compile(
        r"[\s,]*\(?(?:" + "|".join(rules("responsibility")["first_listed"]["same_below"]) + r")\)?"
    ).match(text, stop, end)
    return Span(match.start("core"), below.end() if below else stop), below is not None


def find_statements(text: str, lines: tuple[Span, ...], statement_lines: tuple[Span, ...]) -> tuple[Statement, ...]:
    """The statements of one item, in order: its own statement lines, and the brackets in its text that name who acts."""
    found = [_line_statement(text, span) for span in statement_lines]
    if lines:
        start, end = lines[0].start, lines[-1].end
        for group in _brackets(text, start, end):
            statement = _bracket_statement(text, group, end)
            if statement is not None:
                found.append(statement)
        if not found:
            found += _closing_lists(text, lines)
        closing = _closing_sentence(text, start, end)
        if closing is not None and not found:
            found.append(closing)
    return tuple(sorted(found, key=lambda s: s.span))


def _line_statement(text: str, span: Span) -> Statement:
    inner_start, inner_end = span.start, span.end
    if text[inner_start] in _OPEN and text[inner_end - 1] in _CLOSE:
        inner_start, inner_end = inner_start + 1, inner_end - 1
    return Statement(span, Span(inner_start, inner_end), True)


# Longer than any list of bodies in real plans; keeps a page of stray brackets from costing its square.
_LONGEST = 1500


def _brackets(text: str, start: int, end: int) -> list[Span]:
    """The outermost brackets between two places; one that never closes may reach to the end of its line, and hides no other."""
    closing: dict[int, int] = {}  # place of a bracket → place behind the one that closes it
    opened: list[int] = []
    for i in range(start, end):
        if text[i] in _OPEN:
            opened.append(i)
        elif text[i] in _CLOSE and opened:
            closing[opened.pop()] = i + 1
    groups, i = [], start
    for place in sorted({*closing, *opened}):
        if place < i:
            continue
        if place in closing:
            i = closing[place]
            groups.append(Span(place, i))
            continue
        stop = text.find("\n", place, min(end, place + _LONGEST))
        stop = stop if stop >= 0 else end
        if stop - place <= _LONGEST and not any(c in _OPEN for c in text[place + 1 : stop]):
            groups.append(Span(place, stop))
    return groups


def _bracket_statement(text: str, group: Span, end: int) -> Statement | None:
    closed = text[group.end - 1] in _CLOSE
    inner = Span(group.start + 1, group.end - 1 if closed else group.end)
    content = inner.cut(text)
    label = _tables()[0].match(content.lstrip())
    if label:
        return Statement(group, inner, True)
    parsed = parse_statement(text, Statement(group, inner, False))
    names = list(parsed.members)
    if not names:
        return None
    known = sum(is_agency_name(m.full or m.text) or is_collective(m.text) for m in names)
    cued = any(cue in content for cue in rules("responsibility")["bracket"]["cues"])
    rest = text[group.end : end].lstrip(" 。.;\n")
    before = text[: group.start].rstrip()[-1:]
    at_end = not rest or text[group.end : end].lstrip(" 。.;")[:1] == "\n" or before in "。;"
    if cued and known and known * 2 >= len(names) and (at_end or known == len(names)):
        return Statement(group, inner, False)
    if at_end and known == len(names):
        return Statement(group, inner, False)
    if at_end and not rest and len(names) >= 3 and known * 3 >= len(names) * 2:
        return Statement(group, inner, False)
    return None


def _closing_lists(text: str, lines: tuple[Span, ...]) -> list[Statement]:
    """A labelled list that ends a paragraph without a bracket: …。责任单位:市科协、市教育局。"""
    found = []
    for line in lines:
        marks = [
            m
            for m in _tables()[0].finditer(text, line.start, line.end)
            if text[m.start() - 1] in "。;" and m.start() > line.start
        ]
        if marks:
            span = Span(marks[0].start(), line.end)
            found.append(Statement(span, Span(span.start, line.end), True))
    return found


def _closing_sentence(text: str, start: int, end: int) -> Statement | None:
    """The item's own last sentence where it is nothing but who leads or is responsible."""
    body = text[start:end].rstrip(" 。\n")
    cut = max(body.rfind("。"), body.rfind("\n"), body.rfind(";"))
    sentence = body[cut + 1 :]
    match = re.fullmatch(
        r"\s*(?:(?:本|此|该)(?:项)?(?:工作|任务|措施)?)?由(?P<names>[^,。;]{2,80}?(?:牵头|负责)[^,。;]{0,40}?(?:,[^,。;]{2,60}(?:配合|参与|协助|负责|落实))?)",
        sentence,
    )
    if match is None or cut < 0:
        return None
    span = Span(start + cut + 1 + len(sentence) - len(sentence.lstrip()), start + len(body))
    statement = Statement(span, Span(start + cut + 1 + match.start("names"), start + len(body)), False)
    members = parse_statement(text, statement).members
    return statement if members and all(is_agency_name(m.text) or is_collective(m.text) for m in members) else None


def parse_statement(text: str, statement: Statement) -> Parsed:
    """The members of a statement with the part that its words give them."""
    start, end = statement.inner.start, statement.inner.end
    rule = first_listed_rule(text, start, end)
    findings: list[Finding] = []
    members: list[Member] = []
    deadline: Span | None = None
    stops = [(start, rule[0].start), (rule[0].end, end)] if rule else [(start, end)]
    leader: str | None = None
    for low, high in stops:
        for role, a, b in _segments(text, low, high):
            if role == "deadline":
                deadline = Span(a, b)
            if role in ("deadline", "person"):
                continue
            # A list under 牵头单位: yields to a rule about the first; a verb of its own (A、B牵头) does not.
            role = "lead-list" if role == "lead" else role
            for part, names, closing in _clauses(text, a, b, role):
                leader = _members(text, names, part, closing, leader, members, findings)
    return Parsed(tuple(members), rule[0] if rule else None, bool(rule and rule[1]), deadline, tuple(findings))


def _segments(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The parts behind each label; what stands before the first has the part "duty"."""
    label, role_of, *_ = _tables()
    marks = list(label.finditer(text, start, end))
    parts = []
    if not marks or text[start : marks[0].start()].strip(" ,;。()"):
        parts.append(("duty", start, marks[0].start() if marks else end))
    for i, mark in enumerate(marks):
        parts.append(
            (
                role_of[re.sub(r"\s+", "", mark["label"])],
                mark.end(),
                marks[i + 1].start() if i + 1 < len(marks) else end,
            )
        )
    return parts


def _clauses(text: str, start: int, end: int, role: str) -> list[tuple[str, Span, str]]:
    """Lists of names with the verb phrase behind them: (part, span of the names, verb phrase)."""
    _, _, verbs, _, _ = _tables()
    found: list[tuple[str, Span, str]] = []
    at = start
    behind_huitong = False
    i = start
    while i < end:
        if text.startswith("会同", i) and i > at:
            found.append(("lead", Span(at, i), "会同"))
            at = i = i + 2
            behind_huitong = True
            continue
        match = _verb_at(verbs, text, i, end) if i > at and text[i - 1] != "(" else None
        if match is not None:
            kind, stop = match
            part = {"duty": role, "lead": "lead", "support": "support", "joint": "joint"}[kind]
            if kind in ("lead", "duty") and role == "lead-list":
                part = "lead-list"
            if kind == "lead" and role == "support":
                part = "support"
            if behind_huitong and kind in ("duty", "lead"):
                part = "support"
            found.append((part, Span(at, i), text[i:stop]))
            behind_huitong = text.startswith("会同", stop)
            stop += 2 if behind_huitong else 0
            while stop < end and text[stop] in " ,;、。":
                stop += 1
            at = i = stop
            continue
        i += 1
    if text[at:end].strip(" ,;、。."):
        found.append(("support" if behind_huitong else role, Span(at, end), ""))
    return found


def _verb_at(verbs: re.Pattern[str], text: str, i: int, end: int) -> tuple[str, int] | None:
    """A verb phrase that begins here and ends its clause."""
    match = verbs.match(text, i, end)
    if match is None or match.end() == i:
        return None
    rest = text[match.end() : end].lstrip()
    if rest and rest[0] not in ",;、。)" and not rest.startswith("会同"):
        return None
    if match.lastgroup == "duty" and not re.search(r"负责|落实|职责|实施|推进", match.group()):
        return None
    return match.lastgroup or "duty", match.end()


def _members(
    text: str, names: Span, part: str, closing: str, leader: str | None, members: list[Member], findings: list[Finding]
) -> str | None:
    """The single bodies of one list; returns the name whose area the next ones may leave out."""
    pieces = _pieces(text, names)
    pending: list[Span] = []
    for index, piece in enumerate(pieces):
        raw = piece.cut(text)
        word = re.sub(r"\s+", "", raw).strip("。.:")
        word = re.sub(r"^(?:分别)?由(?=..)", "", word)
        own = re.search(r"\((?:分别)?(?:牵头|总牵头|牵头单位|牵头负责|主办|配合|参与|协办)\)$", word)  # 市科协(牵头)
        here = part
        if own:
            word = word[: own.start()]
            here = "support" if re.search("配合|参与|协办", own.group()) else "lead"
        if not word or re.match(rules("responsibility")["aside"]["pattern"], word):
            continue
        last = index == len(pieces) - 1
        if _AREA_PIECE.match(word) and not last:
            pending.append(piece)
            continue
        is_open = bool(_tables()[4].search(word)) and len(word) > 2
        if is_open:
            word = _tables()[4].sub("", word)
        is_open = is_open or (last and closing.startswith("等"))
        if not word or word in ("等", "等部门", "等单位"):
            if members:
                members[-1] = _opened(members[-1])
            continue
        shared = None if last else _shared_suffix(word, re.sub(r"\s+", "", pieces[index + 1].cut(text)))
        if shared is not None:  # 福州、厦门市人民政府
            whole = Span(piece.start, pieces[index + 1].end)
            members.append(Member(shared, (whole,), here, False, None))
            findings.append(
                Finding(
                    "coordinated-name", "info", (whole,), repaired=shared, original=whole.cut(text), confidence=0.95
                )
            )
            continue
        offset = raw.find(word[0])
        span = Span(piece.start + max(offset, 0), _end_of(text, piece.start + max(offset, 0), word))
        if pending:
            leader = _coordinated(text, pending, span, word, here, is_open, members, findings) or leader
            pending = []
            continue
        parts = split_names(word)
        if parts and len(parts) > 1:
            at = span.start
            for name in parts:
                stop = _end_of(text, at, name)
                members.append(Member(name, (Span(at, stop),), here, False, None))
                at = stop
            findings.append(
                Finding("split-agencies", "warning", (span,), repaired="、".join(parts), original=word, confidence=0.95)
            )
            leader = parts[-1] if states_area(parts[-1]) else leader
            continue
        full = inherit_area(word, leader) if leader else word
        members.append(Member(word, (span,), here, is_open, full if full != word else None))
        leader = word if states_area(word) else leader
    if closing.startswith("等") and members and not members[-1].open_list:
        members[-1] = _opened(members[-1])
    return leader


def _shared_suffix(word: str, following: str) -> str | None:
    """The name that a bare place name shares the rest of with the next one: 福州、厦门市人民政府 → 福州市人民政府."""
    match = re.fullmatch(r"[一-鿿]{2,6}?(?P<rest>[省市州县区](?:人民)?政府)(?:等)?", following)
    if match is None or not 2 <= len(word) <= 4 or re.search(r"[省市县区局委厅办部会府院]$", word):
        return None
    name = word + match["rest"]
    return name if is_agency_name(name) else None


def _opened(member: Member) -> Member:
    return Member(member.text, member.spans, member.part, True, member.full)


def _end_of(text: str, start: int, word: str) -> int:
    """Where a word ends in the text when blanks inside it are passed over."""
    at, left = start, len(word)
    while left and at < len(text):
        if not text[at].isspace():
            left -= 1
        at += 1
    return at


def _coordinated(
    text: str,
    pending: list[Span],
    span: Span,
    word: str,
    part: str,
    is_open: bool,
    members: list[Member],
    findings: list[Finding],
) -> str | None:
    """州、县(市)反邪教办公室 are two bodies; 各市、县(区)人民政府 is one collective."""
    first = re.sub(r"\s+", "", pending[0].cut(text))
    whole = Span(pending[0].start, span.end)
    if first.startswith(("各", "有关", "相关")):
        members.append(Member(re.sub(r"\s+", "", whole.cut(text)), (whole,), part, is_open, None))
        return None
    area = re.match(r"(?:县\(市、区\)|县\(市\)|县\(区\)|市\(州\)|镇\(街道\)|省|市|州|县|区|旗|盟|乡|镇)", word)
    stem = word[area.end() :] if area else word
    names = []
    for piece in pending:
        name = re.sub(r"\s+", "", piece.cut(text)) + stem
        names.append(name)
        members.append(Member(name, (Span(piece.start, span.end),), part, False, None))
    members.append(Member(word, (span,), part, is_open, None))
    findings.append(
        Finding(
            "coordinated-name",
            "info",
            (whole,),
            repaired="、".join([*names, word]),
            original=whole.cut(text),
            confidence=0.95,
        )
    )
    return None


def _pieces(text: str, names: Span) -> list[Span]:
    """The elements of a list: cut at 、 , ; and, between two names, at 和 与 及 or a blank; never inside brackets."""
    pieces, depth, at = [], 0, names.start
    for i in range(names.start, names.end):
        c = text[i]
        if c in _OPEN or c in "〈<":
            depth += 1
        elif c in _CLOSE or c in "〉>":
            depth = max(0, depth - 1)
        elif c in "、,;。" and depth == 0:
            pieces.append(Span(at, i))
            at = i + 1
    pieces.append(Span(at, names.end))
    return [part for piece in pieces for part in _conjoined(text, piece)]


def _conjoined(text: str, piece: Span) -> list[Span]:
    word = piece.cut(text)
    for match in re.finditer(r"以及|[和与及]|\s+", word.strip()):
        shift = len(word) - len(word.lstrip())
        left, right = word.strip()[: match.start()], word.strip()[match.end() :]
        if _is_name(left) and _is_name(right.split("、")[0]):
            cut = piece.start + shift + match.start()
            return [Span(piece.start, cut), *_conjoined(text, Span(piece.start + shift + match.end(), piece.end))]
    return [piece]


def _is_name(word: str) -> bool:
    word = re.sub(r"\s+", "", word)
    word = _tables()[4].sub("", word)
    return len(word) > 2 and (is_agency_name(word) or is_collective(word))


def states_area(name: str) -> bool:
    """Whether a name says which area's body it means: 省发展改革委, not 财政厅.

    >>> states_area("省发展改革委"), states_area("财政厅")
    (True, False)
    """
    parsed = parse_name(name)
    return parsed is not None and parsed.scope in ("relative", "absolute") and not parsed.institution


def kind_of(member: Member) -> str:
    """Whether a member is one body, a collective, or a piece of a name that cannot be one."""
    if is_collective(member.text):
        return "collective"
    if is_fragment(member.text) and not is_agency_name(member.full or member.text):
        return "fragment"
    return "agency"
