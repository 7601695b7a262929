"""Titles, issuers, dates, numbers, periods and bases in the forms in which pages of every government print them."""

from __future__ import annotations

import pytest

from kg.model import PlanRecord

from .conftest import read_record

BODY = "一、重点任务\n1.推进改造。建设项目。(区科协、区教育局)\n2.加强监管。开展检查。(区科协、区教育局)\n二、工作要求\n1.加强领导。做好。"


def facts(record: PlanRecord) -> dict[str, object]:
    """The facts of a record by the names of the guide; what is not stated is left out."""
    found = {
        "title": record.title.value,
        "type": record.plan_type,
        "number": record.document_number and record.document_number.value,
        "index": record.index_number and record.index_number.value,
        "issuer": [i.value for i in record.issuers],
        "originator": record.originator and record.originator.value,
        "issued": record.issued and record.issued.value.isoformat(),
        "published": record.published and record.published.value.isoformat(),
        "period": record.period and record.period.value,
        "based_on": [c.title for c in record.citations if c.is_basis],
    }
    return {name: value for name, value in found.items() if value}


PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "a head whose labels and values stand in lines of their own": (
        "首页 > 政务公开\n索 引 号\nA00100-0202-2018-00123\n发文机构\n江西省人民政府办公厅\n主题分类\n农业\n成文日期\n2018-07-16\n标 题\n"
        "江西省人民政府办公厅关于加快农业机械化的实施意见\n发文字号\n赣府厅发〔2018〕66号\n发布日期\n2018-07-20\n"
        "江西省人民政府办公厅关于加快农业机械化的实施意见\n赣府厅发〔2018〕66号\n各市、县(区)人民政府:\n为加快推进,提出如下意见。\n"
        + BODY
        + "\n江西省人民政府办公厅\n2018年7月16日\n(此件主动公开)",
        {
            "title": "江西省人民政府办公厅关于加快农业机械化的实施意见",
            "type": "实施意见",
            "number": "赣府厅发〔2018〕66号",
            "index": "A00100-0202-2018-00123",
            "issuer": ["江西省人民政府办公厅"],
            "issued": "2018-07-16",
            "published": "2018-07-20",
        },
    ),
    "a head whose values stand behind blanks": (
        "索引号 A001/2019-00003 主题分类 商贸\n发文机关 江西省人民政府 成文日期 2019年01月12日\n发文字号 赣府发〔2019〕3号 发布日期 2019年01月25日\n"
        "江西省科普工作要点\n为提高素质,制定本要点。\n" + BODY,
        {
            "title": "江西省科普工作要点",
            "type": "工作要点",
            "number": "赣府发〔2019〕3号",
            "index": "A001/2019-00003",
            "issuer": ["江西省人民政府"],
            "issued": "2019-01-12",
            "published": "2019-01-25",
        },
    ),
    "three bodies sign, in two lines with blanks, and the date is in Chinese numerals": (
        "宜春市教育局 宜春市财政局 宜春市人力资源和社会保障局\n关于印发《宜春市教师队伍建设实施方案》的通知\n宜教人〔2019〕12号\n各县(市、区)教育局:\n"
        "现将《宜春市教师队伍建设实施方案》印发给你们,请遵照执行。\n宜春市教育局         宜春市财政局\n宜春市人力资源和社会保障局\n二○一九年四月十五日\n"
        "宜春市教师队伍建设实施方案\n" + BODY,
        {
            "title": "宜春市教师队伍建设实施方案",
            "type": "实施方案",
            "number": "宜教人〔2019〕12号",
            "issuer": ["宜春市教育局", "宜春市财政局", "宜春市人力资源和社会保障局"],
            "issued": "2019-04-15",
        },
    ),
    "nine bodies run together with the date": (
        "关于印发宜春市共享经济实施方案的通知\n各县区人民政府:\n经市政府同意,现印发你们。\n"
        "宜春市发展和改革委员会中共宜春市委宣传部宜春市工业和信息化局宜春市教育局宜春市科学技术局宜春市财政局宜春市商务局宜春市统计局宜春市税务局2018年1月24日\n"
        "宜春市共享经济实施方案\n" + BODY,
        {
            "title": "宜春市共享经济实施方案",
            "type": "实施方案",
            "issuer": [
                "宜春市发展和改革委员会",
                "中共宜春市委宣传部",
                "宜春市工业和信息化局",
                "宜春市教育局",
                "宜春市科学技术局",
                "宜春市财政局",
                "宜春市商务局",
                "宜春市统计局",
                "宜春市税务局",
            ],
            "issued": "2018-01-24",
        },
    ),
    "ministries before 关于 in the title, and again in the signature": (
        "国家发展改革委 体育总局 自然资源部关于推进公园建设的指导意见\n发改社会〔2021〕1497号\n各省、自治区、直辖市发展改革委:\n为推进建设,提出以下意见。\n"
        + BODY
        + "\n附件:1.重点任务分工\n      2.指导目标\n国家发展改革委\n体育总局\n自然资源部\n2021年10月23日",
        {
            "title": "关于推进公园建设的指导意见",
            "type": "指导意见",
            "number": "发改社会〔2021〕1497号",
            "issuer": ["国家发展改革委", "体育总局", "自然资源部"],
            "issued": "2021-10-23",
        },
    ),
    "one body before 关于 belongs to the title": (
        "国务院关于促进开放的若干意见\n国发〔2019〕3号\n各省、自治区、直辖市人民政府:\n为促进开放,提出以下意见:\n"
        + BODY
        + "\n国务院            \n2019年1月12日        \n(此件公开发布)",
        {
            "title": "国务院关于促进开放的若干意见",
            "type": "意见",
            "number": "国发〔2019〕3号",
            "issuer": ["国务院"],
            "issued": "2019-01-12",
        },
    ),
    "a site's label before the title": (
        "省政府办公厅:关于激发投资活力的实施意见\n赣府厅发〔2017〕130号\n各设区市人民政府:\n为激发活力,提出意见。\n"
        + BODY
        + "\n江西省人民政府办公厅\n2017年11月10日",
        {
            "title": "关于激发投资活力的实施意见",
            "type": "实施意见",
            "number": "赣府厅发〔2017〕130号",
            "issuer": ["江西省人民政府办公厅"],
            "issued": "2017-11-10",
        },
    ),
    "measures in a notice": (
        "宜春市人民政府办公室关于促进工业园区发展六条措施的通知\n宜府办发〔2015〕50号\n各县区人民政府:\n经市政府研究,提出如下措施。\n"
        "一、强化规划引领\n推动规划衔接。(责任单位:市住建局)\n二、创新管理体制\n成立联席会议。(责任单位:市工信委)\n宜春市人民政府办公室\n2015年4月16日",
        {
            "title": "宜春市人民政府办公室关于促进工业园区发展六条措施的通知",
            "type": "其他",
            "number": "宜府办发〔2015〕50号",
            "issuer": ["宜春市人民政府办公室"],
            "issued": "2015-04-16",
        },
    ),
    "what a general office passes on from two departments": (
        "国务院办公厅转发国家发展改革委、财政部关于促进产业发展指导意见的通知\n国办发〔2019〕52号\n各省、自治区、直辖市人民政府:\n"
        "国家发展改革委、财政部《关于促进产业发展的指导意见》已经国务院同意,现转发给你们。\n国务院办公厅\n2019年11月13日\n关于促进产业发展的指导意见\n国家发展改革委 财政部\n为促进发展,提出以下意见。\n"
        + BODY,
        {
            "title": "关于促进产业发展的指导意见",
            "type": "指导意见",
            "number": "国办发〔2019〕52号",
            "issuer": ["国务院办公厅"],
            "originator": "国家发展改革委、财政部",
            "issued": "2019-11-13",
        },
    ),
    "a draft of a department, forwarded; its own date stands under its title": (
        "宜春市人民政府办公室转发市发展改革委关于推进改革实施方案的通知\n宜府办发〔2017〕33号\n各县区人民政府:\n"
        "市发展改革委《关于推进改革的实施方案》已经市政府同意,现转发给你们。\n2017年5月3日\n关于推进改革的实施方案\n市发展改革委\n(2017年4月20日)\n"
        + BODY,
        {
            "title": "关于推进改革的实施方案",
            "type": "实施方案",
            "number": "宜府办发〔2017〕33号",
            "issuer": ["宜春市人民政府办公室"],
            "originator": "市发展改革委",
            "issued": "2017-05-03",
        },
    ),
    "party and government offices": (
        "中共宜春市委办公室 宜春市人民政府办公室印发《关于加强治理的实施意见》的通知\n宜办发〔2020〕8号\n各县(市、区)委和人民政府:\n现印发给你们。\n"
        "中共宜春市委办公室\n宜春市人民政府办公室\n2020年6月30日\n关于加强治理的实施意见\n" + BODY,
        {
            "title": "关于加强治理的实施意见",
            "type": "实施意见",
            "number": "宜办发〔2020〕8号",
            "issuer": ["中共宜春市委办公室", "宜春市人民政府办公室"],
            "issued": "2020-06-30",
        },
    ),
    "the cover of a plan under discussion": (
        "宜春市生态安全格局专项规划\n(2021年-2035年)\n(草案)\n宜春市自然资源局\n2021年9月\n前  言\n生态安全十分重要。宜春市自然资源局组织编制了《宜春市生态安全格局专项规划(2021年-2035年)》。\n"
        "目  录\n一、规划依据......1\n二、主要任务......2\n一、规划依据\n1.《中华人民共和国水法》(2016年修订)\n2.《江西省湿地条例》\n3.《宜春城市总体规划(2008年-2020年)》(2009年)\n"
        "二、主要任务\n(一)构建格局。严守底线。\n(二)修复生态。综合治理。",
        {
            "title": "宜春市生态安全格局专项规划(2021年-2035年)(草案)",
            "type": "规划",
            "issuer": ["宜春市自然资源局"],
            "issued": "2021-09",
            "period": (2021, 2035),
            "based_on": ["中华人民共和国水法", "江西省湿地条例", "宜春城市总体规划(2008年-2020年)"],
        },
    ),
    "a draft for comment is no opinion": (
        "宜春市“十四五”生态环境保护规划\n(征求意见稿)\n宜春市生态环境局\n二〇二一年八月\n为保护环境,编制本规划。\n"
        + BODY,
        {
            "title": "宜春市“十四五”生态环境保护规划(征求意见稿)",
            "type": "规划",
            "issuer": ["宜春市生态环境局"],
            "issued": "2021-08",
            "period": (2021, 2025),
        },
    ),
    "urgent, the number in odd brackets, copies and the printing line": (
        "特急\n袁发改规〔2021〕 3 号\n关于印发袁州区2021年节能工作要点的通知\n各街道办事处:\n现将《袁州区2021年节能工作要点》印发给你们。\n袁州区发展和改革局\n2021-04-12\n"
        "袁州区2021年节能工作要点\n" + BODY + "\n抄送:区委办、区人大办\n袁州区发展和改革局办公室  2021年4月13日印发",
        {
            "title": "袁州区2021年节能工作要点",
            "type": "工作要点",
            "number": "袁发改规〔2021〕3号",
            "issuer": ["袁州区发展和改革局"],
            "issued": "2021-04-12",
            "period": (2021, 2021),
        },
    ),
    "only the printing line has a date": (
        "宜春市科学技术协会文件\n宜科协字〔2014〕5号\n宜春市2014年科普工作要点\n为提高素质,制定本要点。\n"
        + BODY
        + "\n宜春市科学技术协会办公室  2014年3月12日印发",
        {
            "title": "宜春市2014年科普工作要点",
            "type": "工作要点",
            "number": "宜科协字〔2014〕5号",
            "issuer": ["宜春市科学技术协会"],
            "issued": "2014-03-12",
            "period": (2014, 2014),
        },
    ),
    "the date in a bracket under the title": (
        "上高县2014年科普工作要点\n(2014年3月12日)\n2014年全县科普工作要以人为本。\n" + BODY,
        {"title": "上高县2014年科普工作要点", "type": "工作要点", "issued": "2014-03-12", "period": (2014, 2014)},
    ),
    "a township's page with its line of publication": (
        "您当前的位置:首页 >> 规划计划\n上高县泗溪镇2019年脱贫攻坚实施方案\n发布时间:2019-03-05 09:21 来源:上高县泗溪镇人民政府 浏览次数:123 【字体:大 中 小】\n为打赢脱贫攻坚战,制定本方案。\n"
        + BODY,
        {
            "title": "上高县泗溪镇2019年脱贫攻坚实施方案",
            "type": "实施方案",
            "issuer": ["上高县泗溪镇人民政府"],
            "issued": "2019-03-05",
            "published": "2019-03-05",
            "period": (2019, 2019),
        },
    ),
    "a bare date in the head, with words of the page behind it": (
        "上高县科普工作要点\n2019-03-05 10:20 来源:本站 作者:admin\n为提高素质,制定本要点。\n" + BODY,
        {"title": "上高县科普工作要点", "type": "工作要点", "issued": "2019-03-05", "published": "2019-03-05"},
    ),
    "several bodies and the date in one line at the end": (
        "江西省科普实施方案\n为提高素质,制定本方案。\n" + BODY + "\n江西省发展改革委 江西省财政厅 2016年8月1日",
        {
            "title": "江西省科普实施方案",
            "type": "实施方案",
            "issuer": ["江西省发展改革委", "江西省财政厅"],
            "issued": "2016-08-01",
        },
    ),
    "the seal of another on a line of its own": (
        "关于印发宜春市科普工作要点的通知\n各县区:\n现印发给你们。\n宜春市科普工作联席会议办公室\n(宜春市科学技术局代章)\n2020年3月4日\n宜春市科普工作要点\n"
        + BODY,
        {
            "title": "宜春市科普工作要点",
            "type": "工作要点",
            "issuer": ["宜春市科普工作联席会议办公室"],
            "issued": "2020-03-04",
        },
    ),
    "the title only in the heading of the notice": (
        "宜春市人民政府办公室关于印发宜春市2018年科普工作要点的通知\n宜府办发〔2018〕28号\n各县(市、区)人民政府:\n现将工作要点印发给你们,请认真贯彻落实。\n宜春市人民政府办公室\n2018年4月12日\n"
        + BODY,
        {
            "title": "宜春市2018年科普工作要点",
            "type": "工作要点",
            "number": "宜府办发〔2018〕28号",
            "issuer": ["宜春市人民政府办公室"],
            "issued": "2018-04-12",
            "period": (2018, 2018),
        },
    ),
    "the title in two lines under a notice in two lines": (
        "国务院关于印发国家职业教育\n改革发展实施方案的通知\n国发〔2019〕4号\n各省、自治区、直辖市人民政府:\n现将《国家职业教育改革发展实施方案》印发给你们。\n国务院\n2019年1月24日\n"
        "国家职业教育\n改革发展实施方案\n落实《中华人民共和国职业教育法》,制定本方案。\n" + BODY,
        {
            "title": "国家职业教育改革发展实施方案",
            "type": "实施方案",
            "number": "国发〔2019〕4号",
            "issuer": ["国务院"],
            "issued": "2019-01-24",
            "based_on": ["中华人民共和国职业教育法"],
        },
    ),
    "the notice makes demands of its own; the plan is its annex": (
        "教育部办公厅关于印发《提质行动计划(2020—2023年)》的通知\n教职成厅〔2020〕7号\n各省教育厅:\n现将《提质行动计划(2020—2023年)》印发给你们,有关事项通知如下。\n一、加强领导。做好。\n二、保障经费。做好。\n"
        "附件:提质行动计划(2020—2023年)\n教育部办公厅\n2020年9月16日\n附件\n提质行动计划(2020—2023年)\n为贯彻《国家职业教育改革实施方案》,制定本计划。\n"
        + BODY,
        {
            "title": "提质行动计划(2020—2023年)",
            "type": "行动计划",
            "number": "教职成厅〔2020〕7号",
            "issuer": ["教育部办公厅"],
            "issued": "2020-09-16",
            "period": (2020, 2023),
            "based_on": ["国家职业教育改革实施方案"],
        },
    ),
}


