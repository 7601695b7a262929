"""The ontology and the concept schemes: complete, consistent, and the same as what the code and the rules say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import owlrl
import pyoxigraph
import pytest
from owlrl.Namespaces import ERRNS
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

from kg import vocab
from kg.resources import folder, path, root

PLAN = Namespace(vocab.PLAN)
EX = Namespace("https://example.org/")
DCTERMS = Namespace(vocab.DCTERMS)
PROV = Namespace(vocab.PROV)
SCHEMA = Namespace(vocab.SCHEMA)
VANN = Namespace(vocab.VANN)
ONTOLOGY = URIRef(vocab.ONTOLOGY_IRI)

CONCEPT_FILES = sorted(folder("ontology/concepts").glob("*.ttl"))
each_scheme = pytest.mark.parametrize("file", CONCEPT_FILES, ids=lambda file: file.stem)

# Schemes whose notation is the Chinese word that documents use; in all others it is the last part of the IRI.
CHINESE_NOTATION = {"plan-type", "crowd-group", "unit", "bindingness"}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(path("ontology/plan.ttl"))


def local(iri) -> str:
    return str(iri).removeprefix(vocab.PLAN)


def declared(graph: Graph, *classes: URIRef) -> set[str]:
    return {local(s) for cls in classes for s in graph.subjects(RDF.type, cls) if str(s).startswith(vocab.PLAN)}


def languages(graph: Graph, subject, predicate) -> list[str]:
    return sorted(o.language or "" for o in graph.objects(subject, predicate))


# ---------------------------------------------------------------- terms


@pytest.mark.parametrize("term", sorted(vocab.TERMS))
def test_every_term_has_one_label_and_one_definition_in_chinese_and_in_english(ontology, term):
    assert languages(ontology, PLAN[term], RDFS.label) == ["en", "zh"]
    assert languages(ontology, PLAN[term], SKOS.definition) == ["en", "zh"]
    assert list(ontology.objects(PLAN[term], RDFS.isDefinedBy)) == [ONTOLOGY]


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (vocab.CLASSES, [OWL.Class]),
        (vocab.OBJECT_PROPERTIES, [OWL.ObjectProperty]),
        (vocab.DATA_PROPERTIES, [OWL.DatatypeProperty]),
        (vocab.ANNOTATION_PROPERTIES, [OWL.AnnotationProperty]),
        (vocab.INDIVIDUALS, [OWL.NamedIndividual]),
    ],
    ids=["classes", "object properties", "data properties", "annotation properties", "individuals"],
)
def test_the_code_names_exactly_the_terms_that_the_ontology_declares(ontology, names, kinds):
    assert declared(ontology, *kinds) == names


def test_nothing_in_our_namespace_is_spoken_of_without_being_declared(ontology):
    used = {local(t) for triple in ontology for t in triple if isinstance(t, URIRef) and t.startswith(vocab.PLAN)}
    assert used == vocab.TERMS


def files_that_speak(*patterns: str) -> list[Path]:
    return sorted(file for pattern in patterns for file in root().glob(pattern))


@pytest.mark.parametrize(
    "file",
    files_that_speak("ontology/concepts/*.ttl", "shapes/**/*.ttl", "queries/**/*.rq", "data/rules/**/*.rq"),
    ids=lambda file: file.name,
)
def test_concepts_shapes_and_queries_use_only_declared_terms(file):
    if file.suffix == ".ttl":
        graph = Graph().parse(file)
        used = {local(t) for triple in graph for t in triple if isinstance(t, URIRef) and t.startswith(vocab.PLAN)}
        used |= {
            name for o in graph.objects() if isinstance(o, Literal) for name in re.findall(r"\bplan:([A-Za-z]\w*)", o)
        }
    else:
        used = set(re.findall(r"\bplan:([A-Za-z]\w*)", file.read_text(encoding="utf-8")))
    assert used - vocab.TERMS - {""} == set()


@pytest.mark.parametrize("file", files_that_speak("kg/**/*.py"), ids=lambda file: file.name)
def test_the_code_uses_only_declared_terms(file):
    text = file.read_text(encoding="utf-8")
    used = set(re.findall(r'(?<![\w.])plan\("(\w+)"\)', text)) | set(re.findall(r"\bplan:([a-z]+[A-Z]\w*)", text))
    used |= set(re.findall(r'\bPLAN(?:_IRI)? \+ "(\w+)"', text))
    if re.search(r"^PLAN = Namespace\(", text, re.MULTILINE):
        used |= set(re.findall(r"\bPLAN\.(\w+)", text))
    if file.name == "vocab.py":
        used -= {"leadAgent"}  # the doctest's misspelt term
    assert used - vocab.TERMS == set()


# ---------------------------------------------------------------- the ontology as a document


def test_there_is_one_ontology_and_its_version_has_another_iri(ontology):
    assert list(ontology.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    (version,) = ontology.objects(ONTOLOGY, OWL.versionIRI)
    (number,) = ontology.objects(ONTOLOGY, OWL.versionInfo)
    assert version != ONTOLOGY
    assert str(version) == f"{ONTOLOGY}/{number}"


def test_the_ontology_says_what_it_is_who_made_it_and_how_it_may_be_used(ontology):
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert languages(ontology, ONTOLOGY, predicate) == ["en", "zh"]
    assert str(ontology.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "plan"
    assert str(ontology.value(ONTOLOGY, VANN.preferredNamespaceUri)) == vocab.PLAN
    assert ontology.value(ONTOLOGY, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    for predicate in (DCTERMS.creator, DCTERMS.publisher, DCTERMS.created, DCTERMS.issued):
        assert ontology.value(ONTOLOGY, predicate) is not None


@pytest.mark.parametrize("file", [path("ontology/plan.ttl"), *CONCEPT_FILES], ids=lambda file: file.stem)
def test_both_engines_read_the_same_number_of_triples(file):
    quads = set(pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(quads) == len(Graph().parse(file))


def test_only_the_lists_of_chain_axioms_need_blank_nodes(ontology):
    chains = {
        node
        for head in ontology.objects(None, OWL.propertyChainAxiom)
        for node in ontology.transitive_objects(head, RDF.rest)
    }
    blank = {node for node in ontology.all_nodes() if isinstance(node, BNode)}
    assert blank == chains - {RDF.nil}


def test_every_term_of_another_vocabulary_in_an_axiom_is_declared(ontology):
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith)
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    known = {s for kind in kinds for s in ontology.subjects(RDF.type, kind)}
    # OWL 2 Structural Specification, section 4: gYear, date and duration are not in the datatype map.
    known |= {XSD.string, XSD.boolean, XSD.decimal, XSD.integer}
    named = {o for axiom in axioms for o in ontology.objects(None, axiom)}
    named |= {p for p in ontology.predicates() if not str(p).startswith((str(RDF), str(RDFS), str(OWL)))}
    assert sorted(named - known) == []


@pytest.mark.parametrize(
    "term",
    [
        vocab.PROV + "Activity",
        vocab.PROV + "qualifiedAssociation",
        vocab.PROV + "wasAssociatedWith",
        "http://purl.org/net/p-plan#isStepOfPlan",
        vocab.ORG + "identifier",
    ],
)
def test_alignments_that_would_say_too_much_are_not_there(ontology, term):
    assert not any(URIRef(term) in triple for triple in ontology)


def test_a_lead_that_a_rule_found_is_no_lead_that_the_document_states(ontology):
    for term in ("effectiveLeadAgency", "presumedLeadAgency", "inheritedLeadAgency"):
        assert list(ontology.objects(PLAN[term], RDFS.subPropertyOf)) == []


# ---------------------------------------------------------------- what a reasoner makes of it

INSTANCES = """
@prefix plan: <https://w3id.org/plankg/ontology#> .
@prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:plan a plan:Plan ; dcterms:title "实施方案"@zh ; plan:documentNumber "某政办发〔2021〕1号" ; plan:region ex:county ;
  plan:periodStart "2021"^^xsd:gYear ; plan:periodEndDate "2025-12-31"^^xsd:date ; plan:implements ex:upper ;
  plan:citation ex:citation ; plan:sourceFile ex:file ; plan:hasTarget ex:wholeTarget ; plan:responsibility ex:forAll .
