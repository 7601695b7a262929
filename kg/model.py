"""The typed values between the stages: `Source → Outline → PlanRecord → (Resolution) → quads`.

Everything is frozen; a stage returns a new value and never changes the one before it.
Spans are half-open intervals of code points of `Source.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")


class Span(NamedTuple):  # not a dataclass: a plan makes and compares thousands
    """A half-open interval of code points of `Source.text`.

    >>> Span(2, 5).cut("abcdefg")
    'cde'
    """

    start: int
    end: int

    def cut(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; a merged cell stands once, at its upper left corner."""

    row: int  # from 0
    column: int  # from 0
    spans: tuple[Span, ...]  # its paragraphs; empty if the cell is
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data (never of layout); in the text a row after the other, its cells parted by tabs."""

    span: Span
    rows: int
    columns: int
    cells: tuple[Cell, ...]  # by row, then column


@dataclass(frozen=True, slots=True)
class Mark:
    """A paragraph that the file itself marks as a heading."""

    span: Span
    level: int  # 0: the document's title; 1 to 9: headings


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it was read."""

    text: str  # decoded, without byte order mark, line ends as \n
    text_sha256: str  # of text in UTF-8: names the passages
    byte_sha256: str  # of the file's bytes
    file_name: str  # last part of the path, or "-" for standard input
    media_type: str  # IANA media type
    encoding: str  # as detected: "utf-8", "gb18030", "utf-16"
    url: str | None = None  # where the page says that it was published
    tables: tuple[Table, ...] = ()  # in the order of the text
    marks: tuple[Mark, ...] = ()  # paragraphs that the file marks as headings
    asides: tuple[Span, ...] = ()  # footnotes and the like: in the text, but no part of what runs on
    findings: tuple[Finding, ...] = ()  # what the reader met: tracked changes, hidden text


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd in a document, and what was done about it."""

    code: str  # a notation of the finding-code scheme, e.g. "restored-number"
    severity: Literal["info", "warning", "error"]
    spans: tuple[Span, ...]
    about: str = ""  # key of the provision (or responsibility/target key) concerned; "" = the plan
    repaired: str | None = None  # the text as repaired
    original: str | None = None  # the text as it stands
    confidence: float = 1.0


# ---------------------------------------------------------------- outline

NodeKind = Literal["heading", "item", "box", "paragraph", "dash", "statement"]


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the plan's body; children are in reading order."""

    kind: NodeKind
    style: str  # name in data/rules/numbering.toml ("han-comma", "han-bracket", "arabic-dot", …), "" if unnumbered
    number: str  # as shown, white space dropped: "一、", "(二)", "1.", "专栏1"; "" if unnumbered
    value: int  # the number's value; 0 if unnumbered
    key: str  # path of printed numbers from the top, repeats lettered: "2-1-9"; "" if unnumbered
    span: Span  # from the number to the end of its own text, children left out
    title: str  # own words of the heading, without number and closing full stop
    title_span: Span | None
    body_spans: tuple[Span, ...]  # the text after the number, title included, children and statement left out
    statement_spans: tuple[Span, ...]  # responsibility statements, in order
    children: tuple[Node, ...] = ()
    restored: bool = False  # the number is not in the text


@dataclass(frozen=True, slots=True)
class Outline:
    """The document taken apart: notice, plan title, preamble, body tree, a list of work in an annex; what is left is page chrome."""

    head_spans: tuple[Span, ...]  # page chrome and metadata before the notice or the plan
    notice_spans: tuple[Span, ...]  # the notice that carries the plan (may be empty)
    title: str
    title_spans: tuple[Span, ...]
    preamble_spans: tuple[Span, ...]
    nodes: tuple[Node, ...]
    tail_spans: tuple[Span, ...]
    annex_nodes: tuple[Node, ...] = ()  # of an annex that divides the work, where the body names nobody
    findings: tuple[Finding, ...] = ()


