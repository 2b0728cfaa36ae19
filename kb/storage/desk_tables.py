"""The tables of the desk: who keeps an initiative up, what reviewers remarked, which choices were made."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kb.storage.base import Base


class DeskRow(Base):
    """Who started an initiative, and who submitted the version that waits, when."""

    __tablename__ = "desk"
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(index=True)
    submitted_by: Mapped[int | None]
    submitted_at: Mapped[datetime | None] = mapped_column(index=True)


class CoEditor(Base):
    """Somebody who may work on an initiative from outside its regions."""

    __tablename__ = "co_editor"
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    invited_at: Mapped[datetime]


class JoinRequest(Base):
    """Somebody asks to work on an initiative too; whoever keeps it up says yes or no."""

    __tablename__ = "join_request"
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    is_accepted: Mapped[bool | None]


class ReviewNote(Base):
    """What a reviewer asks about one field; an empty field means the whole. Publishing solves it."""

    __tablename__ = "review_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    field: Mapped[str] = mapped_column(String(80), default="")
    words: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None]
    created_at: Mapped[datetime]
    solved_at: Mapped[datetime | None]


class DuplicateChoice(Base):
    """What somebody said about two initiatives that look alike."""

    __tablename__ = "duplicate_choice"
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int | None]
    chosen_at: Mapped[datetime]


class LoweredVerdict(Base):
    """A reviewer keeps the level of evidence down, with the reason; the rules alone would say more."""

    __tablename__ = "lowered_verdict"
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    at_most: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None]
    lowered_at: Mapped[datetime]


class PublicVersion(Base):
    """A version that the public saw, from this moment on; what the public history is made of."""

    __tablename__ = "publication"
    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    at: Mapped[datetime]


class InitiativeMerge(Base):
    """Two initiatives were one. All that is needed to undo it: which version was public of each before,
    which one of the other after, and who became co-editor by it."""

    __tablename__ = "initiative_merge"
    id: Mapped[int] = mapped_column(primary_key=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    gone_revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    before_revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    after_revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    joined: Mapped[list[Any]]
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None]
    merged_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class ApproachMerge(Base):
    """An approach that is another one under a second name. Taking the row away undoes it."""

    __tablename__ = "approach_merge"
    gone_id: Mapped[int] = mapped_column(ForeignKey("approach.id"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("approach.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None]
    merged_at: Mapped[datetime]


class ContactMessage(Base):
    """A question of the public on its way to whoever keeps the initiative up, encrypted."""

    __tablename__ = "contact_message"
    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
