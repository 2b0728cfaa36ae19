"""The catalogue by DCAT-AP-NL 3.0, in three notations, held to the official shapes."""

import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF, SH

from tests.standards import official

NOTATIONS = {"ttl": ("text/turtle", "turtle"), "rdf": ("application/rdf+xml", "xml")}
NOTATIONS |= {"jsonld": ("application/ld+json", "json-ld")}
SHAPES = (
    "dcat-ap-SHACL.ttl",
    "dcat-ap-nl-SHACL.ttl",
    "dcat-ap-nl-SHACL-klassebereik.ttl",
    "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
    "dcat-ap-nl-SHACL-aanbevolen.ttl",
)


def read(client, address: str, notation: str) -> Graph:
    answer = client.get(f"{address}.{notation}")
    media_type, library = NOTATIONS[notation]
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    return Graph().parse(data=answer.data, format=library)


@pytest.fixture
def catalogue(client) -> Graph:
    return read(client, "/open-data/catalogus", "ttl")


@pytest.mark.parametrize("name", SHAPES)
def test_the_catalogue_conforms_to_the_official_shapes(catalogue, name):
    shapes = Graph().parse(official(f"dcat-ap-nl/{name}"))
    # Two of the shapes of DCAT-AP are named but nowhere described; a strict validator stumbles over them.
    for subject, _, shape in list(shapes.triples((None, SH.property, None))):
        if (shape, SH.path, None) not in shapes:
            shapes.remove((subject, SH.property, shape))
    conforms, _graph, text = pyshacl.validate(catalogue, shacl_graph=shapes)
    assert conforms, text


def test_a_catalogue_that_lacks_something_does_not_conform(catalogue):
    shapes = Graph().parse(official("dcat-ap-nl/dcat-ap-nl-SHACL.ttl"))
    catalogue.remove((None, DCAT.contactPoint, None))
    assert not pyshacl.validate(catalogue, shacl_graph=shapes)[0]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("notation", ["rdf", "jsonld"])
def test_the_three_notations_say_the_same(client, catalogue, notation):
    assert isomorphic(read(client, "/open-data/catalogus", notation), catalogue)


def test_what_dutch_catalogues_ask_stands_on_every_dataset(catalogue):
    """The mandatory properties, also where the official files are absent."""
    asked = (DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.publisher, DCTERMS.creator)
    asked += (DCAT.contactPoint, DCTERMS.accessRights, DCAT.theme, DCAT.distribution)
    datasets = list(catalogue.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == 3
    for dataset in datasets:
        assert all((dataset, each, None) in catalogue for each in asked)
    for file in catalogue.subjects(RDF.type, DCAT.Distribution):
        assert (file, DCTERMS.license, None) in catalogue


def test_every_file_that_the_catalogue_names_is_there(client, catalogue):
    addresses = set(catalogue.objects(None, DCAT.downloadURL)) | set(
        catalogue.objects(None, DCAT.landingPage)
    )
    addresses |= set(catalogue.objects(None, DCAT.endpointURL))
    addresses |= set(catalogue.objects(None, DCAT.endpointDescription))
    assert len(addresses) > 10
    for address in addresses:
        path = str(address).removeprefix("http://127.0.0.1:8000")
        answer = client.get(path, buffered=True)
        assert answer.status_code == 200, path
        types = {str(each).partition("media-types/")[2] for each in media_types(catalogue, address)}
        assert not types or answer.mimetype in types, path


def media_types(catalogue: Graph, address: URIRef):
    for file in catalogue.subjects(DCAT.downloadURL, address):
        yield from catalogue.objects(file, DCAT.mediaType)


def test_titles_are_there_in_both_languages(catalogue):
    for dataset in catalogue.subjects(RDF.type, DCAT.Dataset):
        assert {title.language for title in catalogue.objects(dataset, DCTERMS.title)} == {"nl", "en"}
