"""Namespaces and terms as plain strings: what the code may say in the graph, checked against one list.

Imports nothing, so that every room can import it at no cost. `tests/test_ontology.py` demands that each term
here is declared in `ontology/plan.ttl`, and each declared there stands here.
"""

from __future__ import annotations

PLAN = "https://w3id.org/plankg/ontology#"
CONCEPT = "https://w3id.org/plankg/concept/"
DEFAULT_BASE = "https://w3id.org/plankg/id/"

DCTERMS = "http://purl.org/dc/terms/"
ELI = "http://data.europa.eu/eli/ontology#"
FOAF = "http://xmlns.com/foaf/0.1/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
QUDT = "http://qudt.org/schema/qudt/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
VANN = "http://purl.org/vocab/vann/"
XSD = "http://www.w3.org/2001/XMLSchema#"

# In the order in which serialisers write them: ours first, then by name.
PREFIXES: dict[str, str] = {
    "plan": PLAN,
    "concept": CONCEPT,
    "dcterms": DCTERMS,
    "eli": ELI,
    "foaf": FOAF,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "qudt": QUDT,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "vann": VANN,
    "xsd": XSD,
}

ONTOLOGY_IRI = "https://w3id.org/plankg/ontology"
ONTOLOGY_GRAPH = ONTOLOGY_IRI
CONCEPT_GRAPH = CONCEPT
QUERIES_IRI = "https://w3id.org/plankg/queries"  # the saved questions, where they are published as RDF
INFERRED_GRAPH = "https://w3id.org/plankg/graph/inferred"
CORRESPONDENCE_GRAPH = "https://w3id.org/plankg/graph/correspondences"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLASSES = _names(
    """
    PolicyDocument Plan Citation Provision Section Action Measure Task SafeguardMeasure Responsibility Agency
    AgencyGroup AgencyType Quantity Target Achievement Indicator CrowdGroup Region Initiative Unit Passage
    SourceFile Finding Statement Correction Correspondence Role Basis Comparator Accumulation Verdict
    """
)

OBJECT_PROPERTIES = _names(
    """
    planType sealedBy originator approvedBy region level citation document basedOn implements sourceFile
    evidence partOf hasPart inPlan inSection inAction mentionsInitiative crowdGroup inheritedCrowdGroup
    effectiveCrowdGroup responsibility responsibleAgency leadAgency jointAgency supportingAgency
    inheritedLeadAgency effectiveLeadAgency presumedLeadAgency agency role basis basisEvidence candidate
    agencyType bodyKind indicator unit comparator accumulation targetOf hasTarget achievementOf hasAchievement
    bindingness restates quantityKind usualUnit baseUnit about within correspondsTo correspondence
    correspondingTask shares comparedWith componentType reformedInto statedIn verdict
    """
)

DATA_PROPERTIES = _names(
    """
    documentNumber indexNumber originatorText approvalText addressee periodStart periodEnd periodStartDate
    periodEndDate status citedTitle citedNumber isBasis sha256 textSha256 fileName mediaType encoding sourceText
    confidence rule number ordinal key text repairedTitle agencyText agencyFullText position openList damaged
    indicatorText value unitText valueInUnit minValue maxValue baselineValue growthRate benchmarkText quote
    scopeText deadline deadlineDate recurrence recurrencePeriod aspirational achievedBy unitFactor code severity
    originalText repairedText regionCode score method sharedPhrase sharedSubject officialStem officialBody namePattern
    nationalName otherFullName compoundInitial nameLead nameEnding factKind datePrecision
    """
)

ANNOTATION_PROPERTIES = _names("why remedy builtInCheck quotesFrom shows threshold sets looksAt")

INDIVIDUALS = _names(
    """
    Lead Joint Support Stated FirstListedRule SoleAgency Equal AtLeast MoreThan AtMost LessThan About OverPeriod
    AtDate Confirmed Replaced Removed Added
    """
)

TERMS = CLASSES | OBJECT_PROPERTIES | DATA_PROPERTIES | ANNOTATION_PROPERTIES | INDIVIDUALS

SCHEMES = _names(
    """
    agency-type bindingness body-kind crowd-group fact-kind finding-code indicator initiative level plan-type rule topic
    unit
    """
)