ex:citation a plan:Citation ; plan:document ex:upper ; plan:isBasis true ; plan:inPlan ex:plan .
ex:section a plan:Section ; plan:inPlan ex:plan .
ex:action a plan:Action ; plan:inPlan ex:plan ; plan:inSection ex:section ; plan:leadAgency ex:lead ; plan:crowdGroup ex:young .
ex:box a plan:Action ; plan:inPlan ex:plan ; plan:inAction ex:action ; plan:number "专栏1" .
ex:task a plan:Task ; plan:inPlan ex:plan ; plan:inAction ex:action ; plan:ordinal 1 ; plan:text "正文"@zh ; plan:confidence 0.9 ;
  plan:responsibility ex:part ; plan:jointAgency ex:joint ; plan:effectiveLeadAgency ex:lead ; plan:evidence ex:passage ;
  plan:correspondsTo ex:other .
ex:boxTask a plan:Task ; plan:inPlan ex:plan ; plan:inAction ex:box .
ex:safeguard a plan:SafeguardMeasure ; plan:inPlan ex:plan ; plan:inSection ex:section .
ex:part a plan:Responsibility ; plan:agency ex:joint ; plan:role plan:Joint ; plan:basis plan:Stated ; plan:evidence ex:passage .
ex:forAll a plan:Responsibility ; plan:agency ex:group ; plan:basisEvidence ex:passage .
ex:group a plan:AgencyGroup ; org:hasMember ex:joint .
ex:lead a plan:Agency ; plan:agencyType ex:kind ; plan:region ex:county .
ex:target a plan:Target ; plan:targetOf ex:task ; plan:inPlan ex:plan ; plan:value 17.5 ; plan:deadline "2025"^^xsd:gYear ;
  plan:comparator plan:AtLeast ; plan:indicator ex:share ; plan:restates ex:wholeTarget .
