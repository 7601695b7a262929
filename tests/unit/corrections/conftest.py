"""A small plan, and sheets of answers about it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.corrections import Answers, read_answers
from kg.graph import plan_id
from kg.model import PlanRecord, Source
from kg.pipeline import Plan, read_plan
from kg.read import read_bytes
from kg.resolve import resolve

PAGE = (
    "索引号: A000/2020-123\n南昌市人民政府办公室关于印发南昌市2020年科普工作要点的通知\n洪府办发〔2020〕3号\n各县区人民政府:\n"
    "《南昌市2020年科普工作要点》已经市政府同意,现印发给你们。\n南昌市人民政府办公室\n2020年3月4日\n南昌市2020年科普工作要点\n"
    "为贯彻《江西省人民政府关于印发〈江西省科普方案〉的通知》(赣府发〔2020〕2号),制定本要点。\n"
    "一、重点工作\n(一)青少年科学素质行动\n"
    "1.开展培训。到2020年,面向农民开展培训1.5万人次,公民具备科学素质的比例达到15%以上。(市科协牵头,市教育局、市妇联参与)\n"
    "2.办好活动。2020年6月底前,每两年举办一次科普大赛。(市科协、市教育局按职责分工负责)\n"
    "3.建好阵地。建成科普馆3座。(市科协负责)\n"
    "二、保障措施\n(一)加强领导。加强组织领导。\n(二)加强投入。保障经费投入。"
)
HEADING = [
    "fact",
    "plan",
    "where",
    "heading",
    "kind",
    "taken",
    "quote",
    "correct?",
    "right value",
    "who",
    "when",
    "note",
]

Sheet = Callable[..., Answers]


def source_of(text: str = PAGE, name: str = "a.txt") -> Source:
    return read_bytes(text.encode(), name)


def plan_of(text: str = PAGE, answers: Answers | None = None) -> Plan:
    return read_plan(source_of(text), answers=answers)


def name_of(record: PlanRecord) -> str:
    return plan_id(record, resolve(record).region)


@pytest.fixture(scope="session")
def plain_plan() -> Plan:
    return plan_of()


@pytest.fixture(scope="session")
def plan_name(plain_plan: Plan) -> str:
    return name_of(plain_plan.record)


@pytest.fixture
def write_sheet(tmp_path: Path, plan_name: str) -> Callable[..., Path]:
    """Write a sheet of rows that are about the plan unless they say otherwise; who and when are filled in."""

    def write(*rows: dict[str, str], name: str = "answers.csv", who: str = "王敏", when: str = "2026-03-01") -> Path:
        file = tmp_path / "sheets" / name
        file.parent.mkdir(exist_ok=True)
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(HEADING)
            for row in rows:
                full = {"plan": plan_name, "who": who, "when": when} | row
                writer.writerow([full.get(column, "") for column in HEADING])
        return file

    return write


@pytest.fixture
def sheet(write_sheet: Callable[..., Path]) -> Sheet:
    """The answers of such a sheet."""

    def answers(*rows: dict[str, str], **given: str) -> Answers:
        return read_answers(write_sheet(*rows, **given))

    return answers
