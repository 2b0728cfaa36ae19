"""The tables that hold the truth: vocabularies, initiatives with their revisions, outbox and audit."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.storage.base import Base


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


Index("ix_change_initiative", ChangeRow.initiative_id)
