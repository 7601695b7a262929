"""What the report says, in Chinese and English."""

from __future__ import annotations

# In the order in which they are counted out.
KINDS = {
    "source": {"zh": "原文", "en": "texts"},
    "passage": {"zh": "原文片段", "en": "passages"},
    "plan": {"zh": "规划", "en": "plans"},
    "statement": {"zh": "单项陈述", "en": "single statements"},
    "provision": {"zh": "条款", "en": "provisions"},
    "responsibility": {"zh": "责任", "en": "responsibilities"},
    "agency": {"zh": "单位", "en": "agencies"},
    "target": {"zh": "目标", "en": "targets"},
    "achievement": {"zh": "已有成绩", "en": "achievements"},
    "citation": {"zh": "引用", "en": "citations"},
    "finding": {"zh": "问题", "en": "findings"},
    "correction": {"zh": "人工核对", "en": "corrections"},
}

CHECKS = {
    "text-digest": {
        "zh": "保存的原文与其摘要不符:摘要为 {said},重新计算为 {found}",
        "en": "the kept text does not have its digest: {said} is stated, {found} comes out",
    },
    "no-text": {"zh": "图中没有保存原文 {said}", "en": "the graph does not keep the text {said}"},
    "source-name": {
        "zh": "原文的 IRI 与摘要不符:{said},应为 {found}",
        "en": "the text's IRI does not fit its digest: {said} instead of {found}",
    },
    "passage-range": {
        "zh": "起止位置 {said} 不在原文之内(全文 {found} 字)",
        "en": "the offsets {said} do not lie in the text ({found} characters)",
    },
    "passage-words": {
        "zh": "按起止位置截取的是“{found}”,图中引作“{said}”",
        "en": "its offsets cut out “{found}”, and the graph quotes “{said}”",
    },
    "passage-name": {
        "zh": "片段的 IRI 与起止位置不符:{said},应以 {found} 结尾",
        "en": "the passage's IRI does not fit its offsets: {said} should end with {found}",
    },
    "no-plan": {"zh": "事实不属于任何规划", "en": "the fact belongs to no plan"},
    "no-evidence": {
        "zh": "没有指向原文的任何位置,也没有说明是修复或人工核对所得",
        "en": "it points to no place of the text, and no finding or person vouches for it",
    },
    "foreign-evidence": {
        "zh": "出处不在本规划的原文中:{said}",
        "en": "its passage lies in no text of this plan: {said}",
    },
    "sureness": {
        "zh": "应有一条规则和一个 0 到 1 的置信度,实为:{said}",
        "en": "it should have one rule and one confidence from 0 to 1, and has: {said}",
    },
    "not-asserted": {"zh": "图中并没有它所陈述的内容:{said}", "en": "the graph does not hold what it states: {said}"},
    "not-there": {"zh": "图中为“{said}”,出处中没有这些字", "en": "“{said}” does not stand in its passage"},
    "number": {
        "zh": "图中的数值是 {said},原句中的数字是 {found}",
        "en": "the graph says {said}, the numbers in its words are {found}",
    },
    "unit": {"zh": "单位“{said}”不在数值之后", "en": "the unit “{said}” does not stand behind the number"},
    "base-unit": {"zh": "换算为基本单位应为 {found},图中为 {said}", "en": "in the base unit it is {found}, not {said}"},
    "comparator": {
        "zh": "比较关系为“{said}”,原句中没有这样的字",
        "en": "the comparator is “{said}”, and no word of the clause says so",
    },
    "date": {"zh": "日期为 {said},出处中的数字是 {found}", "en": "the date is {said}, the passage has {found}"},
    "date-day": {
        "zh": "{said} 不是该期限的最后一天,应为 {found}",
        "en": "{said} is not the last day of what is stated, which is {found}",
    },
    "years": {"zh": "起止年为 {said},出处中的年份是 {found}", "en": "the period is {said}, the passage has {found}"},
    "name": {"zh": "“{said}”不是该概念或单位的名称", "en": "“{said}” is no name of that concept or body"},
    "no-name": {"zh": "单位没有名称“{said}”", "en": "the body is nowhere called “{said}”"},
    "title-kind": {
        "zh": "标题中没有文种“{said}”",
        "en": "the title names no such kind of plan: {said}",
    },
    "region-code": {
        "zh": "区划代码为 {said},IRI 中为 {found}",
        "en": "the region's code is {said}, its IRI has {found}",
    },
    "plan-name": {
        "zh": "规划的 IRI 与其文号、标题不符:{said},应以 {found} 结尾",
        "en": "the plan's IRI does not fit its number and title: {said} should end with {found}",
    },
    "key": {"zh": "编号“{said}”与路径 {found} 不符", "en": "the number “{said}” does not fit the path {found}"},
    "key-name": {"zh": "IRI 与路径不符:{said}", "en": "the IRI does not fit the path {said}"},
    "key-above": {"zh": "所在条款 {said} 不是它的上级", "en": "it is said to lie in {said}, which is not above it"},
    "number-printed": {
        "zh": "编号“{said}”没有印在这一条之前,也没有说明是补回的",
        "en": "the number “{said}” is not printed before the part, and no finding says that it was restored",
    },
    "ordinal": {"zh": "序号 {said} 重复或跳号", "en": "the ordinal {said} repeats or leaves a gap"},
    "text": {"zh": "正文不是由出处中的文字组成:“{said}”", "en": "the text is not made of its passages: “{said}”"},
    "title": {"zh": "标题“{said}”不在这一条的正文开头", "en": "the heading “{said}” does not begin the part"},
    "position": {"zh": "名单次序 {said} 重复或跳号", "en": "the place {said} in the list repeats or leaves a gap"},
    "shortcut": {
        "zh": "与责任条目不一致:{said}",
        "en": "it does not agree with the responsibilities: {said}",
    },
    "rule-sentence": {
        "zh": "依据为“首位牵头”,但没有指出写明这一规则的句子",
        "en": "the first of the list is said to lead by rule, and no sentence of the text says so",
    },
    "role": {
        "zh": "角色为“{said}”,责任语句中没有这样的字",
        "en": "the role is “{said}”, and no word of the statement says so",
    },
    "sole-agency": {
        "zh": "依据为“唯一单位”,同一语句中却有 {said} 个单位",
        "en": "it is said to be the only body, and its statement names {said}",
    },
    "cited-title": {"zh": "“{said}”不在书名号之内", "en": "“{said}” does not stand in title marks"},
    "cited-number": {
        "zh": "文号“{said}”没有跟在文件名称之后",
        "en": "the number “{said}” does not follow the title",
    },
    "cited-document": {
        "zh": "所指文件“{said}”与引用的名称“{found}”不是一个",
        "en": "it points to “{said}”, and cites “{found}”",
    },
    "about": {"zh": "所涉及的事物不在图中:{said}", "en": "what it is about is not in the graph: {said}"},
    "original": {"zh": "“{said}”不在原文中", "en": "“{said}” does not stand in the text"},
}

PHRASES = {
    "holds": {
        "zh": "已逐项与原文核对 {plans},全部相符:{counts};共比对 {comparisons}。",
        "en": "Compared with the text: {plans}, and all agrees: {counts}; {comparisons}.",
    },
    "fails": {
        "zh": "{failures}与原文不符(已核对 {plans}:{counts};共比对 {comparisons}):",
        "en": "{failures} not agree with the text ({plans} compared: {counts}; {comparisons}):",
    },
    "by-person": {
        "zh": "其中 {n} 项由人核对过,以人的结论为准,未与原文比对。",
        "en": "{n} on a person's answer and not compared.",
    },
    "more": {"zh": "另有 {n} 处(--all 全部列出)", "en": "{n} more (--all lists them)"},
}
