"""Queries that show how the graph is asked; they run on any store."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the SPARQL that answers it."""

    zh: str
    en: str
    sparql: str


EXAMPLES = (
    Example(
        "每份规划的任务由谁牵头?写明的和推定的分开。",
        "Who leads the tasks of each plan? Named leads and presumed ones apart.",
        """\
PREFIX plan: <https://w3id.org/plankg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?planTitle ?number ?title ?lead ?presumed WHERE {
  ?task a plan:Task ; plan:inPlan ?plan ; plan:ordinal ?ordinal ; plan:number ?number .
  ?plan dcterms:title ?planTitle .
  OPTIONAL { ?task dcterms:title ?title }
  OPTIONAL { ?task plan:effectiveLeadAgency/skos:prefLabel ?lead FILTER(LANG(?lead) = "zh") }
  OPTIONAL { ?task plan:presumedLeadAgency/skos:prefLabel ?presumed FILTER(LANG(?presumed) = "zh") }
} ORDER BY ?planTitle ?ordinal ?lead ?presumed""",
    ),
    Example(
        "有哪些量化目标,何时到期,出自哪句话?",
        "Which counted targets are there, when are they due, and which words say so?",
        """\
PREFIX plan: <https://w3id.org/plankg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?planTitle ?indicator ?comparator ?value ?unit ?deadlineDate ?quote WHERE {
  ?target a plan:Target ; plan:inPlan/dcterms:title ?planTitle ; plan:indicatorText ?indicator ; plan:quote ?quote .
  OPTIONAL { ?target plan:value ?value ; plan:unitText ?unit ; plan:comparator ?comparator }
  OPTIONAL { ?target plan:deadlineDate ?deadlineDate }
} ORDER BY ?planTitle ?deadlineDate ?quote""",
    ),
    Example(
        "同类单位(如科协)在各地各承担多少任务,角色是什么?",
        "How many tasks does each kind of body have in each area, and in which role?",
        """\
PREFIX plan: <https://w3id.org/plankg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?type ?region ?role (COUNT(DISTINCT ?task) AS ?tasks) WHERE {
  ?task a plan:Task ; plan:responsibility ?part .
  ?part plan:agency ?agency ; plan:role ?role .
  ?agency plan:agencyType/skos:prefLabel ?type ; plan:region/skos:prefLabel ?region .
  FILTER(LANG(?type) = "zh")
} GROUP BY ?type ?region ?role ORDER BY DESC(?tasks) ?type ?region ?role""",
    ),
)
