"""The report is complete in both languages: none of our words stands in the report of the other."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest

from kg.report import FORMS, compare, render
from kg.report.waivers import apply
from kg.report.words import _CLASSES, _FORMS, WORDS
from kg.validate import validate
from kg.validate.report import Report, RuleReport, Waiver

from .conftest import graph

CHINESE = re.compile(r"[\u2e80-\u9fff\uff01-\uff5e\u3001-\u3011]")
# What is nobody's language: names of rules, of our program and its options, of parts of IRIs.
NAMES = {"kg", "infer", "U", "plan", "txt", "IRI"}


def with_words(report: Report, lang: str) -> Report:
    """The report as if the rules were written in that language alone: their words are tested where they stand."""
    words = {"zh": "规则的话", "en": "Words of the rule"}[lang]

    def plain(rule: RuleReport) -> RuleReport:
        return replace(rule, label={lang: words}, message={lang: words}, why={lang: words}, remedy={lang: words})

    return replace(report, rules=tuple(map(plain, report.rules)))


def everything(title: str, body: str, agency: str, lang: str) -> Report:
    """A report with all that a report can say: findings, changes, waivers used, expired and unused."""
    report = with_words(validate(graph(title, body, agency)), lang)
    first, second = report.findings[:2]
    words = {"zh": ("理由", "责任人"), "en": ("reason", "owner")}[lang]
    waivers = (
        Waiver(*words, "2027-01-01", finding=first.id),
        Waiver(*words, "2020-01-01", finding=second.id),
        Waiver(*words, "2027-01-01", finding="0" * 12),
    )
    other = replace(second, id="1" * 12, key="1" * 12)
    more = replace(
        report,
        rules=tuple(replace(r, findings=(*r.findings, other)) if r.iri == second.rule else r for r in report.rules),
    )
    applied = apply(report, waivers, "2026-11-22", "w.toml")
    return replace(compare(applied, more, "earlier.json"), inferred=False)


def words_of(report: Report, form: str, lang: str) -> str:
    data = render(report, form, lang)
    if form in ("xlsx", "docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [
                n for n in sorted(package.namelist()) if re.search(r"sharedStrings|workbook\.xml$|document\.xml$", n)
            ]
            text = " ".join(package.read(name).decode() for name in parts)
        names = re.findall(r'<sheet [^>]*name="([^"]*)"', text)
        return re.sub(r"<[^>]*>", " ", text) + " ".join(names)
    return data.decode("utf-8-sig")


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("json", "ttl")])
def test_no_chinese_word_of_ours_stands_in_the_english_report(form: str) -> None:
    text = words_of(everything("Plan A", "Task one", "Bureau", "en"), form, "en")
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    # The sentence of the plan ends in Chinese, and 【 】 mark the words in it.
    assert set(CHINESE.findall(text.replace("按职责分工负责", ""))) <= set("。【】")


@pytest.mark.parametrize("form", ["text", "html", "md", "csv", "docx", "xlsx"])
def test_no_english_word_of_ours_stands_in_the_chinese_report(form: str) -> None:
    report = everything("规划甲", "任务一", "单位", "zh")
    text = words_of(report, form, "zh")
    text = re.sub(r"<style>.*?</style>|<[^>]*>|&#?\w+;", " ", text, flags=re.S)
    names = NAMES | {word for rule in report.rules for word in re.findall("[A-Za-z]+", f"{rule.name} {rule.iri}")}
    text = re.sub(r"\b[0-9a-f]{12}\b|\b[\w-]+\.(?:json|toml|txt)\b|https?://\S+", " ", text)
    left = set(re.findall(r"[A-Za-z]{2,}", text)) - names
    assert left == set()


def test_every_word_stands_in_both_languages() -> None:
    for key, (chinese, english) in WORDS.items():
        assert CHINESE.search(chinese), key
        assert not CHINESE.search(english), key
    for key, (chinese, one, many) in {**_FORMS, **_CLASSES}.items():
        assert CHINESE.search(chinese) or chinese.strip("… {}") == "", key
        assert not CHINESE.search(one + many), key
        assert chinese.count("{}") == one.count("{}") or one in ("See it",), key
        assert chinese.count("{}") == many.count("{}"), key


def test_every_word_is_said_somewhere() -> None:
    from pathlib import Path

    import kg.report

    source = "".join(f.read_text("utf-8") for f in Path(kg.report.__file__).parent.glob("*.py") if f.name != "words.py")
    said_by_value = set("violation warning info lead issuer found passed waived open".split())  # speech(rule.severity)
    said_by_value |= {"presumed lead", "not checked"}
    for key in {*WORDS, *_FORMS} - said_by_value:
        assert re.search(rf"\b{key.replace('-', '[-_]')}\b", source), key
