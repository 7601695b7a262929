"""The report as a SHACL validation report in Turtle, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, SH, Graph, Literal, URIRef

from kg.errors import InputError
from kg.validate.saved import escape

if TYPE_CHECKING:
    from kg.validate.report import Report, ReportFinding, RuleReport, Waiver

RESULT = "urn:plankg:result:"
_SEVERITY = {"violation": "sh:Violation", "warning": "sh:Warning", "info": "sh:Info"}
_BACK = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


class StandardResult(NamedTuple):
    """What the SHACL vocabulary says about one finding."""

    id: str
    rule: str
    severity: str
    focus: str
    path: str  # as SPARQL writes it
    value: str  # as N-Triples writes it
    component: str


def write(report: Report) -> str:
    """A `sh:ValidationReport` with one `sh:ValidationResult` per finding, sorted; each result has an IRI of its own.

    Messages stand in both languages. `sh:sourceShape` is the rule, also where a shape nested in it raised the result.
    SHACL knows no waivers: what is waived is a result like any other, and an `rdfs:comment` says that it is; likewise
    what is new against an earlier run, and on the report what was fixed, what it was narrowed to and what is not listed.
    """
    rules = {rule.iri: rule for rule in report.rules}
    waivers = {waived.finding.id: waived.waiver for waived in report.waived}
    findings = [finding for rule in report.rules for finding in rule.findings]
    findings += [waived.finding for waived in report.waived]
    findings.sort(key=lambda finding: finding.id)
    facts = ["<urn:plankg:report> a sh:ValidationReport", f"sh:conforms {'true' if report.conforms else 'false'}"]
    facts += [f"rdfs:comment {_literal(text)}" for text in _about(report)]
    if findings:
        facts.append("sh:result " + ",\n    ".join(f"<{RESULT}{finding.id}>" for finding in findings))
    lines = [
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        "",
        " ;\n  ".join(facts) + " .",
    ]
    for finding in findings:
        lines += ["", _result(finding, rules[finding.rule], waivers.get(finding.id))]
    return escape("\n".join(lines)) + "\n"


def _about(report: Report) -> list[str]:
    said = [f"only {kind}: {name}" for kind, name in report.only]
    if report.listed is not None:
        left = sum(report.tally.rules[rule.iri].total - len(rule.findings) for rule in report.rules)
        said += [f"{left} results are not listed: at most {report.listed} of each rule are"] if left else []
    if report.since:
        said += [f"fixed since the earlier report: {identifier}" for identifier in report.since.fixed]
        said += [f"open in the earlier report, not checked now: {identifier}" for identifier in report.since.unchecked]
    return said


def _result(finding: ReportFinding, rule: RuleReport, waiver: Waiver | None) -> str:
    facts = [
        f"<{RESULT}{finding.id}> a sh:ValidationResult",
        f"sh:resultSeverity {_SEVERITY[finding.severity]}",
        f"sh:focusNode {_node(finding.focus)}",
        f"sh:sourceShape {_node(rule.iri)}",
        f"sh:sourceConstraintComponent <{finding.component}>",
    ]
    if finding.path:
        facts.append(f"sh:resultPath {finding.path_turtle}")
    if finding.value:
        facts.append(f"sh:value {finding.value}")
    messages = sorted((finding.sentence or {"": finding.message}).items())
    facts += [f"sh:resultMessage {Literal(text, lang=lang or None).n3()}" for lang, text in messages if text]
    if finding.change:
        facts.append(
            f"rdfs:comment {_literal('new since the earlier report' if finding.change == 'new' else 'still open')}"
        )
    if waiver:
        facts.append(f"rdfs:comment {_literal(f'waived until {waiver.expires} by {waiver.owner}: {waiver.reason}')}")
    return " ;\n  ".join(facts) + " ."


def _literal(text: str) -> str:
    return Literal(text).n3()


def _node(text: str) -> str:
    return text if text.startswith(("_:", '"', "'")) else URIRef(text).n3()


def read(text: str) -> list[StandardResult]:
    """The results of a report in Turtle, by identifier: those that `write` was given. Raises `InputError`."""
    from kg.validate.paths import to_sparql

    graph = Graph()
    try:
        graph.parse(data=text, format="turtle")
    except Exception as error:  # rdflib's parser raises bare exceptions of several kinds
        raise InputError(f"not valid Turtle: {str(error).splitlines()[0]}") from None
    found = []
    for report in graph.subjects(RDF.type, SH.ValidationReport):
        for node in graph.objects(report, SH.result):
            path, value = graph.value(node, SH.resultPath), graph.value(node, SH.value)
            focus, severity = graph.value(node, SH.focusNode), graph.value(node, SH.resultSeverity)
            if focus is None or severity not in _BACK:
                raise InputError(f"{node} is no complete validation result")
            found.append(
                StandardResult(
                    id=str(node).removeprefix(RESULT),
                    rule=str(graph.value(node, SH.sourceShape)),
                    severity=_BACK[severity],  # type: ignore[index]
                    focus=str(focus) if isinstance(focus, URIRef) else focus.n3(),
                    path="" if path is None else to_sparql(graph, path),
                    value="" if value is None else value.n3(),
                    component=str(graph.value(node, SH.sourceConstraintComponent)),
                )
            )
    return sorted(found)
