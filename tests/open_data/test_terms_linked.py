"""The lists of terms as SKOS: one address for each term, which leads to what is known of it."""

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SKOS

from kb.domain.terms import Scheme

SITE = "http://127.0.0.1:8000"
LIBRARY = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}


@pytest.fixture
def everything(client) -> Graph:
    return Graph().parse(data=client.get("/begrippen.ttl").data, format="turtle")


def test_every_term_of_every_list_is_a_concept_with_both_names(everything, seeded_app):
    from tests.accounts import runtime_of

    vocabulary = runtime_of(seeded_app).vocabulary
    for scheme in Scheme:
        for term in vocabulary.all(scheme):
            concept = URIRef(f"{SITE}/begrippen/{scheme.value}/{term.code}")
            assert (concept, RDF.type, SKOS.Concept) in everything
            labels = {str(each) for each in everything.objects(concept, SKOS.prefLabel)}
            assert labels == {term.label, term.label_en}
    assert len(list(everything.subjects(RDF.type, SKOS.Concept))) == len(vocabulary)


def test_broader_and_narrower_are_each_others_mirror(everything):
    broader = {(low, high) for low, _, high in everything.triples((None, SKOS.broader, None))}
    narrower = {(low, high) for high, _, low in everything.triples((None, SKOS.narrower, None))}
    assert broader == narrower
    assert len(broader) > 700


def test_no_concept_has_two_names_in_one_language(everything):
    for concept in everything.subjects(RDF.type, SKOS.Concept):
        languages = [label.language for label in everything.objects(concept, SKOS.prefLabel)]
        assert len(languages) == len(set(languages)) == 2
        preferred = set(everything.objects(concept, SKOS.prefLabel))
        assert not preferred & set(everything.objects(concept, SKOS.altLabel))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("path", ["/begrippen", "/begrippen/regio", "/begrippen/regio/PV23"])
def test_the_three_notations_say_the_same(client, path):
    graphs = [
        Graph().parse(data=client.get(f"{path}.{ending}").data, format=library)
        for ending, library in LIBRARY.items()
    ]
    assert len(graphs[0]) > 10
    assert all(isomorphic(graph, graphs[0]) for graph in graphs[1:])


def test_the_address_of_a_term_leads_people_to_the_list_and_programs_to_the_facts(client):
    page = client.get("/begrippen/regio/PV23")
    assert (page.status_code, page.location) == (303, "/begrippen/regio#PV23")
    assert 'id="PV23"' in client.get("/begrippen/regio").text
    facts = client.get("/begrippen/regio/PV23", headers={"Accept": "text/turtle"})
    assert (facts.status_code, facts.location) == (303, "/begrippen/regio/PV23.ttl")
    linked = Graph().parse(data=client.get(facts.location).data, format="turtle")
    assert (URIRef(f"{SITE}/begrippen/regio/PV23"), SKOS.broader, None) in linked


def test_the_regions_name_whose_they_are(client):
    assert "CBS" in client.get("/begrippen/regio.ttl").text
    assert "licenses/by/4.0" in client.get("/begrippen/regio.ttl").text
    assert "licenses/by/4.0" not in client.get("/begrippen/sector.ttl").text


@pytest.mark.parametrize("path", ["/begrippen/nergens", "/begrippen/regio/XX99", "/begrippen/regio/XX99.ttl"])
def test_a_term_that_there_is_not_is_not_found(client, path):
    assert client.get(path).status_code == 404
