"""A fault of the reader on one document is reported like any other, and the others are built."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline
from kg.pipeline import plans
from kg.store import open_store

PLAN = "{}科普工作要点\n为提高素质,制定本要点。\n一、工作任务\n1.开展培训。每年办班。(县科协)\n2.办好活动。每年办展。(县教育局)\n"


def test_a_document_that_the_reader_fails_on_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("甲县", "乙县"):
        (tmp_path / f"{name}.txt").write_text(PLAN.format(name), "utf-8")
    read = plans.outline

    def fail_on_one(source):  # type: ignore[no-untyped-def]
        if source.file_name == "甲县.txt":
            raise IndexError("out of range")
        return read(source)

    monkeypatch.setattr(plans, "outline", fail_on_one)
    report = pipeline.build([tmp_path], open_store())
    assert [plan.title for plan in report.plans] == ["乙县科普工作要点"]
    ((file, error),) = report.failures
    assert file.endswith("甲县.txt")
    assert "IndexError" in str(error)
    assert "report it" in str(error)
