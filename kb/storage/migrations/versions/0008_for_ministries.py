"""Snapshots, lists, saved searches, and words that found nothing

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _snapshot()
    _shortlists()
    _saved_search()
    op.create_table(
        "missed_search",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "words", name="pk_missed_search"),
    )


def downgrade() -> None:
    for table in ("missed_search", "saved_search", "shortlist_item", "shortlist", "snapshot"):
        op.drop_table(table)


def _snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_snapshot"),
    )
    op.create_index("ix_snapshot_person_id", "snapshot", ["person_id"])


def _shortlists() -> None:
    op.create_table(
        "shortlist",
        sa.Column("key", sa.String(length=40), nullable=False),
        _owner(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _person("shortlist"),
        sa.PrimaryKeyConstraint("key", name="pk_shortlist"),
    )
    op.create_index("ix_shortlist_person_id", "shortlist", ["person_id"])
    op.create_table(
        "shortlist_item",
        sa.Column("shortlist_key", sa.String(length=40), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shortlist_key"],
            ["shortlist.key"],
            name="fk_shortlist_item_shortlist_key_shortlist",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_shortlist_item_initiative_id_initiative"
        ),
        sa.PrimaryKeyConstraint("shortlist_key", "initiative_id", name="pk_shortlist_item"),
    )
    op.create_index("ix_shortlist_item_initiative_id", "shortlist_item", ["initiative_id"])


def _saved_search() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        _owner(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.String(length=20), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _person("saved_search"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_search"),
    )
    op.create_index("ix_saved_search_person_id", "saved_search", ["person_id"])


def _owner() -> sa.Column[int]:
    return sa.Column("person_id", sa.Integer(), nullable=False)


def _person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=f"fk_{table}_person_id_person", ondelete="CASCADE"
    )
