"""The verdict in words, in Chinese and English; what else a report says is in `kg.report.words`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.validate.rules import Words

if TYPE_CHECKING:
    from kg.validate.report import Report

LANGUAGES = ("zh", "en")

_CLASSES: dict[str, tuple[str, str, str]] = {  # zh, en singular, en plural
    "Plan": ("{} 份规划", "plan", "plans"),
    "Action": ("{} 个行动", "action", "actions"),
    "Task": ("{} 项任务", "task", "tasks"),
    "Target": ("{} 项指标", "target", "targets"),
    "Responsibility": ("{} 条责任", "responsibility", "responsibilities"),
    "Passage": ("{} 处出处", "passage", "passages"),
}


def say(words: Words, lang: str) -> str:
    """The text in a language; where it lacks it, in Chinese, English or whatever there is."""
    for tag in (lang, "zh", "en", ""):
        if tag in words:
            return words[tag]
    return next(iter(words.values()), "")


def check_language(lang: str) -> None:
    """Raises `UsageError` for a language that the report is not written in."""
    if lang not in LANGUAGES:
        raise UsageError(f"the report is not written in '{lang}'", remedy=f"one of {', '.join(LANGUAGES)}")


def count_words(counts: dict[str, int], lang: str) -> list[str]:
    """`135 tasks` for each class that is there."""
    return [
        zh.format(counts[name]) if lang == "zh" else f"{counts[name]} {one if counts[name] == 1 else many}"
        for name, (zh, one, many) in _CLASSES.items()
        if counts.get(name)
    ]


def verdict(report: Report, lang: str) -> str:
    """One paragraph: what must be fixed and where, what was checked, and what was not."""
    check_language(lang)
    return _verdict_zh(report) if lang == "zh" else _verdict_en(report)


def _verdict_zh(report: Report) -> str:
    if not report.looked_at:
        return "没有可检查的内容:数据中没有任何规则适用的对象。这不等于通过。"
    must, should, may = (report.count(severity) for severity in ("violation", "warning", "info"))
    parts = []
    if must:
        parts.append(f"{must} 处必须修改{_in_plans_zh(report)}")
    else:
        parts.append("没有必须修改的问题")
    if should or may:
        parts.append(
            "另有 " + "、".join(t for n, t in ((should, f"{should} 处应当修改"), (may, f"{may} 处可以考虑")) if n)
        )
    if report.waived:
        parts.append(f"{len(report.waived)} 处已豁免,不计入")
    parts.append("已检查 " + "、".join(count_words(report.counts, "zh") or [f"{report.triples} 条三元组"]))
    if report.not_checked:
        parts.append(f"{len(report.not_checked)} 条规则没有可检查的对象")
    return _only_zh(report) + ";".join(parts) + "。"


def _only_zh(report: Report) -> str:
    names = {"plan": "规划", "agency": "单位"}
    said = [f"{names[kind]}“{name}”" for kind, name in report.only]
    return f"只看{'、'.join(said)}:" if said else ""


def _in_plans_zh(report: Report) -> str:
    touched = report.plans_with("violation")
    return f",涉及 {len(report.plans)} 份规划中的 {touched} 份" if touched else ""


def _verdict_en(report: Report) -> str:
    if not report.looked_at:
        return "Nothing to check: no rule applies to anything in the data. This is not a pass."
    must, should, may = (report.count(severity) for severity in ("violation", "warning", "info"))
    parts = []
    if must:
        plans, touched = len(report.plans), report.plans_with("violation")
        where = f" in {touched} of {plans} plan{'s' * (plans != 1)}" if touched else ""
        parts.append(f"{must} problem{'s' * (must != 1)} must be fixed{where}")
    else:
        parts.append("Nothing must be fixed")
    others = [text for n, text in ((should, f"{should} should be fixed"), (may, f"{may} to consider")) if n]
    if others:
        parts.append(", ".join(others))
    if report.waived:
        parts.append(f"{len(report.waived)} waived, not counted")
    triples = f"{report.triples} {'triple' if report.triples == 1 else 'triples'}"
    parts.append(", ".join(count_words(report.counts, "en") or [triples]) + " checked")
    left = len(report.not_checked)
    if left:
        parts.append(f"{left} rule{'s' * (left != 1)} had nothing to check")
    only = ", ".join(f"{kind} “{name}”" for kind, name in report.only)
    return (f"Only {only}: " if only else "") + "; ".join(parts) + "."
