"""What is no plan is recognised for what it is, and no plan is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import NotAPlanError
from kg.extract import extract
from kg.extract.genre import genre_of_heading, genres
from kg.lexicon import rules
from kg.numerals import fold
from kg.outline import outline
from kg.read import find_files, read_bytes, read_file

from .conftest import read_record

ROOT = Path(__file__).resolve().parents[3]

NO_PLANS = {
    "interpretation": """《宜春市养老服务发展行动计划（2021—2023年）》政策解读
发布时间：2021-03-05 来源：市民政局
日前，市政府办公室印发《宜春市养老服务发展行动计划（2021—2023年）》（以下简称《行动计划》）。现解读如下：
一、出台背景
（一）国家有要求。国务院办公厅印发《关于推进养老服务发展的意见》，要求各地制定方案。
（二）群众有期盼。我市老年人口达100万，占18%。
二、起草过程
2020年10月，市民政局启动起草工作，广泛征求意见。
三、主要内容
（一）总体要求。《行动计划》明确了指导思想，提出到2023年养老床位达到5万张。
（二）重点任务。《行动计划》提出了6个方面20条措施：1.完善设施。2.培养人才。3.丰富产品。
四、解读机关
宜春市民政局，联系电话：0795-3273000
""",
    "news": """江西出台三年行动计划 推动中药产业高质量发展
2021-02-03 来源：江西日报
本报讯（记者 王小明）近日，省政府办公厅印发《江西省中药产业发展行动计划》，明确到2023年全省中药产业规模突破1000亿元。
《行动计划》提出，围绕以下方面发力：
一、做大种植规模。建设种植基地100万亩。
二、做强加工企业。培育龙头企业20家。
三、做优品牌。打造“赣十味”品牌。
《行动计划》要求，各地要加强组织领导，确保各项任务落到实处。《行动计划》强调，要加强督查考核。
记者了解到，省中医药局将会同有关部门制定配套政策。（完）
""",
    "regulation": """江西省科学技术普及条例
（2019年7月26日江西省第十三届人民代表大会常务委员会第十四次会议通过）
第一章 总则
第一条 为了加强科学技术普及工作，提高公民科学文化素质，根据《中华人民共和国科学技术普及法》等法律法规，结合本省实际，制定本条例。
第二条 本条例适用于本省行政区域内的科学技术普及活动。
第三条 本条例所称科学技术普及，是指普及科学技术知识的活动。
第二章 组织管理
第四条 县级以上人民政府应当将科普工作纳入国民经济和社会发展规划。
第五条 科学技术协会是科普工作的主要社会力量。
第三章 法律责任
第六条 违反本条例规定的，由有关部门责令改正；情节严重的，处一万元以上五万元以下罚款。
第七条 本条例自2019年10月1日起施行。
""",
    "regulation by notice": """宜春市人民政府办公室关于印发宜春市科普专项资金管理办法的通知
宜府办发〔2020〕9号
各县（市、区）人民政府，市政府各部门：
《宜春市科普专项资金管理办法》已经市政府同意，现印发给你们，请遵照执行。
宜春市人民政府办公室
2020年5月6日
宜春市科普专项资金管理办法
第一条 为规范科普专项资金管理，根据有关规定，制定本办法。
第二条 本办法所称科普专项资金，是指市级财政安排的资金。
第三条 资金使用遵循公开、公正的原则。
第四条 本办法自印发之日起施行。
""",
    "appointment": """宜春市人民政府关于王小明等同志职务任免的通知
宜府字〔2021〕12号
各县（市、区）人民政府，市政府各部门：
经研究决定：
一、任命王小明为宜春市科学技术局局长（试用期一年）；
二、任命李小红为宜春市教育局副局长；
三、免去张三的宜春市科学技术局局长职务。
宜春市人民政府
2021年3月8日
""",
    "report": """2020年上高县科普工作总结
2020年，在县委、县政府的领导下，我县科普工作取得明显成效。
一、加强组织领导
1.健全机制。召开联席会议4次，印发文件6份。
2.落实经费。安排科普经费50万元。
二、开展主题活动
1.办好科普日。举办活动32场，参与群众3万人次。
2.开展进校园。走进学校25所。
三、存在问题
1.经费不足。人均科普经费偏低。
2.人才缺乏。专职人员少。
""",
    "government report": """政府工作报告
