"""Which initiative an approach was taken over from

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_origin",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["published.initiative_id"],
            name="fk_published_origin_initiative_id_published",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "slug", name="pk_published_origin"),
    )
    op.create_index("ix_published_origin_slug", "published_origin", ["slug"])


def downgrade() -> None:
    op.drop_table("published_origin")
