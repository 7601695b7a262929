"""Crowd groups × plans: for whom each plan has tasks, and for whom it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.chart.drawing import ALARM, FAINT, GREY, SHADES, Drawing, block_height, ink_on, leading, text_width, wrapped
from kg.chart.facts import (
    Choice,
    PlanFacts,
    left_out,
    level_names,
    read_coverage,
    read_key_groups,
    read_labels,
    read_plans,
)

if TYPE_CHECKING:
    from kg.store.protocol import Store

_MARGIN, _LABEL, _GAP = 24.0, 330.0, 2.0
_STEPS = ((7, 4), (4, 3), (2, 2), (1, 1))  # from so many tasks on, this shade

_WORDS = {
    "zh": {
        "title": "各规划面向各类人群的任务数",
        "under": "格中为专门面向该人群(标题点明,或所属行动面向该人群)的任务数;括号中为只在文中提到该人群的。任务可面向几类人群。",
        "passing": "只提到",
        "total": "任务总数",
        "none": "过半重点人群有任务,此群没有",
        "key": "重点人群",
        "tasks": "项",
        "task": "项",
        "other": "层级不明",
    },
    "en": {
        "title": "Tasks for each group of people, plan by plan",
        "under": "Each cell counts the tasks for the group: their title names it, or their action is for it; in brackets those that only speak of it. A task may be for several groups.",
        "passing": "only spoken of in",
        "total": "all tasks",
        "none": "most key groups have tasks, this one none",
        "key": "key groups",
        "tasks": "tasks",
        "task": "task",
        "other": "level not known",
    },
}


def draw_coverage(store: Store, lang: str, choice: Choice) -> str:
    """The picture as SVG; see `kg.chart.draw`."""
    words = _WORDS[lang]
    plans, rest = read_plans(store, choice)
    counts = read_coverage(store, [p.iri for p in plans])
    key = read_key_groups(store)
    met = {group for row in counts.values() for group in row}
    spread = {group: sum(group in row for row in counts.values()) for group in met | key}
    groups = sorted(met | key, key=lambda g: (g not in key, -spread[g], g))
    labels = read_labels(store, groups, lang)
    levels = level_names(store, lang, words["other"])
    # A plan about something else owes the key groups nothing.
    broad = {
        p.iri for p in plans if 2 * sum(own > 0 for g, (own, _) in counts.get(p.iri, {}).items() if g in key) > len(key)
    }
    missing = sum(g not in counts[iri] for iri in broad for g in key)
    drawing = Drawing(words["title"], _describe(lang, len(plans), len(groups), missing), lang)

    words_wide = [text_width(word, 12) for g in groups for word in labels[g].split()] if lang == "en" else []
    column = max([60.0, *words_wide])
    heads = {g: wrapped(labels[g], column, 12) for g in groups}
    total = wrapped(words["total"], column, 12)
    cell = max(text_width(line, 12) + 8 for lines in [*heads.values(), total, ["00 (+00)"]] for line in lines)
    width = max(
        _MARGIN * 2 + _LABEL + cell * (len(groups) + 1) + 12,
        _MARGIN * 2 + text_width(words["title"], 20),
        760.0,
    )
    drawing.text(_MARGIN, _MARGIN + 20, words["title"], 20, bold=True)
    y = _MARGIN + 32
    said = [words["under"], *left_out(rest, levels, lang)]
    under = [line for each in said for line in wrapped(each, width - 2 * _MARGIN, 12)]
    drawing.block(_MARGIN, y, under, 12, fill=GREY)
    y = _legend(drawing, y + block_height(len(under)) + 10, words) + 18

    depth = max(len(lines) for lines in [*heads.values(), total])
    left = _MARGIN + _LABEL
    if key:
        drawing.text(left + 2, y + 12, words["key"], 12, fill=GREY, bold=True)
        drawing.line(left + 2, y + 18, left + cell * len(key) - 4, y + 18)
        y += 24
    for n, group in enumerate([*groups, ""]):
        lines = heads[group] if group else total
        x = left + cell * (n + 0.5) + (0 if group else 12)
        drawing.block(x, y + block_height(depth - len(lines)), lines, 12, anchor="middle", bold=group in key)
    y += block_height(depth) + 8
    level = None
    for plan in plans:
        if plan.level != level:
            level = plan.level
            drawing.text(_MARGIN, y + 18, levels[level], 12, fill=GREY, bold=True)
            drawing.line(_MARGIN, y + 24, left + cell * (len(groups) + 1) + 12, y + 24)
            y += 30
        y = _row(
            drawing,
            y,
            plan,
            [(g, labels[g], counts.get(plan.iri, {}).get(g, (0, 0)), g in key and plan.iri in broad) for g in groups],
            cell,
            words,
        )
    return drawing.svg(width, y + _MARGIN)


def _row(
    drawing: Drawing,
    y: float,
    plan: PlanFacts,
    cells: list[tuple[str, str, tuple[int, int], bool]],
    cell: float,
    words: dict[str, str],
) -> float:
    lines = wrapped(plan.title, _LABEL - 16, 13)
    height = max(30.0, block_height(len(lines), 13) + 10)
    middle = y + height / 2
    drawing.block(_MARGIN, middle - block_height(len(lines), 13) / 2 - 1, lines, 13)
    x = _MARGIN + _LABEL
    for _, label, (count, passing), owed in cells:
        fill = SHADES[next((shade for least, shade in _STEPS if count >= least), 0)]
        also = f"; {words['passing']} {passing}" if passing else ""
        drawing.open(f"{plan.title} · {label}: {count} {words['task' if count == 1 else 'tasks']}{also}")
        absent = not count and not passing and owed
        drawing.rect(
            x + _GAP,
            y + _GAP,
            cell - 2 * _GAP,
            height - 2 * _GAP,
            fill,
            stroke=ALARM if absent else FAINT if not count else "none",
            dashed=absent,
            rounded=3,
        )
        ink = ALARM if absent else GREY if not count else ink_on(fill)
        shown = f"{count} (+{passing})" if passing else str(count)
        drawing.text(x + cell / 2, middle + 4.5, shown, 13, anchor="middle", fill=ink, bold=bool(count))
        drawing.close()
        x += cell
    drawing.text(x + 12 + cell / 2, middle + 4.5, str(plan.tasks), 13, anchor="middle", fill=GREY)
    return y + height


def _legend(drawing: Drawing, y: float, words: dict[str, str]) -> float:
    x = _MARGIN
    for least, said in ((1, "1"), (2, "2–3"), (4, "4–6"), (7, "≥ 7")):
        shade = next(shade for bound, shade in _STEPS if least >= bound)
        drawing.rect(x, y, 22, 16, SHADES[shade], rounded=3)
        text = f"{said} {words['task' if said == '1' else 'tasks']}"
        drawing.text(x + 28, y + 12.5, text, 12)
        x += 28 + text_width(text, 12) + 20
    drawing.rect(x, y, 22, 16, SHADES[0], stroke=ALARM, dashed=True, rounded=3)
    drawing.text(x + 28, y + 12.5, words["none"], 12, fill=ALARM)
    return y + leading(12)


def _describe(lang: str, plans: int, groups: int, missing: int) -> str:
    if lang == "zh":
        return f"{plans} 份规划,{groups} 类人群;顾及过半重点人群的规划漏掉某一重点人群的共 {missing} 处。"
    many = "1 plan" if plans == 1 else f"{plans} plans"
    times = "once" if missing == 1 else f"{missing} times"
    return f"{many} and {groups} groups of people; {times} a plan with tasks for most key groups has none for another."
