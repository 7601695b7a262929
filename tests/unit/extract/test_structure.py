"""Plans of every level and kind in the conventions that they are printed in: what are tasks, actions, safeguards.

Each case is a plan's body and what a reader by the guide takes from it: S section, A action, T task, G safeguard
(保障措施), with number and heading.
"""

from __future__ import annotations

import re

import pytest

from kg.extract.parts import read_parts
from kg.extract.provisions import classify
from kg.extract.responsibility import document_rule
from kg.model import Provision
from kg.numerals import fold
from kg.outline import outline
from kg.read import read_bytes

HEAD = "宜春市工作方案\n为做好工作,制定本方案。\n"
LETTER = {"Section": "S", "Action": "A", "Task": "T", "SafeguardMeasure": "G"}


def provisions_of(text: str) -> tuple[Provision, ...]:
    source = read_bytes(text.encode(), "a.txt")
    folded = fold(source.text)
    return classify(source.text, read_parts(folded, outline(source).nodes, document_rule(folded)))


def taken(text: str) -> list[str]:
    return [" ".join(filter(None, (LETTER[p.kind], p.number, p.title))) for p in provisions_of(text)]


CASES: dict[str, tuple[str, str]] = {
    # ------------------------------------------------------------ styles of numbers
    "a State Council opinion counts on across its chapters": (
        "一、总体要求\n(一)指导思想。以人为本。\n(二)基本原则。\n坚持创新。做好。\n二、优化布局\n(三)完善规划。编制规划。\n(四)打造集群。建设集群。\n"
        "三、强化保障\n(五)加强领导。做好。\n(六)加大投入。做好。",
        "S 一、 总体要求|S (一) 指导思想|S (二) 基本原则|A 二、 优化布局|T (三) 完善规划|T (四) 打造集群|A 三、 强化保障|T (五) 加强领导|T (六) 加大投入",
    ),
    "safeguards that count anew are no tasks": (
        "一、重点任务\n(一)完善规划。编制规划。\n(二)打造集群。建设集群。\n二、保障措施\n(一)加强领导。做好。\n(二)加大投入。做好。",
        "A 一、 重点任务|T (一) 完善规划|T (二) 打造集群|S 二、 保障措施|G (一) 加强领导|G (二) 加大投入",
    ),
    "safeguards that count on behind one chapter of tasks are tasks": (
        "一、重点任务\n(一)完善规划。编制规划。\n(二)打造集群。建设集群。\n二、保障措施\n(三)加强领导。做好。\n(四)加大投入。做好。",
        "A 一、 重点任务|T (一) 完善规划|T (二) 打造集群|A 二、 保障措施|T (三) 加强领导|T (四) 加大投入",
    ),
    "a safeguard with a responsible body is a task": (
        "一、重点任务\n1.完善规划。编制规划。(市科协)\n二、保障措施\n(一)加强领导。做好。(责任单位:市科协、市教育局)\n(二)加强宣传。做好。",
        "A 一、 重点任务|T 1. 完善规划|A 二、 保障措施|T (一) 加强领导|G (二) 加强宣传",
    ),
    "chapters and sections of a long plan": (
        "第一章 总则\n第一节 指导思想\n以人为本。\n第二章 主要任务\n第一节 优化布局\n一、做强核心。建设核心区。\n二、做大两翼。建设两翼。\n第二节 提升创新\n"
        "一、建设平台。新建平台5个。\n第三章 保障措施\n第一节 组织保障\n建立机制。\n第二节 资金保障\n安排资金。",
        "S 第一章 总则|S 第一节 指导思想|S 第二章 主要任务|A 第一节 优化布局|T 一、 做强核心|T 二、 做大两翼|A 第二节 提升创新|T 一、 建设平台|"
        "S 第三章 保障措施|G 第一节 组织保障|G 第二节 资金保障",
    ),
    "numbers of chapters that stand alone above their headings": (
        "第一章\n总体要求\n以人为本。\n第二章\n主要任务\n第一节\n优化布局\n建设核心区。\n第二节\n提升创新\n建设平台。",
        "S 第一章 总体要求|A 第二章 主要任务|T 第一节 优化布局|T 第二节 提升创新",
    ),
    "articles are the lowest numbered unit": (
        "第一条 支持企业做大。给予奖励。(责任单位:市工信局)\n第二条 鼓励企业上市。给予奖励。(责任单位:市金融办)\n第三条 本措施自发布之日起施行,有效期3年。",
        "T 第一条 支持企业做大|T 第二条 鼓励企业上市|S 第三条 本措施自发布之日起施行,有效期3年",
    ),
    "decimal numbers": (
        "1 总体要求\n1.1 指导思想\n以人为本。\n1.2 建设目标\n达标。\n2 重点任务\n2.1 建设小区。新建花园。\n2.2 建设道路。改造排水。\n3 保障措施\n3.1 加强领导。做好。",
        "S 1 总体要求|S 1.1 指导思想|S 1.2 建设目标|A 2 重点任务|T 2.1 建设小区|T 2.2 建设道路|S 3 保障措施|G 3.1 加强领导",
    ),
    "decimal numbers of three parts": (
        "1 总体要求\n1.1 指导思想\n以人为本。\n2 重点任务\n2.1 做强产业\n2.1.1 引进企业。引进10家。\n2.1.2 培育企业。培育20家。\n2.2 做优环境\n2.2.1 简化审批。压缩时限。",
        "S 1 总体要求|S 1.1 指导思想|S 2 重点任务|A 2.1 做强产业|T 2.1.1 引进企业|T 2.1.2 培育企业|A 2.2 做优环境|T 2.2.1 简化审批",
    ),
    "Roman chapters and full-width digits": (
        "Ⅰ．总体要求\n以人为本。\nⅡ．重点任务\n１．开展培训。每年办班。\n２．办好活动。每年办展。",
        "S Ⅰ. 总体要求|A Ⅱ. 重点任务|T 1. 开展培训|T 2. 办好活动",
    ),
    "numbers with half a bracket": (
        "一、重点任务\n1）开展培训。每年办班。\n2）办好活动。每年办展。\n二、保障措施\n1）加强领导。做好。",
        "A 一、 重点任务|T 1) 开展培训|T 2) 办好活动|S 二、 保障措施|G 1) 加强领导",
    ),
    "a level skipped: (1) right under the chapter, counted on": (
        "一、深化改革\n(1)推进审批改革。压缩时限。\n(2)推进国企改革。完善制度。\n二、扩大开放\n(3)扩大招商。引进项目。\n(4)稳定外贸。培育主体。",
        "A 一、 深化改革|T (1) 推进审批改革|T (2) 推进国企改革|A 二、 扩大开放|T (3) 扩大招商|T (4) 稳定外贸",
    ),
    "circled numbers as items": (
        "一、重点任务\n①开展培训。每年办班。\n②办好活动。每年办展。",
        "A 一、 重点任务|T ① 开展培训|T ② 办好活动",
    ),
    "letters as items": (
        "一、重点任务\n(一)强化培训\nA.开展岗位培训。每年两次。\nB.开展技能培训。每年三次。\n(二)强化宣传\nA.办好专栏。每月一期。\nB.办好讲座。每季一次。",
        "S 一、 重点任务|A (一) 强化培训|T A. 开展岗位培训|T B. 开展技能培训|A (二) 强化宣传|T A. 办好专栏|T B. 办好讲座",
    ),
    "signs that are a number in a bracket or before a stop": (
        "㈠重点任务\n⒈开展培训。每年办班。\n⒉办好活动。每年办展。\n㈡保障措施\n⒈加强领导。做好。",
        "A ㈠ 重点任务|T ⒈ 开展培训|T ⒉ 办好活动|S ㈡ 保障措施|G ⒈ 加强领导",
    ),
    "a bullet before the number": (
        "一、重点任务\n★1.开展培训。每年办班。\n◆2.办好活动。每年办展。",
        "A 一、 重点任务|T 1. 开展培训|T 2. 办好活动",
    ),
    "named tasks": (
        "任务一:优化开办。压缩至1天。\n责任单位:市市场监管局\n任务二:优化许可。压缩至60天。\n责任单位:市住建局",
        "T 任务一: 优化开办|T 任务二: 优化许可",
    ),
    "named actions with items": (
        "一、总体要求\n以人为本。\n二、重点行动\n行动一:科普进校园\n1.开展讲座。每年10场。\n2.建设展室。新建5个。\n行动二:科普进社区\n1.办好展览。每年10场。\n2.培训骨干。每年2期。",
        "S 一、 总体要求|S 二、 重点行动|A 行动一: 科普进校园|T 1. 开展讲座|T 2. 建设展室|A 行动二: 科普进社区|T 1. 办好展览|T 2. 培训骨干",
    ),
    "arabic chapters that hold (一)": (
        "1、加强领导\n(一)成立小组。做好。\n(二)落实责任。做好。\n2、强化措施\n(一)开展培训。办班。\n(二)办好活动。办展。\n3、开展宣传\n(一)办好专栏。每月一期。",
        "S 1、 加强领导|G (一) 成立小组|G (二) 落实责任|A 2、 强化措施|T (一) 开展培训|T (二) 办好活动|A 3、 开展宣传|T (一) 办好专栏",
    ),
    "a chapter's number that lost its mark": (
        "一 总体要求\n以人为本。\n二 重点任务\n1.开展培训。办班。\n2.办好活动。办展。\n三 保障措施\n1.加强领导。做好。",
        "S 一 总体要求|A 二 重点任务|T 1. 开展培训|T 2. 办好活动|S 三 保障措施|G 1. 加强领导",
    ),
    "one chapter in the middle lost its mark": (
        "一、总体要求\n以人为本。\n二 重点任务\n1.开展培训。办班。\n2.办好活动。办展。\n三、保障措施\n1.加强领导。做好。",
        "S 一、 总体要求|A 二 重点任务|T 1. 开展培训|T 2. 办好活动|S 三、 保障措施|G 1. 加强领导",
    ),
    "a year behind the number of an item": (
        "一、主要任务\n1.2020年底前,完成改厕10万户。建立机制。\n2、2021年底前,完成治理。建设管网。",
        "A 一、 主要任务|T 1. 2020年底前,完成改厕10万户|T 2、 2021年底前,完成治理",
    ),
    "the count begins anew in each chapter": (
        "一、甲领域\n1.开展培训。办班。\n2.办好活动。办展。\n二、乙领域\n1.建设基地。新建。\n2.完善设施。改造。",
        "A 一、 甲领域|T 1. 开展培训|T 2. 办好活动|A 二、 乙领域|T 1. 建设基地|T 2. 完善设施",
    ),
    # ------------------------------------------------------------ lines
    "items run together in one paragraph": (
        "一、深化改革\n1．深化招考改革。推进中考改革。2．深化办学改革。鼓励社会办学。3．深化管理改革。推进督导。\n二、提高质量\n4．加强德育。立德树人。5．推进课改。优化课堂。",
        "A 一、 深化改革|T 1. 深化招考改革|T 2. 深化办学改革|T 3. 深化管理改革|A 二、 提高质量|T 4. 加强德育|T 5. 推进课改",
    ),
    "heading and items run together": (
        "一、主要任务(一)加强教育。开展活动。(市教育局负责)(二)加强宣传。办好科普日。(市科协负责)\n二、保障措施(一)加强领导。落实责任。(二)加大投入。安排经费。",
        "A 一、 主要任务|T (一) 加强教育|T (二) 加强宣传|S 二、 保障措施|G (一) 加强领导|G (二) 加大投入",
    ),
    "a plan that lost all its line breaks": (
        "为提高素质,制定以下要点。一、主要任务。1.加强教育。开展活动。2.加强宣传。办好科普日。二、工作要求。1.加强领导。落实责任。2.加大投入。安排经费。三、其他任务。1.做好总结。按时报送。2.做好统计。及时上报。",
        "A 一、 主要任务|T 1. 加强教育|T 2. 加强宣传|S 二、 工作要求|G 1. 加强领导|G 2. 加大投入|A 三、 其他任务|T 1. 做好总结|T 2. 做好统计",
    ),
    "pieces of a sentence in one line stay in their item": (
        "一、主要任务\n(一)加强教育。包括:(1)岗位培训;(2)技能培训;(3)安全培训。做好考核。\n(二)加强宣传。一是办好专栏;二是办好讲座。首先,抓好策划。其次,抓好落实。",
        "A 一、 主要任务|T (一) 加强教育|T (二) 加强宣传",
    ),
    "a reference to a number begins no item": (
        "一、主要任务\n(一)加强教育。按照第(三)项规定执行。落实“三、四、五”行动。\n(二)加强宣传。12345热线全覆盖,3.5万人受益。\n三、四线城市同步推进。\n(三)加强监管。做好检查。",
        "A 一、 主要任务|T (一) 加强教育|T (二) 加强宣传|T (三) 加强监管",
    ),
    # ------------------------------------------------------------ pieces and facets
    "1. 2. that end with ; are pieces of their item": (
        "一、主要任务\n(一)强化培训。重点做好以下工作:\n1.岗位培训;\n2.技能培训;\n3.安全培训。\n(二)强化宣传。办好专栏。",
        "A 一、 主要任务|T (一) 强化培训|T (二) 强化宣传",
    ),
    "1. 2. with texts of their own are the tasks": (
        "一、主要任务\n(一)强化宣传。\n1.办好专栏。在电视台开办科普专栏,每周一期。\n2.办好讲座。组织专家进校园,每年十场。\n(二)强化培训。\n1.培训教师。每年轮训,覆盖所有学校。\n2.培训干部。每年办班,覆盖所有乡镇。",
        "S 一、 主要任务|A (一) 强化宣传|T 1. 办好专栏|T 2. 办好讲座|A (二) 强化培训|T 1. 培训教师|T 2. 培训干部",
    ),
    "facets under each project are no items": (
        "一、重点工程\n(一)饮水工程\n1.目标任务。解决10万人饮水。\n2.工作措施。加快建设。\n3.责任单位。县水利局。\n(二)公路工程\n1.目标任务。新建100公里。\n2.工作措施。加快建设。\n3.责任单位。县交通局。\n"
        "二、工作要求\n(一)加强领导。做好。",
        "A 一、 重点工程|T (一) 饮水工程|T (二) 公路工程|S 二、 工作要求|G (一) 加强领导",
    ),
    "facets with pieces of their own, and the statement behind the last": (
        "一、新增一批\n(一)污水管网工程包,完成投资40亿元\n1.投资重点\n新建管网500公里。\n2.主要措施\n(1)简化审批环节。\n(2)鼓励社会参与。\n牵头部门:省住建厅\n(二)交通节点工程包,完成投资10亿元\n1.投资重点\n整治一批节点。\n2.主要措施\n(1)加大投入。\n牵头部门:省住建厅",
        "A 一、 新增一批|T (一) 污水管网工程包,完成投资40亿元|T (二) 交通节点工程包,完成投资10亿元",
    ),
    "headings repeated under sisters with statements of their own are tasks": (
        "\n".join(
            f"{n}、{w}素质行动\n(一)开展培训。做好。\n责任单位:市科协\n(二)办好活动。做好。\n责任单位:市教育局"
            for n, w in zip("一二三", ("青少年", "农民", "工人"), strict=True)
        ),
        "|".join(
            f"A {n}、 {w}素质行动|T (一) 开展培训|T (二) 办好活动"
            for n, w in zip("一二三", ("青少年", "农民", "工人"), strict=True)
        ),
    ),
    # ------------------------------------------------------------ chapters
    "leaf chapters are the tasks of a plan that numbers nothing else": (
        "一、强化规划引领\n推动规划衔接。(责任单位:省住建厅)\n二、创新管理体制\n成立联席会议。(责任单位:省经信委)\n三、加强组织领导\n各级要重视。",
        "T 一、 强化规划引领|T 二、 创新管理体制|T 三、 加强组织领导",
    ),
    "demands without parts at the end of a structured plan are a section": (
        "一、主要任务\n(一)拓展市场。推广试点。(税务总局、财政部负责)\n(二)促进创新。免于许可。(海关总署负责)\n二、有关要求\n各地要高度重视,切实加强组织领导,确保各项任务落到实处。",
        "A 一、 主要任务|T (一) 拓展市场|T (二) 促进创新|S 二、 有关要求",
    ),
    "a spatial order without parts is a section, one with parts is work": (
        "一、总体布局\n构建一核两翼。\n二、优化产业布局\n(一)做强核心。建设。\n(二)做大两翼。建设。",
        "S 一、 总体布局|A 二、 优化产业布局|T (一) 做强核心|T (二) 做大两翼",
    ),
    "whom measures are for and on what conditions is no work": (
        "一、支持对象\n在本市注册的企业。\n二、申报条件\n(一)合法经营。做好。\n(二)依法纳税。做好。\n三、支持内容\n(一)支持技改。按投资额5%补助。\n(二)支持上云。按费用30%补助。\n四、附则\n本政策由市工信局负责解释。",
        "S 一、 支持对象|S 二、 申报条件|S (一) 合法经营|S (二) 依法纳税|A 三、 支持内容|T (一) 支持技改|T (二) 支持上云|S 四、 附则",
    ),
    "background at every depth is no work": (
        "一、发展基础\n(一)主要成就\n1.规模扩大。增长10%。\n2.品牌提升。创建A级。\n(二)存在问题\n1.产品单一。缺少精品。\n二、总体要求\n(一)指导思想\n以人为本。\n三、重点任务\n(一)产品开发\n1.开发生态游。建设景区。\n2.开发文化游。建设古镇。",
        "S 一、 发展基础|S (一) 主要成就|S 1. 规模扩大|S 2. 品牌提升|S (二) 存在问题|S 1. 产品单一|S 二、 总体要求|S (一) 指导思想|"
        "S 三、 重点任务|A (一) 产品开发|T 1. 开发生态游|T 2. 开发文化游",
    ),
    "a programme with its background, aims, tasks and organisation": (
        "一、行动背景\n取得成就。\n二、总体要求\n(一)指导思想。\n以人为本。\n(二)总体目标。\n到2022年建立体系。\n三、主要任务\n(一)干预影响因素。\n1.实施知识普及行动。维护健康需要知识。\n2.实施合理膳食行动。膳食是基础。\n(二)维护全生命周期健康。\n7.实施妇幼健康行动。婴幼儿是起点。\n8.实施中小学健康行动。成长是关键。\n四、组织实施\n(一)加强领导。健全机制。\n(二)动员各方。凝聚力量。",
        "S 一、 行动背景|S 二、 总体要求|S (一) 指导思想|S (二) 总体目标|S 三、 主要任务|A (一) 干预影响因素|T 1. 实施知识普及行动|T 2. 实施合理膳食行动|"
        "A (二) 维护全生命周期健康|T 7. 实施妇幼健康行动|T 8. 实施中小学健康行动|S 四、 组织实施|G (一) 加强领导|G (二) 动员各方",
    ),
    "a county's campaign: scope, bodies and demands are no tasks, stages are": (
        "一、工作目标\n10月底前完成。\n二、整治范围\n全县企业。\n三、整治重点\n(一)不合政策的企业。重点整治。\n(二)不合规划的企业。重点整治。\n四、组织领导\n成立领导小组。\n组长:张某某\n成员:县环保局主要负责人\n五、实施步骤\n(一)宣传发动阶段(5月)。召开动员会。\n(二)集中整治阶段(6月)。逐一整治。\n六、工作要求\n(一)提高认识,加强领导。做好。\n(二)严肃纪律,强化问责。做好。",
        "S 一、 工作目标|S 二、 整治范围|A 三、 整治重点|T (一) 不合政策的企业|T (二) 不合规划的企业|S 四、 组织领导|A 五、 实施步骤|"
        "T (一) 宣传发动阶段(5月)|T (二) 集中整治阶段(6月)|S 六、 工作要求|G (一) 提高认识,加强领导|G (二) 严肃纪律,强化问责",
    ),
    "the subject of a chapter may be 保障 itself": (
        "一、健全社会保障体系\n(一)扩大参保。覆盖全民。\n(二)提高待遇。逐年增长。\n二、加强住房保障\n(一)建设公租房。新建1万套。\n三、强化实施保障\n(一)加强领导。做好。",
        "A 一、 健全社会保障体系|T (一) 扩大参保|T (二) 提高待遇|A 二、 加强住房保障|T (一) 建设公租房|S 三、 强化实施保障|G (一) 加强领导",
    ),
    "an item whose heading speaks of 保障 in a chapter of work is a task": (
        "一、主要任务\n(一)拓展市场。推广试点。\n(二)强化要素保障。保障用地。\n(三)加强组织领导。做好。\n二、进度安排\n(一)启动。3月前完成部署。",
        "A 一、 主要任务|T (一) 拓展市场|T (二) 强化要素保障|T (三) 加强组织领导|A 二、 进度安排|T (一) 启动",
    ),
    "help for firms that face difficulties is no background": (
        "一、加大帮扶\n(一)帮助面临困难的企业。缓缴保费。\n(二)加强形势政策教育。开展宣讲。\n(三)开展现状调查。摸清底数。\n(四)扩大政策适用范围。应享尽享。",
        "A 一、 加大帮扶|T (一) 帮助面临困难的企业|T (二) 加强形势政策教育|T (三) 开展现状调查|T (四) 扩大政策适用范围",
    ),
    "an item that sets goals to others is work, a goal is not": (
        "一、重点任务\n(一)明确目标任务。分解到乡镇。\n(二)开展实施情况评估。每年一次。\n(三)落实发展目标。抓好。\n(四)发展目标\n到2020年达标。\n二、加强督查\n定期通报。",
        "A 一、 重点任务|T (一) 明确目标任务|T (二) 开展实施情况评估|T (三) 落实发展目标|S (四) 发展目标|S 二、 加强督查",
    ),
    "chapters without numbers over numbered items": (
        "重点任务\n(一)开展培训。办班。\n(二)办好活动。办展。\n保障措施\n(一)加强领导。做好。\n(二)加大投入。做好。",
        "A 重点任务|T (一) 开展培训|T (二) 办好活动|S 保障措施|G (一) 加强领导|G (二) 加大投入",
    ),
    "a background chapter whose heading ran into its text": (
        "一、指导思想以习近平新时代中国特色社会主义思想为指导,深入贯彻党的十九大精神。\n二、主要目标到2020年,全市达标。\n三、重点任务\n(一)加强培训。每年办班。",
        "S 一、 指导思想以习近平新时代中国特色社会主义思想为指导,深入贯彻党的十九大精神|S 二、 主要目标到2020年,全市达标|A 三、 重点任务|T (一) 加强培训",
    ),
    "the officials that a chapter is about are no leadership of the plan": (
        "一、加强青少年教育\n(一)开展活动。每年办班。\n二、加强领导干部教育\n(一)开展培训。做好。\n(二)开展讲座。做好。",
        "A 一、 加强青少年教育|T (一) 开展活动|A 二、 加强领导干部教育|T (一) 开展培训|T (二) 开展讲座",
    ),
    "what a subsidy is for, for whom and how it is applied for are facets": (
        "一、支持研发\n(一)奖励标准。按投入10%奖励。\n(二)奖励对象。规上企业。\n(三)申报材料。审计报告。\n二、支持上市\n(一)奖励标准。奖励100万元。\n(二)奖励对象。上市企业。\n(三)申报材料。批文。",
        "T 一、 支持研发|T 二、 支持上市",
    ),
    "目标任务 with parts is work where there is no other work": (
        "一、指导思想\n以人为本。\n二、目标任务\n(一)建设设施。新建5个。\n(二)开展活动。每年10次。\n三、保障措施\n(一)加强领导。做好。",
        "S 一、 指导思想|A 二、 目标任务|T (一) 建设设施|T (二) 开展活动|S 三、 保障措施|G (一) 加强领导",
    ),
    "目标任务 beside chapters of work is background": (
        "一、目标任务\n(一)总量目标。达到100亿元。\n(二)质量目标。明显提升。\n二、工作措施\n(一)建设设施。新建5个。\n(二)开展活动。每年10次。",
        "S 一、 目标任务|S (一) 总量目标|S (二) 质量目标|A 二、 工作措施|T (一) 建设设施|T (二) 开展活动",
    ),
    "总则 without a number encloses its parts": (
        "总 则\n一、指导思想\n以人为本。\n二、规划依据\n1.《中华人民共和国水法》\n2.《江西省水资源条例》\n第一章 规划定位\n一、规划定位\n专项规划。\n第二章 主要任务\n一、强化管控\n(一)划定红线。严守。\n(二)修复生态。治理。\n第三章 实施保障\n一、加强监测。做好。",
        "S 总 则|S 一、 指导思想|S 二、 规划依据|S 1. 《中华人民共和国水法》|S 2. 《江西省水资源条例》|S 第一章 规划定位|S 一、 规划定位|"
        "S 第二章 主要任务|A 一、 强化管控|T (一) 划定红线|T (二) 修复生态|S 第三章 实施保障|G 一、 加强监测",
    ),
    "headings between items whose mark the text lost": (
        "一、加强公开\n围绕稳增长\n1.加强引导。做好解读。\n2.公开减税信息。公开清单。\n围绕促改革\n3.公开改革信息。公开目录。\n4.公开国企信息。公开经营。\n二、建好平台\n5.办好网站。优化栏目。",
        "S 一、 加强公开|A 围绕稳增长|T 1. 加强引导|T 2. 公开减税信息|A 围绕促改革|T 3. 公开改革信息|T 4. 公开国企信息|A 二、 建好平台|T 5. 办好网站",
    ),
    "one short line behind an item is no heading": (
        "一、加强公开\n1.加强引导。做好解读。\n市科协 市教育局\n2.公开信息。公开清单。\n二、建好平台\n3.办好网站。优化栏目。",
        "A 一、 加强公开|T 1. 加强引导|T 2. 公开信息|A 二、 建好平台|T 3. 办好网站",
    ),
    "a boxed column stands in the action that holds the item above it": (
        "第一章 主要任务\n第一节 提升创新\n一、建设平台。新建平台。\n二、引进人才。引进人才。\n专栏1 创新工程\n1.平台建设。新建2个。\n2.人才引进。引进10名。\n第二节 做强产业\n一、引进企业。引进10家。",
        "S 第一章 主要任务|A 第一节 提升创新|T 一、 建设平台|T 二、 引进人才|A 专栏1 创新工程|T 1. 平台建设|T 2. 人才引进|A 第二节 做强产业|T 一、 引进企业",
    ),
    "a boxed column without items is a task": (
        "一、主要任务\n(一)提升创新\n1.建设平台。新建。\n专栏1:创新工程\n新建国家级平台2个。\n2.引进人才。引进。\n(二)做强产业\n1.引进企业。引进。",
        "S 一、 主要任务|A (一) 提升创新|T 1. 建设平台|T 专栏1 创新工程|T 2. 引进人才|A (二) 做强产业|T 1. 引进企业",
    ),
    "a chapter that lost the number 一、": (
        "总体要求\n以人为本。\n二、工作任务\n1.开展培训。做。\n2.办好活动。做。\n三、保障措施\n1.加强领导。做。",
        "S 一、 总体要求|A 二、 工作任务|T 1. 开展培训|T 2. 办好活动|S 三、 保障措施|G 1. 加强领导",
    ),
    "a table of contents is no part": (
        "目  录\n一、总体要求……1\n二、主要任务……2\n(一)开展培训……2\n(二)办好活动……3\n三、保障措施……4\n一、总体要求\n以人为本。\n二、主要任务\n(一)开展培训\n办班。\n(二)办好活动\n办展。\n三、保障措施\n(一)加强领导。做好。",
        "S 一、 总体要求|A 二、 主要任务|T (一) 开展培训|T (二) 办好活动|S 三、 保障措施|G (一) 加强领导",
    ),
    "an annex with its own numbers is no part": (
        "一、主要任务\n(一)推进改革。落实。\n(二)加强监管。检查。\n附件:1.分工表\n2.考核表\n附件1\n重点任务分工表\n一、推进改革\n1.审批改革\n二、加强监管\n1.执法检查",
        "A 一、 主要任务|T (一) 推进改革|T (二) 加强监管",
    ),
    "a district's list of projects without chapters": (
        "1.新建幼儿园3所。投资2000万元。\n责任单位:县教育局\n完成时限:2021年12月\n2.改造小区10个。惠及3000户。\n责任单位:县住建局\n完成时限:2021年11月",
        "T 1. 新建幼儿园3所|T 2. 改造小区10个",
    ),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_a_plan_is_taken_apart_as_a_reader_does(body: str, expected: str) -> None:
    assert taken(HEAD + body) == expected.split("|")


LAST = "一、任务\n1.开展培训。每年办班。(市科协)\n2.办好活动。每年办展。(市科协)\n3.建设基地。新建5个。(市科协)\n4.培训骨干。每年2期。(市科协)\n"
CLOSING = [
    "本措施自发布之日起施行,至2021年12月31日止。",
    "本意见由市科协负责解释。",
    "各县区、各部门要结合实际,制定实施方案,认真抓好贯彻落实,并及时将落实情况报送市科协。",
    "各牵头部门于本方案印发之日起一个月内制定具体实施方案,报送市政府办公室。",
    "以上措施与现行政策不一致的,按照就高不重复的原则执行。",
    "此前出台的政策与本政策不一致的,以本政策为准。",
    "附件:重点任务分工表",
    "(此件公开发布)",
    "抄送:市委办公室、市人大常委会办公室。",
    "宜春市科学技术协会 2021年3月4日",
    "宜春市科学技术协会\n宜春市教育局\n2021年3月4日",
    "联系人:张三,电话:0795-3270000",
]


@pytest.mark.parametrize("closing", CLOSING)
def test_what_follows_the_last_item_is_no_part_of_it(closing: str) -> None:
    last = provisions_of(HEAD + LAST + closing)[-1]
    assert (last.number, last.text) == ("4.", "培训骨干。每年2期。")


STAYS = [
    "加强日常管理,完善考核机制。",
    "到2025年,培训骨干1000人次。",
    "市科协牵头制定培训计划,各县区抓好落实。",
]


@pytest.mark.parametrize("more", STAYS)
def test_a_second_paragraph_of_the_last_item_is_its_own(more: str) -> None:
    last = provisions_of(HEAD + LAST + more)[-1]
    assert re.sub(r"\s", "", last.text).endswith(more)


def test_confidence_falls_from_numbers_to_what_only_the_form_tells() -> None:
    by_rule = {p.rule: p.confidence for body, _ in CASES.values() for p in provisions_of(HEAD + body)}
    assert by_rule["numbering"] > by_rule["merged-pieces"] > by_rule["unnumbered-heading"]
    assert by_rule["numbering"] > by_rule["restored-number"]
    assert all(0 < sure < 1 for sure in by_rule.values())
