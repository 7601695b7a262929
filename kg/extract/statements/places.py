"""Where an item says who is responsible: its own lines, brackets in its text, what a paragraph or the item ends with."""

from __future__ import annotations

import re

from kg.agency_names import area_form, is_collective, parse_name
from kg.extract.statements.model import Member, Parsed, Statement
from kg.extract.statements.parse import parse_statement
from kg.extract.statements.words import (
    BULLETS,
    CLOSE,
    OPEN,
    Label,
    first_listed_rule,
    is_known,
    match_label,
    names_follow,
    reads_as_body,
    strip_verb,
)
from kg.lexicon import rules
from kg.model import Span

# Longer than any list of bodies in real plans; keeps a page of stray brackets from costing its square.
_LONGEST = 1500
_LONGEST_SENTENCE = 300
_MAY_END = re.compile(r"[局委办厅部院会社司团队馆站所校行处科组府)区县市镇乡道门位等业心协联室联责实合与助施]\W?$")
_BRACKET = re.compile(f"[{re.escape(OPEN + CLOSE)}]")
_NUMBER = re.compile(r"\(?\d{1,2}[.)、]\s*|[①-⑳]\s*")
_NO_OFFICE = ("enterprise", "institution")
_LEAD_IN = re.compile(
    r"^\s*(?:(?:具体)?(?:本|此|该|以上|上述|这)(?:项|些|各项)?(?:具体)?(?:工作|任务|措施|事项|内容|行动)?|具体工作|具体)?[,由]*(?:分别)?由?"
)
_IS_LEAD = re.compile(
    r"^\s*(?P<name>[^,。;:]{2,20}?)(?:是|为|作为)[^,。;:]{0,20}?(?:总)?牵头(?:责任)?(?:单位|部门)\s*(?:[,;](?P<rest>.*))?$"
)


def find_statements(text: str, lines: tuple[Span, ...], statement_lines: tuple[Span, ...]) -> tuple[Statement, ...]:
    """The statements of one item, in order: its own statement lines, and the brackets in its text that name who acts."""
    found: list[Statement] = []
    runs: list[list[Span]] = []  # lines of text without a statement's line between them
    own: Statement | None = None  # the statement whose lines may go on
    fresh = True
    for line, marked in sorted([(s, True) for s in statement_lines] + [(s, False) for s in lines]):
        if line.end <= line.start:
            continue
        label = match_label(text, _behind_bullets(text, line), line.end)
        if own is not None and label is None and _goes_on(text, own, line, marked=marked):
            found[-1] = own = _line_statement(text, Span(own.span.start, line.end))
        elif marked or _is_statement_line(text, line, label, first=bool(lines) and line == lines[0]):
            own = _line_statement(text, line)
            found.append(own)
            fresh = True
        else:
            own = None
            if fresh:
                runs.append([])
            runs[-1].append(line)
            fresh = False
    for run in runs:
        found += _in_text(text, run)
    if lines and not found:
        closing = _closing_sentence(text, lines[0].start, lines[-1].end)
        found += [closing] if closing is not None else []
    return tuple(sorted(found, key=lambda s: s.span))


# ---------------------------------------------------------------- lines


def _is_statement_line(text: str, line: Span, label: Label | None, *, first: bool) -> bool:
    """Whether a line is a statement: a label and a list behind it, or names with what they do; not the item's first line."""
    if label is not None:
        if label.role in ("person", "deadline"):
            return label.firm and not first
        if names_follow(text, label.end, line.end):
            return label.firm and label.noun if first else _is_list(text, label.end, line.end, label.firm)
        # 责任单位: alone, its list in the next lines
        return label.firm and label.noun and not text[label.end : line.end].strip(" :)】]") and not first
    if first or line.end - line.start > _LONGEST_SENTENCE:
        return False
    if any(c in "。;:" for c in text[line.start : line.end - 1]) or text[line.start] in OPEN:
        return False
    if not _MAY_END.search(text, line.end - 3, line.end) or not names_follow(text, line.start, line.end):
        return False
    parsed = parse_statement(text, Statement(line, line, False))
    return _all_known(parsed) and (parsed.has_verb or len(parsed.members) > 1)


def _is_list(text: str, start: int, end: int, firm: bool) -> bool:
    """Whether names stand behind a label that has no colon, and nothing else."""
    if firm:
        return True
    parsed = parse_statement(text, Statement(Span(start, end), Span(start, end), True))
    return _all_known(parsed)


def _behind_bullets(text: str, line: Span) -> int:
    at = line.start
    while at < line.end and text[at] in BULLETS:
        at += 1
    number = _NUMBER.match(text, at, line.end)  # (1)牵头单位:…
    return number.end() if number and match_label(text, number.end(), line.end) else at


