"""The model is what its published schema says, whatever was done with the report."""

from __future__ import annotations

import json
from dataclasses import fields

import fastjsonschema
import pytest

from kg import resources
from kg.report import apply, compare, limit, narrow
from kg.validate import report as model
from kg.validate import saved, validate
from kg.validate.report import Report, Waiver

from .conftest import graph

SCHEMA = json.loads(resources.path("shapes/report.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def is_valid():
    return fastjsonschema.compile(SCHEMA)


def shaped(five: Report) -> dict[str, Report]:
    waiver = Waiver("a", "b", "2027-01-01", finding=five.findings[0].id)
    waived = apply(five, (waiver, Waiver("a", "b", "2020-01-01", finding="0" * 12)), "2026-11-22")
    return {
        "as it is": five,
        "waived": waived,
        "compared": compare(waived, five, "last.json"),
        "narrowed": narrow(five, ["瓯海"], ["温州市瓯海区科学技术协会"]),
        "short": limit(five, 1),
        "nothing": validate([]),
        "hostile": validate(graph("<规划>\u202e", "任务", "单位\x1b")),
    }


@pytest.mark.parametrize("kind", ["as it is", "waived", "compared", "narrowed", "short", "nothing", "hostile"])
def test_every_report_is_what_the_schema_says_and_comes_back_the_same(five: Report, is_valid, kind: str) -> None:
    report = shaped(five)[kind]
    text = report.to_json()
    is_valid(json.loads(text))
    back = saved.read(text)
    assert back.to_json() == text
    assert back.tally == report.tally
    assert back.verdict("zh") == report.verdict("zh")
    assert back.status() == report.status()


@pytest.mark.parametrize("key", ["verdict", "tally", "rules", "since"])
def test_the_schema_refuses_what_lacks_a_key(five: Report, is_valid, key: str) -> None:
    broken = json.loads(five.to_json())
    del broken[key]
    with pytest.raises(fastjsonschema.JsonSchemaException):
        is_valid(broken)


def test_the_schema_names_every_field_of_the_model() -> None:
    assert SCHEMA["properties"]["format"]["const"] == model.FORMAT
    for name, definition in SCHEMA["definitions"].items():
        if name != "Severities":
            said = {field.name for field in fields(getattr(model, name))} | (
                {"state"} if name == "RuleReport" else set()
            )
            assert set(definition["properties"]) == said == set(definition["required"]), name
            assert definition["description"], name
