"""A catalogue where people have API keys, and programs that use them."""

from dataclasses import dataclass
from typing import Any

from flask import Flask

from kb.domain.scopes import Scope
from kb.services import tokens
from kb.services.persons import person_of
from kb.storage.people import person_row
from tests.accounts import runtime_of

CONTENT: dict[str, Any] = {
    "titel": "Techniekroute Twente",
    "samenvatting": "Leerlingen maken kennis met techniek bij bedrijven in de buurt.",
    "regios": ["AM05"],
    "aanbevelingen": ["3"],
    "niveaus": ["vo-vmbo"],
    "organisaties": [{"naam": "Stichting Techniekroute", "rol": "trekker"}],
    "bronnen": [{"titel": "Over de route", "adres": "https://example.org/route"}],
}


def a_key(app: Flask, person_id: int, *scopes: Scope, days: int = 30) -> str:
    """A key with these scopes, with all of them when none is named."""
    with runtime_of(app).work(writing=True) as work:
        person = person_of(work, person_row(work.session, person_id))
        return tokens.make(work, person, name="proef", scopes=scopes or tuple(Scope), days=days)


@dataclass
class Program:
    """Asks with a key."""

    app: Flask
    key: str

    def ask(self, method: str, path: str, body: object = None, **headers: str):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.key:
            sent["Authorization"] = f"Bearer {self.key}"
        return self.app.test_client().open(f"/api/v1{path}", method=method, json=body, headers=sent)

    def draft(self, **changes: object):
        """A draft of a valid initiative."""
        return self.ask("POST", "/initiatieven", {**CONTENT, **changes})
