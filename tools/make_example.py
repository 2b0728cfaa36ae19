"""Write the made-up data: every trede, direction and flag, a cell that pools, two studies, an empty one."""

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "seed_data" / "example" / "initiatives.yaml"
HEAD = (
    "# Voorbeeldgegevens: alles hieronder is verzonnen, om te laten zien hoe de regels werken.\n"
    "# Gemaakt door tools/make_example.py; wijzig dat, niet dit bestand.\n"
)
PLACES = ["AM05", "AM09", "AM12", "AM18", "AM25", "AM29", "AM33"]
THEORY = {
    "probleem": "Wie niemand in de techniek kent, kiest er niet voor.",
    "werking": "Wie het zelf doet, met iemand die het vak kent, ziet dat het bij hem of haar past.",
    "uitkomst": "Meer deelnemers kiezen een technische opleiding.",
    "bronnen": ["Voorbeeldonderzoek (verzonnen), 2020"],
}
DESCRIBED = {
    "doel": "Meer mensen kiezen voor techniek.",
    "voorWie": "Mensen die nog niet voor techniek kozen.",
    "activiteiten": "Twaalf weken leren in een leerwerkplaats, met een vaste begeleider.",
    "voorwaarden": "Tien bedrijven die een plek geven en een begeleider op 25 deelnemers.",
    "contactEmail": "voorbeeld@example.org",
}
INDICATOR = "instroom-mbo-techniek"


def initiative(
    slug: str, title: str, *, place: int = 0, rec: str = "4", level: str = "mbo", **rest: object
) -> dict:
    for number, each in enumerate(rest.get("studies", ()), 1):
        each["rapportAdres"] = f"https://example.org/{slug}/rapport-{number}"
    return {
        "slug": f"voorbeeld-{slug}",
        "bronsleutel": f"voorbeeld:{slug}",
        "titel": f"Voorbeeld: {title}",
        "samenvatting": f"Verzonnen initiatief. {title} laat zien hoe de regels werken.",
        "regios": [PLACES[place % len(PLACES)]],
        "aanbevelingen": [rec],
        "niveaus": [level],
        "organisaties": [{"naam": f"Voorbeeldorganisatie {place + 1}", "rol": "trekker"}],
        "bronnen": [
            {"titel": "Verzonnen bron", "adres": f"https://example.org/{slug}", "opgehaald": "2026-11-23"}
        ],
        **rest,
    }


def study(a: int, n1: int, c: int, n2: int, *, design: str = "rct", year: int = 2024, **rest: object) -> dict:
    return {
        "sleutel": "studie-1",
        "titel": "Verzonnen onderzoek",
        "ontwerp": design,
        "vergelijking": "Mensen die zich aanmeldden en niet meededen.",
        "eenhedenDeelnemers": 4,
        "eenhedenVergelijking": 4,
        "toegewezenDeelnemers": n1,
        "toegewezenVergelijking": n2,
        "onderzochtDeelnemers": n1,
        "onderzochtVergelijking": n2,
        "beginsituatie": "equal",
        "aannamesGetoetst": True,
        "evaluator": "Voorbeeldinstituut",
        "onafhankelijk": True,
        "rapportOpenbaar": True,
        "uitkomstGezien": True,
        "beginjaar": year - 2,
        "eindjaar": year,
        "vervolgMaanden": 12,
        "effecten": [
            {
                "indicator": INDICATOR,
                "maat": "rd",
                "gevallenDeelnemers": a,
                "aantalDeelnemers": n1,
                "gevallenVergelijking": c,
                "aantalVergelijking": n2,
                "hoofduitkomst": True,
            }
        ],
        **rest,
    }


def full(*studies: dict) -> dict:
    return {**DESCRIBED, "onderbouwing": THEORY, "studies": list(studies)}


def every_trede() -> list[dict]:
    approach = {"aanpakken": ["voorbeeld-leerwerkplaats"]}
    two = [study(140, 250, 90, 250, year=2023), study(150, 260, 100, 255, year=2024, regio=PLACES[1])]
    two[1] |= {"sleutel": "studie-2", "uitvoerder": "Voorbeeldorganisatie 2"}
    return [
        initiative("trede-0", "Aangemeld", rec="1", level="po"),
        initiative("trede-1", "Goed beschreven", rec="1", level="mbo", **DESCRIBED),
        initiative("trede-2", "Goed onderbouwd", rec="2", **DESCRIBED, onderbouwing=THEORY),
        initiative(
            "trede-3",
            "Verandering gemeten",
            rec="2",
            **full(study(60, 120, 50, 118, design="crosssection")),
        ),
        initiative("trede-4", "Vergeleken", rec="5", level="vo", **full(study(120, 200, 80, 200))),
        initiative("trede-5", "Op meer plekken aangetoond", rec="5", level="hbo", **full(*two), **approach),
    ]


