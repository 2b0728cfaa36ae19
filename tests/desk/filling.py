"""Filling in the form of one initiative as a browser without script does."""

import re

HOME = "/mijn/initiatieven/techniekhub"
BASIS = f"{HOME}/basis"
PLACES = f"{HOME}/voor-wie-en-waar"
RESULTS = f"{HOME}/resultaten"
CHECK = f"{HOME}/controleren"
REVIEW = "/redactie/techniekhub"
SUMMARY = "Leerlingen van het vmbo werken een dag per week in een echt bedrijf."
QUICK = {"titel": "Techniekhub", "plaats": "Enschede", "organisatie": "ROC van Twente"}


def version(hand, page: str) -> str:
    """The number of the version that the form on this page stands on."""
    return re.search(r'name="versie" value="(\d+)"', hand.get(page).text)[1]


def save(hand, page: str, **fields: object):
    """Sends one section; `a__b` stands for the field `a.b`."""
    number = fields.pop("versie", None) or version(hand, page)
    return hand.send(page, {"versie": number, **{k.replace("__", "."): v for k, v in fields.items()}})


def start(hand):
    return hand.send("/mijn/initiatieven/nieuw", QUICK)


def complete(hand) -> None:
    """Everything that is needed to submit."""
    save(hand, BASIS, titel="Techniekhub", samenvatting=SUMMARY, website="https://example.org/hub")
    fields = {"regios.0": "Enschede (gemeente)", "aanbevelingen": ["3", "4"], "niveaus": "vo-vmbo"}
    assert hand.send(PLACES, {"versie": version(hand, PLACES), **fields}).status_code == 303


def submit(hand, number: str = ""):
    return hand.send(f"{HOME}/indienen", {"versie": number or version(hand, CHECK)}, page=CHECK)


def decide(hand, deed: str, number: str = "", **fields: str):
    fields = {k.replace("__", "."): v for k, v in fields.items()}
    return hand.send(f"{REVIEW}/{deed}", {"versie": number or version(hand, REVIEW), **fields}, page=REVIEW)
