"""The tables of candidate groups: which initiatives look alike, and what reviewers said of a group."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kb.storage.base import Base


class AlikePair(Base):
    """Two public initiatives that look alike enough to be in one group; the smaller number first."""

    __tablename__ = "alike_pair"
    one_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    score: Mapped[float]


class CandidateCluster(Base):
    """A group that may be one approach. The key is made of its members, so another group is another row.

    `linked` are the initiatives that got the approach by accepting it; undoing takes it from them again.
    """

    __tablename__ = "candidate_cluster"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    members: Mapped[list[Any]]
    score: Mapped[float]
    state: Mapped[str] = mapped_column(String(20), index=True)
    found_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    approach: Mapped[str] = mapped_column(String(120), default="")
    linked: Mapped[list[Any]]
    person_id: Mapped[int | None]
    decided_at: Mapped[datetime | None]
