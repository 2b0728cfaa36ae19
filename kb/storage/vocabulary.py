"""The vocabularies in their one table, with the closure that answers "everything under this"."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from kb.domain.terms import Scheme, Term, Vocabulary
from kb.storage.documents import hash_of
from kb.storage.kept import keep, kept
from kb.storage.tables import TermClosure, TermRow

VERSION = "vocabulary"


def save_terms(session: Session, terms: Iterable[Term]) -> int:
    """Bring the table in step with these terms and return how many were new or different.

    A term that is no longer listed stays: initiatives may carry it.
    """
    rows = {(row.scheme, row.code): row for row in session.scalars(select(TermRow))}
    wanted = list(terms)
    changed = sum(_save(session, rows, term) for term in wanted)
    session.flush()
    if changed:
        _save_closure(session)
        keep(session, VERSION, hash_of({"terms": [_fields(term) for term in wanted]}))
    return changed


def load_vocabulary(session: Session) -> Vocabulary:
    return Vocabulary(_term(row) for row in session.scalars(select(TermRow)))


def vocabulary_version(session: Session) -> str:
    """Changes whenever a term does; empty before the first load."""
    return kept(session, VERSION) or ""


def term_ids(session: Session) -> dict[tuple[str, str], int]:
    """The key of each term by scheme and code."""
    return {
        (scheme, code): key
        for key, scheme, code in session.execute(select(TermRow.id, TermRow.scheme, TermRow.code))
    }


def _save(session: Session, rows: dict[tuple[str, str], TermRow], term: Term) -> bool:
    row = rows.get((term.scheme.value, term.code))
    fields = _fields(term)
    if row is None:
        session.add(TermRow(**fields))
        return True
    different = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _fields(term: Term) -> dict[str, object]:
    return {
        "scheme": term.scheme.value,
        "code": term.code,
        "label": term.label,
        "label_en": term.label_en,
        "parents": list(term.parents),
        "synonyms": list(term.synonyms),
        "synonyms_en": list(term.synonyms_en),
        "position": term.position,
        "details": dict(term.details),
    }


def _term(row: TermRow) -> Term:
    return Term(
        scheme=Scheme(row.scheme),
        code=row.code,
        label=row.label,
        label_en=row.label_en,
        parents=tuple(row.parents),
        synonyms=tuple(row.synonyms),
        synonyms_en=tuple(row.synonyms_en),
        position=row.position,
        details=row.details,
    )


def _save_closure(session: Session) -> None:
    vocabulary, ids = load_vocabulary(session), term_ids(session)
    pairs = [
        {"ancestor_id": ids[scheme, above], "descendant_id": key}
        for (scheme, code), key in ids.items()
        for above in vocabulary.ancestors(Scheme(scheme), code)
    ]
    session.execute(delete(TermClosure))
    if pairs:
        session.execute(insert(TermClosure), pairs)
