"""Agencies × tasks: who carries the most in each plan, what it leads and what it takes part in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.chart.drawing import GREY, RULE, SHADES, Drawing, block_height, leading, text_width, wrapped
from kg.chart.facts import AgencyFacts, Choice, PlanFacts, left_out, level_names, read_agencies, read_plans

if TYPE_CHECKING:
    from kg.store.protocol import Store

_MARGIN, _GUTTER = 24.0, 40.0
_LABEL, _BAR, _FIGURE = 230.0, 180.0, 130.0
_PANEL = _LABEL + _BAR + _FIGURE
_FILLS = {"led": SHADES[4], "presumed": "url(#hatched)", "part": SHADES[2]}

_WORDS = {
    "zh": {
        "title": "各规划中责任单位的任务数",
        "under": "按参与的任务数排列;条内为其中牵头、仅可按排序推定牵头、参与的任务。各图同一比例。",
        "led": "牵头",
        "presumed": "推定牵头",
        "part": "参与",
        "none": "任务没有列出责任单位的规划",
        "unknown": "层级不明",
    },
    "en": {
        "title": "Tasks of the responsible agencies in each plan",
        "under": "Ordered by the tasks that they have a part in: led, led only by the order of the list, taken part in. All on one scale.",
        "led": "leads",
        "presumed": "presumed lead",
        "part": "takes part",
        "none": "Plans whose tasks name no agency",
        "unknown": "level not known",
    },
}


@dataclass(frozen=True, slots=True)
class _Panel:
    plan: PlanFacts
    title: list[str]
    shown: Sequence[AgencyFacts]
    names: list[list[str]]
    rest: list[str]

    def height(self) -> float:
        body = sum(_row_height(lines) for lines in self.names)
        return block_height(len(self.title), 14) + leading(12) + 16 + body + block_height(len(self.rest), 12)


def draw_responsibility(store: Store, lang: str, choice: Choice, top: int = 12) -> str:
    """The picture as SVG, of each plan the `top` agencies; see `kg.chart.draw`."""
    words = _WORDS[lang]
    plans, rest = read_plans(store, choice)
    agencies = read_agencies(store, [p.iri for p in plans])
    panels = [_panel(plan, agencies.get(plan.iri, []), top, lang) for plan in plans]
    most = max((len(a.tasks) for panel in panels for a in panel.shown), default=1)
    bare = [panel for panel in panels if not panel.shown]
    panels = [panel for panel in panels if panel.shown]
    columns = 1 if len(panels) <= 1 else 2 if len(panels) <= 6 else 3
    width = 2 * _MARGIN + columns * _PANEL + (columns - 1) * _GUTTER
    drawing = Drawing(words["title"], _describe(lang, panels), lang)
    drawing.text(_MARGIN, _MARGIN + 20, words["title"], 20, bold=True)
    said = [words["under"], *left_out(rest, level_names(store, lang, words["unknown"]), lang)]
    under = [line for each in said for line in wrapped(each, width - 2 * _MARGIN, 12)]
    drawing.block(_MARGIN, _MARGIN + 32, under, 12, fill=GREY)
    y = _legend(drawing, _MARGIN + 32 + block_height(len(under)) + 10, words) + 20
    for start in range(0, len(panels), columns):
        row = panels[start : start + columns]
        for n, panel in enumerate(row):
            _draw(drawing, panel, _MARGIN + n * (_PANEL + _GUTTER), y, most, words)
        y += max(panel.height() for panel in row) + 28
    if bare:
        drawing.text(_MARGIN, y + 10, words["none"], 13, fill=GREY, bold=True)
        drawing.line(_MARGIN, y + 18, width - _MARGIN, y + 18)
        y += 26
        for panel in bare:
            lines = wrapped(f"{panel.plan.title} ({_counted(panel, lang == 'zh')})", width - 2 * _MARGIN, 13)
            drawing.block(_MARGIN, y, lines, 13)
            y += block_height(len(lines), 13) + 4
        y += 28
    return drawing.svg(width, y - 28 + _MARGIN)


def _panel(plan: PlanFacts, agencies: list[AgencyFacts], top: int, lang: str) -> _Panel:
    shown, others = agencies[:top], agencies[top:]
    said = ""
    if others:
        most = len(others[0].tasks)
        said = (
            f"另有 {len(others)} 个单位,每个不超过 {most} 项"
            if lang == "zh"
            else f"{len(others)} more, each with at most {most}"
        )
    names = [wrapped(agency.name, _LABEL - 14, 12) for agency in shown]
    return _Panel(plan, wrapped(plan.title, _PANEL, 14), shown, names, [said] if said else [])


def _row_height(lines: list[str]) -> float:
    return max(22.0, block_height(len(lines), 12) + 5)


def _draw(drawing: Drawing, panel: _Panel, x: float, top: float, most: int, words: dict[str, str]) -> None:
    drawing.block(x, top, panel.title, 14, bold=True)
    y = top + block_height(len(panel.title), 14)
    drawing.text(x, y + 13, _counted(panel, words is _WORDS["zh"]), 12, fill=GREY)
    drawing.line(x, y + leading(12) + 5, x + _PANEL, y + leading(12) + 5)
    y += leading(12) + 12
    for agency, lines in zip(panel.shown, panel.names, strict=True):
        height = _row_height(lines)
        middle = y + height / 2
        drawing.block(x + _LABEL - 10, middle - block_height(len(lines), 12) / 2 - 0.5, lines, 12, anchor="end")
        parts = {"led": len(agency.led), "presumed": len(agency.presumed)}
        parts["part"] = len(agency.tasks) - sum(parts.values())
        drawing.open(f"{agency.name}: " + ", ".join(f"{words[part]} {n}" for part, n in parts.items() if n))
        at = x + _LABEL
        for part, n in parts.items():
            if n:
                wide = _BAR * n / most
                drawing.rect(at, middle - 7, wide, 14, _FILLS[part])
                at += wide
        leading_part = next((part for part in ("led", "presumed") if parts[part]), None)
        figure = str(len(agency.tasks))
        if leading_part:
            figure += f" ({words[leading_part]} {parts[leading_part]})"
        drawing.text(at + 6, middle + 4.3, figure, 12, fill=GREY)
        drawing.close()
        y += height
    drawing.line(x + _LABEL, top + block_height(len(panel.title), 14) + leading(12) + 8, x + _LABEL, y, RULE)
    drawing.block(x, y + 4, panel.rest, 12, fill=GREY)


def _counted(panel: _Panel, zh: bool) -> str:
    tasks = panel.plan.tasks
    return f"共 {tasks} 项任务" if zh else f"{tasks} task{'' if tasks == 1 else 's'} in all"


def _legend(drawing: Drawing, y: float, words: dict[str, str]) -> float:
    x = _MARGIN
    for part, fill in _FILLS.items():
        drawing.rect(x, y, 22, 14, fill)
        drawing.text(x + 28, y + 12, words[part], 12)
        x += 28 + text_width(words[part], 12) + 20
    return y + leading(12)


def _describe(lang: str, panels: Sequence[_Panel]) -> str:
    first = [f"{p.plan.title}: {p.shown[0].name} {len(p.shown[0].tasks)}" for p in panels if p.shown]
    head = "各规划中任务最多的单位:" if lang == "zh" else "The agency with the most tasks in each plan: "
    return head + "; ".join(first)
