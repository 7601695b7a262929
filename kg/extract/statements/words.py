"""The words of responsibility statements as patterns, from `data/rules/responsibility.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.agency_names import is_agency_name, is_collective, is_fragment, split_names
from kg.lexicon import rules
from kg.model import Span

OPEN, CLOSE = "([【〔〖", ")]】〕〗"
BULLETS = " *★☆◆◇●○■□▲△▶►※#•·>－-—–―"
_CONJUNCTION = r"(?:以及|及|和|与|暨|、|/)"


@dataclass(frozen=True, slots=True)
class Label:
    """A label that stands before a list: 责任单位:, 【牵头单位】."""

    role: str
    start: int  # of the bracket before it, if there is one
    end: int  # where the list begins
    firm: bool  # a colon or its own bracket closes it; otherwise only names behind it make it a label
    noun: bool  # 责任单位, not 责任
    word: str


@lru_cache(maxsize=1)
def _labels() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    table = rules("responsibility")
    nouns = sorted(table["label_nouns"]["words"], key=lambda w: (-len(w), w))
    role_of: dict[str, str] = {}
    kinds: set[str] = set()
    for label in table["label"]:
        for kind in label.get("kinds", ()):
            kinds.add(kind)
            role_of |= {kind + noun: label["role"] for noun in nouns}
    for label in table["label"]:
        role_of |= dict.fromkeys(label["words"], label["role"])
    whole = {word for label in table["label"] for word in label["words"]}
    long = frozenset(word for word in whole if any(noun in word for noun in nouns))
    own = frozenset(whole - long)

    def either(words: object) -> str:
        return "|".join(r"\s*".join(w) for w in sorted(words, key=lambda w: (-len(w), w)))  # type: ignore[call-overload]

    kind, noun, lone, words = either(kinds), either(nouns), either(own), either(long)
    mixed = (
        rf"(?P<mixed>(?:{kind})(?:{noun})?\s*(?:{_CONJUNCTION}\s*(?:{kind})|\((?:{kind})(?:{noun})?\))\s*(?:{noun})?)"
    )
    persons = table["label_persons"]
    person = rf"(?P<person>(?:{either(persons['words'])}){{1,4}}(?:{either(persons['nouns'])})(?=\s*[::]))"
    # An aside in a label, or what is left of the sentence that makes the first its lead: 责任单位(排名不分先后):
    ending = r"\s*(?:\([^()\n]{1,40}\)\s*)?(?P<end>[】\]〕〗)]\s*[::]?|[::]|(?:分别)?[为是](?=..)|(?=.))\s*"
    pattern = rf"(?P<open>[【\[〔〖(]?)\s*(?:{person}|{mixed}|(?P<noun>{words}|(?:{kind})\s*(?:{noun}))|(?P<lone>{lone})){ending}"
    return re.compile(pattern), role_of, own


def match_label(text: str, at: int, end: int) -> Label | None:
    """The label that begins at this place of a folded text.

    >>> match_label("【责任单位】市科协", 0, 9)
    Label(role='duty', start=0, end=6, firm=True, noun=True, word='责任单位')
    >>> match_label("责任单位要加强领导", 0, 9).firm
    False
    """
    pattern, role_of, _ = _labels()
    match = pattern.match(text, at, end) if _label_starts().match(text, at, end) else None
    if match is None:
        return None
    closing = match["end"]
    closed = closing[:1] in CLOSE and closing != ""
    if closed and not match["open"]:
        return None
    if match["person"]:
        word, role, noun = match["person"], "person", False
    elif match["mixed"]:
        word, role, noun = match["mixed"], "duty", True
    else:
        word = "".join((match["noun"] or match["lone"]).split())
        role, noun = role_of[word], match["noun"] is not None
    start = match.start() if closed or not match["open"] else match.start() + 1
    return Label(role, start, match.end(), closed or closing[:1] == ":", noun, word)


def names_follow(text: str, at: int, end: int) -> bool:
    """Whether a body's name stands at this place."""
    word = re.split(r"[、,;。/\s()\[\]【】:]", text[at : min(end, at + 40)].lstrip(), maxsplit=1)[0]
    return is_known(strip_verb(word)[0])


