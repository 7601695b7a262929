"""Which titles mean one document, which do not, whose they are, and which is the plan one level up."""

from __future__ import annotations

import pytest

from kg.lexicon import rules
from kg.model import Citation, PlanRecord, Source, Span, Stated
from kg.resolve.documents import own_key, resolve_documents
from kg.resolve.regions import NATION, regions

OUHAI, NANCHANG, FUJIAN = (regions().by_code(code) for code in ("330304", "360100", "350000"))


def record_of(*cited: str | Citation, title: str = "某区科普规划", number: str | None = None) -> PlanRecord:
    source = Source("", "0" * 64, "0" * 64, "a.txt", "text/plain", "utf-8")
    citations = tuple(
        c if isinstance(c, Citation) else Citation(c, None, True, Span(n, n + 1)) for n, c in enumerate(cited)
    )
    stated = Stated(title, (), "title-line")
    own = Stated(number, (), "document-number") if number else None
    return PlanRecord(source, stated, "规划", (), document_number=own, citations=citations)


def keys(*cited: str | Citation, plan=OUHAI, **about: str) -> list[str]:  # type: ignore[no-untyped-def]
    return [entity.key for entity in resolve_documents(record_of(*cited, **about), plan)[0]]


SAME = [
    (
        "全民科学素质行动规划纲要(2021—2035年)",
        "国务院关于印发全民科学素质行动规划纲要(2021-2035年)的通知",
        "国务院关于印发《全民科学素质行动规划纲要（2021–2035年）》的通知",
        "关于印发〈全民科学素质行动规划纲要【2021―2035年】〉的通知",
        "全民科学素质行动规划纲要(2021年至2035年)",
        "全民 科学素质行动规划纲要（2021 — 2035 年）",
        "全民科学素质行动规划纲要",
    ),
    ("中华人民共和国科学技术普及法", "科学技术普及法", "科普法", "中华人民共和国科学技术普及法(2024年修订)"),
    ("中华人民共和国水法", "水法", "中华人民共和国水法(2016年修正)"),
    ("国务院关于推行终身职业技能培训制度的意见", "关于推行终身职业技能培训制度的意见", "推行终身职业技能培训制度的意见"),
    ("政府部门“双随机、一公开”监管工作规范", "政府部门双随机一公开监管工作规范"),
    ("浙江省科普事业发展“十四五”规划", "浙江省科普事业发展规划(2021—2025年)", "省政府办公厅关于印发浙江省科普事业发展“十四五”规划的通知"),
    (
        "温州市瓯海区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要",
        "瓯海区国民经济和社会发展第十四个五年规划和2035年远景目标纲要",
    ),
    (
        "中华人民共和国国民经济和社会发展第十四个五年规划和2035年远景目标纲要",
        "国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要",
    ),
    ("温州市人民政府转发市科协等八部门关于温州市科普惠民行动方案的通知", "温州市科普惠民行动方案"),
]  # fmt: skip

DIFFERENT = [
    ("全民科学素质行动计划纲要(2006—2010—2020年)", "全民科学素质行动规划纲要(2021—2035年)"),
    ("全民科学素质行动计划纲要", "全民科学素质行动计划纲要实施方案(2016—2020年)"),
    ("温州市科普事业发展“十三五”规划", "温州市科普事业发展“十四五”规划"),
    ("温州市全民科学素质行动实施方案", "浙江省全民科学素质行动实施方案"),
    ("温州市全民科学素质行动实施方案", "全民科学素质行动实施方案"),
    ("2017年投资工程包实施方案", "2018年投资工程包实施方案"),
    ("关于实施投资工程包的若干意见", "关于实施2016年第二批投资工程包的意见"),
    ("中华人民共和国水法", "中华人民共和国水土保持法"),
    ("浙江省湿地保护条例", "湿地保护条例"),
    ("国务院关于加强数字政府建设的指导意见", "浙江省人民政府关于加强数字政府建设的指导意见"),
    ("产业结构调整指导目录(2011年本)", "产业结构调整指导目录(2019年本)"),
]


@pytest.mark.parametrize("titles", SAME, ids=lambda titles: titles[0][:16])
def test_one_document_has_one_key_however_it_is_cited(titles: tuple[str, ...]) -> None:
    for title in titles:  # alone, and beside the others
        assert keys(title) == keys(titles[0]), title
    assert set(keys(*titles)) == set(keys(titles[0]))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_documents_have_two_keys(one: str, other: str) -> None:
    assert keys(one) != keys(other)
    assert len(set(keys(one, other))) == 2
    assert len(set(keys(other, one))) == 2


def cite(title: str, number: str | None = None, issuer: str | None = None, short_for: str | None = None) -> Citation:
    return Citation(title, number, True, Span(0, 1), issuer=issuer, short_for=short_for)


def test_one_number_is_one_document() -> None:
    lost = cite("关于印发的通知", "发改价格〔2020〕473号")
    whole = cite("关于促进砂石行业健康有序发展的指导意见", "发改价格〔2020〕473号")
    assert len(set(keys(lost, whole))) == 1
    assert keys(lost) != keys(cite("关于印发的通知", "发改价格〔2020〕474号"))


def test_titles_that_the_plan_tells_apart_by_number_or_revision_are_two() -> None:
    assert len(set(keys(cite("关于做好科普工作的通知", "浙政办发〔2019〕1号"), cite("关于做好科普工作的通知", "浙政办发〔2020〕2号")))) == 2  # fmt: skip
    assert len(set(keys("科普法(2002年修订)", "科普法(2024年修订)"))) == 2


