"""The chain of documents: on what each plan rests, from the nation down, and where a level is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.chart.drawing import ALARM, GREY, INK, RULE, SHADES, Drawing, block_height, leading, text_width, wrapped
from kg.chart.facts import LEVELS, Choice, left_out, level_names, read_chain, read_levels_above, read_plans

if TYPE_CHECKING:
    from kg.store.protocol import Store

_MARGIN, _BOX, _BETWEEN, _SLACK = 24.0, 240.0, 96.0, 12.0
_INSIDE = _BOX - 20
_LANE = 4.0
_BULGE = 34.0
_ROUNDS = 8  # sweeps that put a box near those that it is tied to

_WORDS = {
    "zh": {
        "title": "规划的依据:从国家到地方的文件链",
        "under": "线由依据文件引向规划。只画规划写明的依据。",
        "plan": "图谱中的规划",
        "cited": "只被引用的文件",
        "gap": "缺上级依据:",
        "none": "没有写明依据的规划",
        "unknown": "层级不明",
        "comma": "、",
    },
    "en": {
        "title": "What the plans rest on: documents from the nation down",
        "under": "A line leads from a document to the plan that names it as its basis. Only what a plan says is drawn.",
        "plan": "a plan in the graph",
        "cited": "a document that is only cited",
        "gap": "no basis at: ",
        "none": "Plans that name no basis",
        "unknown": "level not known",
        "comma": ", ",
    },
}


@dataclass(slots=True)
class _Box:
    """A document; or, without words, the lane by which a line passes a column."""

    iri: str
    lines: list[str]
    gap: list[str]
    is_plan: bool
    column: int
    top: float = 0.0

    def height(self) -> float:
        if not self.lines:
            return _LANE
        return block_height(len(self.lines) + len(self.gap), 12) + 12

    def middle(self) -> float:
        return self.top + self.height() / 2


def draw_cascade(store: Store, lang: str, choice: Choice) -> str:
    """The picture as SVG; see `kg.chart.draw`."""
    words = _WORDS[lang]
    plans, rest = read_plans(store, choice)
    documents, rests = read_chain(store, [p.iri for p in plans])
    above = read_levels_above(store, [p.iri for p in plans])
    own = {p.iri: p.level for p in plans}
    level_of = {**{iri: d.level for iri, d in documents.items()}, **own}
    present = [level for level in ("", *LEVELS) if level in set(level_of.values())]
    named = level_names(store, lang, words["unknown"])

    boxes: dict[str, _Box] = {}
    gaps = 0
    for iri in sorted({*own, *documents}):
        title = next((p.title for p in plans if p.iri == iri), "") or documents[iri].title
        lacking = _lacking(iri, rests, level_of, above) if iri in own and rests.get(iri) else []
        gaps += len(lacking)
        gap = wrapped(words["gap"] + words["comma"].join(named[n] for n in lacking), _INSIDE, 12) if lacking else []
        boxes[iri] = _Box(iri, wrapped(title, _INSIDE, 12), gap, iri in own, present.index(level_of[iri]))

    drawing = Drawing(words["title"], _describe(lang, len(plans), len(documents), gaps), lang)
    # Lines within the first column go round its left.
    first = {iri for iri, box in boxes.items() if not box.column}
    edge = _MARGIN + (_BULGE if any(plan in first and rests[plan] & first for plan in rests) else 0)
    width = max(edge + _MARGIN + len(present) * _BOX + (len(present) - 1) * _BETWEEN, 720.0)
    drawing.text(_MARGIN, _MARGIN + 20, words["title"], 20, bold=True)
    said = [words["under"], *left_out(rest, named, lang)]
    under = [line for each in said for line in wrapped(each, width - 2 * _MARGIN, 12)]
    drawing.block(_MARGIN, _MARGIN + 32, under, 12, fill=GREY)
    y = _legend(drawing, _MARGIN + 32 + block_height(len(under)) + 10, words) + 16
    for n, level in enumerate(present):
        drawing.text(_left(n, edge) + _BOX / 2, y + 13, named[level], 13, anchor="middle", fill=GREY, bold=True)
        drawing.line(_left(n, edge), y + 20, _left(n, edge) + _BOX, y + 20)
    y += 34

    order = {p.iri: place for place, p in enumerate(plans)}
    bands, alone = _bands(boxes, rests, order)
    ties = _lanes(boxes, rests)
    for band in bands:
        within = {box.iri for box in band}
        lanes = [box for iri, box in boxes.items() if not box.lines and iri.partition(" ")[0] in within]
        y = _place([*band, *lanes], ties, order, y) + 26
    if alone:
        drawing.text(_MARGIN, y + 10, words["none"], 13, fill=GREY, bold=True)
        drawing.line(_MARGIN, y + 18, width - _MARGIN, y + 18)
        y = _place(alone, set(), order, y + 30) + 26
    for upper, lower in sorted(ties):
        _tie(drawing, boxes[upper], boxes[lower], edge)
    for box in boxes.values():
        if box.lines:
            _draw(drawing, box, edge)
        else:
            drawing.stroke(_left(box.column, edge), _left(box.column, edge) + _BOX, box.middle(), SHADES[3])
    return drawing.svg(width, y - 26 + _MARGIN)


def _left(column: int, edge: float) -> float:
    return edge + column * (_BOX + _BETWEEN)


def _lacking(iri: str, rests: dict[str, set[str]], level_of: dict[str, str], above: dict[str, set[str]]) -> list[str]:
    """The levels above a plan's region at which it names no document."""
    named = {level_of[d] for d in rests.get(iri, ())}
    return [level for level in LEVELS if level in above.get(iri, ()) and level not in named]