def find_labels(text: str, start: int, end: int) -> list[Label]:
    """The labels of a statement in order: those with a colon, and those with a name behind them."""
    found: list[Label] = []
    at = start
    for place in _label_starts().finditer(text, start, end):
        if place.start() < at:
            continue
        label = match_label(text, place.start(), end)
        if label is None:
            continue
        before = text[label.start - 1 : label.start] if label.start > start else ""
        apart = not before or not ("一" <= before <= "鿿" or before.isalnum())
        if text[label.start] == "(" and (not apart or not label.noun):
            continue  # 市科协(牵头单位), (牵头)市科协: said of the name
        if label.firm and (apart or label.noun) or apart and names_follow(text, label.end, end):
            found.append(label)
            at = label.end
    return found


@lru_cache(maxsize=1)
def _label_starts() -> re.Pattern[str]:
    """Where a label may begin: before the first two characters of its words; those of persons begin likewise or with 市, 总."""
    _, role_of, own = _labels()
    persons = rules("responsibility")["label_persons"]
    single = [a + b for a in persons["words"] if len(a) == 1 for b in (*persons["words"], *persons["nouns"])]
    seconds: dict[str, set[str]] = {}
    for word in (*role_of, *own, *single):
        seconds.setdefault(word[0], set()).add(word[1])
    begins = "|".join(rf"{first}\s*[{''.join(sorted(then))}]" for first, then in sorted(seconds.items()))
    opened = "|".join(rf"{re.escape(bracket)}(?=\s*(?:{begins}))" for bracket in "【[〔〖(")
    return re.compile(
        f"{opened}|{begins}"
    )  # each alternative begins with a character: the engine looks for these alone


@lru_cache(maxsize=1)
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str], tuple[tuple[str, frozenset[str]], ...]]:
    table = rules("responsibility")
    words = [word for verb in table["verb"] for word in verb["words"]]
    every = sorted({*words, *table["verb_filler"]["words"]}, key=lambda w: (-len(w), w))
    phrase = re.compile(rf"(?:{'|'.join(every)})+")
    core = re.compile("|".join(sorted(words, key=lambda w: (-len(w), w))))
    order = ("lead", "support", "joint", "duty")
    parts = {verb["role"]: frozenset(verb["words"]) for verb in table["verb"]}
    return phrase, core, tuple((role, parts[role]) for role in order)


def part_of(phrase: str) -> str | None:
    """The part that a verb phrase gives; None where it holds no verb.

    >>> part_of("按职责分工牵头负责"), part_of("积极配合"), part_of("负责指导"), part_of("等有关")
    ('lead', 'support', 'joint', None)
    """
    words = set(_verbs()[1].findall(phrase))
    return next((role for role, own in _verbs()[2] if words & own), None)


@lru_cache(maxsize=4096)
def strip_verb(word: str) -> tuple[str, str]:
    """A word without blanks as name and the verb phrase that ends it.

    >>> strip_verb("市教育局按职责分工负责"), strip_verb("市委组织部"), strip_verb("牵头负责")
    (('市教育局', '按职责分工负责'), ('市委组织部', ''), ('', '牵头负责'))
    """
    phrase = _verbs()[0]
    for match in phrase.finditer(word):
        at = match.start()
        if match.end() == len(word):
            # Behind 市场监管: 管理 and the like may be the name's own last word.
            for cut in range(at, len(word)):
                rest = phrase.fullmatch(word, cut)
                if rest and part_of(rest.group()) and (cut == 0 or _may_end(word[:cut])):
                    return word[:cut], rest.group()
    return word, ""


def _may_end(name: str) -> bool:
    return bool(_NAME_END.search(name)) and (len(name) > 1 or name in "委局厅部办") or len(name) > 1 and is_known(name)


_NAME_END = re.compile(r"[局委办厅部院会社司团队馆站所校行处科组府)区县市镇乡道门位等业心]$")


def split_object(word: str) -> tuple[str, str] | None:
    """A name and the part that a verb with an object gives it: 市财政局负责资金保障.

    >>> split_object("市财政局负责资金保障"), split_object("加强负责人培训")
    (('市财政局', 'duty'), None)
    """
    if (stated := _IS_PART.match(word)) and is_known(stated["name"]):
        return stated["name"], part_of(stated["part"]) or "duty"
    for match in _verbs()[1].finditer(word):
        if is_collective(word) and (match.group() not in ("牵头", "负责", "配合") or word[match.end() :][:1] == "人"):
            continue
        name = re.sub(
            r"(?:主要|侧重|具体|分别|共同|牵头|按照?职责|重点|统一|统筹|要|应|须)+$", "", word[: match.start()]
        )
        if name and is_known(name) and match.group() not in ("管理", "建设", "组织"):
            return name, part_of(word[len(name) : match.end()]) or "duty"
    return None