# ---------------------------------------------------------------- record


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value with the places that say so and the rule that found it."""

    value: T
    spans: tuple[Span, ...]
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where the plan names a document."""

    title: str  # as written, without the outer 《》, brackets restored
    number: str | None
    is_basis: bool
    span: Span
    restored: bool = False
    rule: str = ""  # where it is neither that of the marks nor that of a restored mark
    confidence: float = 1.0
    issuer: str | None = None  # the words in front of 《 that may say whose it is: 省委、省政府
    short_for: str | None = None  # the full title, where the plan has introduced this one as short for it


Role = Literal["Lead", "Joint", "Support"]
Basis = Literal["Stated", "FirstListedRule", "SoleAgency"]


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One agency's part in one provision."""

    agency_text: str  # as written, repaired, white space dropped
    agency_kind: Literal["agency", "collective", "fragment"]
    role: Role
    basis: Basis
    position: int  # order in the provision's statements, from 1
    spans: tuple[Span, ...]  # where the agency is written
    statement_span: Span  # the whole statement
    basis_span: Span | None = None  # the sentence of the rule (下同)
    open_list: bool = False  # 等
    full_text: str | None = (
        None  # with the elided first part restored (省发展改革委、财政厅 → 省财政厅); None if the same
    )
    rule: str = "statement"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered part of the plan: section, action, task or safeguard."""

    key: str  # path of printed numbers, "2-1-9"
    kind: Literal["Section", "Action", "Task", "SafeguardMeasure"]
    number: str  # as shown
    ordinal: int  # reading order among its class, from 1
    title: str  # heading as it stands
    repaired_title: str | None
    text: str  # full text without number and statement (title included)
    spans: tuple[Span, ...]  # what the text was cut from
    section: str | None  # key of the Section that it lies in directly; None inside an action
    action: str | None  # key of the nearest enclosing Action
    responsibilities: tuple[Responsibility, ...] = ()
    crowd_groups: tuple[Stated[str], ...] = ()  # notations of the crowd-group scheme
    initiatives: tuple[Stated[str], ...] = ()  # notations of the initiative scheme
    deadline: Stated[str] | None = None  # "2025", "2025-06", "2025-06-30"
    rule: str = "numbering"
    confidence: float = 1.0


Comparator = Literal["Equal", "AtLeast", "MoreThan", "AtMost", "LessThan", "About"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted result: to be reached (Target) or reported as reached (Achievement)."""

    kind: Literal["Target", "Achievement"]
    owner: str  # key of the provision, "" = the plan
    quote: str
    span: Span  # of the quote
    indicator: str
    value: Decimal | None
    unit: str  # as written
    comparator: Comparator | None  # None where nothing is counted (relative targets)
    deadline: str | None = None  # "2025", "2025-06", "2025-06-30"
    deadline_span: Span | None = None
    recurrence: str | None = None
    aspirational: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    baseline: Decimal | None = None
    growth_rate: Decimal | None = None
    benchmark: str | None = None
    scope: str | None = None
    accumulation: Literal["OverPeriod", "AtDate"] | None = None
    bindingness: str | None = None
    achieved_by: str | None = None  # ISO date, end of the period reported
    rule: str = "number-unit"
    confidence: float = 1.0


