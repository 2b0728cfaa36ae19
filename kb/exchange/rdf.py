"""Graphs of linked data: how one is filled, and the three ways to write it down."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS

from kb.language.texts import LANGUAGES, gettext, speaking

# The doors name a graph without knowing where it comes from.
__all__ = ["Graph", "Notation", "both", "dutch", "english", "graph", "tell", "written"]

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
PREFIXES = {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "skos": SKOS, "vcard": VCARD, "adms": ADMS}

Node = URIRef | BNode
Facts = Mapping[URIRef, Any]


class Notation(StrEnum):
    """The value is the end of the address."""

    TURTLE = "ttl"
    RDF_XML = "rdf"
    JSON_LD = "jsonld"


MEDIA_TYPES: dict[Notation, str] = {
    Notation.TURTLE: "text/turtle",
    Notation.RDF_XML: "application/rdf+xml",
    Notation.JSON_LD: "application/ld+json",
}
LIBRARY: dict[Notation, str] = {
    Notation.TURTLE: "turtle",
    Notation.RDF_XML: "xml",
    Notation.JSON_LD: "json-ld",
}


def graph() -> Graph:
    # The usual store keeps triples in sets; this one in their order, so the same facts give the same bytes.
    found = Graph("SimpleMemory", bind_namespaces="core")
    for prefix, namespace in PREFIXES.items():
        found.bind(prefix, namespace)
    return found


def tell(linked: Graph, subject: Node, kind: URIRef, facts: Facts) -> Node:
    """Adds what is known of the subject; a list says several things, None and nothing say nothing."""
    linked.add((subject, RDF.type, kind))
    for predicate, value in facts.items():
        for each in value if isinstance(value, list | tuple) else (value,):
            if each is not None and str(each):
                linked.add((subject, predicate, each))
    return subject


def both(text: str, **named: object) -> list[Literal]:
    """A text of the catalogue in both languages."""
    found = []
    for language in LANGUAGES:
        with speaking(language):
            found.append(Literal(gettext(text, **named), lang=language))
    return found


def dutch(text: str) -> Literal:
    return Literal(text, lang="nl")


def english(text: str) -> Literal:
    return Literal(text, lang="en")


def written(linked: Graph, notation: Notation) -> bytes:
    # Only JSON-LD can be made shorter by its prefixes; the others do not mind.
    text: bytes = linked.serialize(format=LIBRARY[notation], encoding="utf-8", auto_compact=True)
    return _in_order(text) if notation is Notation.JSON_LD else text


def _in_order(text: bytes) -> bytes:
    """The library takes subjects from a set; by their addresses each process writes them alike."""
    document = json.loads(text)
    if "@graph" in document:
        document["@graph"].sort(key=lambda subject: str(subject.get("@id", "")))
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