def _line_statement(text: str, span: Span) -> Statement:
    start, end = _behind_bullets(text, span), span.end
    stop = _end_of_list(text, start, end)
    body = text[start:stop].rstrip("。.;, ")
    if body[:1] in tuple(OPEN) and body[-1:] in tuple(CLOSE) and _closes_at(body) == len(body):
        return Statement(Span(span.start, stop), Span(start + 1, start + len(body) - 1), True)
    if body[:1] in tuple(OPEN) and (label := match_label(text, start, stop)) and label.start > start:
        start += 1  # a bracket that is never closed, or closed before the end
    return Statement(Span(span.start, stop), Span(start, stop), True)


def _closes_at(text: str) -> int:
    """The place behind the bracket that closes the one at the start."""
    depth = 0
    for i, c in enumerate(text):
        depth += (c in OPEN) - (c in CLOSE)
        if depth == 0:
            return i + 1
    return -1


def _end_of_list(text: str, start: int, end: int) -> int:
    """Where a statement ends on its line: before a sentence that says other things."""
    at = text.find("。", start, end)
    while at >= 0 and text[at + 1 : end].strip(" )】]。"):
        rest = at + 1
        while rest < end and text[rest] in " \n":
            rest += 1
        goes_on = (
            match_label(text, rest, end)
            or first_listed_rule(text, rest, min(end, rest + 40))
            or names_follow(text, rest, end)
            or text[rest] in OPEN
        )
        if not goes_on:
            return at + 1
        at = text.find("。", rest, end)
    return end


def _goes_on(text: str, own: Statement, line: Span, *, marked: bool) -> bool:
    """Whether a line carries on the list of the statement line above it."""
    if marked:
        return not text[own.span.end : line.start].strip()
    if text[own.span.end : line.start].strip() or line.end - line.start > _LONGEST_SENTENCE:
        return False
    content = line.cut(text)
    if text[own.span.end - 1] in "、,:" or content[0] in "、,":
        return not any(c in content[:-1] for c in "。;") or _all_known(
            parse_statement(text, Statement(line, line, True))
        )
    if any(c in "。:" for c in content[:-1]):
        return False
    tail = re.split(r"[、,;::)】\s]", own.span.cut(text))[-1]
    head = re.split(r"[、,;。\s(]", content, maxsplit=1)[0]
    if tail and head and is_known(tail + head) and not (is_known(tail) and is_known(head)):
        return True  # 市科|协
    return _all_known(parse_statement(text, Statement(line, line, True)))


# ---------------------------------------------------------------- brackets, and lists at a paragraph's end


def _in_text(text: str, lines: list[Span]) -> list[Statement]:
    start, end = lines[0].start, lines[-1].end
    found = []
    for group in _brackets(text, start, end):
        statement = _bracket_statement(text, group, start, end)
        if statement is not None:
            found.append(statement)
    if not found:
        for line in lines:
            found += _closing_lists(text, line)
    return found


def _brackets(text: str, start: int, end: int) -> list[Span]:
    """The outermost brackets between two places; one that never closes may reach to the end of its line, and hides no other."""
    closing: dict[int, int] = {}  # place of a bracket → place behind the one that closes it
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text, start, end):
        if bracket.group() in OPEN:
            opened.append(bracket.start())
        elif opened:
            closing[opened.pop()] = bracket.end()
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
        if stop - place <= _LONGEST and not any(c in OPEN for c in text[place + 1 : stop]):
            groups.append(Span(place, stop))
    return groups


def _bracket_statement(text: str, group: Span, start: int, end: int) -> Statement | None:
    closed = text[group.end - 1] in CLOSE
    inner = Span(group.start + 1, group.end - 1 if closed else group.end)
    content = inner.cut(text)
    if len(content.strip()) < 2 or len(content) > _LONGEST:
        return None
    table = rules("responsibility")["bracket"]
    if label := match_label(text, inner.start + len(content) - len(content.lstrip()), inner.end):
        if label.firm or names_follow(text, label.end, inner.end):
            return Statement(group, inner, True)
        return _label_in_bracket(text, group, end)
    if re.match(table["not"], content):
        return None
    statement = Statement(group, inner, False)
    parsed = parse_statement(text, statement)
    names = list(parsed.members)
    if not names or _spells_out(text, group, names, parsed):
        return None
    known = sum(_is_known(m) for m in names)
    sure = any(_is_office(m) for m in names)
    cued = parsed.has_verb and any(cue in content for cue in table["cues"])
    rest = text[group.end : end].lstrip(" 。.;,\n")
    before = text[start : group.start].rstrip()[-1:]
    after = text[group.end : end].lstrip(" 。.;,)】")[:1]
    at_end = not rest or after in ("\n", "(", "【", "[") or before in tuple("。;")
    first_sentence = text[group.end : group.end + 1] == "。" and "。" not in text[start : group.start]
    if cued and known and known * 2 >= len(names) and (at_end or known == len(names) and not parsed.prose):
        return statement
    if not sure or parsed.prose and known < len(names):
        return statement if sure and at_end and not rest and len(names) >= 3 and known * 3 >= len(names) * 2 else None
    if (at_end or first_sentence) and known == len(names):
        return statement
    return statement if at_end and not rest and len(names) >= 3 and known * 3 >= len(names) * 2 else None