ex:wholeTarget plan:inPlan ex:plan .
ex:achievement a plan:Achievement ; plan:inPlan ex:plan ; plan:achievementOf ex:section ; plan:value 370.0 .
ex:finding a plan:Finding ; plan:inPlan ex:plan ; plan:about ex:task ; plan:code "restored-number" ; plan:severity "info" .
ex:passage a plan:Passage ; oa:start 1 ; oa:end 2 ; oa:exact "文" ; prov:wasQuotedFrom ex:file .
ex:file a plan:SourceFile ; plan:sourceText "正文" .
ex:county a plan:Region ; plan:within ex:city . ex:city plan:within ex:province .
"""


def close(graph: Graph) -> list[str]:
    """Expand a graph under OWL 2 RL; the reasoner's error messages."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERRNS.error))


@pytest.fixture(scope="module")
def closed() -> tuple[Graph, list[str]]:
    graph = Graph().parse(path("ontology/plan.ttl")).parse(data=INSTANCES, format="turtle")
    return graph, close(graph)


def test_ontology_and_a_small_plan_are_consistent(closed):
    graph, errors = closed
    assert errors == []
    assert list(graph.subjects(RDF.type, OWL.Nothing)) == []


# Every type in our namespace that each node must have; it must have no other.
TYPES = {
    "plan": "Plan PolicyDocument",
    "upper": "PolicyDocument",
    "citation": "Citation",
    "section": "Section Provision",
    "action": "Action Provision",
    "box": "Action Provision",
    "task": "Task Measure Provision",
    "other": "Task Measure Provision",
    "boxTask": "Task Measure Provision",
    "safeguard": "SafeguardMeasure Measure Provision",
    "part": "Responsibility",
    "forAll": "Responsibility",
    "group": "AgencyGroup Agency",
    "lead": "Agency",
    "joint": "Agency",
    "kind": "AgencyType",
    "young": "CrowdGroup",
    "share": "Indicator",
    "target": "Target Quantity",
    "wholeTarget": "Target Quantity",
    "achievement": "Achievement Quantity",
    "finding": "Finding",
    "passage": "Passage",
    "file": "SourceFile",
    "county": "Region",
    "city": "Region",
    "province": "Region",
}


