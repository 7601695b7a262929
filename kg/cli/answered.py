"""What is told of the answers of persons that a build was given."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import warn

if TYPE_CHECKING:
    from kg.pipeline import BuildReport

_REASONS = {
    "text-changed": ("所依据的文字已不在原文中", "the words that it rests on are no longer in the text"),
    "part-gone": ("找不到所属的条款", "the part of the plan that it is about is not found"),
    "fact-gone": ("没有这条事实,所写内容也不足以补上", "there is no such fact, and the row says too little to add it"),
    "overruled": ("较晚的核对结论与之不同", "a later answer says otherwise"),
}
_VERDICTS = {
    "Confirmed": ("确认", "confirmed"),
    "Replaced": ("更正", "replaced"),
    "Removed": ("删除", "removed"),
    "Added": ("增补", "added"),
}
_CLIP = 40


def has_unheard(report: BuildReport) -> bool:
    """Whether an answer did not come into the graph though its plan was built, or went out of it with its plan."""
    unused = any(u.reason != "overruled" for _, outcome in report.outcomes for u in outcome.unused)
    return unused or bool(report.renamed) or bool(report.lost)


def applied_to(report: BuildReport, plan: str, lang: str) -> str:
    """How many answers were applied to a plan, by verdict; empty for none.

    Said as “2 confirmed, 1 removed”.
    """
    zh = lang == "zh"
    counts = Counter(c.verdict for iri, outcome in report.outcomes if iri == plan for c in outcome.applied)
    parts = [f"{w[0]} {counts[v]}" if zh else f"{counts[v]} {w[1]}" for v, w in _VERDICTS.items() if counts[v]]
    return ("、" if zh else ", ").join(parts)


def say_applied(report: BuildReport, plan: str, lang: str, *, to_stderr: bool) -> None:
    """A line below the plan's."""
    if text := applied_to(report, plan, lang):
        click.echo(f"      {'人工核对:' if lang == 'zh' else 'answers of persons: '}{text}", err=to_stderr)


def say_unheard(report: BuildReport, lang: str) -> None:
    """Every answer that is not in the graph, with file, row and what to do."""
    zh = lang == "zh"
    for _, outcome in report.outcomes:
        for unused in outcome.unused:
            reason = _REASONS[unused.reason][0 if zh else 1]
            words = unused.words if len(unused.words) <= _CLIP else unused.words[:_CLIP] + "…"
            quoted = f" “{' '.join(words.split())}”" if words else ""
            at = f"{unused.file}: 第 {unused.row} 行" if zh else f"{unused.file}: row {unused.row}"
            remedy = "重新核对后改写这一行" if zh else "answer it anew, or delete the row"
            if unused.reason == "overruled":
                remedy = "两行中删去一行" if zh else "delete one of the two rows"
            warn(f"kg: {at}: {'未采用,' if zh else 'not applied: '}{reason}{quoted} ({remedy})")
    for plan, n in report.not_built.items():
        new = report.renamed.get(plan)
        if new:
            warn(
                f"kg: {plan} 现为 {new},{n} 条核对结论未采用(在核对表中把前者替换为后者,再核对)"
                if zh
                else f"kg: {plan} is {new} now: {n} answers not applied (replace the one by the other in the sheet, and look "
                "at them again)"
            )
        else:
            warn(
                f"kg: {n} 条核对结论属于本次没有构建的规划 {plan}"
                if zh
                else f"kg: {n} {'answer is' if n == 1 else 'answers are'} about {plan}, which was not built this time"
            )
    for plan, n, files in report.lost:
        listed = ", ".join(files)
        warn(
            f"kg: <{plan}> 的 {n} 条人工核对不再生效:本次没有给出 --corrections(原出自 {listed})"
            if zh
            else f"kg: <{plan}>: {n} answers of persons no longer hold, since --corrections was not given (they came from {listed})"
        )


def answered_json(report: BuildReport) -> dict[str, Any]:
    """The same for programs."""
    return {
        "applied": [
            {
                "plan": plan,
                "verdict": correction.verdict,
                "kind": correction.kind,
                "about": correction.about,
                "before": correction.before,
                "after": correction.after,
                "who": correction.who,
                "when": correction.when,
                "file": correction.file,
            }
            for plan, outcome in report.outcomes
            for correction in outcome.applied
        ],
        "not_applied": [
            {
                "file": unused.file,
                "row": unused.row,
                "plan": unused.plan,
                "fact": unused.fact,
                "reason": unused.reason,
                "words": unused.words,
            }
            for _, outcome in report.outcomes
            for unused in outcome.unused
        ],
        "not_built": dict(report.not_built),
        "renamed": report.renamed,
        "lost": [{"plan": plan, "answers": n, "files": list(files)} for plan, n, files in report.lost],
    }
