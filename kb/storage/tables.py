"""The tables. Revisions are the truth; everything under "projection" can be rebuilt from them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware time, in UTC on both databases; SQLite would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class KeptValue(Base):
    """Small facts about this database: its identity, what was seeded."""

    __tablename__ = "kept_value"
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


# --- vocabularies


class TermRow(Base):
    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("scheme", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(Text)
    label_en: Mapped[str] = mapped_column(Text)
    parents: Mapped[list[Any]]
    synonyms: Mapped[list[Any]]
    synonyms_en: Mapped[list[Any]]
    details: Mapped[dict[str, Any]]
    position: Mapped[int] = mapped_column(default=0)


class TermClosure(Base):
    """Every pair of a term and one above it, itself included; counts of hierarchical facets join on it."""

    __tablename__ = "term_closure"
    ancestor_id: Mapped[int] = mapped_column(ForeignKey("term.id", ondelete="CASCADE"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(
        ForeignKey("term.id", ondelete="CASCADE"), primary_key=True, index=True
    )


# --- the truth


class InitiativeRow(Base):
    """One initiative: its address, its state and which revisions count.

    `lock_version` guards against two writers; `source_key` is the name an import knows it by.
    """

    __tablename__ = "initiative"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    source_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    working_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", use_alter=True, name="fk_initiative_working_revision_id_revision")
    )
    published_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", use_alter=True, name="fk_initiative_published_revision_id_revision")
    )
    created_at: Mapped[datetime]
    first_published_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    last_confirmed_at: Mapped[datetime | None]
    lock_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": lock_version}  # noqa: RUF012


class Revision(Base):
    """A snapshot of the whole content. Never changed, never removed."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("initiative_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))
    number: Mapped[int]
    base_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class SlugRedirect(Base):
    """Addresses that once led to an initiative and still do."""

    __tablename__ = "slug_redirect"
    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))


class ApproachRow(Base):
    __tablename__ = "approach"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]]


class OrganisationRow(Base):
    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(Text)
    plain_name: Mapped[str] = mapped_column(Text, unique=True)
    actor_type: Mapped[str] = mapped_column(String(80), default="")


class ChangeRow(Base):
    """The outbox: a note in the same transaction as the change, which the search index follows."""

    __tablename__ = "change"
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    initiative_id: Mapped[int]
    created_at: Mapped[datetime]
    __table_args__ = ({"sqlite_autoincrement": True},)


class AuditRow(Base):
    """Who did what to what, when and from where; each row carries the hash of the one before."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(40))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_key: Mapped[str] = mapped_column(String(200))
    result: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(80))
    revision_before: Mapped[int | None]
    revision_after: Mapped[int | None]
    details: Mapped[str] = mapped_column(Text, default="")
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


# --- projection of what is published


class Published(Base):
    """One row per published initiative, for lists and sorting."""

    __tablename__ = "published"
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    card: Mapped[dict[str, Any]]
    is_national: Mapped[bool]
    trede: Mapped[int] = mapped_column(index=True)
    direction: Mapped[str] = mapped_column(String(30), index=True)


class PublishedTerm(Base):
    __tablename__ = "published_term"
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), primary_key=True
    )
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)


class PublishedYear(Base):
    """Each year in which an initiative is known to have run."""

    __tablename__ = "published_year"
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), primary_key=True
    )
    year: Mapped[int] = mapped_column(primary_key=True, index=True, autoincrement=False)


class PublishedOrganisation(Base):
    __tablename__ = "published_organisation"
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class PublishedApproach(Base):
    __tablename__ = "published_approach"
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), primary_key=True
    )
    approach_id: Mapped[int] = mapped_column(ForeignKey("approach.id"), primary_key=True, index=True)


class PublishedMeasurement(Base):
    __tablename__ = "published_measurement"
    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    indicator: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    value: Mapped[float | None]
    words: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None]
    method: Mapped[str] = mapped_column(String(30))
    independent: Mapped[bool | None]
    source_url: Mapped[str] = mapped_column(Text)


class PublishedStudy(Base):
    __tablename__ = "published_study"
    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(Text)
    design: Mapped[str] = mapped_column(String(30), index=True)
    grade: Mapped[str] = mapped_column(String(1), index=True)
    independent: Mapped[bool | None]
    report_public: Mapped[bool | None]
    start_year: Mapped[int | None]
    end_year: Mapped[int | None]
    region: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(80))


class PublishedEffect(Base):
    """One effect of one study, computed: `yi` and `vi` on the scale of `metric`, with its 95% interval."""

    __tablename__ = "published_effect"
    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("published_study.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    indicator: Mapped[str] = mapped_column(String(80), index=True)
    metric: Mapped[str] = mapped_column(String(4))
    yi: Mapped[float | None]
    vi: Mapped[float | None]
    ci_low: Mapped[float | None]
    ci_high: Mapped[float | None]
    follow_up_months: Mapped[int | None]
    is_primary: Mapped[bool] = mapped_column(default=False)


class VerdictRow(Base):
    """The verdict of one initiative on one axis, with the whole derivation."""

    __tablename__ = "verdict"
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), primary_key=True
    )
    axis: Mapped[str] = mapped_column(String(10), primary_key=True)
    trede: Mapped[int]
    direction: Mapped[str] = mapped_column(String(30))
    attributable: Mapped[bool | None]
    places: Mapped[int] = mapped_column(default=1)
    flags: Mapped[list[Any]]
    grades: Mapped[list[Any]]
    trace: Mapped[list[Any]]
    rule_version: Mapped[str] = mapped_column(String(20))
    input_hash: Mapped[str] = mapped_column(String(64))
    computed_at: Mapped[datetime]


Index("ix_change_initiative", ChangeRow.initiative_id)
