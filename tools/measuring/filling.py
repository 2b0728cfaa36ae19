"""Writes a made-up catalogue into an empty database in bulk: the rows that publishing each would give."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from generated import Made
from sqlalchemy import Connection, insert, select

from kb.domain.answers import answers_of
from kb.domain.catalogue import years_of
from kb.domain.slugs import free_slug, slug_of
from kb.domain.terms import plain
from kb.domain.verdict import assess
from kb.runtime import Runtime
from kb.services import publishing
from kb.services.judging import weigh_studies, yardsticks_of
from kb.services.work import Work
from kb.storage import public_tables as public
from kb.storage.projection import TAGS, Projection
from kb.storage.tables import ChangeRow, InitiativeRow, OrganisationRow, Revision
from kb.storage.vocabulary import term_ids
from measuring.rows import figure_rows, initiative_row, published_row, revision_row, verdict_row

AT_ONCE = 2_000
# So many are published once more the usual way, to see that the rows are the same.
SAMPLE = 12
PROJECTED = (
    public.Published,
    public.PublishedTerm,
    public.PublishedYear,
    public.PublishedOrganisation,
    public.PublishedMeasurement,
    public.PublishedStudy,
    public.PublishedEffect,
    public.VerdictRow,
)
# A revision must be there before its initiative can point at it.
POINT = "UPDATE initiative SET working_revision_id = id, published_revision_id = id"

Row = tuple[Any, dict[str, Any]]


def fill(runtime: Runtime, made: Iterable[Made]) -> None:
    """All of them in the tables of a database that has vocabularies; then a sample is compared."""
    with runtime.work() as work:
        rows = _Rows(work)
    each = iter(made)
    while batch := list(islice(each, AT_ONCE)):
        with runtime.work(writing=True) as work:
            _write(work.session.connection(), (row for one in batch for row in rows.of(one)))
    with runtime.work(writing=True) as work:
        work.session.connection().exec_driver_sql(POINT)
    with runtime.work() as work:
        _compare(work)
        work.session.rollback()


def _write(connection: Connection, rows: Iterable[Row]) -> None:
    by_table: dict[Any, list[dict[str, Any]]] = {}
    for model, row in rows:
        by_table.setdefault(model.__table__, []).append(row)
    for table in InitiativeRow.metadata.sorted_tables:
        if table in by_table:
            connection.execute(insert(table), by_table[table])


class _Rows:
    """Makes the rows of one initiative after another; numbers of revisions are those of initiatives."""

    def __init__(self, work: Work) -> None:
        self._terms = term_ids(work.session)
        self._yardsticks = yardsticks_of(work)
        self._now = work.now
        self._organisations: dict[str, int] = {}
        self._slugs: set[str] = set()
        # Most say the same about their evidence: nothing.
        self._assess = lru_cache(1_000)(assess)

    def of(self, made: Made) -> Iterator[Row]:
        key, content = made.number, made.content
        verdict = self._assess(answers_of(content, self._yardsticks, today=self._now.date()))
        yield InitiativeRow, initiative_row(made)
        yield Revision, revision_row(made)
        yield ChangeRow, {"initiative_id": key, "created_at": made.published}
        yield public.Published, published_row(made, verdict)
        yield public.VerdictRow, {**verdict_row(key, verdict), "computed_at": self._now}
        for scheme, name in TAGS.items():
            for position, code in enumerate(getattr(content, name)):
                term = self._terms[scheme.value, code]
                yield public.PublishedTerm, {"initiative_id": key, "term_id": term, "position": position}
        for year in years_of(content, this_year=self._now.year):
            yield public.PublishedYear, {"initiative_id": key, "year": year}
        yield from self._taking_part(made)
        yield from figure_rows(key, content.measurements, weigh_studies(content, self._yardsticks))

    def _taking_part(self, made: Made) -> Iterator[Row]:
        for position, each in enumerate(made.content.organisations):
            name = plain(each.name)
            if name not in self._organisations:
                self._organisations[name] = len(self._organisations) + 1
                slug = free_slug(slug_of(each.name), self._slugs)
                self._slugs.add(slug)
                row = {"id": self._organisations[name], "slug": slug, "name": each.name}
                yield OrganisationRow, {**row, "plain_name": name, "actor_type": ""}
            keys = {"initiative_id": made.number, "organisation_id": self._organisations[name]}
            yield public.PublishedOrganisation, {**keys, "role": each.role.value, "position": position}


def _compare(work: Work) -> None:
    """Raises where publishing the usual way would give other rows."""
    before = _sample(work)
    projection = Projection(work.session, this_year=work.this_year)
    for initiative, revision in published_sample(work):
        publishing.project(work, projection, initiative, revision)
    if _sample(work) != before:
        raise RuntimeError("the rows written in bulk are not those of publishing")


def published_sample(work: Work) -> list[tuple[InitiativeRow, Revision]]:
    query = select(InitiativeRow, Revision).join(Revision, Revision.id == InitiativeRow.published_revision_id)
    return [(one, other) for one, other in work.session.execute(query.order_by(Revision.id).limit(SAMPLE))]


def _sample(work: Work) -> list[list[tuple[Any, ...]]]:
    work.session.flush()
    return [_sample_of(work, model.__table__) for model in PROJECTED]


def _sample_of(work: Work, table: Any) -> list[tuple[Any, ...]]:
    columns = [column for column in table.columns if column.name != "computed_at"]
    query = select(*columns).where(table.c.initiative_id <= SAMPLE).order_by(*table.primary_key)
    return [tuple(row) for row in work.session.execute(query)]
