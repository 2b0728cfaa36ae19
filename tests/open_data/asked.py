"""What DCAT-AP-NL 3.0 asks of a catalogue, in our own words, for where the official shapes are absent.

The standard stands at docs.geostandaarden.nl/dcat/dcat-ap-nl30. The official shapes are not ours to copy;
with them beside the checkout the same catalogue is held to those too.
"""

from dataclasses import dataclass

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SH, SKOS

VCARD = "http://www.w3.org/2006/vcard/ns#"
ADMS_STATUS = URIRef("http://www.w3.org/ns/adms#status")
MANY = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A property that things of this kind have: how often at least and at most, and what it leads to."""

    of: URIRef
    what: URIRef
    least: int = 0
    most: int = MANY
    kind: URIRef | None = None

    def __str__(self) -> str:
        return (
            f"{self.of.fragment or self.of.rpartition('/')[2]}-{self.what.rpartition('/')[2].split('#')[-1]}"
        )


def _dataset() -> list[Asked]:
    of = DCAT.Dataset
    return [
        Asked(of, DCTERMS.title, 1),
        Asked(of, DCTERMS.description, 1),
        Asked(of, DCTERMS.identifier, 1, 1),
        Asked(of, DCTERMS.publisher, 1, 1, FOAF.Agent),
        Asked(of, DCTERMS.creator, 1, MANY, FOAF.Agent),
        Asked(of, DCAT.contactPoint, 1, MANY, URIRef(f"{VCARD}Kind")),
        Asked(of, DCTERMS.accessRights, 1, 1, DCTERMS.RightsStatement),
        Asked(of, DCAT.theme, 1, MANY, SKOS.Concept),
        Asked(of, ADMS_STATUS, 0, 1, SKOS.Concept),
        Asked(of, DCTERMS.language, 1, MANY, DCTERMS.LinguisticSystem),
        Asked(of, DCTERMS.conformsTo, 1, MANY, DCTERMS.Standard),
        Asked(of, DCAT.landingPage, 1, MANY, FOAF.Document),
        Asked(of, FOAF.page, 1, MANY, FOAF.Document),
        Asked(of, DCTERMS.issued, 0, 1),
        Asked(of, DCTERMS.modified, 0, 1),
        Asked(of, DCAT.distribution, 1, MANY, DCAT.Distribution),
    ]


def _file() -> list[Asked]:
    of = DCAT.Distribution
    return [
        Asked(of, DCAT.accessURL, 1, 1),
        Asked(of, DCAT.downloadURL, 1, 1),
        Asked(of, DCTERMS.license, 1, 1, DCTERMS.LicenseDocument),
        Asked(of, DCAT.mediaType, 1, 1, DCTERMS.MediaType),
        Asked(of, DCTERMS["format"], 1, 1, DCTERMS.MediaTypeOrExtent),
        Asked(of, DCTERMS.language, 1, MANY, DCTERMS.LinguisticSystem),
        Asked(of, DCTERMS.conformsTo, 1, MANY, DCTERMS.Standard),
        Asked(of, DCAT.accessService, 1, 1, DCAT.DataService),
    ]


def _service() -> list[Asked]:
    of = DCAT.DataService
    return [
        Asked(of, DCTERMS.title, 1),
        Asked(of, DCTERMS.description, 1),
        Asked(of, DCTERMS.identifier, 1, 1),
        Asked(of, DCTERMS.publisher, 1, 1, FOAF.Agent),
        Asked(of, DCTERMS.creator, 1, 1, FOAF.Agent),
        Asked(of, DCAT.contactPoint, 1, MANY, URIRef(f"{VCARD}Kind")),
        Asked(of, DCTERMS.accessRights, 1, 1, DCTERMS.RightsStatement),
        Asked(of, DCTERMS.license, 1, 1, DCTERMS.LicenseDocument),
        Asked(of, DCAT.theme, 1, MANY, SKOS.Concept),
        Asked(of, DCAT.keyword, 1),
        Asked(of, DCTERMS.language, 1, MANY, DCTERMS.LinguisticSystem),
        Asked(of, DCAT.endpointURL, 1, 1),
        Asked(of, DCAT.endpointDescription, 1, 1),
        Asked(of, DCTERMS.modified, 0, 1),
    ]


def _catalogue() -> list[Asked]:
    of = DCAT.Catalog
    return [
        Asked(of, DCTERMS.title, 1),
        Asked(of, DCTERMS.description, 1),
        Asked(of, DCTERMS.publisher, 1, 1, FOAF.Agent),
        Asked(of, DCTERMS.creator, 1, MANY, FOAF.Agent),
        Asked(of, DCAT.contactPoint, 1, 1, URIRef(f"{VCARD}Kind")),
        Asked(of, DCTERMS.license, 0, 1, DCTERMS.LicenseDocument),
        Asked(of, DCAT.dataset, 1, MANY, DCAT.Dataset),
        Asked(of, DCAT.service, 1, MANY, DCAT.DataService),
        Asked(of, DCTERMS.modified, 0, 1),
    ]


ASKED = [*_catalogue(), *_dataset(), *_file(), *_service()]


def shapes(asked: list[Asked] = ASKED) -> Graph:
    """The table as a validator reads it."""
    graph = Graph()
    for number, each in enumerate(asked):
        shape, node = BNode(), URIRef(f"urn:gevraagd:{number}")
        graph.add((node, RDF.type, SH.NodeShape))
        graph.add((node, SH.targetClass, each.of))
        graph.add((node, SH.property, shape))
        graph.add((shape, SH.path, each.what))
        if each.least:
            graph.add((shape, SH.minCount, Literal(each.least)))
        if each.most:
            graph.add((shape, SH.maxCount, Literal(each.most)))
        if each.kind:
            graph.add((shape, SH["class"], each.kind))
    return graph