Verdict = Literal["Confirmed", "Replaced", "Removed", "Added"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's answer about one fact, as it was applied to a record."""

    id: str  # the same for the same answer, whatever file or row it stands in: hexadecimal digits
    verdict: Verdict
    kind: str  # a notation of the fact-kind scheme
    about: str  # key of the fact (or of what held it, where it was removed), as in `Finding.about`
    before: str | None  # what the reader took
    after: str | None  # what holds now
    spans: tuple[Span, ...]  # the words that the answer rests on
    who: str
    when: str  # ISO date, or date and time
    note: str | None
    file: str  # last part of the path of the file that it stands in


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """What one document says, in its own words: nothing in it is resolved to an entity yet."""

    source: Source
    title: Stated[str]
    plan_type: str  # notation of the plan-type scheme, in Chinese: "实施方案"
    issuers: tuple[Stated[str], ...]  # names as written
    document_number: Stated[str] | None = None
    index_number: Stated[str] | None = None
    sealed_by: tuple[Stated[str], ...] = ()
    originator: Stated[str] | None = None
    approval: Stated[str] | None = None
    addressees: tuple[Stated[str], ...] = ()
    issued: Stated[date] | None = None
    published: Stated[date] | None = None
    period: Stated[tuple[int, int]] | None = None
    status: Stated[str] | None = None
    subjects: tuple[Stated[str], ...] = ()
    citations: tuple[Citation, ...] = ()
    provisions: tuple[Provision, ...] = ()  # in reading order
    quantities: tuple[Quantity, ...] = ()
    findings: tuple[Finding, ...] = ()
    # What persons answered, and what only they can say: which body a written form means, which area the plan is for.
    corrections: tuple[Correction, ...] = ()
    full_names: tuple[tuple[str, str], ...] = ()  # (written form, full name)
    region_code: str | None = None
    type_ground: Stated[str] | None = None  # of plan_type, where the title does not say it


# ---------------------------------------------------------------- resolution


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division (GB/T 2260)."""

    code: str  # six digits; "100000" for the nation
    name: str  # own name: "东湖区"
    full_name: str  # from the province down: "江西省南昌市东湖区"
    level: Literal["national", "provincial", "prefectural", "county", "township"]
    parent: str | None  # code of the region above


@dataclass(frozen=True, slots=True)
class AgencyEntity:
    """A body that a written form means."""

    local_id: str  # "{region code}/{type notation}" or "{region code}/x-{hash}"
    name: str  # official full name with its area, or the written form where unresolved
    types: tuple[str, ...]  # notations of the agency-type scheme; empty if unresolved
    region_code: str | None
    level: str | None
    body_kind: str | None  # notation of the body-kind scheme
    kind: Literal["agency", "collective"] = "agency"
    english: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """A reform of the bodies of one area: which were there before, which after."""

    local_id: str  # "{region code}/{reform}"
    day: date  # of the reform, or the last day of the time in which it took place
    precision: Literal["day", "month", "year"]
    zh: str  # what became of what
    en: str
    source: str  # what says so
    region_code: str
    before: tuple[str, ...] = ()  # local ids of agencies
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentEntity:
    """A document that plans cite."""

    title: str  # core: without 印发…的通知, marks and blanks
    number: str | None
    region_code: str | None  # "100000" for the nation; None where it cannot be told
    level: str | None
    key: str  # the same however the document is cited, and of no other: its IRI is made of it
    forms: tuple[str, ...] = ()  # other titles that the plan cites it by


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a name is taken to mean an entity, and how sure that is."""

    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """The names of one record resolved: who and where is meant."""

    region: Region | None
    regions: tuple[Region, ...]  # every region that is named, with all above it
    agencies: dict[str, AgencyEntity] = field(default_factory=dict)  # written form → entity
    candidates: dict[str, tuple[AgencyEntity, ...]] = field(default_factory=dict)  # written form → what it might be
    findings: tuple[Finding, ...] = ()
    documents: tuple[DocumentEntity, ...] = ()  # one for each citation of the record, in its order
    implements: frozenset[str] = frozenset()  # keys of the plans one level up in the same series
    # Words and unit of a quantity → notation of the indicator scheme.
    indicators: dict[tuple[str, str], str] = field(default_factory=dict)
    grounds: dict[str, Ground] = field(default_factory=dict)  # written form of an agency → why it means that one
    region_ground: Ground | None = None
    # Bodies that no name of the plan means, but that those which it names lead to, by local id; and what joins them.
    related: dict[str, AgencyEntity] = field(default_factory=dict)
    events: tuple[ChangeEvent, ...] = ()
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)  # collective → bodies that it means
    parents: dict[str, str] = field(default_factory=dict)  # body → the one that it is a part or an office of