——2021年1月20日在上高县第十七届人民代表大会第六次会议上
县长 张三
各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
一、2020年工作回顾
一年来，我们完成了各项目标任务。地区生产总值增长4%。
二、2021年重点工作
（一）做强产业。推进重大项目30个。
（二）改善民生。新建学校3所。
各位代表，让我们团结一心，共同奋斗！谢谢大家！
""",
    "speech": """在全市科普工作会议上的讲话
（2020年3月4日）
李四
同志们：
这次会议的主要任务是部署今年工作。下面，我讲三点意见。
一、提高认识，增强做好科普工作的责任感
科普工作十分重要。
二、突出重点，抓好科普工作任务落实
（一）抓好重点人群。开展培训。
（二）抓好阵地建设。建设场馆。
三、加强领导，形成科普工作合力
各级要高度重视。
谢谢大家！
""",
    "tender": """宜春市科技馆“十四五”展品更新规划编制服务采购项目竞争性磋商公告
项目编号：YC2021-034
采购人：宜春市科学技术协会
一、项目基本情况
1.预算金额：98万元。
2.采购需求：编制规划一份。
二、供应商资格要求
1.具有独立承担民事责任的能力。
2.近三年无重大违法记录。
三、获取采购文件
时间：2021年5月6日至5月12日。
四、开标时间和地点
2021年5月20日9点30分，市公共资源交易中心。
""",
    "reply": """国务院关于长江中游城市群发展“十四五”实施方案的批复
国函〔2022〕12号
江西省、湖北省、湖南省人民政府，国家发展改革委：
你们关于报送实施方案的请示收悉。现批复如下：
一、原则同意《长江中游城市群发展“十四五”实施方案》，请认真组织实施。
二、你们要加强组织领导，完善合作机制。
三、国家发展改革委要加强指导协调。
国务院
2022年2月15日
""",
    "announcement": """关于《宜春市国土空间总体规划（2021—2035年）》草案的公示
为广泛征求意见，现将规划草案予以公示。
一、公示时间
2021年9月1日至9月30日。
二、公示内容
规划草案主要内容。
三、意见反馈
1.邮寄至市自然资源局。
2.发送电子邮件。
监督电话：0795-3998888
宜春市自然资源局
2021年9月1日
""",
    "minutes": """宜春市人民政府常务会议纪要
〔2021〕第3号
时间：2021年3月4日上午
地点：市政府三楼会议室
主持人：市长张三
出席：李四、王五
会议听取了市科协关于科普工作的汇报，会议指出：
一、要提高认识。各部门要高度重视。
二、要加大投入。市财政局要保障经费。
三、要形成合力。市科协要牵头协调。
""",
    "meeting": """宜春市科学技术协会关于召开全市科普工作会议的通知
宜科协字〔2021〕5号
各县（市、区）科协：
经研究，定于近期召开全市科普工作会议，现将有关事项通知如下：
一、会议时间
2021年4月8日上午9点，会期半天。
二、会议地点
市科技馆报告厅。
三、参会人员
各县（市、区）科协主席。
四、有关要求
请于4月5日前报送名单。
宜春市科学技术协会
2021年4月1日
""",
    "budget": """宜春市科学技术协会2021年部门预算
