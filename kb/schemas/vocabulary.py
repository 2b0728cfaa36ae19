"""The vocabularies as they stand in seed_data become terms, with all that is wrong told at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.domain.problems import FieldError, Invalid
from kb.domain.terms import Scheme, Term
from kb.language.texts import mark as _
from kb.schemas.documents import Unreadable, read_yaml
from kb.schemas.regions import read_regions

# Keys that become a field of Term; whatever else a file knows stays in its details, under its own name.
OWN_KEYS = ("parent", "label_nl", "label_en", "synoniemen_nl", "synoniemen_en")


@dataclass(frozen=True, slots=True)
class TermList:
    """Where the terms of a scheme stand: the file, the list in it, and the key that is their code."""

    scheme: Scheme
    file: str
    items: str = "items"
    code: str = "slug"


LISTS = (
    TermList(Scheme.LEVEL, "education_levels.yaml", "niveaus", "code"),
    TermList(Scheme.ROUTE, "education_levels.yaml", "leerwegen", "code"),
    TermList(Scheme.RECOMMENDATION, "recommendations.yaml", code="nummer"),
    TermList(Scheme.INDICATOR, "indicators.yaml", code="code"),
    TermList(Scheme.INSTRUMENT, "instrument_types.yaml"),
    TermList(Scheme.SECTOR, "sectors.yaml"),
    TermList(Scheme.TARGET_GROUP, "target_groups.yaml"),
    TermList(Scheme.PROGRAMME, "programmes.yaml"),
    TermList(Scheme.ACTOR_TYPE, "actor_types.yaml"),
    TermList(Scheme.PHASE, "phases.yaml", "fasen"),
)


def read_vocabularies(folder: Path) -> tuple[Term, ...]:
    """The terms of all schemes in the folder; raises Invalid with every error of every file."""
    errors: list[FieldError] = []
    terms = list(read_regions(folder, errors))
    for terms_of in LISTS:
        terms += _read_list(folder, terms_of, errors)
    errors += _twice(terms)
    errors += _without_parent(terms)
    if errors:
        raise Invalid(tuple(errors))
    return tuple(terms)


def _read_list(folder: Path, terms_of: TermList, errors: list[FieldError]) -> Iterator[Term]:
    try:
        document = read_yaml(folder / terms_of.file)
    except (OSError, Unreadable) as error:
        errors.append(FieldError(terms_of.file, _("cannot be read: %(reason)s"), {"reason": str(error)}))
        return
    items = document.get(terms_of.items) if isinstance(document, dict) else None
    if not isinstance(items, list):
        errors.append(FieldError(f"{terms_of.file}.{terms_of.items}", _("This must be a list.")))
        return
    for position, item in enumerate(items):
        missing = _missing(item, terms_of)
        path = f"{terms_of.file}.{terms_of.items}.{position}"
        errors += (FieldError(f"{path}.{key}", _("Fill this in.")) for key in missing)
        if not missing:
            yield _term(item, terms_of, position)


def _missing(item: object, terms_of: TermList) -> list[str]:
    needed = (terms_of.code, "label_nl", "label_en")
    if not isinstance(item, dict):
        return list(needed)
    return [key for key in needed if item.get(key) in (None, "")]


def _term(item: Mapping[str, object], terms_of: TermList, position: int) -> Term:
    parent = item.get("parent")
    return Term(
        scheme=terms_of.scheme,
        code=str(item[terms_of.code]),
        label=str(item["label_nl"]),
        label_en=str(item["label_en"]),
        parents=(str(parent),) if parent else (),
        synonyms=_words(item.get("synoniemen_nl")),
        synonyms_en=_words(item.get("synoniemen_en")),
        position=position,
        details={key: value for key, value in item.items() if key not in (terms_of.code, *OWN_KEYS)},
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else ()


def _twice(terms: list[Term]) -> Iterator[FieldError]:
    counts = Counter((term.scheme, term.code) for term in terms)
    for (scheme, code), count in counts.items():
        if count > 1:
            yield FieldError(f"{scheme}.{code}", _("This code occurs more than once."))


def _without_parent(terms: list[Term]) -> Iterator[FieldError]:
    known = {(term.scheme, term.code) for term in terms}
    for term in terms:
        for parent in term.parents:
            if (term.scheme, parent) not in known:
                message = _("The parent %(parent)s does not exist.")
                yield FieldError(f"{term.scheme}.{term.code}", message, {"parent": parent})
