"""The catalogue of our open data by DCAT-AP-NL 3.0: what there is, in which formats, who answers for it."""

from datetime import datetime

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDFS, SKOS, XSD

from kb.exchange.datasets import DATASETS, About, Dataset, File
from kb.exchange.rdf import ADMS, VCARD, Node, both, dutch, english, graph, tell
from kb.language.texts import mark

EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
CC0 = URIRef(f"{EU}licence/CC0")
PUBLIC = URIRef(f"{EU}access-right/PUBLIC")
DAILY = URIRef(f"{EU}frequency/DAILY")
COMPLETED = URIRef("http://purl.org/adms/status/Completed")
NETHERLANDS = URIRef(f"{EU}country/NLD")
DCAT_AP_NL = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
DESIGN_RULES = "https://gitdocumentatie.logius.nl/publicatie/api/adr/2.2/"
OAI = "http://www.openarchives.org/OAI/2.0/"
OPENAPI = "https://spec.openapis.org/oas/v3.1.0"
LANGUAGES = {"nl": URIRef(f"{EU}language/NLD"), "en": URIRef(f"{EU}language/ENG")}
THEMES = {
    URIRef(f"{EU}data-theme/EDUC"): ("Onderwijs, cultuur en sport", "Education, culture and sport"),
    URIRef(f"{EU}data-theme/SOCI"): ("Bevolking en samenleving", "Population and society"),
}
CATALOGUE = mark("Everything that %(name)s publishes as open data.")
API = mark("Searching and reading with a program, by the NLGov REST API Design Rules.")
HARVESTING = mark("All initiatives in Dublin Core, with what changed and what was withdrawn.")


def catalogue(about: About) -> Graph:
    """The whole catalogue; every resource that it names says what it is."""
    linked = graph()
    _tell_lists(linked)
    publisher, contact = _publisher(linked, about), _contact(linked, about)
    services = _services(linked, about, publisher, contact)
    datasets = [_dataset(linked, about, each, publisher, contact, services[0]) for each in DATASETS]
    home = _at(about, "/open-data#catalogus")
    tell(
        linked,
        home,
        DCAT.Catalog,
        {
            DCTERMS.title: both(mark("Open data of %(name)s"), name=about.site_name),
            DCTERMS.description: both(CATALOGUE, name=about.site_name),
            DCTERMS.publisher: publisher,
            DCTERMS.creator: publisher,
            DCAT.contactPoint: contact,
            DCTERMS.license: CC0,
            DCTERMS.language: list(LANGUAGES.values()),
            DCTERMS.spatial: NETHERLANDS,
            DCAT.themeTaxonomy: _taxonomy(linked),
            FOAF.homepage: _document(linked, _at(about, "/open-data")),
            DCTERMS.issued: _moment(about.issued),
            DCTERMS.modified: _moment(about.modified),
            DCTERMS.conformsTo: _standard(linked, DCAT_AP_NL),
            DCAT.dataset: datasets,
            DCAT.service: services,
        },
    )
    return linked


def _dataset(
    linked: Graph, about: About, dataset: Dataset, publisher: Node, contact: Node, service: Node
) -> Node:
    here = _at(about, f"/open-data#{dataset.name}")
    files = [_file(linked, about, dataset, each, service) for each in dataset.files]
    return tell(
        linked,
        here,
        DCAT.Dataset,
        {
            DCTERMS.title: both(dataset.title),
            DCTERMS.description: both(dataset.description),
            DCTERMS.identifier: Literal(str(here)),
            DCTERMS.publisher: publisher,
            DCTERMS.creator: publisher,
            DCAT.contactPoint: contact,
            DCTERMS.accessRights: PUBLIC,
            DCAT.theme: list(THEMES),
            DCAT.keyword: [word for text in dataset.keywords for word in both(text)],
            DCTERMS.language: list(LANGUAGES.values()),
            DCTERMS.spatial: NETHERLANDS,
            DCTERMS.accrualPeriodicity: DAILY,
            ADMS.status: COMPLETED,
            DCTERMS.issued: _moment(about.issued),
            DCTERMS.modified: _moment(about.modified),
            DCTERMS.conformsTo: _standard(linked, dataset.standard),
            DCAT.landingPage: _document(linked, _at(about, dataset.page)),
            FOAF.page: _document(linked, _at(about, "/open-data")),
            DCAT.distribution: files,
        },
    )


def _file(linked: Graph, about: About, dataset: Dataset, file: File, service: Node) -> Node:
    address = _at(about, file.path)
    return tell(
        linked,
        _at(about, f"/open-data#{dataset.name}-{file.name}"),
        DCAT.Distribution,
        {
            DCTERMS.title: both(file.label),
            DCAT.accessURL: address,
            DCAT.downloadURL: address,
            DCAT.mediaType: _media_type(linked, file.media_type),
            DCTERMS.format: _file_type(linked, file.kind),
            DCTERMS.license: CC0,
            DCTERMS.rights: _rights(linked, about, dataset),
            DCTERMS.language: list(LANGUAGES.values()),
            DCTERMS.conformsTo: _standard(linked, file.standard),
            DCAT.accessService: service,
            ADMS.status: COMPLETED,
            DCTERMS.modified: _moment(about.modified),
        },
    )


