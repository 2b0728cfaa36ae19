"""The desk: owners, co-editors, remarks, choices about duplicates, lowered verdicts and messages

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("contact_message", "lowered_verdict", "duplicate_choice", "review_note", "co_editor", "desk")


def upgrade() -> None:
    op.create_table(
        "desk",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_desk_initiative_id_initiative"
        ),
        sa.PrimaryKeyConstraint("initiative_id", name="pk_desk"),
    )
    op.create_index("ix_desk_owner_id", "desk", ["owner_id"])
    op.create_index("ix_desk_submitted_at", "desk", ["submitted_at"])

    op.create_table(
        "co_editor",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_co_editor_initiative_id_initiative"
        ),
        sa.PrimaryKeyConstraint("initiative_id", "person_id", name="pk_co_editor"),
    )
    op.create_index("ix_co_editor_person_id", "co_editor", ["person_id"])

    op.create_table(
        "review_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_review_note_initiative_id_initiative"
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_review_note_revision_id_revision"),
        sa.PrimaryKeyConstraint("id", name="pk_review_note"),
    )
    op.create_index("ix_review_note_initiative_id", "review_note", ["initiative_id"])

    op.create_table(
        "duplicate_choice",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_duplicate_choice_initiative_id_initiative"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["initiative.id"], name="fk_duplicate_choice_other_id_initiative"
        ),
        sa.PrimaryKeyConstraint("initiative_id", "other_id", name="pk_duplicate_choice"),
    )

    op.create_table(
        "lowered_verdict",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("lowered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_lowered_verdict_initiative_id_initiative"
        ),
        sa.PrimaryKeyConstraint("initiative_id", name="pk_lowered_verdict"),
    )

    op.create_table(
        "contact_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_contact_message_initiative_id_initiative"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact_message"),
    )
    op.create_index("ix_contact_message_initiative_id", "contact_message", ["initiative_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
