"""Two plans of which the lower carries out the upper: made from one plan that names its upper plan, for rules that compare them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from benchmarks.faults.ground import Ground, read_text, split
from benchmarks.synthetic import given_to
from kg import vocab
from kg.model import Region
from kg.resolve import resolve
from kg.resolve.regions import NATION, regions

# The first character of bodies by the level that they are of: 区教体局, 市教体局.
_BODIES = re.compile(r"(?<![\u4e00-\u9fff])(?:区|县|州|市)(?=[\u4e00-\u9fff]{2})")
_FIRST = {"provincial": "省", "prefectural": "市", "county": "区"}


def chains(grounds: Iterable[Ground]) -> Iterator[Ground]:
    """The grounds that name a plan one level up, each with such a plan beside it: its own text, given to the area above."""
    for ground in grounds:
        upper = upper_text(ground)
        if upper is None:
            continue
        plan = read_text(upper, vocab.DEFAULT_BASE)
        wanted = {f.object for f in split(ground.plan) if f.predicate == f"<{vocab.plan('implements')}>"}
        if plan.iri != ground.plan.iri and wanted:
            yield Ground(f"{ground.name}+upper", ground.text, (upper,))


def upper_text(ground: Ground) -> str | None:
    """The plan as the area above would have made it, under the title that the plan cites."""
    resolution = resolve(ground.record)
    region = resolution.region
    cited = [e for e in resolution.documents if e is not None and e.key in resolution.implements and e.region_code]
    if region is None or not cited or cited[0].region_code in (region.code, NATION.code):
        return None
    above = regions().by_code(cited[0].region_code)
    if above is None or above.code not in {r.code for r in regions().above(region)}:
        return None
    start, end = ground.record.title.spans[0].start, ground.record.title.spans[-1].end
    spans = [s for fact in (ground.record.document_number, ground.record.index_number) if fact for s in fact.spans]
    numbers = {ground.cut(span) for span in spans}
    head, body = ground.text[:start], ground.text[end:]
    for number in numbers:
        head, body = head.replace(number, ""), body.replace(number, "")
    return _raised(head, region, above) + cited[0].title + _raised(body, region, above)


def _raised(text: str, region: Region, above: Region) -> str:
    return _BODIES.sub(_FIRST.get(above.level, ""), given_to(text, region, above))


__all__ = ["chains", "upper_text"]
