"""What descriptions say besides the ontology's own labels."""

from __future__ import annotations

from kg import vocab

# Terms of other vocabularies, which the ontology gives no label.
FOREIGN = {
    vocab.DCTERMS_TITLE: ("标题", "title"),
    vocab.DCTERMS_PUBLISHER: ("发文机关", "issued by"),
    vocab.DCTERMS_ISSUED: ("成文日期", "issued"),
    vocab.DCTERMS_AVAILABLE: ("发布日期", "published"),
    vocab.DCTERMS_SUBJECT: ("主题", "subject"),
    vocab.DCTERMS_SOURCE: ("网址", "source"),
    vocab.DCTERMS_DATE: ("日期", "date"),
    vocab.DCTERMS_IS_REPLACED_BY: ("已被取代", "replaced by"),
    vocab.SKOS_PREF_LABEL: ("名称", "name"),
    vocab.SKOS_ALT_LABEL: ("又称", "also called"),
    vocab.SKOS_HIDDEN_LABEL: ("不作此解", "not meant by"),
    vocab.SKOS_DEFINITION: ("定义", "definition"),
    vocab.SKOS_NOTATION: ("代号", "notation"),
    vocab.SKOS_IN_SCHEME: ("所属概念表", "in scheme"),
    vocab.SKOS + "broader": ("上位概念", "broader"),
    vocab.SKOS + "narrower": ("下位概念", "narrower"),
    vocab.SKOS + "exactMatch": ("等同于", "exact match"),
    vocab.RDFS_LABEL: ("标签", "label"),
    vocab.OA_START: ("起始位置", "start"),
    vocab.OA_END: ("结束位置", "end"),
    vocab.OA_EXACT: ("原文", "exact text"),
    vocab.PROV_WAS_QUOTED_FROM: ("引自", "quoted from"),
    vocab.ORG_HAS_MEMBER: ("成员", "has member"),
    vocab.ORG_SUB_ORGANIZATION_OF: ("上级单位", "suborganisation of"),
    vocab.ORG_CHANGED_BY: ("机构改革", "changed by"),
    vocab.ORG_RESULTED_FROM: ("由此产生", "resulted from"),
}

# Facts that are put together here from several properties.
MADE = {
    "period": ("规划期间", "period"),
    "tasks": ("任务", "tasks"),
    "actions": ("行动", "actions"),
    "sections": ("章节", "sections"),
    "safeguards": ("保障措施", "safeguards"),
    "targets": ("目标", "targets"),
    "achievements": ("已有成绩", "achievements"),
    "findings": ("问题与修复", "findings"),
    "amount": ("简述", "in short"),
    "leads": ("牵头的任务和行动", "leads"),
    "leads-through-action": ("经所在行动牵头的任务", "leads through the action"),
    "presumed": ("推定牵头的任务", "presumed to lead"),
    "joint": ("共同负责的任务和行动", "shares"),
    "support": ("配合的任务和行动", "supports"),
    "published": ("印发的规划", "plans issued"),
    "restated-by": ("在别处重申", "restated by"),
    "evidence": ("原文", "evidence"),
    "used": ("用于", "used by"),
}

NOTES = {
    "zh": {
        "Stated": "文中写明由其牵头",
        "FirstListedRule": "名单中排第一位,按文中规则为牵头单位",
        "SoleAgency": "文中只点名这一个单位",
        "no-part": "图中没有写明理由的责任条目",
        "rule-sentence": "规则出处",
        "inherited": "本任务自身没有牵头单位,取自所在行动 {}",
        "own": "本项自身的人群",
        "inherited-group": "取自所在行动 {}",
        "presumed": "没有写明牵头单位;并列单位中排第一位,按惯例推定",
        "first-of": "共 {} 个单位并列",
        "as-written": "原文写作 {}",
        "unresolved": "未能识别的单位",
        "damaged": "残缺的名称",
        "open": "名单以“等”结尾,未列全",
        "restored": "原文缺失,已补",
        "aspirational": "力争",
        "yes": "是",
        "no": "否",
        "more": "另有 {} 项",
    },
    "en": {
        "Stated": "the document says that it leads",
        "FirstListedRule": "first of the list, which leads by the document's rule",
        "SoleAgency": "the only body that is named",
        "no-part": "no responsibility in the graph says why",
        "rule-sentence": "the rule",
        "inherited": "the task names no lead of its own; taken from its action {}",
        "own": "its own group",
        "inherited-group": "taken from its action {}",
        "presumed": "no lead is named; presumed by convention, as the first of a joint list",
        "first-of": "{} bodies are listed jointly",
        "as-written": "written {}",
        "unresolved": "a body that was not recognised",
        "damaged": "a damaged name",
        "open": "the list is left open (等)",
        "restored": "missing in the text, restored",
        "aspirational": "aspirational",
        "yes": "yes",
        "no": "no",
        "more": "{} more",
    },
}

SIGNS = {"Equal": "", "AtLeast": "≥ ", "MoreThan": "> ", "AtMost": "≤ ", "LessThan": "< ", "About": "≈ "}
