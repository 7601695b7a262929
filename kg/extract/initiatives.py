"""Named campaigns, programmes, events and brands that a provision mentions."""

from __future__ import annotations

from kg.extract.mentions import Mention, find_mentions
from kg.model import Provision, Stated

_LONGEST_TITLE = 80
_JOINTS = "·•—-"  # 春风送岗·巾帼建功: the second half of a longer name


def read_initiatives(text: str, provision: Provision) -> tuple[Stated[str], ...]:
    """The initiatives of one action, task or safeguard in the order in which its text names them."""
    if provision.kind not in ("Action", "Task", "SafeguardMeasure"):
        return ()
    found: dict[str, Stated[str]] = {}
    for span in provision.spans:
        for mention in find_mentions("initiative", text, span.start, span.end):
            if is_of_longer_name(text, mention, span.start):
                continue
            found.setdefault(
                mention.concept.notation, Stated(mention.concept.notation, (mention.span,), "initiative-name")
            )
    return tuple(found.values())


def is_of_longer_name(text: str, mention: Mention, start: int) -> bool:
    """Whether the words only stand in the title of a document, or behind the joint of a longer name in quotation marks.

    >>> def of_longer(text):
    ...     return [is_of_longer_name(text, m, 0) for m in find_mentions("initiative", text, 0, len(text))]
    >>> of_longer("实施《全民科学素质行动若干措施》,办好“春风送岗·巾帼建功”活动"), of_longer("深化“放管服”改革")
    ([True, True], [False])
    """
    low = max(start, mention.span.start - _LONGEST_TITLE)
    before = text[low : mention.span.start]
    before = before[before.rfind("\n") + 1 :]
    opened = before.rfind("《")
    if opened > before.rfind("》") and before[opened + 1 :].strip("“ "):
        return True
    if opened > before.rfind("》"):
        return text[mention.span.end : mention.span.end + 2].lstrip("”")[:1] != "》"
    quoted = before.rfind("“") > before.rfind("”")
    return quoted and before[-1:] in _JOINTS and len(before) - before.rfind("“") > 2