# Terms of other vocabularies that the graph uses.
RDF_TYPE = RDF + "type"
RDF_LANG_STRING = RDF + "langString"
RDF_SUBJECT = RDF + "subject"
RDF_PREDICATE = RDF + "predicate"
RDF_OBJECT = RDF + "object"
RDFS_COMMENT = RDFS + "comment"
RDFS_LABEL = RDFS + "label"
RDFS_IS_DEFINED_BY = RDFS + "isDefinedBy"
RDFS_DOMAIN = RDFS + "domain"
RDFS_RANGE = RDFS + "range"
RDFS_SUB_CLASS_OF = RDFS + "subClassOf"
RDFS_SUB_PROPERTY_OF = RDFS + "subPropertyOf"
OWL_CLASS = OWL + "Class"
OWL_DATATYPE_PROPERTY = OWL + "DatatypeProperty"
OWL_DIFFERENT_FROM = OWL + "differentFrom"
OWL_DISJOINT_WITH = OWL + "disjointWith"
OWL_INVERSE_OF = OWL + "inverseOf"
OWL_NAMED_INDIVIDUAL = OWL + "NamedIndividual"
OWL_NOTHING = OWL + "Nothing"
OWL_OBJECT_PROPERTY = OWL + "ObjectProperty"
OWL_PROPERTY_CHAIN_AXIOM = OWL + "propertyChainAxiom"
OWL_SAME_AS = OWL + "sameAs"
OWL_SYMMETRIC_PROPERTY = OWL + "SymmetricProperty"
OWL_TRANSITIVE_PROPERTY = OWL + "TransitiveProperty"
OWL_VERSION_INFO = OWL + "versionInfo"
SKOS_ALT_LABEL = SKOS + "altLabel"
SKOS_CONCEPT = SKOS + "Concept"
SKOS_CONCEPT_SCHEME = SKOS + "ConceptScheme"
SKOS_DEFINITION = SKOS + "definition"
SKOS_HIDDEN_LABEL = SKOS + "hiddenLabel"
SKOS_IN_SCHEME = SKOS + "inScheme"
SKOS_MEMBER = SKOS + "member"
SKOS_NOTATION = SKOS + "notation"
SKOS_PREF_LABEL = SKOS + "prefLabel"
SKOS_TOP_CONCEPT_OF = SKOS + "topConceptOf"
DCTERMS_AVAILABLE = DCTERMS + "available"
DCTERMS_DATE = DCTERMS + "date"
DCTERMS_HAS_PART = DCTERMS + "hasPart"
DCTERMS_IS_PART_OF = DCTERMS + "isPartOf"
DCTERMS_IS_REPLACED_BY = DCTERMS + "isReplacedBy"
DCTERMS_ISSUED = DCTERMS + "issued"
DCTERMS_PUBLISHER = DCTERMS + "publisher"
DCTERMS_SOURCE = DCTERMS + "source"
DCTERMS_SUBJECT = DCTERMS + "subject"
DCTERMS_TITLE = DCTERMS + "title"
OA_END = OA + "end"
OA_EXACT = OA + "exact"
OA_START = OA + "start"
ORG_CHANGE_EVENT = ORG + "ChangeEvent"
ORG_CHANGED_BY = ORG + "changedBy"
ORG_ORIGINAL_ORGANIZATION = ORG + "originalOrganization"
ORG_RESULTING_ORGANIZATION = ORG + "resultingOrganization"
ORG_HAS_MEMBER = ORG + "hasMember"
ORG_RESULTED_FROM = ORG + "resultedFrom"
ORG_SUB_ORGANIZATION_OF = ORG + "subOrganizationOf"
FOAF_NAME = FOAF + "name"
PROV_GENERATED_AT_TIME = PROV + "generatedAtTime"
PROV_PERSON = PROV + "Person"
PROV_WAS_ATTRIBUTED_TO = PROV + "wasAttributedTo"
PROV_WAS_QUOTED_FROM = PROV + "wasQuotedFrom"
XSD_BOOLEAN = XSD + "boolean"
XSD_DATE = XSD + "date"
XSD_DATE_TIME = XSD + "dateTime"
XSD_DECIMAL = XSD + "decimal"
XSD_DURATION = XSD + "duration"
XSD_G_YEAR = XSD + "gYear"
XSD_G_YEAR_MONTH = XSD + "gYearMonth"
XSD_INTEGER = XSD + "integer"
XSD_STRING = XSD + "string"


def plan(term: str) -> str:
    """The IRI of one of the ontology's own terms.

    Raises `ValueError` for a name that the ontology does not declare: a misspelt term is a fault of the code.

    >>> plan("leadAgency")
    'https://w3id.org/plankg/ontology#leadAgency'
    >>> plan("leadAgent")
    Traceback (most recent call last):
        ...
    ValueError: the ontology has no term 'leadAgent'
    """
    if term not in TERMS:
        raise ValueError(f"the ontology has no term {term!r}")
    return PLAN + term


def scheme(name: str) -> str:
    """The IRI of one of the concept schemes.

    >>> scheme("plan-type")
    'https://w3id.org/plankg/concept/plan-type'
    """
    if name not in SCHEMES:
        raise ValueError(f"there is no concept scheme {name!r}")
    return CONCEPT + name


def concept(scheme_name: str, slug: str) -> str:
    """The IRI of a concept by its slug: ASCII, the last part of the IRI.

    The slug is the skos:notation where that is ASCII (levels, agency types, finding codes, …); where it is Chinese
    (plan types, crowd groups, units, …), ask the concept file which IRI has the notation.

    >>> concept("level", "county")
    'https://w3id.org/plankg/concept/level/county'
    """
    if not slug or not all(c.isascii() and (c.isalnum() or c in "-_.") for c in slug):
        raise ValueError(f"not the slug of a concept: {slug!r}")
    return f"{scheme(scheme_name)}/{slug}"
