"""Examples of what a program sends, with codes that exist today."""

from kb.domain.terms import Scheme
from kb.schemas.openapi.kinds import Shape
from kb.schemas.openapi.parameters import Ground

CODES = {
    "regios": Scheme.REGION,
    "aanbevelingen": Scheme.RECOMMENDATION,
    "niveaus": Scheme.LEVEL,
}


def initiative_examples(ground: Ground) -> Shape:
    """By the name of the shape that they are an example of."""
    tags = {key: [term.code for term in ground.vocabulary.all(scheme)[:1]] for key, scheme in CODES.items()}
    return {
        "InhoudInvoer": {
            "titel": "Techlab Voorbeeldstad",
            "samenvatting": "Leerlingen werken een ochtend in een lab met machines van bedrijven.",
            **tags,
            "organisaties": [{"naam": "Stichting Techlab", "rol": "trekker"}],
            "bronnen": [{"titel": "Over het techlab", "adres": "https://techlab.example.org/over"}],
        },
        "MetingInvoer": {
            "omschrijving": "deelnemende leerlingen",
            "woorden": "ruim 1.200",
            "soort": "bereik",
            "waarde": 1200,
            "jaar": 2025,
            "bronadres": "https://techlab.example.org/cijfers",
        },
    }
