"""The catalogue by DCAT-AP-NL 3.0, in three notations, held to the official shapes."""

import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF, SH

from tests.open_data.asked import ASKED, shapes
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


@pytest.fixture(scope="module")
def written(seeded_app) -> str:
    return seeded_app.test_client().get("/open-data/catalogus.ttl").text


@pytest.fixture
def catalogue(written) -> Graph:
    """One of one's own, to take something out of."""
    return Graph().parse(data=written, format="turtle")


@pytest.mark.parametrize("name", SHAPES)
def test_the_catalogue_conforms_to_the_official_shapes(catalogue, name):
    official_shapes = Graph().parse(official(f"dcat-ap-nl/{name}"))
    # Two of the shapes of DCAT-AP are named but nowhere described; a strict validator stumbles over them.
    for subject, _, shape in list(official_shapes.triples((None, SH.property, None))):
        if (shape, SH.path, None) not in official_shapes:
            official_shapes.remove((subject, SH.property, shape))
    conforms, _graph, text = pyshacl.validate(catalogue, shacl_graph=official_shapes)
    assert conforms, text


def test_a_catalogue_that_lacks_something_does_not_conform(catalogue):
    official_shapes = Graph().parse(official("dcat-ap-nl/dcat-ap-nl-SHACL.ttl"))
    catalogue.remove((None, DCAT.contactPoint, None))
    assert not pyshacl.validate(catalogue, shacl_graph=official_shapes)[0]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("notation", ["rdf", "jsonld"])
def test_the_three_notations_say_the_same(client, catalogue, notation):
    assert isomorphic(read(client, "/open-data/catalogus", notation), catalogue)


def test_the_catalogue_has_everything_that_the_standard_asks(catalogue):
    conforms, _graph, text = pyshacl.validate(catalogue, shacl_graph=shapes())
    assert conforms, text
    assert len(list(catalogue.subjects(RDF.type, DCAT.Dataset))) == 3


@pytest.mark.parametrize("asked", [each for each in ASKED if each.least], ids=str)
def test_leaving_out_what_is_asked_is_noticed(catalogue, asked):
    for subject in list(catalogue.subjects(RDF.type, asked.of)):
        catalogue.remove((subject, asked.what, None))
    assert not pyshacl.validate(catalogue, shacl_graph=shapes([asked]))[0]


@pytest.mark.parametrize("asked", [each for each in ASKED if each.most], ids=str)
def test_saying_twice_what_is_asked_once_is_noticed(catalogue, asked):
    subject = next(catalogue.subjects(RDF.type, asked.of))
    for number in range(asked.most + 1):
        catalogue.add((subject, asked.what, URIRef(f"urn:nog-een:{number}")))
    assert not pyshacl.validate(catalogue, shacl_graph=shapes([asked]))[0]


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