def _bands(
    boxes: dict[str, _Box], rests: dict[str, set[str]], order: dict[str, int]
) -> tuple[list[list[_Box]], list[_Box]]:
    """The boxes that hang together, in the order of their first plan; and those that nothing is tied to."""
    near: dict[str, set[str]] = {iri: set() for iri in boxes}
    for plan, documents in rests.items():
        for document in documents:
            near[plan].add(document)
            near[document].add(plan)
    seen: set[str] = set()
    bands = []
    for start in sorted(order, key=order.__getitem__):
        if start in seen or not near[start]:
            continue
        band, waiting = [], [start]
        seen.add(start)
        while waiting:
            iri = waiting.pop()
            band.append(boxes[iri])
            new = sorted(near[iri] - seen)
            seen.update(new)
            waiting += new
        bands.append(band)
    return bands, [boxes[iri] for iri in sorted(order, key=order.__getitem__) if not near[iri]]


def _lanes(boxes: dict[str, _Box], rests: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Who is tied to whom; a line that passes a column gets a lane there, one for all lines of a document."""
    ties: set[tuple[str, str]] = set()
    for plan in sorted(rests):
        for document in sorted(rests[plan]):
            last, end = document, boxes[plan].column
            step = 1 if end > boxes[document].column else -1
            for column in range(boxes[document].column + step, end, step):
                lane = f"{document} {column}"
                boxes.setdefault(lane, _Box(lane, [], [], False, column))
                ties.add((last, lane))
                last = lane
            ties.add((last, plan))
    return ties


def _place(band: Iterable[_Box], ties: set[tuple[str, str]], order: dict[str, int], top: float) -> float:
    """Stack the boxes of a band in their columns, each near those that it is tied to; the lower end of the band."""
    band = list(band)
    within = {box.iri: box for box in band}
    near: dict[str, list[str]] = {iri: [] for iri in within}
    for upper, lower in sorted(ties):
        if upper in within and lower in within:
            near[lower].append(upper)
            near[upper].append(lower)
    columns: dict[int, list[_Box]] = {}
    for box in sorted(band, key=lambda b: (order.get(b.iri, len(order)), b.iri)):
        columns.setdefault(box.column, []).append(box)
    tallest = max(_stacked(stack) for stack in columns.values())
    for round_ in range(_ROUNDS):
        for column in sorted(columns, reverse=round_ % 2 == 0):
            stack = columns[column]
            if round_:
                stack.sort(key=lambda b: (_mean([within[i].middle() for i in near[b.iri]], b.middle()), b.iri))
            y = top + (tallest - _stacked(stack)) / 2
            for box in stack:
                box.top = y
                y += box.height() + _SLACK
    return top + tallest


def _stacked(stack: list[_Box]) -> float:
    return sum(box.height() for box in stack) + _SLACK * (len(stack) - 1)


def _mean(values: list[float], default: float) -> float:
    return round(sum(values) / len(values), 3) if values else default


def _tie(drawing: Drawing, upper: _Box, lower: _Box, edge: float) -> None:
    """From a document to the plan that rests on it, or to a lane; within a column round the left."""
    if upper.column == lower.column:
        x = _left(lower.column, edge)
        points = [(x, upper.middle()), (x - _BULGE, upper.middle()), (x - _BULGE, lower.middle()), (x, lower.middle())]
        drawing.curve(points, SHADES[3], dashed=True)
        return
    first, second = (upper, lower) if upper.column < lower.column else (lower, upper)
    x1, x2 = _left(first.column, edge) + _BOX, _left(second.column, edge)
    half = (x1 + x2) / 2
    drawing.curve(
        [(x1, first.middle()), (half, first.middle()), (half, second.middle()), (x2, second.middle())], SHADES[3]
    )


def _draw(drawing: Drawing, box: _Box, edge: float) -> None:
    x = _left(box.column, edge)
    fill, stroke = (SHADES[1], SHADES[4]) if box.is_plan else (SHADES[0], RULE)
    drawing.open("".join(box.lines))
    drawing.rect(x, box.top, _BOX, box.height(), fill, stroke=stroke, rounded=4)
    drawing.block(x + 10, box.top + 5, box.lines, 12, fill=INK, bold=box.is_plan)
    drawing.block(x + 10, box.top + 5 + block_height(len(box.lines), 12), box.gap, 12, fill=ALARM)
    drawing.close()


def _legend(drawing: Drawing, y: float, words: dict[str, str]) -> float:
    x = _MARGIN
    for what, fill, stroke in (("plan", SHADES[1], SHADES[4]), ("cited", SHADES[0], RULE)):
        drawing.rect(x, y, 22, 14, fill, stroke=stroke, rounded=3)
        drawing.text(x + 28, y + 12, words[what], 12)
        x += 28 + text_width(words[what], 12) + 20
    return y + leading(12)


def _describe(lang: str, plans: int, documents: int, gaps: int) -> str:
    if lang == "zh":
        return f"{plans} 份规划写明了 {documents} 份依据文件;共 {gaps} 处缺某一级的依据。"
    many = "1 plan names" if plans == 1 else f"{plans} plans name"
    cited = "1 document" if documents == 1 else f"{documents} documents"
    times = "once" if gaps == 1 else f"{gaps} times"
    return f"{many} {cited} as {'its' if plans == 1 else 'their'} basis; {times} a level above is missing."
