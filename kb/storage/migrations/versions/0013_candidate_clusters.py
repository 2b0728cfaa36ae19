"""Initiatives that look alike, and groups of them that may be one approach

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alike_pair",
        sa.Column("one_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("one_id", "other_id", name="pk_alike_pair"),
    )
    op.create_index("ix_alike_pair_other_id", "alike_pair", ["other_id"])
    op.create_table(
        "candidate_cluster",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approach", sa.String(length=120), nullable=False),
        sa.Column("linked", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_candidate_cluster"),
    )
    op.create_index("ix_candidate_cluster_state", "candidate_cluster", ["state"])


def downgrade() -> None:
    op.drop_table("candidate_cluster")
    op.drop_table("alike_pair")
