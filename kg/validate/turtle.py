"""The report as a SHACL validation report in Turtle, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, SH, Graph, Literal, URIRef

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.validate.report import Report, ReportFinding, RuleReport

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
    """
    lines = ["@prefix sh: <http://www.w3.org/ns/shacl#> .", ""]
    findings = [(finding, rule) for rule in report.rules for finding in rule.findings]
    findings.sort(key=lambda pair: pair[0].id)
    lines.append(f"<urn:plankg:report> a sh:ValidationReport ;\n  sh:conforms {'true' if report.conforms else 'false'}")
    if findings:
        lines[-1] += " ;\n  sh:result " + ",\n    ".join(f"<{RESULT}{finding.id}>" for finding, _ in findings)
    lines[-1] += " ."
    for finding, rule in findings:
        lines += ["", _result(finding, rule, report.paths)]
    return "\n".join(lines) + "\n"


def _result(finding: ReportFinding, rule: RuleReport, paths: dict[str, str]) -> str:
    facts = [
        f"<{RESULT}{finding.id}> a sh:ValidationResult",
        f"sh:resultSeverity {_SEVERITY[finding.severity]}",
        f"sh:focusNode {_node(finding.focus)}",
        f"sh:sourceShape {_node(rule.iri)}",
        f"sh:sourceConstraintComponent <{finding.component}>",
    ]
    if finding.path:
        facts.append(f"sh:resultPath {paths[finding.path]}")
    if finding.value:
        facts.append(f"sh:value {finding.value}")
    messages = sorted((finding.sentence or {"": finding.message}).items())
    facts += [f"sh:resultMessage {Literal(text, lang=lang or None).n3()}" for lang, text in messages if text]
    return " ;\n  ".join(facts) + " ."


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
