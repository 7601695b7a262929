"""Annexes that a plan refers to and does not hold."""

from __future__ import annotations

from kg.validate.checks.layout import missing_annexes


def test_an_annex_that_only_the_text_names_is_missing() -> None:
    assert missing_annexes("各街道要加大投入，详见附件1。具体按附件2执行，分工见附件。") == ["附件1", "附件2", "附件"]
    assert missing_annexes("各街道见附件1。\n各社区见附件1。") == ["附件1"]


def test_an_annex_that_a_line_begins_with_is_there() -> None:
    assert missing_annexes("各街道要加大投入，详见附件1。\n附件1\n经费表") == []
    assert missing_annexes("各街道要加大投入，详见附件1。\n附件1：经费表（另发）") == []


def test_the_annex_of_another_document_is_none_of_this_plan() -> None:
    assert missing_annexes("按照《关于印发工作要点的通知》附件2的要求落实。") == []