def every_direction() -> list[dict]:
    both = [study(130, 200, 80, 200), study(70, 200, 120, 200, regio=PLACES[2], sleutel="studie-2")]
    return [
        initiative("klein", "Gunstig, maar klein", rec="6", **full(study(5240, 10000, 5090, 10000))),
        initiative("geen-verschil", "Geen verschil", rec="6", **full(study(5010, 10000, 5000, 10000))),
        initiative("ongunstig", "Ongunstig", rec="6", level="hbo", **full(study(70, 200, 110, 200))),
        initiative("onduidelijk", "Onduidelijk", rec="7", **full(study(52, 100, 48, 100))),
        initiative("wisselend", "Wisselend", rec="7", level="vo", **full(*both)),
    ]


def every_flag() -> list[dict]:
    hidden = study(120, 200, 80, 200, rapportOpenbaar=False)
    promise = {
        "indicator": INDICATOR,
        "doel": "60 van de 100",
        "nulmetingOp": "2022-09-01",
        "klaarOp": "2024-09-01",
        "vastgelegdOp": "2022-08-01",
    }
    return [
        initiative(
            "zonder-beschrijving", "Beschrijving onvolledig", rec="3", studies=[study(120, 200, 80, 200)]
        ),
        initiative(
            "zonder-theorie", "Zonder onderbouwing", rec="3", **DESCRIBED, studies=[study(120, 200, 80, 200)]
        ),
        initiative("niet-openbaar", "Rapport niet openbaar", rec="3", **full(hidden)),
        initiative(
            "belofte",
            "Toegezegde meting ontbreekt",
            rec="3",
            level="po",
            **DESCRIBED,
            onderbouwing=THEORY,
            beloften=[promise],
        ),
        initiative(
            "verouderd", "Verouderd", rec="3", level="po", **full(study(120, 200, 80, 200, year=2012))
        ),
    ]


def pooled_cell() -> list[dict]:
    """Five comparable studies of five places: together they may become one figure."""
    cells = [
        (120, 200, 84, 200),
        (66, 110, 44, 108),
        (150, 260, 118, 255),
        (45, 90, 40, 92),
        (98, 170, 70, 168),
    ]
    return [
        initiative(
            f"plek-{number}",
            f"Leerwerkplaats op plek {number}",
            place=number,
            rec="4",
            aanpakken=["voorbeeld-leerwerkplaats"],
            **full(study(*cell, year=2021 + number)),
        )
        for number, cell in enumerate(cells, 1)
    ]


def uneven_approach() -> list[dict]:
    """An approach that helps on average, but much more in one place than in another."""
    return [
        initiative(
            f"wisselt-{number}",
            f"Wisselende aanpak op plek {number}",
            place=number,
            rec="2",
            level="vo",
            aanpakken=["voorbeeld-wisselt"],
            **full(study(events, 200, 100, 200, year=2021 + number)),
        )
        for number, events in enumerate((168, 116, 160, 120, 148), 1)
    ]


def two_studies() -> list[dict]:
    return [
        initiative("twee-a", "Eén van twee", place=1, rec="4", level="wo", **full(study(60, 120, 40, 118))),
        initiative("twee-b", "Twee van twee", place=2, rec="4", level="wo", **full(study(70, 150, 60, 150))),
    ]


class Plain(yaml.SafeDumper):
    """Writes what stands twice twice: the reader of seed files refuses references."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def main() -> None:
    records = [
        *every_trede(),
        *every_direction(),
        *every_flag(),
        *pooled_cell(),
        *uneven_approach(),
        *two_studies(),
    ]
    text = yaml.dump(records, Dumper=Plain, allow_unicode=True, sort_keys=False, width=110)
    TARGET.write_text(HEAD + text, encoding="utf-8")
    sys.stdout.write(f"{len(records)} records\n")


if __name__ == "__main__":
    main()