def _services(linked: Graph, about: About, publisher: Node, contact: Node) -> list[Node]:
    shared = {
        DCTERMS.publisher: publisher,
        DCTERMS.creator: publisher,
        DCAT.contactPoint: contact,
        DCTERMS.accessRights: PUBLIC,
        DCTERMS.license: CC0,
        DCTERMS.language: LANGUAGES["nl"],
        DCAT.theme: list(THEMES),
        DCAT.keyword: both(mark("shortage of technicians")),
        DCTERMS.modified: _moment(about.modified),
        DCAT.servesDataset: [_at(about, f"/open-data#{each.name}") for each in DATASETS],
    }
    api, oai = _at(about, "/open-data#api"), _at(about, "/open-data#oai")
    tell(
        linked,
        api,
        DCAT.DataService,
        {
            **shared,
            DCTERMS.title: both(mark("API of %(name)s"), name=about.site_name),
            DCTERMS.description: both(API),
            DCTERMS.identifier: Literal(str(api)),
            DCAT.endpointURL: _at(about, "/api/v1"),
            DCAT.endpointDescription: _at(about, "/api/v1/openapi.json"),
            DCAT.landingPage: _document(linked, _at(about, "/api")),
            FOAF.page: _document(linked, _at(about, "/api")),
            DCTERMS.conformsTo: [_standard(linked, DESIGN_RULES), _standard(linked, OPENAPI)],
        },
    )
    tell(
        linked,
        oai,
        DCAT.DataService,
        {
            **shared,
            DCTERMS.title: both(mark("Harvesting of %(name)s by OAI-PMH"), name=about.site_name),
            DCTERMS.description: both(HARVESTING),
            DCTERMS.identifier: Literal(str(oai)),
            DCAT.endpointURL: _at(about, "/oai"),
            DCAT.endpointDescription: _at(about, "/oai?verb=Identify"),
            DCAT.landingPage: _document(linked, _at(about, "/open-data")),
            FOAF.page: _document(linked, _at(about, "/open-data")),
            DCTERMS.conformsTo: _standard(linked, OAI),
        },
    )
    return [api, oai]


def _publisher(linked: Graph, about: About) -> Node:
    subject = URIRef(about.publisher_uri) if about.publisher_uri else _at(about, "/over#uitgever")
    return tell(linked, subject, FOAF.Agent, {FOAF.name: [dutch(about.publisher), english(about.publisher)]})


def _contact(linked: Graph, about: About) -> Node:
    """A mailbox where there is one, else the page that says how to reach people."""
    facts = {VCARD.fn: dutch(about.publisher), VCARD.hasURL: _at(about, "/over")}
    if about.email:
        facts[VCARD.hasEmail] = URIRef(f"mailto:{about.email}")
    return tell(linked, _at(about, "/over#contact"), VCARD.Kind, facts)


def _tell_lists(linked: Graph) -> None:
    """What the codes of the European lists are."""
    for address, names in THEMES.items():
        _concept(linked, address, *names)
    _concept(linked, COMPLETED, "Afgerond", "Completed")
    for address in LANGUAGES.values():
        tell(linked, address, DCTERMS.LinguisticSystem, {})
    tell(linked, PUBLIC, DCTERMS.RightsStatement, {})
    tell(linked, CC0, DCTERMS.LicenseDocument, {})
    tell(linked, DAILY, DCTERMS.Frequency, {})
    tell(linked, NETHERLANDS, DCTERMS.Location, {})


def _concept(linked: Graph, address: URIRef, name: str, name_en: str) -> None:
    tell(linked, address, SKOS.Concept, {SKOS.prefLabel: [dutch(name), english(name_en)]})


def _taxonomy(linked: Graph) -> Node:
    names = [dutch("Thema's voor datasets"), english("Dataset themes")]
    return tell(linked, URIRef(f"{EU}data-theme"), SKOS.ConceptScheme, {DCTERMS.title: names})


def _document(linked: Graph, address: URIRef) -> Node:
    return tell(linked, address, FOAF.Document, {})


def _standard(linked: Graph, address: str) -> Node:
    return tell(linked, URIRef(address), DCTERMS.Standard, {})


def _media_type(linked: Graph, media_type: str) -> Node:
    return tell(linked, URIRef(f"{IANA}{media_type}"), DCTERMS.MediaType, {})


def _file_type(linked: Graph, kind: str) -> Node:
    return tell(linked, URIRef(f"{EU}file-type/{kind}"), DCTERMS.MediaTypeOrExtent, {})


def _moment(at: datetime) -> Literal:
    return Literal(at.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD.dateTime)


def _rights(linked: Graph, about: About, dataset: Dataset) -> Node | None:
    if not dataset.rights:
        return None
    here = _at(about, f"/open-data#{dataset.name}-rechten")
    return tell(linked, here, DCTERMS.RightsStatement, {RDFS.label: both(dataset.rights)})


def _at(about: About, path: str) -> URIRef:
    return URIRef(about.address(path))
