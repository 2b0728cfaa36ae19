"""The published projection: relational rows of what the public sees, rebuilt from a revision at will."""

from dataclasses import dataclass, replace

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kb.domain.catalogue import NATIONAL, card_of, years_of
from kb.domain.content import Content, Effect, Study
from kb.domain.small_groups import shielded
from kb.domain.terms import Scheme
from kb.storage.approaches import approach_ids
from kb.storage.documents import to_document
from kb.storage.organisations import Organisations
from kb.storage.public_tables import (
    Published,
    PublishedApproach,
    PublishedEffect,
    PublishedMeasurement,
    PublishedOrganisation,
    PublishedOrigin,
    PublishedStudy,
    PublishedTerm,
    PublishedYear,
)
from kb.storage.vocabulary import term_ids

# Which field of the content carries the codes of which scheme.
TAGS = {
    Scheme.REGION: "regions",
    Scheme.RECOMMENDATION: "recommendations",
    Scheme.LEVEL: "levels",
    Scheme.ROUTE: "routes",
    Scheme.INSTRUMENT: "instruments",
    Scheme.SECTOR: "sectors",
    Scheme.TARGET_GROUP: "target_groups",
    Scheme.PROGRAMME: "programmes",
}


@dataclass(frozen=True, slots=True)
class WeighedEffect:
    """An effect with what was computed from it, on the scale of its metric; None where it cannot be."""

    effect: Effect
    yi: float | None
    vi: float | None
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True, slots=True)
class WeighedStudy:
    study: Study
    grade: str
    effects: tuple[WeighedEffect, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """All that is needed to show one initiative to the public."""

    initiative_id: int
    slug: str
    revision_id: int
    content: Content
    studies: tuple[WeighedStudy, ...] = ()


class Projection:
    """Writes publications of one transaction; the look-ups are read once."""

    def __init__(self, session: Session, *, this_year: int) -> None:
        self._session = session
        self._this_year = this_year
        self._terms = term_ids(session)
        self._organisations = Organisations(session)
        self._approaches = approach_ids(session)

    def write(self, publication: Publication) -> None:
        """Replaces what was projected of this initiative; counts of fewer than ten people stay out."""
        publication = replace(publication, content=shielded(publication.content))
        self.remove(publication.initiative_id)
        self._session.add(_published(publication))
        self._session.flush()
        self._session.add_all(self._term_rows(publication))
        self._session.add_all(self._organisation_rows(publication))
        self._session.add_all(self._year_rows(publication))
        self._session.add_all(self._approach_rows(publication))
        self._session.add_all(_origin_rows(publication))
        self._session.add_all(_measurement_rows(publication))
        self._write_studies(publication)

    def remove(self, initiative_id: int) -> None:
        """Takes an initiative out of the public rows; those that hang on it go along."""
        self._session.execute(delete(Published).where(Published.initiative_id == initiative_id))

    def _term_rows(self, publication: Publication) -> list[PublishedTerm]:
        content, key = publication.content, publication.initiative_id
        tags = [(s, code, i) for s, name in TAGS.items() for i, code in enumerate(getattr(content, name))]
        if content.phase:
            tags.append((Scheme.PHASE, content.phase, 0))
        known = [(self._terms.get((scheme.value, code)), position) for scheme, code, position in tags]
        return [PublishedTerm(initiative_id=key, term_id=t, position=p) for t, p in known if t is not None]

    def _organisation_rows(self, publication: Publication) -> list[PublishedOrganisation]:
        rows: dict[tuple[int, str], PublishedOrganisation] = {}
        for position, taking_part in enumerate(publication.content.organisations):
            organisation = self._organisations.row_of(taking_part)
            row = PublishedOrganisation(
                initiative_id=publication.initiative_id,
                organisation_id=organisation.id,
                role=taking_part.role.value,
                position=position,
            )
            rows.setdefault((organisation.id, row.role), row)
        return list(rows.values())

    def _year_rows(self, publication: Publication) -> list[PublishedYear]:
        years = years_of(publication.content, this_year=self._this_year)
        return [PublishedYear(initiative_id=publication.initiative_id, year=year) for year in years]

    def _approach_rows(self, publication: Publication) -> list[PublishedApproach]:
        keys = [self._approaches.get(slug) for slug in publication.content.approaches]
        key = publication.initiative_id
        return [PublishedApproach(initiative_id=key, approach_id=a) for a in dict.fromkeys(keys) if a]

    def _write_studies(self, publication: Publication) -> None:
        key = publication.initiative_id
        for place, weighed in enumerate(publication.studies):
            self._session.add(_study_row(key, place, weighed))
            self._session.flush()
            self._session.add_all(
                _effect_row(key, place, position, effect) for position, effect in enumerate(weighed.effects)
            )


def _published(publication: Publication) -> Published:
    content = publication.content
    return Published(
        initiative_id=publication.initiative_id,
        revision_id=publication.revision_id,
        title=content.title,
        summary=content.summary,
        card=to_document(card_of(publication.slug, content)),
        is_national=NATIONAL in content.regions,
        has_promise=bool(content.promises),
        trede=0,
        direction="",
    )


def _origin_rows(publication: Publication) -> list[PublishedOrigin]:
    key = publication.initiative_id
    return [PublishedOrigin(initiative_id=key, slug=slug) for slug in publication.content.adopted_from]


def _measurement_rows(publication: Publication) -> list[PublishedMeasurement]:
    return [
        PublishedMeasurement(
            initiative_id=publication.initiative_id,
            position=position,
            indicator=measured.indicator,
            kind=measured.kind.value,
            value=measured.value,
            words=measured.words,
            unit=measured.unit,
            year=measured.year,
            method=measured.method.value,
            independent=measured.independent,
            source_url=measured.source_url,
        )
        for position, measured in enumerate(publication.content.measurements)
    ]


def _study_row(initiative_id: int, position: int, weighed: WeighedStudy) -> PublishedStudy:
    study = weighed.study
    return PublishedStudy(
        initiative_id=initiative_id,
        position=position,
        key=study.key,
        title=study.title,
        design=study.design.value,
        grade=weighed.grade,
        independent=study.independent,
        report_public=study.report_public,
        start_year=study.start_year,
        end_year=study.end_year,
        region=study.region,
        level=study.level,
    )


def _effect_row(
    initiative_id: int, study_position: int, position: int, weighed: WeighedEffect
) -> PublishedEffect:
    effect = weighed.effect
    return PublishedEffect(
        initiative_id=initiative_id,
        study_position=study_position,
        position=position,
        indicator=effect.indicator,
        metric=effect.metric.value,
        yi=weighed.yi,
        vi=weighed.vi,
        ci_low=weighed.ci_low,
        ci_high=weighed.ci_high,
        follow_up_months=effect.follow_up_months,
        is_primary=effect.primary,
    )
