"""Pictures: well-formed, labelled, nothing over anything, the right numbers, the same bytes."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg import resources, vocab
from kg.chart import KINDS, Choice, draw
from kg.chart.drawing import Drawing, text_width
from kg.errors import EmptyError, UsageError
from kg.pipeline import build
from kg.store import open_store

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
LEVEL = f"{vocab.CONCEPT}level/"


@dataclass(frozen=True, slots=True)
class Box:
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def texts(root: ElementTree.Element) -> list[Box]:
    found = []
    for node in root.iter(f"{SVG}text"):
        x, y, size = (float(node.get(name, "0")) for name in ("x", "y", "font-size"))
        width = text_width(node.text or "", size)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[node.get("text-anchor", "start")]
        found.append(Box(node.text or "", left, y - 0.85 * size, left + width, y + 0.15 * size))
    return found


def rects(root: ElementTree.Element) -> list[Box]:
    """The drawn rectangles, without ground and pattern."""
    found = []
    for node in list(root.iter(f"{SVG}rect"))[3:]:
        x, y, width, height = (float(node.get(name, "0")) for name in ("x", "y", "width", "height"))
        found.append(Box("", x, y, x + width, y + height))
    return found


def overlaps(boxes: list[Box]) -> list[tuple[str, str]]:
    ordered = sorted(boxes, key=lambda b: b.top)
    return [
        (one.text, other.text)
        for n, one in enumerate(ordered)
        for other in ordered[n + 1 :]
        if other.top < one.bottom and one.meets(other)
    ]


@pytest.fixture(scope="module")
def many():
    """The plans of the samples and the invented ones in one store."""
    opened = open_store()
    build([resources.folder("data/documents"), ROOT / "tests" / "golden" / "invented"], opened)
    return opened


@pytest.fixture(scope="module")
def hostile():
    """Forty plans with titles of any length, signs that mark-up means something by, and a dense chain."""
    opened = open_store()
    plan, lines = vocab.PLAN, []
    levels = ["national", "provincial", "prefectural", "county", "township"]
    for n in range(40):
        iri = f"<{opened.base}plan/{n:02}>"
        title = ("<规划> & “十四五”" + "关于进一步加强城乡科学普及工作的实施方案" * (n % 6 + 1))[: 8 + 3 * n]
        title = f"{title} {n}" if n % 7 else f"Plan-{'abcdefghij' * (n % 4 + 1)}-{n}"
        lines.append(
            f'{iri} a <{plan}Plan> ; <{vocab.DCTERMS_TITLE}> "{title}"@zh ; <{plan}level> <{LEVEL}{levels[n % 5]}> .'
        )
        for k in range(n % 9):
            task, agency = f"<{opened.base}plan/{n:02}/{k}>", f"<{opened.base}agency/{k * n % 13}>"
            lines.append(
                f"{task} a <{plan}Task> ; <{plan}inPlan> {iri} ; <{plan}responsibility> <{opened.base}r/{n}/{k}> ; "
                f"<{plan}effectiveCrowdGroup> <{vocab.CONCEPT}crowd-group/g{k % 7}> ; <{plan}effectiveLeadAgency> {agency} ."
            )
            lines.append(f"<{opened.base}r/{n}/{k}> <{plan}agency> {agency} .")
            name = "南昌市东湖区" + "文化广电新闻出版旅游体育" * (k + 1) + f"局{k * n % 13}"
            lines.append(f'{agency} <{vocab.SKOS_PREF_LABEL}> "{name}"@zh .')
            document = f"<{opened.base}document/{k * (n % 5)}>"
            lines.append(
                f'{iri} <{plan}basedOn> {document} . {document} <{vocab.DCTERMS_TITLE}> "文件{"很长的" * k}<{k}>"@zh ; '
                f"<{plan}level> <{LEVEL}{levels[k * (n % 5) % 5]}> ."
            )
    with opened.write() as working:
        working.update("INSERT DATA { " + "\n".join(lines) + " }")
    return opened


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("which", ["many", "hostile"])
def test_a_picture_is_sound(request, which, kind, lang):
    store = request.getfixturevalue(which)
    svg = draw(store, kind, lang)
    assert draw(store, kind, lang) == svg
    root = ElementTree.fromstring(svg.encode())
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text
    width, height = float(root.get("width")), float(root.get("height"))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    shown = texts(root)
    assert overlaps(shown) == []
    for box in [*shown, *rects(root)]:
        assert box.left >= 0, box
        assert box.top >= 0, box
        assert box.right <= width, box
        assert box.bottom <= height, box
    for node in root.iter(f"{SVG}path"):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", node.get("d"))]
        assert all(0 <= x <= width for x in numbers[::2])
        assert all(0 <= y <= height for y in numbers[1::2])
    said = "".join(box.text for box in shown).replace(" ", "")
    for row in store.query("SELECT ?title { ?plan a plan:Plan ; dcterms:title ?title }"):
        assert "".join(row["title"].value.split()) in said


@pytest.mark.parametrize("which", ["many", "hostile"])
def test_no_line_of_the_chain_lies_under_a_document(request, which):
    root = ElementTree.fromstring(draw(request.getfixturevalue(which), "cascade").encode())
    boxes = [box for box in rects(root) if box.right - box.left > 100]
    lanes = 0
    for node in root.iter(f"{SVG}path"):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", node.get("d"))]
        xs, ys = numbers[::2], numbers[1::2]
        if len(set(ys)) == 1 and xs[-1] - xs[0] == 240:
            lanes += 1
            lane = Box("lane", xs[0] + 1, ys[0] - 1, xs[-1] - 1, ys[0] + 1)
            assert not [box for box in boxes if box.meets(lane)]
    assert lanes


def test_the_cells_count_tasks(many):
    root = ElementTree.fromstring(draw(many, "coverage").encode())
    cells = {}
    for group in root.iter(f"{SVG}g"):
        plan, _, rest = group.find(f"{SVG}title").text.rpartition(" · ")
        label, _, count = rest.partition(": ")
        own, _, passing = count.partition("; ")
        shown = [int(n) for n in re.findall(r"\d+", group.find(f"{SVG}text").text)]
        assert shown == [int(said) for said in re.findall(r"\d+", f"{own} {passing}")]
        cells[plan, label] = sum(shown)
    tasks: dict[tuple[str, str], set[str]] = {}
    for title, label, task in many.query(
        """SELECT ?title ?label ?task { ?task plan:effectiveCrowdGroup/skos:prefLabel ?label ; plan:inPlan/dcterms:title ?title .
        ?task a plan:Task FILTER(LANG(?label) = "zh") }"""
    ):
        tasks.setdefault((title.value, label.value), set()).add(task.value)
    assert len(tasks) > 50
    assert {place: count for place, count in cells.items() if count} == {k: len(v) for k, v in tasks.items()}


def test_the_bars_count_tasks(many):
    root = ElementTree.fromstring(draw(many, "responsibility", top=100).encode())
    said = sorted(
        (g.find(f"{SVG}title").text.partition(": ")[0], g.find(f"{SVG}text").text) for g in root.iter(f"{SVG}g")
    )
    parts: dict[tuple[str, str], dict[str, set[str]]] = {}
    for title, name, kind, task in many.query(
        """SELECT DISTINCT ?title ?name ?kind ?task {
          ?task a plan:Task ; plan:inPlan/dcterms:title ?title .
          { ?task plan:responsibility/plan:agency ?agency BIND("part" AS ?kind) }
          UNION { ?task plan:effectiveLeadAgency ?agency BIND("led" AS ?kind) }
          UNION { ?task plan:presumedLeadAgency ?agency BIND("presumed" AS ?kind) }
          ?agency skos:prefLabel ?name FILTER(LANG(?name) = "zh")
        }"""
    ):
        parts.setdefault((title.value, name.value), {}).setdefault(kind.value, set()).add(task.value)
    expected = []
    for (_, name), kinds in parts.items():
        led = kinds.get("led", set())
        presumed = kinds.get("presumed", set()) - led
        more = f" (牵头 {len(led)})" if led else f" (推定牵头 {len(presumed)})" if presumed else ""
        expected.append((name, f"{len(set().union(*kinds.values()))}{more}"))
    assert len(expected) > 100
    assert said == sorted(expected)


def test_a_missing_level_is_said(many):
    svg = draw(many, "cascade")
    assert "缺上级依据:省级、市级" in svg
    assert "no basis at: provincial, prefectural" in draw(many, "cascade", "en")


def test_fewer_plans_can_be_chosen(many):
    [plan] = [r["p"].value for r in many.query('SELECT ?p { ?p dcterms:title ?t FILTER(CONTAINS(?t, "瓯海区科普")) }')][
        :1
    ]
    svg = draw(many, "coverage", choice=Choice(plans=[plan]))
    assert "瓯海区科普" in svg
    assert "东湖" not in svg
    with pytest.raises(UsageError, match="coverage, responsibility, cascade"):
        draw(many, "pie")
    with pytest.raises(EmptyError):
        draw(open_store(), "coverage")


@pytest.mark.parametrize("kind", KINDS)
def test_of_many_plans_the_most_important_are_drawn_and_the_rest_is_said(many, kind):
    svg = draw(many, kind, "zh", Choice(most=4))
    root = ElementTree.fromstring(svg.encode())
    said = "".join(box.text for box in texts(root))
    assert "另有21份规划没有画出" in said.replace(" ", "")
    assert overlaps(texts(root)) == []
    assert "国家级1" in said.replace(" ", "")  # of five plans of the nation four are shown
    assert "21 more plans are not shown" in "".join(
        box.text for box in texts(ElementTree.fromstring(draw(many, kind, "en", Choice(most=4)).encode()))
    )


def test_a_picture_can_be_of_one_area_and_of_one_kind_of_plan(many):
    zhejiang, scheme = f"{many.base}region/330000", f"{vocab.CONCEPT}plan-type/"
    svg = draw(many, "coverage", choice=Choice(region=zhejiang))
    assert "瓯海区科普" in svg
    assert "余姚" in svg
    assert "东湖" not in svg
    kind = many.query(f'SELECT ?k {{ ?k skos:inScheme <{vocab.CONCEPT}plan-type> ; skos:notation "工作要点" }}')
    [points] = [r["k"].value for r in kind]
    assert points.startswith(scheme)
    svg = draw(many, "responsibility", choice=Choice(region=zhejiang, plan_type=points))
    assert "余姚" in svg
    assert "瓯海区科普" not in svg
    with pytest.raises(EmptyError, match="in this choice"):
        draw(many, "cascade", choice=Choice(region=f"{many.base}region/650000"))


def test_who_is_only_spoken_of_has_no_task(many):
    svg = draw(many, "coverage", "zh", Choice(region=f"{many.base}region/330281"))
    title = "2018年余姚市实施《全民科学素质行动计划纲要》工作要点"
    cells = {node.text for node in ElementTree.fromstring(svg.encode()).iter(f"{SVG}title")}
    assert f"{title} · 老年人: 0 项; 只提到 1" in cells
    assert f"{title} · 领导干部和公务员: 3 项" in cells


def test_what_is_written_is_escaped():
    drawing = Drawing('a < b & "c"', "<desc>", "zh")
    drawing.open("<g>")
    drawing.text(1, 2, "</text><script>alert(1)</script>")
    drawing.close()
    root = ElementTree.fromstring(drawing.svg(10, 10).encode())
    assert [node.text for node in root.iter(f"{SVG}text")] == ["</text><script>alert(1)</script>"]
    assert not list(root.iter(f"{SVG}script"))


@pytest.mark.slow
def test_the_command_writes_the_same_file_whatever_the_hash_seed(tmp_path):
    program = [sys.executable, "-c", "from kg.cli import main; main()"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "KG_STORE": str(tmp_path / "store")}
    subprocess.run([*program, "build", "--samples"], env=environment, check=True, capture_output=True)
    for kind in KINDS:
        made = []
        for seed in ("1", "2"):
            out = tmp_path / f"{kind}{seed}.svg"
            command = [*program, "chart", kind, "-o", str(out), "--lang", "zh"]
            subprocess.run(command, env={**environment, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
            made.append(out.read_bytes())
        assert made[0] == made[1]
    for wrong in (
        ["pie"],
        ["coverage", "-o", "x.png"],
        ["coverage", "-o", "nowhere/x.svg"],
        ["coverage", "--plan", "火星"],
    ):
        done = subprocess.run(
            [*program, "chart", *wrong], env=environment, cwd=tmp_path, check=False, capture_output=True, text=True
        )
        assert (done.returncode, done.stdout) == (2, "")