@pytest.mark.parametrize("node", TYPES)
def test_a_reasoner_gives_each_node_its_types_and_no_others(closed, node):
    found = {local(o) for o in closed[0].objects(EX[node], RDF.type) if str(o).startswith(vocab.PLAN)}
    assert found == set(TYPES[node].split())


def test_no_part_of_a_plan_becomes_an_activity_or_a_plan_or_a_step(closed):
    foreign = {"Activity", "Step", "Association", "Agent", "Person", "Dataset", "Distribution"}
    found = {
        (str(s), str(o))
        for s, o in closed[0].subject_objects(RDF.type)
        if isinstance(o, URIRef) and re.split("[#/]", str(o))[-1] in foreign
    }
    assert found == set()
    assert list(closed[0].subjects(RDF.type, PROV.Plan)) == [EX.plan]


def test_literals_are_the_subject_of_nothing_but_what_a_reasoner_says_of_every_literal(closed):
    # owlrl 7 leaves `literal owl:sameAs itself` and `literal rdf:type its datatype` in the graph (its eq-ref and dt-type rules).
    assert {p for s, p, _ in closed[0] if isinstance(s, Literal)} <= {OWL.sameAs, RDF.type}
    types = {o for s, o in closed[0].subject_objects(RDF.type) if isinstance(s, Literal)}
    assert [t for t in types if str(t).startswith(vocab.PLAN)] == []


def test_no_two_things_become_one(closed):
    pairs = {(s, o) for s, o in closed[0].subject_objects(OWL.sameAs) if isinstance(s, URIRef) and s != o and s in EX}
    assert pairs == set()


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("task", "inheritedLeadAgency", "lead"),
        ("task", "inheritedCrowdGroup", "young"),
        ("task", "responsibleAgency", "joint"),
        ("task", "partOf", "plan"),
        ("boxTask", "partOf", "section"),
        ("plan", "hasPart", "target"),
        ("task", "hasTarget", "target"),
        ("wholeTarget", "targetOf", "plan"),
        ("section", "hasAchievement", "achievement"),
        ("plan", "basedOn", "upper"),
        ("county", "within", "province"),
        ("other", "correspondsTo", "task"),
    ],
)
def test_a_reasoner_finds(closed, subject, predicate, value):
    assert (EX[subject], PLAN[predicate], EX[value]) in closed[0]


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("task", "leadAgency", "lead"),  # effective and inherited leads are not the task's own
        ("task", "responsibleAgency", "lead"),
        (
            "boxTask",
            "inheritedLeadAgency",
            "lead",
        ),  # the chain is one step; the nearest enclosing lead comes from a rule
        ("forAll", "evidence", "passage"),  # the sentence of the rule is not where the agency is written
        ("target", "targetOf", "plan"),
        ("target", "inAction", "action"),
    ],
)
def test_a_reasoner_does_not_find(closed, subject, predicate, value):
    assert (EX[subject], PLAN[predicate], EX[value]) not in closed[0]


def test_a_contradiction_is_an_error_that_names_the_node(ontology):
    wrong = {
        "both": ("Task", "SafeguardMeasure"),
        "mixed": ("Target", "Achievement"),
        "chapter": ("Section", "Task"),
        "nested": ("Section", "Action"),
        "office": ("Agency", "Plan"),
        "word": ("Agency", "AgencyType"),
        "group": ("CrowdGroup", "Indicator"),
    }
    graph = Graph()
    for triple in ontology:
        graph.add(triple)
    for node, types in wrong.items():
        for name in types:
            graph.add((EX[node], RDF.type, PLAN[name]))
    errors = close(graph)
    assert [node for node in wrong if not any(str(EX[node]) in error for error in errors)] == []


# ---------------------------------------------------------------- concept schemes


def read_scheme(file: Path) -> tuple[Graph, list[URIRef]]:
    graph = Graph().parse(file)
    return graph, sorted(set(graph.subjects(SKOS.inScheme, None)))


def shared_aliases(graph: Graph) -> list[str]:
    """What is wrong, in words: each word that two concepts of a scheme claim, with both owners."""
    owners = defaultdict(set)
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.notation):
        for concept, word in graph.subject_objects(predicate):
            if (concept, SKOS.inScheme, None) in graph and word.language in (None, "zh"):
                owners[re.sub(r"\s+", "", unicodedata.normalize("NFKC", word))].add(str(concept))
    return [
        f"{word!r} belongs to {' and to '.join(sorted(who))}" for word, who in sorted(owners.items()) if len(who) > 1
    ]


