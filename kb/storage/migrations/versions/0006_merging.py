"""Merges of initiatives and approaches, what was public when, and requests to work along

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("approach_merge", "initiative_merge", "publication", "join_request")


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def upgrade() -> None:
    op.create_table(
        "join_request",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_accepted", sa.Boolean(), nullable=True),
        _key("join_request", "initiative_id", "initiative"),
        sa.PrimaryKeyConstraint("initiative_id", "person_id", name="pk_join_request"),
    )

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _key("publication", "initiative_id", "initiative"),
        _key("publication", "revision_id", "revision"),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
    )
    op.create_index("ix_publication_initiative_id", "publication", ["initiative_id"])

    op.create_table(
        "initiative_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("gone_revision_id", sa.Integer(), nullable=False),
        sa.Column("before_revision_id", sa.Integer(), nullable=False),
        sa.Column("after_revision_id", sa.Integer(), nullable=False),
        sa.Column("joined", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        _key("initiative_merge", "gone_id", "initiative"),
        _key("initiative_merge", "into_id", "initiative"),
        _key("initiative_merge", "gone_revision_id", "revision"),
        _key("initiative_merge", "before_revision_id", "revision"),
        _key("initiative_merge", "after_revision_id", "revision"),
        sa.PrimaryKeyConstraint("id", name="pk_initiative_merge"),
    )
    op.create_index("ix_initiative_merge_gone_id", "initiative_merge", ["gone_id"])
    op.create_index("ix_initiative_merge_into_id", "initiative_merge", ["into_id"])

    op.create_table(
        "approach_merge",
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        _key("approach_merge", "gone_id", "approach"),
        _key("approach_merge", "into_id", "approach"),
        sa.PrimaryKeyConstraint("gone_id", name="pk_approach_merge"),
    )
    op.create_index("ix_approach_merge_into_id", "approach_merge", ["into_id"])

    _remember_what_was_public()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _remember_what_was_public() -> None:
    """The audit trail tells which versions became public before; what is public now is one of them."""
    op.execute(
        sa.text(
            "INSERT INTO publication (initiative_id, revision_id, at)"
            " SELECT revision.initiative_id, revision.id, min(audit.at)"
            " FROM audit JOIN revision ON revision.id = audit.revision_after"
            " WHERE audit.action IN ('publiceren', 'spoedcorrectie')"
            " GROUP BY revision.initiative_id, revision.id ORDER BY min(audit.at), revision.id"
        )
    )
    op.execute(
        sa.text(
            "INSERT INTO publication (initiative_id, revision_id, at)"
            " SELECT initiative.id, initiative.published_revision_id,"
            " coalesce(initiative.published_at, initiative.created_at)"
            " FROM initiative WHERE initiative.published_revision_id IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM publication"
            " WHERE publication.revision_id = initiative.published_revision_id)"
            " ORDER BY initiative.id"
        )
    )