_IS_PART = re.compile(
    r"^(?P<name>.{2,20}?)(?:是|为|作为).{0,20}?(?P<part>牵头|主办|责任|配合|参与|协办|协助|承办)(?:责任)?(?:单位|部门)$"
)


@lru_cache(maxsize=8192)
def is_known(word: str) -> bool:
    """Whether a word without blanks is the name of a body, of several run together, or of several as one."""
    word = strip_open(word)
    if len(word) < 2 or is_fragment(word):
        return False
    return is_agency_name(word) or is_collective(word) or split_names(word) is not None


def reads_as_body(word: str) -> bool:
    """Whether a word has the form of a body's name: known, or an area's word before and an office's word behind.

    >>> reads_as_body("市流管办"), reads_as_body("加强管理")
    (True, False)
    """
    return is_known(word) or bool(_FORM.match(word)) or bool(_INNER.match(word))


# Departments of a ministry or bureau: 规划司, 基础教育处; not 公司, 学科, 用处.
_INNER = re.compile(r"^[一-鿿]{2,9}(?:(?<!公)司|(?<![用好之何各到])处|(?<![学专])科)$")

_FORM = re.compile(
    r"^(?:各|市|区|县|省|州|盟|旗|镇|乡|自治区|国家|中国|全国|驻)[^,;。:]{1,16}(?:局|委|办|厅|部|院|会|社|司|团|队|馆|站|所|校|行|处|科|组|中心|公司|集团|政府|室|园|场|台|署|库|联|协)$"
)


@lru_cache(maxsize=1)
def _open_list() -> re.Pattern[str]:
    return re.compile(rules("responsibility")["open_list"]["pattern"])


def strip_open(word: str) -> str:
    """A name without the words that leave its list open.

    >>> strip_open("农业农村部等部门"), strip_open("市科协")
    ('农业农村部', '市科协')
    """
    return _open_list().sub("", word) if "等" in word else word


@lru_cache(maxsize=1)
def asides() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Elements of a list that name nobody, and those that say when."""
    table = rules("responsibility")["aside"]
    return re.compile(table["pattern"]), re.compile(table["time"])


@lru_cache(maxsize=1)
def _first_listed() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = rules("responsibility")["first_listed"]
    core = re.compile(f"{table['pattern']}|{table['by']}|{table['reversed']}")
    cues = re.compile("|".join(table["cues"]))
    below = re.compile(r"[\s,;。]*\(?(?:" + "|".join(table["same_below"]) + r")\)?")
    rest = re.compile(r"[\s,;]*" + table["rest"])
    return core, cues, below, rest


_NEAR = 100  # more characters than a sentence about the first has before or behind the word for it


def _search_near(
    pattern: re.Pattern[str], cues: re.Pattern[str], text: str, start: int, end: int
) -> re.Match[str] | None:
    """What `pattern.search` finds where every match has a cue: many times faster, for most texts have none."""
    at = start
    while cue := cues.search(text, at, end):
        near = pattern.search(text, max(start, cue.start() - _NEAR), min(end, cue.end() + _NEAR))
        if near is not None:
            return near
        at = cue.end()
    return None


def first_listed_rule(text: str, start: int, end: int) -> tuple[Span, bool] | None:
    """The sentence that makes the first of a list its lead, and whether it goes on below (下同).

    >>> first_listed_rule("排在第一位的为牵头单位,下同。", 0, 15)
    (Span(start=0, end=14), True)
    """
    core, cues, below, rest = _first_listed()
    match = _search_near(core, cues, text, start, end)
    if match is None:
        return None
    stop = match.end()
    if others := rest.match(text, stop, end):
        stop = others.end()
    goes_on = below.match(text, stop, end)
    return Span(match.start(), goes_on.end() if goes_on else stop), goes_on is not None


def lead_mark(text: str) -> str:
    """The mark that makes the body beside it the lead, where the text says so; "" where it does not.

    >>> lead_mark("注:带★的为牵头单位"), lead_mark("市科协★")
    ('★', '')
    """
    match = _lead_mark().search(text)
    return match["mark"] if match else ""


@lru_cache(maxsize=1)
def _lead_mark() -> re.Pattern[str]:
    return re.compile(rules("responsibility")["marked"]["pattern"])
