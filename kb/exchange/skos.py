"""The vocabularies as SKOS: a scheme for each list, a concept with an address of its own for each term."""

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from kb.domain.terms import Scheme, Term, Vocabulary
from kb.exchange.rdf import Node, both, dutch, english, graph, tell
from kb.language.texts import mark

CC0 = URIRef("https://creativecommons.org/publicdomain/zero/1.0/")
CC_BY = URIRef("https://creativecommons.org/licenses/by/4.0/")
# The names and codes of regions are of Statistics Netherlands, which wants to be named.
REGIONS_FROM = mark("Names and codes of regions: Statistics Netherlands (CBS), 2026, CC BY 4.0")
NAMES: dict[Scheme, str] = {
    Scheme.REGION: mark("Regions"),
    Scheme.LEVEL: mark("Education levels"),
    Scheme.ROUTE: mark("Learning routes"),
    Scheme.RECOMMENDATION: mark("Recommendations"),
    Scheme.INDICATOR: mark("Indicators"),
    Scheme.INSTRUMENT: mark("Instruments"),
    Scheme.SECTOR: mark("Sectors"),
    Scheme.TARGET_GROUP: mark("Target groups"),
    Scheme.PROGRAMME: mark("Programmes"),
    Scheme.ACTOR_TYPE: mark("Kinds of organisations"),
    Scheme.PHASE: mark("Phases"),
}
DEFINITIONS = (("definitie_nl", "nl"), ("definitie_en", "en"), ("uitleg_nl", "nl"), ("uitleg_en", "en"))


def scheme_address(site_url: str, scheme: Scheme) -> str:
    return f"{site_url}/begrippen/{scheme.value}"


def term_address(site_url: str, scheme: Scheme, code: str) -> str:
    """The name of a term for ever; it leads to what is known of it."""
    return f"{scheme_address(site_url, scheme)}/{code}"


def schemes(vocabulary: Vocabulary, site_url: str, wanted: Iterable[Scheme] = Scheme) -> Graph:
    """These lists with all their terms."""
    linked = graph()
    for scheme in wanted:
        _scheme(linked, vocabulary, site_url, scheme)
        for term in vocabulary.all(scheme):
            _term(linked, vocabulary, site_url, term)
    return linked


def one(vocabulary: Vocabulary, site_url: str, term: Term) -> Graph:
    """One term with what is next to it."""
    linked = graph()
    _term(linked, vocabulary, site_url, term)
    return linked


def _scheme(linked: Graph, vocabulary: Vocabulary, site_url: str, scheme: Scheme) -> Node:
    tops = [URIRef(term_address(site_url, scheme, term.code)) for term in vocabulary.top(scheme)]
    return tell(
        linked,
        URIRef(scheme_address(site_url, scheme)),
        SKOS.ConceptScheme,
        {
            DCTERMS.title: both(NAMES[scheme]),
            SKOS.prefLabel: both(NAMES[scheme]),
            DCTERMS.license: CC_BY if scheme is Scheme.REGION else CC0,
            DCTERMS.rights: both(REGIONS_FROM) if scheme is Scheme.REGION else None,
            SKOS.hasTopConcept: tops,
        },
    )


def _term(linked: Graph, vocabulary: Vocabulary, site_url: str, term: Term) -> Node:
    def at(code: str) -> URIRef:
        return URIRef(term_address(site_url, term.scheme, code))

    scheme = URIRef(scheme_address(site_url, term.scheme))
    return tell(
        linked,
        at(term.code),
        SKOS.Concept,
        {
            SKOS.inScheme: scheme,
            SKOS.topConceptOf: scheme if not term.parents else None,
            SKOS.notation: Literal(term.code),
            SKOS.prefLabel: [dutch(term.label), english(term.label_en)],
            SKOS.altLabel: [
                *(dutch(word) for word in term.synonyms if word != term.label),
                *(english(word) for word in term.synonyms_en if word != term.label_en),
            ],
            SKOS.definition: [
                Literal(str(text), lang=language)
                for key, language in DEFINITIONS
                if (text := term.details.get(key))
            ],
            SKOS.broader: [at(parent) for parent in term.parents],
            SKOS.narrower: [at(child.code) for child in vocabulary.children(term.scheme, term.code)],
        },
    )
