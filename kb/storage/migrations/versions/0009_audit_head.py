"""The newest row of the audit trail, kept apart, so that its removal shows too

Revision ID: 0009
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO kept_value (key, value)"
        " SELECT 'audit_head', hash FROM audit WHERE id = (SELECT max(id) FROM audit)"
        " AND NOT EXISTS (SELECT 1 FROM kept_value WHERE key = 'audit_head')"
    )


def downgrade() -> None:
    op.execute("DELETE FROM kept_value WHERE key = 'audit_head'")
