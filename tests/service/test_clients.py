"""Real clients: SPARQLWrapper, rdflib's SPARQLStore, and `kg --endpoint`."""

from __future__ import annotations

import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

TITLES = (
    "SELECT ?title WHERE { ?p a <https://w3id.org/plankg/ontology#Plan> ; <http://purl.org/dc/terms/title> ?title }"
)
GRAPH = "CONSTRUCT { ?p a ?c } WHERE { ?p a ?c FILTER(?c = <https://w3id.org/plankg/ontology#Plan>) }"


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("body", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
def test_sparqlwrapper(service, method, body) -> None:
    client = SPARQLWrapper.SPARQLWrapper(service.url + "/sparql")
    client.setMethod(method)
    client.setRequestMethod(body)
    client.setQuery(TITLES)
    for form in (SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV):
        client.setReturnFormat(form)
        answer = client.query().convert()
        if form == SPARQLWrapper.JSON:
            assert len(answer["results"]["bindings"]) == 2
        elif form == SPARQLWrapper.XML:
            assert len(answer.getElementsByTagName("result")) == 2
        else:
            assert len(answer.strip().splitlines()) == 3
    client.setQuery(GRAPH)
    for form in (SPARQLWrapper.TURTLE, SPARQLWrapper.RDFXML):
        client.setReturnFormat(form)
        answer = client.query().convert()
        graph = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer, format="turtle")
        assert len(graph) == 2


def test_sparqlwrapper_is_told_what_is_wrong(service) -> None:
    client = SPARQLWrapper.SPARQLWrapper(service.url + "/sparql")
    client.setQuery("SELECT * { ?s ?p }")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="not valid SPARQL"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_sparqlstore(service, method) -> None:
    graph = rdflib.Graph(SPARQLStore(service.url + "/sparql", method=method))
    titles = {str(row.title) for row in graph.query(TITLES)}
    assert len(titles) == 2
    plan = next(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/plankg/ontology#Plan")))
    assert str(graph.value(plan, rdflib.DCTERMS.title)) in titles
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    assert len(graph.query(GRAPH).graph) == 2


def test_kg_itself_through_the_service_says_what_it_says_of_the_folder(service, plans, command) -> None:
    for arguments in (
        ["query", "plans", "--format", "csv"],
        ["query", "targets", "--plan", "450000", "--format", "json"],
        ["sparql", TITLES + " ORDER BY ?title", "--format", "csv"],
        ["stats", "--format", "json"],
    ):
        there = command(*arguments, "--endpoint", service.url + "/sparql")
        here = command(*arguments, "--store", str(plans))
        assert there.returncode == here.returncode == 0, there.stderr
        assert there.stdout == here.stdout
    done = command("sparql", "SELEKT {}", "--endpoint", service.url + "/sparql")
    assert done.returncode == 4