def _spells_out(text: str, group: Span, names: list[Member], parsed: Parsed) -> bool:
    """行政村(社区), 乡镇(街道): the bracket says what else the word before it means, not who acts."""
    alone = len(names) == 1 and not parsed.has_verb and len(names[0].text) <= 3 and is_collective(names[0].text)
    return alone and "一" <= text[group.start - 1 : group.start] <= "鿿"


def _label_in_bracket(text: str, group: Span, end: int) -> Statement | None:
    """【责任单位】市科协、市教育局: the bracket holds the label alone; its list goes on to the end of the line."""
    label = match_label(text, group.start, end)
    if label is None or not label.firm or label.start != group.start:
        return None
    if not (names_follow(text, label.end, end) or label.noun and text[group.start] != "("):
        return None
    stop = text.find("\n", group.end, end)
    stop = _end_of_list(text, label.end, stop if stop >= 0 else end)
    return Statement(Span(group.start, stop), Span(group.start, stop), True)


def _is_known(member: Member) -> bool:
    names = (member.full or member.text, member.text)
    return any(map(is_known, names)) or reads_as_body(member.text) or area_form(member.text) == "full"


def _is_office(member: Member) -> bool:
    """A body of state or Party, or several as one: not a firm, a school or a place, of which any text gives lists."""
    name = parse_name(member.full or member.text) or parse_name(member.text)
    if name is None:
        return is_collective(member.text) or reads_as_body(member.text) and area_form(member.text) is None
    return name.scope == "relative" or not name.institution and name.body_kind not in _NO_OFFICE and len(name.text) > 2


def _all_known(parsed: Parsed) -> bool:
    return bool(parsed.members) and not parsed.prose and all(_is_known(member) for member in parsed.members)


def _closing_lists(text: str, line: Span) -> list[Statement]:
    """A labelled list that ends a paragraph without a bracket: …。责任单位:市科协、市教育局。"""
    for mark in re.finditer("[。;]", line.cut(text)):
        at = line.start + mark.end()
        while at < line.end and text[at].isspace():
            at += 1
        label: Label | None = match_label(text, at, line.end)
        if label is None or label.role == "person":
            continue
        if (
            label.firm
            and (label.noun or names_follow(text, label.end, line.end))
            or names_follow(text, label.end, line.end)
        ):
            stop = _end_of_list(text, label.end, line.end)
            if not label.firm and not _all_known(
                parse_statement(text, Statement(Span(at, stop), Span(at, stop), True))
            ):
                continue
            return [Statement(Span(label.start, stop), Span(label.start, stop), True)]
    return []


# ---------------------------------------------------------------- the item's own last sentence


def _closing_sentence(text: str, start: int, end: int) -> Statement | None:
    """The item's own last sentence where it is nothing but who leads or is responsible, or says whose lead the work is."""
    body = text[start:end].rstrip(" 。\n")
    cut = max(body.rfind("。"), body.rfind("\n"))
    semicolon = body.rfind(";")
    for place in {cut, max(cut, semicolon)}:
        sentence = body[place + 1 :]
        if place < 0 or not 4 <= len(sentence) <= _LONGEST_SENTENCE or not re.search("牵头|负责|会同|按职责", sentence):
            continue
        span = Span(start + place + 1 + len(sentence) - len(sentence.lstrip()), start + len(body))
        lead_in = _LEAD_IN.match(sentence)
        inner = Span(start + place + 1 + (lead_in.end() if lead_in else 0), span.end)
        statement = Statement(span, inner, False, rule="statement")
        parsed = parse_statement(text, statement)
        if parsed.has_verb and _all_known(parsed):
            return statement
        if match := _IS_LEAD.match(sentence):
            name = match["name"]
            if is_known(name) and not is_collective(name) and not strip_verb(name)[1]:
                return Statement(span, span, False, in_prose=True, rule="statement")
    return None
