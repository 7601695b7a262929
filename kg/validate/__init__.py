"""Validation that planners act on: the rules in `shapes/`, run over the graph, and a report in words.

`validate()` is the one public verb; what it gives is a `kg.validate.report.Report`, which renders itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.validate.report import Report

__all__ = ["validate"]


def validate(
    source: Any,
    shapes: Iterable[str | Path] = (),
    own_rules: bool = True,
    profile: str | None = None,
    settings: str | Path | None = None,
    engine: str = "auto",
    progress: Callable[[str, str, int, int], None] | None = None,
) -> Report:
    """The report on the plans in `source`: a store, an RDF file, an rdflib graph, or quads.

    `shapes` are files with further rules; `own_rules=False` leaves ours out. Each rule counts what it looked at; a
    rule that found nothing to look at is "not checked", which is no pass.
    `profile` (draft, issued, publish, strict; None: issued) says which of our rules are on and how grave they are;
    `settings` is a TOML file that changes that further (shapes/README.md).
    `engine` is `pyshacl` (the reference), `fast`, or `auto`: by the size of the data; `Report.engine` says which one ran,
    and the report is the same from both. A store of many plans, and a remote one, is looked at some plans at a time:
    `progress` is told after each (stage, "", plans done, plans in all).
    Nothing in `source` is changed. Expects entailments (`kg infer`): `Report.inferred` says where they are missing.
    Raises `InputError` for data that cannot be read, `QueryError` for broken shapes, `UsageError` for a profile that
    there is not or an unknown engine, `InputError` for settings that name a rule, key or threshold that there is not,
    `StoreError` for a store that fails.

    >>> report = validate([])
    >>> report.status()
    6
    >>> report.verdict("zh")
    '没有可检查的内容:数据中没有任何规则适用的对象。这不等于通过。'
    """
    from kg.validate.run import run_rules

    return run_rules(source, shapes, own_rules, profile, settings, engine, progress=progress)
