"""The tables of the published projection: what the public sees, in rows that can be rebuilt at will."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kb.storage.base import Base


class Published(Base):
    """One row per published initiative, for lists and sorting."""

    __tablename__ = "published"
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    card: Mapped[dict[str, Any]]
    is_national: Mapped[bool]
    has_promise: Mapped[bool] = mapped_column(default=False)
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


class PublishedOrigin(Base):
    """The address, as it was then, of an initiative that the approach was taken over from."""

    __tablename__ = "published_origin"
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), primary_key=True
    )
    slug: Mapped[str] = mapped_column(String(120), primary_key=True, index=True)


class PublishedMeasurement(Base):
    __tablename__ = "published_measurement"
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
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
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("published.initiative_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
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
    __table_args__ = (
        ForeignKeyConstraint(
            ["initiative_id", "study_position"],
            ["published_study.initiative_id", "published_study.position"],
            ondelete="CASCADE",
        ),
    )
    initiative_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    study_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
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