def test_there_is_one_file_for_each_scheme_that_the_code_names():
    assert {file.stem for file in CONCEPT_FILES} == vocab.SCHEMES


@each_scheme
def test_a_scheme_has_its_own_label_and_definition(file):
    graph, _ = read_scheme(file)
    scheme = URIRef(vocab.scheme(file.stem))
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    assert languages(graph, scheme, SKOS.prefLabel) == ["en", "zh"]
    assert languages(graph, scheme, SKOS.definition) == ["en", "zh"]


@each_scheme
def test_every_concept_has_a_label_and_a_definition_in_both_languages_and_one_notation(file):
    graph, concepts = read_scheme(file)
    assert concepts
    faults = [
        str(concept)
        for concept in concepts
        if languages(graph, concept, SKOS.prefLabel) != ["en", "zh"]
        or languages(graph, concept, SKOS.definition) != ["en", "zh"]
        or len(list(graph.objects(concept, SKOS.notation))) != 1
        or (concept, RDF.type, SKOS.Concept) not in graph
    ]
    assert faults == []


@each_scheme
def test_every_concept_lies_in_its_scheme_and_hangs_from_its_top(file):
    graph, concepts = read_scheme(file)
    scheme = vocab.scheme(file.stem)
    for concept in concepts:
        assert list(graph.objects(concept, SKOS.inScheme)) == [URIRef(scheme)]
        assert str(concept) == vocab.concept(file.stem, str(concept).removeprefix(scheme + "/"))
        top = list(graph.objects(concept, SKOS.topConceptOf)) == [URIRef(scheme)]
        broader = list(graph.objects(concept, SKOS.broader))
        assert top != bool(broader), concept
        assert set(broader) <= set(concepts)


@each_scheme
def test_every_word_has_one_owner(file):
    assert shared_aliases(read_scheme(file)[0]) == []


def test_a_word_with_two_owners_is_reported_with_both():
    graph = Graph().parse(
        format="turtle",
        data="""@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <https://example.org/> .
        ex:one skos:inScheme ex:s ; skos:prefLabel "科协"@zh . ex:two skos:inScheme ex:s ; skos:altLabel " 科协"@zh .""",
    )
    assert shared_aliases(graph) == ["'科协' belongs to https://example.org/one and to https://example.org/two"]


@each_scheme
def test_a_word_that_must_not_count_is_none_that_counts(file):
    graph, _ = read_scheme(file)
    counting = {
        (s, str(o)) for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.notation) for s, o in graph.subject_objects(p)
    }
    assert {(s, str(o)) for s, o in graph.subject_objects(SKOS.hiddenLabel)} & counting == set()


@each_scheme
def test_no_label_of_a_concept_is_written_twice(file):
    # SKOS Reference, S13: prefLabel, altLabel and hiddenLabel are pairwise disjoint.
    graph, _ = read_scheme(file)
    labels = Counter(
        (s, o) for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel) for s, o in graph.subject_objects(p)
    )
    assert [pair for pair, count in labels.items() if count > 1] == []


@each_scheme
def test_a_notation_is_the_last_part_of_the_iri_or_the_chinese_word(file):
    graph, concepts = read_scheme(file)
    for concept in concepts:
        notation = str(graph.value(concept, SKOS.notation))
        if file.stem in CHINESE_NOTATION:
            assert notation == unicodedata.normalize("NFKC", notation)
            words = [
                str(o)
                for label in (SKOS.prefLabel, SKOS.altLabel)
                for o in graph.objects(concept, label)
                if o.language == "zh"
            ]
            assert notation in words, f"{concept}: matching reads labels, and none is {notation!r}"
        else:
            assert notation == str(concept).rsplit("/", 1)[1]


@each_scheme
def test_concepts_need_no_blank_nodes(file):
    assert [node for node in Graph().parse(file).all_nodes() if isinstance(node, BNode)] == []


