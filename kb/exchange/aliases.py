"""What people call the columns of their own spreadsheets, in Dutch and English.

Only names that leave no doubt. The names that the program itself gives its columns are known already.
"""

from collections.abc import Mapping

from kb.exchange.flat import INITIATIVE, SOURCE_KEY, STUDY

# A name of a place can be that of a province, a region and a municipality: the heading says which is meant.
MUNICIPALITIES, PROVINCES, LABOUR_MARKET_REGIONS = "regios:GM", "regios:PV", "regios:AM"

OF_INITIATIVES: Mapping[str, tuple[str, ...]] = {
    SOURCE_KEY: (
        "kenmerk",
        "id",
        "nr",
        "nummer",
        "volgnummer",
        "projectnummer",
        "reference",
        "number",
        "key",
    ),
    "titel": (
        "naam",
        "naam initiatief",
        "naam van het initiatief",
        "initiatief",
        "titel initiatief",
        "project",
        "projectnaam",
        "naam project",
        "name",
        "name of the initiative",
        "project name",
    ),
    "samenvatting": (
        "omschrijving",
        "korte omschrijving",
        "beschrijving",
        "korte beschrijving",
        "toelichting",
        "wat is het",
        "description",
        "short description",
        "abstract",
    ),
    "doel": ("doelstelling", "doelstellingen", "doelen", "objective", "aim"),
    "voorWie": ("voor wie is het", "deelnemers", "participants"),
    "activiteiten": (
        "activiteit",
        "wat doen jullie",
        "wat wordt er gedaan",
        "aanpak in het kort",
        "activity",
    ),
    "voorwaarden": ("randvoorwaarden", "conditions"),
    "geleerd": ("lessen", "geleerde lessen", "lessons learned"),
    "website": ("url", "link", "site", "webadres", "internetadres", "web", "webpagina", "www"),
    "contactEmail": ("email", "e mail", "mail", "e mailadres", "emailadres", "mailadres", "contact e mail"),
    "actief": ("status", "loopt het nog", "nog actief", "active", "still running"),
    "fase": ("stand van zaken", "stage"),
    "beginjaar": (
        "start",
        "startjaar",
        "jaar van start",
        "gestart in",
        "sinds",
        "begin",
        "startdatum",
        "start year",
    ),
    "eindjaar": ("einde", "eind", "einddatum", "loopt tot", "tot en met", "end", "end year"),
    "regios": ("regio", "werkgebied", "waar", "locatie", "region", "location", "area served"),
    MUNICIPALITIES: (
        "gemeente",
        "gemeenten",
        "plaats",
        "plaatsen",
        "stad",
        "woonplaats",
        "municipality",
        "city",
        "town",
    ),
    PROVINCES: ("provincie", "provincies", "province"),
    LABOUR_MARKET_REGIONS: (
        "arbeidsmarktregio",
        "arbeidsmarktregio s",
        "arbeidsmarktregios",
        "labour market region",
    ),
    "aanbevelingen": ("aanbeveling", "nummer aanbeveling", "aanbeveling nr", "recommendation"),
    "niveaus": ("niveau", "onderwijsniveau", "opleidingsniveau", "onderwijs", "level", "education level"),
    "leerwegen": ("leerweg", "route"),
    "instrumenten": (
        "instrument",
        "soort initiatief",
        "type initiatief",
        "interventie",
        "type of initiative",
    ),
    "sectoren": ("sector", "branche", "branches"),
    "doelgroepen": ("doelgroep", "target group"),
    "programmas": ("programma", "regeling", "subsidieregeling", "programme", "scheme"),
    "aanpakken": ("aanpak", "methode", "approach", "method"),
    "trekker": (
        "organisatie",
        "uitvoerder",
        "penvoerder",
        "aanvrager",
        "eigenaar",
        "uitvoerende organisatie",
        "organisation",
        "organization",
        "lead",
        "lead partner",
    ),
    "partners": ("partner", "samenwerkingspartners", "betrokken partijen", "samenwerking"),
    "financiers": ("financier", "gefinancierd door", "subsidieverstrekker", "funder"),
    "bronadressen": ("bron", "bronnen", "bronadres", "source", "sources"),
}
OF_LISTS: Mapping[str, tuple[str, ...]] = {
    INITIATIVE: ("slug", "kenmerk", "eigen kenmerk", "own reference", "naam initiatief", "titel initiatief"),
    STUDY: ("sleutel", "onderzoek", "key"),
}
