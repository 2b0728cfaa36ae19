"""The tables of people who follow the catalogue: snapshots, lists, saved searches, and what was not found."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kb.storage.base import Base


class SnapshotRow(Base):
    """A briefing as it was at one moment. Never changed: letters to Parliament point at it."""

    __tablename__ = "snapshot"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    made_at: Mapped[datetime]
    document: Mapped[dict[str, Any]]


class ShortlistRow(Base):
    """A list of initiatives; whoever knows the key and may log in can read it when it is shared."""

    __tablename__ = "shortlist"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    is_shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class ShortlistItem(Base):
    __tablename__ = "shortlist_item"
    shortlist_key: Mapped[str] = mapped_column(
        ForeignKey("shortlist.key", ondelete="CASCADE"), primary_key=True
    )
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True, index=True)
    position: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")


class SavedSearchRow(Base):
    """A search that somebody follows. `seen` is what it found last: the hash of each hit by its address."""

    __tablename__ = "saved_search"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text)
    rhythm: Mapped[str] = mapped_column(String(20))
    seen: Mapped[dict[str, Any]]
    looked_at: Mapped[datetime]
    created_at: Mapped[datetime]


class MissedSearch(Base):
    """Words that found nothing on a day, with how often; not who asked."""

    __tablename__ = "missed_search"
    day: Mapped[date] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(200), primary_key=True)
    times: Mapped[int] = mapped_column(default=1)