def notations(scheme: str) -> set[str]:
    return {str(o) for o in Graph().parse(path(f"ontology/concepts/{scheme}.ttl")).objects(None, SKOS.notation)}


def test_the_plan_types_are_those_of_the_vocabulary():
    words = "规划 纲要 实施方案 行动方案 行动计划 工作要点 责任分工方案 工作方案 实施意见 指导意见 意见 若干措施 其他"
    assert notations("plan-type") == set(words.split())


def test_the_crowd_groups_are_those_of_the_guide_and_five_of_them_are_key_groups():
    words = "青少年 儿童 大学生 农民 产业工人 老年人 领导干部和公务员 妇女 企业家 社区居民 教师 科技工作者 残疾人 少数民族 公众"
    assert notations("crowd-group") == set(words.split())
    graph = Graph().parse(path("ontology/concepts/crowd-group.ttl"))
    key = URIRef(vocab.concept("crowd-group", "key-groups"))
    assert {str(graph.value(group, SKOS.notation)) for group in graph.objects(key, SKOS.member)} == {
        "青少年",
        "农民",
        "产业工人",
        "老年人",
        "领导干部和公务员",
    }


def test_the_levels_are_those_of_the_model():
    assert notations("level") == {"national", "provincial", "prefectural", "county", "township"}


def test_each_unit_has_one_kind_one_factor_and_a_base_unit_of_its_own_kind():
    graph, units = read_scheme(path("ontology/concepts/unit.ttl"))
    for unit in units:
        (kind,) = graph.objects(unit, PLAN.quantityKind)
        (base,) = graph.objects(unit, PLAN.baseUnit)
        (factor,) = graph.objects(unit, PLAN.unitFactor)
        assert factor.datatype == XSD.decimal
        assert factor.toPython() > 0
        assert graph.value(base, PLAN.quantityKind) == kind, unit
        assert graph.value(base, PLAN.baseUnit) == base, f"{unit}: its base unit is no base unit"
        assert (factor.toPython() == 1) or unit != base, unit


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("万人次", "人次", 10000),
        ("亿元", "元", 100000000),
        ("公里", "米", 1000),
        ("公顷", "平方米", 10000),
        ("名", "人", 1),
    ],
)
def test_a_scaled_unit_knows_how_many_base_units_it_is(unit, base, factor):
    graph = Graph().parse(path("ontology/concepts/unit.ttl"))
    concept = graph.value(predicate=SKOS.notation, object=Literal(unit))
    assert graph.value(concept, PLAN.unitFactor).toPython() == factor
    assert str(graph.value(graph.value(concept, PLAN.baseUnit), SKOS.notation)) == base


def test_attendances_are_never_people():
    graph = Graph().parse(path("ontology/concepts/unit.ttl"))
    base = {
        n: graph.value(graph.value(predicate=SKOS.notation, object=Literal(n)), PLAN.baseUnit) for n in ("人次", "人")
    }
    assert base["人次"] != base["人"]


def test_every_indicator_is_usually_counted_in_a_unit_of_the_scheme():
    graph, indicators = read_scheme(path("ontology/concepts/indicator.ttl"))
    units = set(read_scheme(path("ontology/concepts/unit.ttl"))[1])
    assert [
        str(i)
        for i in indicators
        if set(graph.objects(i, PLAN.usualUnit)) - units or not graph.value(i, PLAN.usualUnit)
    ] == []


@pytest.mark.parametrize("file", files_that_speak("kg/**/*.py"), ids=lambda file: file.name)
def test_every_finding_that_the_code_makes_has_a_code_of_the_scheme(file):
    made = set(re.findall(r'Finding\(\s*(?:code=)?"([^"]+)"', file.read_text(encoding="utf-8")))
    assert made - notations("finding-code") == set()


def test_labels_of_findings_read_as_parts_of_a_sentence():
    graph, codes = read_scheme(path("ontology/concepts/finding-code.ttl"))
    labels = [str(o) for code in codes for o in graph.objects(code, SKOS.prefLabel)]
    assert [label for label in labels if label[-1] in ".。;; " or label[0] != label[0].lower()] == []
    assert [label for label, count in Counter(labels).items() if count > 1] == []
