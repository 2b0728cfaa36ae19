"""The organisations of a record: names that mean the same are one, descriptions are no organisation."""

import re

from kb.domain.content import FreeWord, Participation, PartnerRole
from kb.domain.terms import Scheme
from tools.converting.rules import Record

AUTHORITY = re.compile(r"(gemeente|provincie) ")


class Organisations:
    def __init__(self, rules: Record) -> None:
        self._rules = rules
        self._types = [(code, re.compile(pattern)) for code, pattern in rules["soorten"]]

    def of(self, record: Record) -> tuple[tuple[Participation, ...], tuple[FreeWord, ...]]:
        """The organisations with their roles, and the parties that were described rather than named."""
        found: dict[str, Participation] = {}
        described: list[FreeWord] = []
        for name, role in self._named(record):
            if self._is_description(name):
                described.append(FreeWord(Scheme.ACTOR_TYPE.value, name))
            else:
                found.setdefault(name, Participation(name, role, self._type(name)))
        return tuple(found.values()), tuple(dict.fromkeys(described))

    def names_of(self, raw: str) -> list[str]:
        """The names that stand in one name of the research file."""
        if raw in self._rules["rollen"]:
            return [self._rules["rollen"][raw]["naam"]]
        return [self._name(str(part)) for part in self._rules["delen"].get(raw, [raw])]

    def _named(self, record: Record) -> list[tuple[str, PartnerRole]]:
        lead = record.get("organisation")
        found = []
        if lead:
            role = PartnerRole(self._rules["rollen"].get(lead, {}).get("rol", PartnerRole.LEAD))
            # "Coöperatie Leerpark (Gemeente Dordrecht ...)": who stands in brackets takes part.
            others = PartnerRole.PARTNER if "(" in lead else role
            first, *rest = self.names_of(lead)
            found = [(first, role), *((name, others) for name in rest)]
        partners = [name for raw in record.get("partners", []) for name in self.names_of(str(raw))]
        return [*found, *((name, PartnerRole.PARTNER) for name in partners)]

    def _name(self, name: str) -> str:
        name = self._rules["namen"].get(name, name)
        return name[0].upper() + name[1:] if AUTHORITY.match(name) else name

    def _is_description(self, name: str) -> bool:
        is_lower = not name[0].isupper() and name not in self._rules["toch"]
        return is_lower or name in self._rules["algemeen"]

    def _type(self, name: str) -> str:
        return next((code for code, pattern in self._types if pattern.search(name)), "")
