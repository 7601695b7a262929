"""What the renderings say, in Chinese and English: one table, complete in both, and nothing else in the room has words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.validate.words import LANGUAGES, check_language, say

if TYPE_CHECKING:
    from kg.validate.report import Report, ReportFinding, RuleReport

__all__ = ["LANGUAGES", "SEVERITY_SIGN", "WORDS", "Speech", "clean"]

SEVERITY_SIGN = {"violation": "●", "warning": "▲", "info": "○"}  # told apart without colour

# key → (Chinese, English)
WORDS: dict[str, tuple[str, str]] = {
    "title": ("规划检查报告", "Plan check report"),
    "violation": ("必须修改", "Must fix"),
    "warning": ("应当修改", "Should fix"),
    "info": ("可以考虑", "Consider"),
    "found": ("发现问题", "problems found"),
    "waived": ("已豁免", "waived"),
    "passed": ("已检查,没有发现问题", "checked, nothing found"),
    "not checked": ("没有可检查的对象,不算通过", "nothing to check, not a pass"),
    "lead": ("牵头单位", "lead"),
    "presumed lead": ("推定的牵头单位", "presumed lead"),
    "issuer": ("发文单位", "issuer of the plan"),
    "new": ("新出现", "new"),
    "open": ("仍未解决", "still open"),
    "fixed": ("已解决", "fixed"),
    "unchecked": ("这次没有检查到", "not checked this time"),
    "verdict": ("结论", "Verdict"),
    "to-do": ("先改什么", "What to do first"),
    "first": ("先改这几件", "Do these first"),
    "first-3": ("先改这三件", "Do these three first"),
    "then": ("然后改", "Then"),
    "summary": ("概要", "Summary"),
    "findings": ("全部问题", "All findings"),
    "rules": ("规则", "Rules"),
    "waivers": ("豁免", "Waivers"),
    "changes": ("与上次相比", "Against the earlier run"),
    "plans": ("各份规划", "Plan by plan"),
    "agencies": ("各单位", "Agency by agency"),
    "plan": ("规划", "Plan"),
    "agency": ("单位", "Agency"),
    "rule": ("规则", "Rule"),
    "severity": ("轻重", "Severity"),
    "wrong": ("问题", "What is wrong"),
    "why": ("为什么", "Why it matters"),
    "remedy": ("怎么改", "How to mend it"),
    "who": ("由谁处理", "Who must act"),
    "concerned": ("涉及单位", "Bodies named"),
    "place": ("条款", "Where"),
    "example": ("例", "For example"),
    "quote": ("原文", "The plan says"),
    "value": ("具体是", "Namely"),
    "line": ("行", "Line"),
    "file": ("文件", "File"),
    "id": ("问题编号", "Finding"),
    "change": ("变化", "Change"),
    "count": ("处数", "Findings"),
    "in-plans": ("涉及规划", "Plans"),
    "checked": ("检查了", "Checked"),
    "state": ("结果", "Result"),
    "name": ("代号", "Name"),
    "version": ("版本", "Version"),
    "reason": ("理由", "Reason"),
    "owner": ("责任人", "Owner"),
    "expires": ("到期日", "Expires"),
    "order": ("顺序", "No."),
    "issuers": ("发文单位", "Issued by"),
    "source": ("发布网址", "Published at"),
    "contents": ("目录", "Contents"),
    "back": ("回到总报告", "Back to the whole report"),
    "nobody": ("规划没有写明发文单位", "no issuer is stated"),
    "no-plan": ("不属于任何规划", "In no plan"),
    "acts-here": ("由它处理", "It must act on"),
    "named-here": ("涉及它、由别的单位处理", "It is named in, others must act"),
    "waived-note": (
        "下列问题有人负责说明,不计入问题数,也不影响退出状态。",
        "Somebody answers for these; they count neither as problems nor for the exit status.",
    ),
    "waiver-expired": ("已过期的豁免(问题照常计入)", "Expired waivers (their findings count again)"),
    "waiver-unused": ("没有对应问题的豁免(可以删去)", "Waivers without a finding (they can go)"),
    "unchecked-note": (
        "上次有、这次没有检查到的(规划或规则不在这次检查之内,不能算已解决)",
        "Open then and not checked this time (their plan or rule is not in this run, so they do not count as fixed)",
    ),
    "not-checked-note": (
        "没有可检查的对象,不等于通过。",
        "These rules found nothing to look at. That is not a pass.",
    ),
    "not-inferred": (
        "注意:数据没有经过推理,行动的牵头单位没有传给任务;请先运行 kg infer。",
        "Note: the data lack entailments, so tasks have no lead through their action; run kg infer first.",
    ),
    "nothing-found": ("没有发现问题。", "Nothing was found."),
    "not-listed": (
        "这里有问题,但本报告只列出每条规则的前几处,没有列到它们;数目见上表。",
        "There are findings here, but this report lists only the first of each rule and none of them; the numbers are exact.",
    ),
    "all-waived": (
        "这里发现的问题都已豁免,见“豁免”。",
        "All that was found here is waived, see the waivers.",
    ),
    "nothing-of-body": (
        "这里没有与所选单位有关的问题;别的问题不在本报告之内。",
        "Nothing was found here that concerns the chosen body; other findings are left out of this report.",
    ),
    "nothing-read": (
        "没有读到任务,也没有读到指标:没有可检查的内容,不等于通过。",
        "No task and no target were read: there was nothing to check, which is no pass.",
    ),
    "checked-here": ("读到", "Read from it"),
    "legend": (
        "● 必须修改:规划不能就这样用。▲ 应当修改:能用,但会有人不知所措。○ 可以考虑:值得知道。",
        "● Must fix: the plan cannot be used as it is. ▲ Should fix: it can, but somebody will be at a loss. "
        "○ Consider: worth knowing.",
    ),
    "marked": ("加亮的是问题所指的文字。", "The highlighted words are what the problem is about."),
    "how-counted": (
        "“处数/检查了”:规则检查了多少个对象,其中多少个有问题。",
        "Findings / checked: how many things the rule looked at, and how many of them are wrong.",
    ),
    "profile": ("检查方案", "Profile"),
    "thresholds": ("界限", "Thresholds"),
    "column": ("列", "Column"),
    "badge-label": ("规划检查", "plan check"),
    "nothing-checked": ("没有可检查的内容", "nothing to check"),
    "nothing-must": ("没有必须修改的问题", "nothing must be fixed"),
}
_FORMS: dict[str, tuple[str, str, str]] = {  # Chinese, English singular, English plural
    "findings": ("{} 处", "{} finding", "{} findings"),
    "in-plans": ("{} 份规划", "{} plan", "{} plans"),
    "of-checked": ("{} 处(检查了 {} 个)", "{} finding ({} checked)", "{} findings ({} checked)"),
    "more": ("…… 另有 {} 处未列出", "… and {} more not shown", "… and {} more not shown"),
    "more-bodies": ("等 {} 家", "and {} more", "and {} more"),
    "listed": (
        "每条规则最多列出 {} 处;总数是完整的。",
        "At most {} finding of each rule is listed; the totals are exact.",
        "At most {} findings of each rule are listed; the totals are exact.",
    ),
    "off": ("{} 条规则按检查方案或设置关闭,没有检查", "{} rule is switched off by profile or settings: not checked",
            "{} rules are switched off by profile or settings: not checked"),
    "since": ("与 {} 相比", "Against {}", "Against {}"),
    "new": ("新出现 {} 处", "{} new", "{} new"),
    "open": ("仍未解决 {} 处", "{} still open", "{} still open"),
    "fixed": ("已解决 {} 处", "{} fixed", "{} fixed"),
    "unchecked": ("这次没有检查到 {} 处", "{} not checked this time", "{} not checked this time"),
    "of-new-rules": ("其中 {} 处来自上次没有的规则", "{} of the new by rules that the earlier run had not",
                     "{} of the new by rules that the earlier run had not"),
    "of-new-plans": ("其中 {} 处来自上次没有的规划", "{} of the new in plans that the earlier run had not",
                     "{} of the new in plans that the earlier run had not"),
    "line": ("第 {} 行", "line {}", "line {}"),
    "line-column": ("第 {} 行第 {} 字", "line {}, column {}", "line {}, column {}"),
    "badge": ("{} 处必须修改", "{} must be fixed", "{} must be fixed"),
    "badge-warning": ("{} 处应当修改", "{} should be fixed", "{} should be fixed"),
    "counted": ("已检查 {}", "{} checked", "{} checked"),
}  # fmt: skip
_CLASSES: dict[str, tuple[str, str, str]] = {
    "Action": ("{} 个行动", "{} action", "{} actions"),
    "Task": ("{} 项任务", "{} task", "{} tasks"),
    "SafeguardMeasure": ("{} 条保障措施", "{} safeguard measure", "{} safeguard measures"),
    "Target": ("{} 项指标", "{} target", "{} targets"),
    "Achievement": ("{} 项已有成绩", "{} achievement", "{} achievements"),
    "Responsibility": ("{} 条责任", "{} responsibility", "{} responsibilities"),
}


class Speech:
    """The words of one language.

    >>> Speech("en").number("findings", 1), Speech("zh")("to-do")
    ('1 finding', '先改什么')

    Raises `UsageError` for another language than zh or en.
    """

    def __init__(self, lang: str, *, print: bool = False) -> None:
        check_language(lang)
        self.lang = lang
        self.zh = lang == "zh"
        self.print = print and self.zh  # with the full-width punctuation of Chinese print; terminals have it narrow

    def __call__(self, key: str) -> str:
        return self.set(WORDS[key][0 if self.zh else 1])

    def set(self, text: str) -> str:
        """Words of ours as this form writes them."""
        return full_width(text) if self.print else text

    def verdict(self, report: Report) -> str:
        """The verdict in words."""
        return self.set(clean(report.verdict(self.lang)))

    def number(self, key: str, *numbers: object) -> str:
        """A phrase with numbers in it."""
        chinese, one, many = _FORMS.get(key) or _CLASSES[key]
        return self.set(chinese if self.zh else one if numbers[0] == 1 else many).format(*numbers)

    def rule(self, words: dict[str, str]) -> str:
        """A rule's words in this language, or in the other where it has none."""
        return self.set(clean(say(words, self.lang)))

    def wrong(self, rule: RuleReport, finding: ReportFinding | None = None) -> str:
        """What is wrong, as a sentence without its full stop."""
        said = say(rule.message, self.lang).strip()
        if not said:  # a rule of the reader's own: its title, and what the engine says
            own = finding.message if finding else next((f.message for f in rule.findings), "")
            said = self.colon.join(part for part in (say(rule.label, self.lang).strip(), own.strip()) if part)
        return self.set(clean(said.split("\n")[0]).rstrip("。."))

    def list(self, names: tuple[str, ...] | list[str]) -> str:
        return ("、" if self.zh else ", ").join(clean(name) for name in names)

    def join(self, sentences: list[str]) -> str:
        return (("；" if self.print else ";") if self.zh else "; ").join(sentences)

    def label(self, key: str) -> str:
        """A word and what leads on from it."""
        return self(key) + self.colon

    @property
    def colon(self) -> str:
        return ("：" if self.print else ":") if self.zh else ": "

    def bracketed(self, text: str) -> str:
        return (f"（{text}）" if self.print else f"({text})") if self.zh else f" ({text})"

    def counts(self, counts: dict[str, int]) -> str:
        """How much of each class there is, none left out that is there."""
        return self.list([self.number(name, counts[name]) for name in _CLASSES if counts.get(name)])


_WIDE = str.maketrans(",;:?!", "，；：？！")
_BESIDE = r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef“”]"
_NARROW = re.compile(rf"(?<={_BESIDE})[,;:?!]|[,;:?!](?={_BESIDE})")
_ROUND = re.compile(rf"\(([^()]*{_BESIDE}[^()]*)\)")


def full_width(text: str) -> str:
    """Words of ours with the punctuation of Chinese print (GB/T 15834) beside Chinese characters.

    >>> full_width("没有牵头单位,如“(区科协牵头,区教体局参与)”。")
    '没有牵头单位，如“（区科协牵头，区教体局参与）”。'
    """
    return _NARROW.sub(lambda match: match[0].translate(_WIDE), _ROUND.sub(r"（\1）", text))


_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """A text in which every character can be seen, and none turns the direction of those behind it.

    >>> clean("规划" + chr(0x202E) + "划规")
    '规划[U+202E]划规'
    """
    return _HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text.replace("\r\n", "\n"))