def test_a_title_without_years_is_the_one_of_the_plan_that_has_them() -> None:
    assert len(set(keys("温州市科普行动方案(2021—2025年)", "温州市科普行动方案"))) == 1
    assert (
        len(set(keys("温州市科普行动方案(2021—2025年)", "温州市科普行动方案(2016—2020年)", "温州市科普行动方案"))) == 3
    )


def test_a_short_title_is_the_full_one_that_it_stands_for() -> None:
    assert len(set(keys("浙江省提升全民科学文化素质行动计划(2020-2025)", cite("计划", short_for="浙江省提升全民科学文化素质行动计划(2020-2025)")))) == 1  # fmt: skip
    assert len(set(keys("全民科学素质行动计划纲要", "科学素质纲要"))) == 1
    assert len(set(keys("浙江省全民科学素质纲要", "温州市全民科学素质纲要", "科学素质纲要"))) == 3


@pytest.mark.parametrize(
    ("citation", "level"),
    [
        (cite("关于加强科普工作的意见", issuer="根据国务院办公厅"), "national"),
        (cite("关于加强科普工作的意见", issuer="落实省委、省政府"), "provincial"),
        (cite("关于加强科普工作的意见", issuer="贯彻市委、市政府"), "prefectural"),
        (cite("关于加强科普工作的意见", issuer="我区认真贯彻落实"), "national"),
        (cite("关于加强科普工作的意见", issuer="落实原环保部"), "national"),
        (cite("关于加强科普工作的意见", issuer="省住建厅等八部门"), "provincial"),
        (cite("关于加强科普工作的意见", "浙政办发〔2019〕1号"), "provincial"),
        (cite("关于加强科普工作的意见", "国办发〔2019〕1号"), "national"),
        (cite("关于加强科普工作的意见", "瓯政办发〔2019〕1号"), "county"),
        (cite("关于加强科普工作的意见", "鹿政办发〔2019〕1号"), None),
        (cite("全市科普规划"), "prefectural"),
        (cite("新时代浙江科普发展纲要"), "provincial"),
        (cite("划拨用地目录"), "national"),
        (cite("温州市人民政府关于印发科普方案的通知"), "prefectural"),
        (cite("省人民政府关于印发科普方案的通知"), "provincial"),
    ],
)
def test_title_issuer_and_number_say_whose_a_document_is(citation: Citation, level: str | None) -> None:
    (entity,), _ = resolve_documents(record_of(citation, number="瓯政办发〔2021〕3号"), OUHAI)
    assert entity.level == level


def test_a_known_document_bears_its_own_title_and_number() -> None:
    (entity,), _ = resolve_documents(record_of("全民科学素质行动规划纲要"), OUHAI)
    assert (entity.title, entity.number) == ("全民科学素质行动规划纲要(2021-2035年)", "国发〔2021〕9号")
    assert entity.forms == ("全民科学素质行动规划纲要",)


@pytest.mark.parametrize("known", rules("documents")["known"], ids=lambda known: known["title"])
def test_the_example_of_a_known_document_is_that_document(known: dict[str, str]) -> None:
    (entity,), _ = resolve_documents(record_of(known["example"].strip("《》")), OUHAI)
    assert own_key(known["title"], NATION) == entity.key
    assert entity.number == known.get("number")


@pytest.mark.parametrize(
    ("plan", "own", "cited", "implements"),
    [
        (OUHAI, "瓯海区科普事业发展“十四五”规划", "温州市科普事业发展“十四五”规划", True),
        (OUHAI, "瓯海区科普事业发展“十四五”规划", "浙江省科普事业发展“十四五”规划", False),
        (OUHAI, "瓯海区科普事业发展“十四五”规划", "温州市科普事业发展条例", False),
        (OUHAI, "瓯海区科普事业发展“十四五”规划", "温州市冷链物流发展规划", False),
        (NANCHANG, "南昌市贯彻落实《江西省科普方案》责任分工方案", "江西省人民政府关于印发江西省科普方案的通知", True),
        (FUJIAN, "关于推行终身职业技能培训制度的实施意见", "国务院关于推行终身职业技能培训制度的意见", True),
        (FUJIAN, "福建省加快共享经济发展实施方案", "关于促进分享经济发展的指导性意见", True),
        (FUJIAN, "福建省打赢蓝天保卫战三年行动计划实施方案", "关于印发打赢蓝天保卫战三年行动计划的通知", True),
        (FUJIAN, "福建省便民商业服务三年行动计划", "国务院办公厅关于加快发展生活性服务业促进消费结构升级的指导意见", False),
    ],
)  # fmt: skip
def test_the_plan_one_level_up_about_the_same_is_implemented(plan, own: str, cited: str, implements: bool) -> None:  # type: ignore[no-untyped-def]
    entities, up = resolve_documents(record_of(cited, title=own), plan)
    assert (entities[0].key in up) == implements


@pytest.mark.parametrize(
    ("cited", "title"),
    [
        ("中医药法", "中华人民共和国中医药法"),
        ("福建省河道采砂管理办法", "福建省河道采砂管理办法"),
        ("北京城市总体规划（2016 年-2035 年）", "北京城市总体规划(2016-2035年)"),
        ("关于印发打赢蓝天保卫战三年行动计划的通知", "打赢蓝天保卫战三年行动计划"),
    ],
)
def test_a_document_bears_its_own_title(cited: str, title: str) -> None:
    (entity,), _ = resolve_documents(record_of(cited), OUHAI)
    assert entity.title == title
