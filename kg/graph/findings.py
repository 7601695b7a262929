"""What is said of oddities in the document and of what was done about them."""

from __future__ import annotations

from functools import cache

from kg import vocab
from kg.graph.draft import Draft
from kg.graph.terms import en, labels, plain, zh
from kg.model import Finding


def state_findings(draft: Draft) -> None:
    """Every finding of every stage."""
    record, add = draft.record, draft.add
    findings: list[Finding] = [*record.findings, *draft.resolution.findings]
    if not record.issuers:
        findings.append(Finding("no-issuer", "warning", ()))
    findings += [f for f in record.source.findings if f not in record.findings]
    for n, finding in enumerate(findings, 1):
        node = draft.at(f"finding/{n}")
        draft.a(node, "Finding")
        add(node, "inPlan", draft.plan)
        add(node, "code", plain(finding.code))
        add(node, "severity", plain(finding.severity))
        add(node, "about", draft.at(finding.about))
        if finding.repaired is not None:
            add(node, "repairedText", plain(finding.repaired))
        if finding.original is not None:
            add(node, "originalText", plain(finding.original))
        add(node, vocab.RDFS_LABEL, *_label(finding.code))
        draft.evidence(node, finding.spans, None, finding.confidence)


@cache
def _label(code: str) -> tuple[str, ...]:
    concept = labels("finding-code").get(code)
    return (zh(concept.zh), en(concept.en)) if concept else ()
