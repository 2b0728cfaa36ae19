"""The catalogue

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_approach"),
        sa.UniqueConstraint("slug", name="uq_approach_slug"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("revision_before", sa.Integer(), nullable=True),
        sa.Column("revision_after", sa.Integer(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    with op.batch_alter_table("audit") as batch_op:
        batch_op.create_index("ix_audit_at", ["at"])

    op.create_table(
        "change",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_change"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("change") as batch_op:
        batch_op.create_index("ix_change_initiative", ["initiative_id"])

    op.create_table(
        "initiative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("working_revision_id", sa.Integer(), nullable=True),
        sa.Column("published_revision_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_initiative"),
        sa.UniqueConstraint("slug", name="uq_initiative_slug"),
        sa.UniqueConstraint("source_key", name="uq_initiative_source_key"),
    )
    with op.batch_alter_table("initiative") as batch_op:
        batch_op.create_index("ix_initiative_status", ["status"])

    op.create_table(
        "kept_value",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_kept_value"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("plain_name", sa.Text(), nullable=False),
        sa.Column("actor_type", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("plain_name", name="uq_organisation_plain_name"),
        sa.UniqueConstraint("slug", name="uq_organisation_slug"),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("parents", sa.JSON(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("synonyms_en", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_term"),
        sa.UniqueConstraint("scheme", "code", name="uq_term_scheme"),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base_revision_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_revision_id"], ["revision.id"], name="fk_revision_base_revision_id_revision"
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_revision_initiative_id_initiative"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("initiative_id", "number", name="uq_revision_initiative_id"),
    )
    op.create_table(
        "slug_redirect",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_slug_redirect_initiative_id_initiative"
        ),
        sa.PrimaryKeyConstraint("slug", name="pk_slug_redirect"),
    )
    op.create_table(
        "term_closure",
        sa.Column("ancestor_id", sa.Integer(), nullable=False),
        sa.Column("descendant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ancestor_id"], ["term.id"], name="fk_term_closure_ancestor_id_term", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["descendant_id"], ["term.id"], name="fk_term_closure_descendant_id_term", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ancestor_id", "descendant_id", name="pk_term_closure"),
    )
    with op.batch_alter_table("term_closure") as batch_op:
        batch_op.create_index("ix_term_closure_descendant_id", ["descendant_id"])

    op.create_table(
        "published",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.Column("is_national", sa.Boolean(), nullable=False),
        sa.Column("has_promise", sa.Boolean(), nullable=False),
        sa.Column("trede", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_published_initiative_id_initiative"
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_published_revision_id_revision"),
        sa.PrimaryKeyConstraint("initiative_id", name="pk_published"),
    )
    with op.batch_alter_table("published") as batch_op:
        batch_op.create_index("ix_published_direction", ["direction"])
        batch_op.create_index("ix_published_trede", ["trede"])

    op.create_table(
        "published_approach",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("approach_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approach_id"], ["approach.id"], name="fk_published_approach_approach_id_approach"
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["published.initiative_id"],
            name="fk_published_approach_initiative_id_published",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "approach_id", name="pk_published_approach"),
    )
    with op.batch_alter_table("published_approach") as batch_op:
        batch_op.create_index("ix_published_approach_approach_id", ["approach_id"])

    op.create_table(
        "published_measurement",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(length=30), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["published.initiative_id"],
            name="fk_published_measurement_initiative_id_published",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "position", name="pk_published_measurement"),
    )
    with op.batch_alter_table("published_measurement") as batch_op:
        batch_op.create_index("ix_published_measurement_indicator", ["indicator"])
        batch_op.create_index("ix_published_measurement_kind", ["kind"])

    op.create_table(
        "published_organisation",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["published.initiative_id"],
            name="fk_published_organisation_initiative_id_published",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_published_organisation_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "organisation_id", "role", name="pk_published_organisation"),
    )
    with op.batch_alter_table("published_organisation") as batch_op:
        batch_op.create_index("ix_published_organisation_organisation_id", ["organisation_id"])

    op.create_table(
        "published_study",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("design", sa.String(length=30), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=True),
        sa.Column("report_public", sa.Boolean(), nullable=True),
        sa.Column("start_year", sa.Integer(), nullable=True),
        sa.Column("end_year", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["published.initiative_id"],
            name="fk_published_study_initiative_id_published",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "position", name="pk_published_study"),
    )
    with op.batch_alter_table("published_study") as batch_op:
        batch_op.create_index("ix_published_study_design", ["design"])
        batch_op.create_index("ix_published_study_grade", ["grade"])

    op.create_table(
        "published_term",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["published.initiative_id"],
            name="fk_published_term_initiative_id_published",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name="fk_published_term_term_id_term"),
        sa.PrimaryKeyConstraint("initiative_id", "term_id", name="pk_published_term"),
    )
    with op.batch_alter_table("published_term") as batch_op:
        batch_op.create_index("ix_published_term_term_id", ["term_id"])

    op.create_table(
        "published_year",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["published.initiative_id"],
            name="fk_published_year_initiative_id_published",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "year", name="pk_published_year"),
    )
    with op.batch_alter_table("published_year") as batch_op:
        batch_op.create_index("ix_published_year_year", ["year"])

    op.create_table(
        "verdict",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("axis", sa.String(length=10), nullable=False),
        sa.Column("trede", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=30), nullable=False),
        sa.Column("attributable", sa.Boolean(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("rule_version", sa.String(length=20), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["published.initiative_id"],
            name="fk_verdict_initiative_id_published",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "axis", name="pk_verdict"),
    )
    op.create_table(
        "published_effect",
        sa.Column("initiative_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("study_position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("metric", sa.String(length=4), nullable=False),
        sa.Column("yi", sa.Double(), nullable=True),
        sa.Column("vi", sa.Double(), nullable=True),
        sa.Column("ci_low", sa.Double(), nullable=True),
        sa.Column("ci_high", sa.Double(), nullable=True),
        sa.Column("follow_up_months", sa.Integer(), nullable=True),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id", "study_position"],
            ["published_study.initiative_id", "published_study.position"],
            name="fk_published_effect_initiative_id_published_study",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "study_position", "position", name="pk_published_effect"),
    )
    with op.batch_alter_table("published_effect") as batch_op:
        batch_op.create_index("ix_published_effect_indicator", ["indicator"])

    # initiative and revision point at each other, so these two keys come after both tables
    with op.batch_alter_table("initiative") as batch_op:
        batch_op.create_foreign_key(
            "fk_initiative_working_revision_id_revision", "revision", ["working_revision_id"], ["id"]
        )
        batch_op.create_foreign_key(
            "fk_initiative_published_revision_id_revision", "revision", ["published_revision_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("initiative") as batch_op:
        batch_op.drop_constraint("fk_initiative_working_revision_id_revision", type_="foreignkey")
        batch_op.drop_constraint("fk_initiative_published_revision_id_revision", type_="foreignkey")
    with op.batch_alter_table("published_effect") as batch_op:
        batch_op.drop_index("ix_published_effect_indicator")

    op.drop_table("published_effect")
    op.drop_table("verdict")
    with op.batch_alter_table("published_year") as batch_op:
        batch_op.drop_index("ix_published_year_year")

    op.drop_table("published_year")
    with op.batch_alter_table("published_term") as batch_op:
        batch_op.drop_index("ix_published_term_term_id")

    op.drop_table("published_term")
    with op.batch_alter_table("published_study") as batch_op:
        batch_op.drop_index("ix_published_study_grade")
        batch_op.drop_index("ix_published_study_design")

    op.drop_table("published_study")
    with op.batch_alter_table("published_organisation") as batch_op:
        batch_op.drop_index("ix_published_organisation_organisation_id")

    op.drop_table("published_organisation")
    with op.batch_alter_table("published_measurement") as batch_op:
        batch_op.drop_index("ix_published_measurement_kind")
        batch_op.drop_index("ix_published_measurement_indicator")

    op.drop_table("published_measurement")
    with op.batch_alter_table("published_approach") as batch_op:
        batch_op.drop_index("ix_published_approach_approach_id")

    op.drop_table("published_approach")
    with op.batch_alter_table("published") as batch_op:
        batch_op.drop_index("ix_published_trede")
        batch_op.drop_index("ix_published_direction")

    op.drop_table("published")
    with op.batch_alter_table("term_closure") as batch_op:
        batch_op.drop_index("ix_term_closure_descendant_id")

    op.drop_table("term_closure")
    op.drop_table("slug_redirect")
    op.drop_table("revision")
    op.drop_table("term")
    op.drop_table("organisation")
    op.drop_table("kept_value")
    with op.batch_alter_table("initiative") as batch_op:
        batch_op.drop_index("ix_initiative_status")

    op.drop_table("initiative")
    with op.batch_alter_table("change") as batch_op:
        batch_op.drop_index("ix_change_initiative")

    op.drop_table("change")
    with op.batch_alter_table("audit") as batch_op:
        batch_op.drop_index("ix_audit_at")

    op.drop_table("audit")
    op.drop_table("approach")