@pytest.mark.parametrize(("text", "expected"), PAGES.values(), ids=PAGES.keys())
def test_the_facts_about_a_plan_are_those_of_its_page(text: str, expected: dict[str, object]) -> None:
    assert facts(read_record(text)) == expected


@pytest.mark.parametrize(
    ("title", "preamble", "tail", "period"),
    [
        ("宜春市促进消费若干措施", "", "本措施自发布之日起施行,至2021年12月31日止。", (2019, 2021)),
        ("宜春市促进消费若干措施", "", "本措施自2019年5月1日起施行,有效期至2022年12月31日。", (2019, 2022)),
        ("宜春市促进消费若干措施", "", "本措施自印发之日起实施,有效期至2020年底。", (2019, 2020)),
        ("宜春市促进消费若干措施", "", "本措施自发布之日起施行,有效期3年。", None),
        ("宜春市促进消费若干措施", "", "本措施自2019年5月1日起施行。", None),
        ("宜春市科普发展规划", "规划期为2016—2020年,展望到2025年。", "", (2016, 2020)),
        ("宜春市科普发展规划", "规划基期为2015年,规划期限为2016年至2020年。", "", (2016, 2020)),
        ("宜春市科普发展规划", "补助期限为2014—2018年。", "", None),
        ("宜春市“十三五”节能工作方案", "", "", (2016, 2020)),
        ("宜春市十四五规划和2035年远景目标纲要", "", "", (2021, 2025)),
        ("宜春市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", "", "", (2021, 2025)),
        ("宜春市三年行动计划(2018年至2020年)", "", "", (2018, 2020)),
        ("宜春市2018-2019年秋冬季攻坚行动方案", "", "", (2018, 2019)),
        ("宜春市2019年度工作要点", "", "", (2019, 2019)),
        ("宜春市到2020年全面建成小康实施方案", "", "", None),
        ("宜春市科普规划(2021—2025)", "", "", (2021, 2025)),
    ],
)
def test_a_period_is_what_title_or_text_says(
    title: str, preamble: str, tail: str, period: tuple[int, int] | None
) -> None:
    record = read_record(f"{title}\n为做好工作,制定本文件。{preamble}\n{BODY}\n{tail}\n宜春市人民政府\n2019年4月12日")
    assert (record.period and record.period.value) == period


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        (
            "根据《甲方案的通知》和省委、省政府《关于加强科普的意见》精神,制定本方案。",
            ["甲方案的通知", "关于加强科普的意见"],
        ),
        (
            "为贯彻落实国务院办公厅《关于完善制度的意见》(国办发〔2018〕88号),结合实际,制定本方案。",
            ["关于完善制度的意见"],
        ),
        ("按照《科普法》《科普条例》等法律法规要求,制定本方案。", ["科普法", "科普条例"]),
        ("深入实施《全民科学素质行动规划纲要》,制定本方案。", ["全民科学素质行动规划纲要"]),
        ("《全民科学素质行动规划纲要》实施以来,成效明显。为再上台阶,制定本方案。", []),
        ("《江西省科普条例》明确提出要加强科普。为做好工作,制定本方案。", []),
        ("科普工作进展顺利,《江西科普报》创刊。为做好工作,制定本方案。", []),
        ("依据《科普法精神,结合《江西省科普条例》,制定本方案。", ["科普法", "江西省科普条例"]),
        ("根据《国务院关于印发〈科普规划〉的通知》要求,制定本方案。", ["国务院关于印发〈科普规划〉的通知"]),
        ("落实《科普规划》,衔接《科技规划》,制定本方案。", ["科普规划", "科技规划"]),
    ],
)
def test_the_basis_is_what_the_preamble_says_it_carries_out(sentence: str, titles: list[str]) -> None:
    record = read_record(f"宜春市科普实施方案\n{sentence}\n{BODY}\n宜春市人民政府\n2019年4月12日")
    assert [c.title for c in record.citations if c.is_basis] == titles


@pytest.mark.parametrize("chapter", ["规划依据", "编制依据", "政策依据"])
def test_a_chapter_lists_the_basis_in_order(chapter: str) -> None:
    record = read_record(
        f"宜春市科普规划\n为做好工作,编制本规划。\n一、总则\n(一){chapter}\n1.《科普法》(2002年)\n2.《江西省科普条例》;\n3.《宜春市总体规划(2011—2020年)》\n"
        "二、重点任务\n(一)推进改造。贯彻《环境保护法》。\n宜春市人民政府\n2019年4月12日"
    )
    assert [c.title for c in record.citations if c.is_basis] == [
        "科普法",
        "江西省科普条例",
        "宜春市总体规划(2011—2020年)",
    ]
    assert {c.rule for c in record.citations if c.is_basis} == {"basis-list"}
    assert [p.title for p in record.provisions if p.kind == "Task"] == ["推进改造"]


def test_every_fact_taken_with_doubt_says_so() -> None:
    record = read_record(f"上高县科普工作要点\n2019-03-05 来源:本站\n为提高素质,制定本要点。\n{BODY}")
    assert record.issued is not None
    assert record.published is not None
    assert record.issued.confidence < record.published.confidence < 1
