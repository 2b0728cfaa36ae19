"""The search index in PostgreSQL

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

VECTORS = ("weighed", "placed", "spelled")


def upgrade() -> None:
    vector = TSVECTOR().with_variant(sa.Text(), "sqlite")
    op.create_table(
        "search_record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, vector, nullable=False) for name in VECTORS),
        sa.PrimaryKeyConstraint("id", name="pk_search_record"),
    )
    for name in VECTORS:
        op.create_index(
            f"ix_search_record_{name}",
            "search_record",
            [name],
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
    op.create_table(
        "search_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("schema", sa.Text(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_state"),
    )


def downgrade() -> None:
    op.drop_table("search_state")
    op.drop_table("search_record")
