"""Reforms, members and parents as triples: the same from every plan that leads to them."""

from __future__ import annotations

from kg import vocab
from kg.extract import extract
from kg.graph import build_graph
from kg.outline import outline
from kg.read import read_bytes
from kg.resolve import resolve

PAGE = (
    "{city}人民政府办公室关于印发{year}年科普工作要点的通知\n各县区人民政府:\n现将《{year}年科普工作要点》印发给你们。\n"
    "{city}人民政府办公室\n{year}年{month}月4日\n{year}年科普工作要点\n一、重点工作\n(一)青少年科学素质行动\n"
    "1.开展培训。组织科普培训。({duties})\n2.办好活动。办好科普大赛。({duties})\n"
)
BASE = vocab.DEFAULT_BASE


def triples(city: str, year: int, duties: str, month: int = 3) -> set[tuple[str, str, str]]:
    page = PAGE.format(city=city, year=year, month=month, duties=duties)
    source = read_bytes(page.encode(), "plan.txt")
    record = extract(source, outline(source))
    found = build_graph(record, resolve(record)).triples()
    short = {BASE: "", vocab.ORG: "org:", vocab.PLAN: "plan:", vocab.DCTERMS: "dcterms:"}

    def name(term: object) -> str:
        text = str(getattr(term, "value", term))
        for start, instead in short.items():
            text = text.replace(start, instead)
        return text

    return {(name(t.subject), name(t.predicate), name(t.object)) for t in found}


def test_a_reform_joins_the_bodies_before_and_after_with_its_day():
    said = triples("余姚市", 2018, "市环保局、市科协负责")
    event = "reform/330281/environment-2019"
    assert {
        (event, "dcterms:date", "2019-03-31"),
        (event, "plan:datePrecision", "year"),
        (event, "plan:region", "region/330281"),
        (event, "org:originalOrganization", "agency/330281/environmental-protection"),
        (event, "org:resultingOrganization", "agency/330281/ecology-environment"),
        ("agency/330281/environmental-protection", "org:changedBy", event),
        ("agency/330281/ecology-environment", "org:resultedFrom", event),
    } <= said
    successor = {p: o for s, p, o in said if s == "agency/330281/ecology-environment"}
    assert successor[vocab.SKOS_PREF_LABEL] == "余姚市生态环境局"
    assert successor["plan:bodyKind"].endswith("/government")
    assert successor["plan:level"].endswith("/county")


def test_plans_before_and_after_meet_in_one_event():
    before, after = triples("余姚市", 2018, "市国土资源局负责"), triples("余姚市", 2022, "市自然资源和规划局负责")
    event = "reform/330281/land-2019"
    assert ("agency/330281/land-resources", "org:changedBy", event) in before
    assert ("agency/330281/natural-resources-planning", "org:resultedFrom", event) in after


def test_every_plan_says_the_same_of_what_they_share():
    one, two = triples("余姚市", 2018, "市环保局、市委宣传部负责"), triples("余姚市", 2017, "市环保局、市科协负责")
    for node in ("reform/330281/environment-2019", "agency/330281/ecology-environment"):
        assert {t for t in one if t[0] == node} == {t for t in two if t[0] == node} != set()


def test_a_collective_has_its_members_and_they_have_names():
    said = triples("南昌市", 2018, "各县(区)人民政府负责")
    members = {o for s, p, o in said if p == "org:hasMember"}
    assert len(members) == 9
    assert "agency/360102/government" in members
    assert ("agency/360102/government", vocab.SKOS_PREF_LABEL, "南昌市东湖区人民政府") in said
    assert ("region/360102", "plan:within", "region/360100") in said


def test_an_organ_is_part_of_its_body():
    said = triples("余姚市", 2018, "市委宣传部、市公安局交警大队、市税务局负责")
    assert {
        ("agency/330281/publicity", "org:subOrganizationOf", "agency/330281/party-committee"),
        ("agency/330281/traffic-police", "org:subOrganizationOf", "agency/330281/public-security"),
        ("agency/330281/tax", "org:subOrganizationOf", "agency/330200/tax"),
        ("agency/330000/tax", "org:subOrganizationOf", "agency/100000/tax"),
    } <= said
