"""Small plans around the words that a test is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract import extract
from kg.model import PlanRecord, Provision, Quantity
from kg.outline import outline
from kg.read import read_bytes

TITLE = "南昌市2020年科普工作要点"
PREAMBLE = "为提高公民科学素质,制定本要点。"
BODY = "一、工作任务\n1.开展培训。每年办班。(市科协)\n2.办好活动。办展。(市科协、市教育局)\n二、保障措施\n1.加强领导。做好。\n2.加强投入。做好。"
NOTICE = (
    "南昌市人民政府办公室关于印发南昌市2020年科普工作要点的通知\n洪府办发〔2020〕3号\n各县区人民政府,市直各部门:\n"
    "《南昌市2020年科普工作要点》已经市政府同意,现印发给你们,请认真贯彻执行。\n南昌市人民政府办公室\n2020年3月4日\n"
)


def read_record(text: str) -> PlanRecord:
    source = read_bytes(text.encode(), "a.txt")
    return extract(source, outline(source))


@pytest.fixture
def record() -> Callable[[str], PlanRecord]:
    """A text as a record."""
    return read_record


@pytest.fixture
def page() -> Callable[..., PlanRecord]:
    """A small plan whose notice, head, title, preamble, body or tail a test replaces, as a record."""

    def make(
        *,
        head: str = "",
        notice: str = NOTICE,
        title: str = TITLE,
        preamble: str = PREAMBLE,
        body: str = BODY,
        tail: str = "",
    ) -> PlanRecord:
        return read_record(f"{head}{notice}{title}\n{preamble}\n{body}{tail}")

    return make


@pytest.fixture
def task() -> Callable[..., Provision]:
    """The first task of a plan, given what stands behind its text; `before` goes in front of its number."""

    def make(statement: str, text: str = "开展培训。每年办班。", before: str = "", number: str = "1.") -> Provision:
        body = (
            f"一、工作任务\n{before}{number}{text}{statement}\n2.办好活动。办展。(市科协、市教育局)\n"
            "二、其他任务\n3.做好工作。办好。(市科协)"
        )
        found = read_record(f"{TITLE}\n{PREAMBLE}\n{body}")
        return next(p for p in found.provisions if p.kind == "Task")

    return make


@pytest.fixture
def quantities() -> Callable[..., list[Quantity]]:
    """The quantities of a task with this text."""

    def make(text: str) -> list[Quantity]:
        body = f"一、工作任务\n1.开展培训。{text}(市科协)\n2.办好活动。办展。(市科协)\n二、其他任务\n3.做好工作。办好。(市科协)"
        return list(read_record(f"{TITLE}\n{PREAMBLE}\n{body}").quantities)

    return make