一、部门基本情况
（一）主要职责。开展科普活动。
（二）机构设置。内设3个科室。
二、收支预算情况
（一）一般公共预算。收入500万元。
（二）“三公”经费。支出10万元。
三、名词解释
（一）基本支出。保障运转的支出。
""",
}


@pytest.mark.parametrize(("kind", "text"), NO_PLANS.items(), ids=NO_PLANS.keys())
def test_what_is_no_plan_is_recognised_and_said(kind: str, text: str) -> None:
    name = {
        "regulation by notice": "regulation",
        "government report": "report",
        "meeting": "minutes",
    }.get(kind, kind)
    what = next(g.what for g in genres() if g.name == name)
    with pytest.raises(NotAPlanError) as caught:
        read_record(text)
    assert what in str(caught.value)
    assert str(caught.value).startswith("a.txt: no plan found in it: ")


EXAMPLES = [(g["name"], example) for g in rules("genre")["genre"] for example in g["examples"]]


@pytest.mark.parametrize(("name", "heading"), EXAMPLES)
def test_every_example_of_a_kind_names_it(name: str, heading: str) -> None:
    found = genre_of_heading(heading)
    assert found is not None
    assert found.name == name


DOCUMENTS = [
    *find_files([ROOT / "data" / "documents"]),
    *sorted((ROOT.parent / "shared" / "documents" / "more").glob("*.txt")),
]


@pytest.mark.parametrize("file", [f for f in DOCUMENTS if "README" not in f.name], ids=lambda p: p.name[:24])
def test_no_real_plan_is_refused(file: Path) -> None:
    source = read_file(file)
    assert extract(source, outline(source)).provisions


PLANS = {
    "an opinion on 报告制度": "宜春市人民政府办公室关于建立科普工作报告制度的实施意见",
    "a plan of 公示": "宜春市推进行政执法公示实施方案",
    "a plan for 采购": "宜春市政府采购改革工作方案",
    "a plan with 办法 in it": "宜春市贯彻《江西省科普办法》实施方案",
    "a plan that draws up rules": "宜春市规范性文件清理工作方案",
    "a draft": "宜春市科普规划(征求意见稿)",
    "measures in a notice": "宜春市人民政府关于促进科普产业发展八条措施的通知",
    "work in a notice": "宜春市人民政府办公室关于做好2021年科普工作的通知",
    "an opinion on 任免": "关于规范干部任免工作的实施意见",
    "a plan of 问答": "宜春市科普知识问答活动方案",
    "a plan for 讲话精神": "宜春市学习贯彻全国科普大会讲话精神工作方案",
    "a division of the tasks of a report": "宜春市《政府工作报告》重点任务分工方案",
}


@pytest.mark.parametrize("title", PLANS.values(), ids=PLANS.keys())
def test_a_plan_is_read_whatever_else_its_title_speaks_of(title: str) -> None:
    record = read_record(
        f"{title}\n宜府办发〔2021〕3号\n各县(市、区)人民政府:\n为做好工作,提出以下要求。\n一、重点工作\n1.开展培训。每年办班。\n2.办好活动。每年办展。\n"
        "二、工作要求\n1.加强领导。做好。\n宜春市人民政府办公室\n2021年3月4日"
    )
    assert [p.title for p in record.provisions if p.kind == "Task"] == ["开展培训", "办好活动"]


def test_rules_that_divide_work_among_bodies_are_read_as_a_plan() -> None:
    items = "\n".join(f"第{n}条 支持项目{n}。给予补助。(责任单位:市科技局、市财政局)" for n in "一二三四")
    record = read_record(f"宜春市支持科技创新若干规定\n{items}\n宜春市人民政府\n2021年3月4日")
    assert [p.number for p in record.provisions if p.kind == "Task"] == ["第一条", "第二条", "第三条", "第四条"]


def test_a_plan_that_cites_others_again_and_again_is_one() -> None:
    record = read_record(
        "宜春市科普工作要点\n根据《江西省科普规划》,制定本要点。\n一、重点工作\n1.落实规划。《江西省科普规划》提出建设基地,抓好落实。\n"
        "2.落实意见。《关于加强科普的意见》明确加强队伍,《江西省科普行动计划》要求开展活动。\n宜春市科学技术协会\n2021年3月4日"
    )
    assert len([p for p in record.provisions if p.kind == "Task"]) == 2


@pytest.mark.parametrize(
    "heading",
    [
        "某市科普工作要点",
        "某省人民政府关于加强科普工作的意见",
        "某市科普行动计划(2021—2025年)",
        "某州贯彻落实《某省条例》责任分工方案",
        "某县促进消费若干措施",
    ],
)
def test_the_heading_of_a_plan_names_no_other_kind(heading: str) -> None:
    assert genre_of_heading(heading) is None


def test_a_page_of_a_plan_with_a_link_to_its_interpretation_is_the_plan() -> None:
    source = read_bytes(
        (
            "首页\n政策解读\n宜春市科普工作要点\n为提高素质,制定本要点。\n一、重点工作\n1.开展培训。每年办班。\n2.办好活动。每年办展。\n"
            "宜春市科学技术协会\n2021年3月4日\n相关解读:《宜春市科普工作要点》政策解读"
        ).encode(),
        "a.txt",
    )
    assert extract(source, outline(source)).title.value == "宜春市科普工作要点"


def test_the_cues_are_matched_against_folded_text() -> None:
    assert all(fold(g.heading.pattern) == g.heading.pattern for g in genres())
