"""The tables of imports: the file between two steps, its rows, and what people call their columns."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kb.storage.base import Base


class ImportRun(Base):
    """One file from upload to drafts. `raw` is what was sent, until it is read; `packed` what was in it."""

    __tablename__ = "import_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(5))
    origin: Mapped[str] = mapped_column(String(80))
    stage: Mapped[str] = mapped_column(String(20), index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    raw: Mapped[bytes | None] = mapped_column(LargeBinary)
    packed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mapping: Mapped[dict[str, Any]]
    refusal: Mapped[list[Any]]
    with_alike: Mapped[bool] = mapped_column(default=False)


class ImportRow(Base):
    """What one row of the file would do, or did. The columns up to `revision_id` serve the undoing."""

    __tablename__ = "import_row"
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sheet: Mapped[str] = mapped_column(Text)
    row: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20), index=True)
    title: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(String(120))
    source_key: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]]
    notes: Mapped[dict[str, Any]]
    initiative_id: Mapped[int | None] = mapped_column(index=True)
    base_revision_id: Mapped[int | None]
    status_before: Mapped[str] = mapped_column(String(20), default="")
    revision_id: Mapped[int | None]


class ImportHeading(Base):
    """What somebody called the heading of a column before."""

    __tablename__ = "import_heading"
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    heading: Mapped[str] = mapped_column(String(200), primary_key=True)
    target: Mapped[str] = mapped_column(String(80))
