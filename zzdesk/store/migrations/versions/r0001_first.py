"""The tables of 0.1.0."""

# fmt: off
from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0001"
down_revision = None

FLAG = sa.Boolean()
LINE = sa.String()
NUMBER = sa.Integer()
TEXT = sa.Text()

TABLES = (
    "account", "agreement", "application", "attachment", "audit", "conflict", "counter", "cursor", "dispute",
    "draft", "employer", "foreign_record", "local_value", "mediation_case", "mediation_session", "outbox",
    "party", "person", "posting", "report", "shadow", "statement", "step", "sync_record", "sync_state", "worker",
)


BY_HAND = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is "
    "append-only'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is "
    "append-only'); END",
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = "
    "NEW.seq) BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
    "CREATE TABLE search_doc (rowid INTEGER NOT NULL PRIMARY KEY, kind VARCHAR(40) NOT NULL, id "
    "VARCHAR(36) NOT NULL, CONSTRAINT uq_search_doc_kind_id UNIQUE (kind, id))",
    "CREATE VIRTUAL TABLE search_text USING fts5(text, names, tails, content='', contentless_delete=1, "
    "tokenize='unicode61 remove_diacritics 2')",
)


def _account() -> None:
    op.create_table(
        "account",
        Column("login", TEXT), Column("display_name", TEXT), Column("roles", TEXT), Column("disabled", FLAG),
        Column("trained_on", LINE), Column("proof_key", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_account"),
    )
    op.create_index("ix_account_login", "account", ["login"])


def _agreement() -> None:
    op.create_table(
        "agreement",
        Column("case_id", TEXT), Column("form", TEXT), Column("amends", TEXT), Column("facts", TEXT),
        Column("issues", TEXT), Column("responsibility", TEXT), Column("content", TEXT), Column("performance", TEXT),
        Column("perform_by", LINE), Column("amount", NUMBER), Column("reached_at", LINE), Column("signed_by", TEXT),
        Column("mediator_signed", FLAG), Column("sealed", FLAG), Column("state", TEXT), Column("effective_at", LINE),
        Column("copies", NUMBER), Column("confirm_by", LINE), Column("content_hash", TEXT),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", LINE), Column("created_by", TEXT), Column("voided", FLAG), Column("void_reason", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_agreement"),
    )
    op.create_index("ix_agreement_case_id_id", "agreement", ["case_id", "id"])


def _application() -> None:
    op.create_table(
        "application",
        Column("posting_id", TEXT), Column("worker_id", TEXT), Column("way", TEXT), Column("work_date", LINE),
        Column("state", TEXT), Column("match_score", NUMBER), Column("match_reasons", TEXT),
        Column("employer_answer", TEXT), Column("confirmed_at", LINE), Column("checked_in_at", LINE),
        Column("checked_out_at", LINE), Column("checked_by", TEXT), Column("minutes", NUMBER),
        Column("employer_rating", NUMBER), Column("worker_rating", NUMBER), Column("reason", TEXT),
        Column("replaced_by", TEXT), Column("note", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_application"),
    )
    op.create_index("ix_application_posting_id_created_at_id", "application", ["posting_id", "created_at", "id"])
    op.create_index("ix_application_state_created_at_id", "application", ["state", "created_at", "id"])
    op.create_index("ix_application_worker_id_created_at_id", "application", ["worker_id", "created_at", "id"])


def _attachment() -> None:
    op.create_table(
        "attachment",
        Column("record_kind", TEXT), Column("record_id", TEXT), Column("name", TEXT), Column("purpose", TEXT),
        Column("note", TEXT), Column("mime", TEXT), Column("size", NUMBER), Column("sha256", TEXT),
        Column("taken_at", LINE), Column("device", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_record_id_created_at_id", "attachment", ["record_id", "created_at", "id"])
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])


def _audit() -> None:
    op.create_table(
        "audit",
        Column("seq", NUMBER, nullable=False), Column("at", sa.String(30), nullable=False),
        Column("actor", sa.String(36)), Column("device", sa.String(60)),
        Column("event", sa.String(60), nullable=False), Column("kind", sa.String(40)),
        Column("record_id", sa.String(80)), Column("facts", TEXT, nullable=False),
        Column("prev_hash", sa.String(64), nullable=False), Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_event", "audit", ["event", "seq"])
    op.create_index("ix_audit_record_id", "audit", ["record_id"])


def _conflict() -> None:
    op.create_table(
        "conflict",
        Column("record_kind", TEXT), Column("record_id", TEXT), Column("field", TEXT), Column("policy", TEXT),
        Column("base", TEXT), Column("base_op", TEXT), Column("candidates", TEXT), Column("state", TEXT),
        Column("proposal", TEXT), Column("resolution", TEXT), Column("resolved_by", TEXT),
        Column("resolved_at", LINE), Column("resolved_op", TEXT), Column("reason", TEXT),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", LINE), Column("created_by", TEXT), Column("voided", FLAG), Column("void_reason", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_conflict"),
    )
    op.create_index("ix_conflict_record_id", "conflict", ["record_id"])
    op.create_index("ix_conflict_state_id", "conflict", ["state", "id"])


def _counter() -> None:
    op.create_table(
        "counter",
        Column("series", sa.String(60), nullable=False), Column("next", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("series", name="pk_counter"),
    )


def _cursor() -> None:
    op.create_table(
        "cursor",
        Column("scope", sa.String(60), nullable=False), Column("seq", NUMBER, nullable=False),
        Column("rights", sa.String(2), nullable=False), sa.PrimaryKeyConstraint("scope", name="pk_cursor"),
    )


def _dispute() -> None:
    op.create_table(
        "dispute",
        Column("case_id", TEXT), Column("title", TEXT), Column("facts", TEXT), Column("demands", TEXT),
        Column("place", TEXT), Column("happened_on", LINE), Column("is_public", FLAG), Column("people_count", NUMBER),
        Column("units", TEXT), Column("risk", TEXT), Column("measures", TEXT), Column("ending", TEXT),
        Column("other_ways_told_at", LINE), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_dispute"),
    )
    op.create_index("ix_dispute_case_id_id", "dispute", ["case_id", "id"])


def _draft() -> None:
    op.create_table(
        "draft",
        Column("account", sa.String(40), nullable=False), Column("form", sa.String(120), nullable=False),
        Column("snapshot", TEXT, nullable=False), Column("saved_at", LINE, nullable=False),
        sa.PrimaryKeyConstraint("account", "form", name="pk_draft"),
    )


def _employer() -> None:
    op.create_table(
        "employer",
        Column("employer_kind", TEXT), Column("name", TEXT), Column("credit_code", TEXT),
        Column("identity_number", TEXT), Column("legal_person", TEXT), Column("handler_name", TEXT),
        Column("handler_identity", TEXT), Column("handler_phone", TEXT), Column("address", TEXT),
        Column("area_code", TEXT), Column("industry", TEXT), Column("shown_brochure", FLAG),
        Column("shown_licence", FLAG), Column("shown_handler_identity", FLAG), Column("shown_mandate", FLAG),
        Column("state", TEXT), Column("valid_until", LINE), Column("editors", TEXT), Column("vetted_by", TEXT),
        Column("vetted_at", LINE), Column("sanction_reason", TEXT), Column("sanction_until", LINE),
        Column("sanction_by", TEXT), Column("appeal", TEXT), Column("complaints", NUMBER), Column("notes", TEXT),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", LINE), Column("created_by", TEXT), Column("voided", FLAG), Column("void_reason", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_employer"),
    )
    op.create_index("ix_employer_created_at_id", "employer", ["created_at", "id"])
    op.create_index("ix_employer_credit_code", "employer", ["credit_code"])
    op.create_index("ix_employer_state_created_at_id", "employer", ["state", "created_at", "id"])


def _foreign_record() -> None:
    op.create_table(
        "foreign_record",
        Column("kind", sa.String(40), nullable=False), Column("id", sa.String(36), nullable=False),
        Column("raw", TEXT, nullable=False), sa.PrimaryKeyConstraint("kind", "id", name="pk_foreign_record"),
    )


def _local_value() -> None:
    op.create_table(
        "local_value",
        Column("name", sa.String(60), nullable=False), Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_local_value"),
    )


def _mediation_case() -> None:
    op.create_table(
        "mediation_case",
        Column("alias", TEXT), Column("number", TEXT), Column("category", TEXT), Column("source", TEXT),
        Column("linkage", TEXT), Column("linkage_number", TEXT), Column("state", TEXT), Column("accepted_on", LINE),
        Column("due_on", LINE), Column("extended_to", LINE), Column("closed_on", LINE), Column("outcome", TEXT),
        Column("amount", NUMBER), Column("party_count", NUMBER), Column("team", TEXT), Column("mediators", TEXT),
        Column("chosen_by", TEXT), Column("escalation", NUMBER), Column("police_called_at", LINE),
        Column("report_id", TEXT), Column("application_id", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_mediation_case"),
    )
    op.create_index("ix_mediation_case_category_created_at_id", "mediation_case", ["category", "created_at", "id"])
    op.create_index("ix_mediation_case_created_at_id", "mediation_case", ["created_at", "id"])
    op.create_index("ix_mediation_case_report_id", "mediation_case", ["report_id"])
    op.create_index("ix_mediation_case_state_created_at_id", "mediation_case", ["state", "created_at", "id"])


def _mediation_session() -> None:
    op.create_table(
        "mediation_session",
        Column("case_id", TEXT), Column("started_at", LINE), Column("ended_at", LINE), Column("place", TEXT),
        Column("present", TEXT), Column("attendees", TEXT), Column("attendees_agreed", FLAG),
        Column("recorder", TEXT), Column("record", TEXT), Column("result", TEXT), Column("read_back", FLAG),
        Column("state", TEXT), Column("closed_at", LINE), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_mediation_session"),
    )
    op.create_index("ix_mediation_session_case_id_id", "mediation_session", ["case_id", "id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        Column("n", NUMBER, nullable=False), Column("op_id", sa.String(36), nullable=False), Column("op_no", NUMBER),
        Column("group_id", sa.String(36), nullable=False), Column("kind", sa.String(40), nullable=False),
        Column("record_id", sa.String(36), nullable=False), Column("verb", sa.String(12), nullable=False),
        Column("actor", sa.String(36), nullable=False), Column("made_at", LINE, nullable=False),
        Column("body", TEXT, nullable=False), Column("state", sa.String(8), nullable=False),
        Column("outcome", sa.String(20)), Column("problem", TEXT), Column("receipt", TEXT),
        Column("acked_seq", NUMBER), Column("tries", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_outbox"), sa.UniqueConstraint("op_id", name="uq_outbox_op_id"),
    )
    op.create_index("ix_outbox_record", "outbox", ["record_id", "kind"])
    op.create_index("ix_outbox_state_n", "outbox", ["state", "n"])


def _party() -> None:
    op.create_table(
        "party",
        Column("case_id", TEXT), Column("role", TEXT), Column("party_kind", TEXT), Column("person_id", TEXT),
        Column("name", TEXT), Column("identity_number", TEXT), Column("credit_code", TEXT),
        Column("representative", TEXT), Column("sex", TEXT), Column("birth", LINE), Column("ethnicity", TEXT),
        Column("occupation", TEXT), Column("employer", TEXT), Column("phone", TEXT), Column("address", TEXT),
        Column("service_address", TEXT), Column("agent_name", TEXT), Column("agent_identity", TEXT),
        Column("agent_phone", TEXT), Column("agent_powers", TEXT), Column("agent_until", LINE),
        Column("consents", FLAG), Column("consent_at", LINE), Column("consent_version", TEXT),
        Column("notice_at", LINE), Column("notice_signed", FLAG), Column("wants_public", FLAG),
        Column("agrees_to_extension", FLAG), Column("note", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_party"),
    )
    op.create_index("ix_party_case_id_id", "party", ["case_id", "id"])


def _person() -> None:
    op.create_table(
        "person",
        Column("name", TEXT), Column("identity_number", TEXT), Column("document_kind", TEXT),
        Column("document_number", TEXT), Column("sex", TEXT), Column("birth", LINE), Column("phone", TEXT),
        Column("address", TEXT), Column("area_code", TEXT), Column("grid", TEXT), Column("legal_basis", TEXT),
        Column("consent_version", TEXT), Column("consent_at", LINE), Column("consent_withdrawn_at", LINE),
        Column("duplicate_of", TEXT), Column("notes", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_created_at_id", "person", ["created_at", "id"])
    op.create_index("ix_person_identity_number", "person", ["identity_number"])
    op.create_index("ix_person_name_birth", "person", ["name", "birth"])
    op.create_index("ix_person_phone", "person", ["phone"])


def _posting() -> None:
    op.create_table(
        "posting",
        Column("number", TEXT), Column("employer_id", TEXT), Column("title", TEXT), Column("trade", TEXT),
        Column("headcount", NUMBER), Column("filled", NUMBER), Column("conditions", TEXT), Column("tasks", TEXT),
        Column("place", TEXT), Column("area_code", TEXT), Column("latitude", TEXT), Column("longitude", TEXT),
        Column("starts_at", LINE), Column("ends_at", LINE), Column("hours", TEXT), Column("meals", FLAG),
        Column("lodging", FLAG), Column("transport", FLAG), Column("wage", NUMBER), Column("pay_unit", TEXT),
        Column("overtime", TEXT), Column("settlement", TEXT), Column("settle_day", LINE), Column("tools", TEXT),
        Column("safety", TEXT), Column("insurer", TEXT), Column("policy_number", TEXT), Column("insured_by", TEXT),
        Column("lawful_needs", TEXT), Column("heavy", FLAG), Column("hazardous", FLAG), Column("night", FLAG),
        Column("entertainment", FLAG), Column("contact_name", TEXT), Column("contact_phone", TEXT),
        Column("valid_until", LINE), Column("audience", TEXT), Column("state", TEXT), Column("hold_words", TEXT),
        Column("decision", TEXT), Column("editors", TEXT), Column("reviewed_by", TEXT), Column("published_at", LINE),
        Column("complaints", NUMBER), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_posting"),
    )
    op.create_index("ix_posting_created_at_id", "posting", ["created_at", "id"])
    op.create_index("ix_posting_employer_id", "posting", ["employer_id"])
    op.create_index("ix_posting_state_created_at_id", "posting", ["state", "created_at", "id"])
    op.create_index("ix_posting_trade_created_at_id", "posting", ["trade", "created_at", "id"])


def _report() -> None:
    op.create_table(
        "report",
        Column("number", TEXT), Column("title", TEXT), Column("description", TEXT), Column("category", TEXT),
        Column("source", TEXT), Column("urgency", TEXT), Column("happened_at", LINE), Column("address", TEXT),
        Column("grid", TEXT), Column("latitude", TEXT), Column("longitude", TEXT), Column("reporter_id", TEXT),
        Column("reporter_name", TEXT), Column("reporter_phone", TEXT), Column("anonymous", FLAG),
        Column("name_hidden", FLAG), Column("people_count", NUMBER), Column("support_count", NUMBER),
        Column("tags", TEXT), Column("duplicate_of", TEXT), Column("state", TEXT), Column("handler_unit", TEXT),
        Column("closing", TEXT), Column("evaluation", TEXT), Column("round", NUMBER), Column("external_system", TEXT),
        Column("external_ref", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_report"),
    )
    op.create_index("ix_report_category_created_at_id", "report", ["category", "created_at", "id"])
    op.create_index("ix_report_created_at_id", "report", ["created_at", "id"])
    op.create_index("ix_report_external_ref", "report", ["external_ref"])
    op.create_index("ix_report_reporter_id", "report", ["reporter_id"])
    op.create_index("ix_report_state_created_at_id", "report", ["state", "created_at", "id"])


def _shadow() -> None:
    op.create_table(
        "shadow",
        Column("kind", sa.String(40), nullable=False), Column("id", sa.String(36), nullable=False),
        Column("body", TEXT, nullable=False), sa.PrimaryKeyConstraint("kind", "id", name="pk_shadow"),
    )


def _statement() -> None:
    op.create_table(
        "statement",
        Column("session_id", TEXT), Column("case_id", TEXT), Column("statement_kind", TEXT), Column("party_id", TEXT),
        Column("speaker", TEXT), Column("text", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", FLAG), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_statement"),
    )
    op.create_index("ix_statement_case_id_id", "statement", ["case_id", "id"])
    op.create_index("ix_statement_session_id_created_at_id", "statement", ["session_id", "created_at", "id"])


def _step() -> None:
    op.create_table(
        "step",
        Column("report_id", TEXT), Column("action", TEXT), Column("from_state", TEXT), Column("to_state", TEXT),
        Column("note", TEXT), Column("reason", TEXT), Column("contact_phone", TEXT), Column("contact_at", LINE),
        Column("contact_result", TEXT), Column("answer", TEXT), Column("handler_unit", TEXT),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", LINE), Column("created_by", TEXT), Column("voided", FLAG), Column("void_reason", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
    )
    op.create_index("ix_step_report_id_created_at_id", "step", ["report_id", "created_at", "id"])


def _sync_record() -> None:
    op.create_table(
        "sync_record",
        Column("kind", sa.String(40), nullable=False), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("ver", NUMBER, nullable=False),
        Column("seq", NUMBER, nullable=False), Column("stamps", TEXT, nullable=False),
        Column("hash", sa.String(64), nullable=False), Column("extra", TEXT),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_sync_record"),
    )


def _sync_state() -> None:
    op.create_table(
        "sync_state",
        Column("id", NUMBER, nullable=False), Column("replica_id", sa.String(60), nullable=False),
        Column("next_op_no", NUMBER, nullable=False), Column("server_url", TEXT), Column("server_id", sa.String(60)),
        Column("epoch", sa.String(60)), Column("device_id", sa.String(60)), Column("server_offset_ms", NUMBER),
        Column("durable_seq", NUMBER, nullable=False), Column("last_attempt_at", LINE),
        Column("last_success_at", LINE), Column("last_error", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_sync_state"),
    )


def _worker() -> None:
    op.create_table(
        "worker",
        Column("card", TEXT), Column("person_id", TEXT), Column("name", TEXT), Column("identity_number", TEXT),
        Column("sex", TEXT), Column("birth", LINE), Column("phone", TEXT), Column("address", TEXT),
        Column("area_code", TEXT), Column("skills", TEXT), Column("certificates", TEXT), Column("tools", TEXT),
        Column("free_times", TEXT), Column("wish_wage", NUMBER), Column("wish_unit", TEXT),
        Column("distance_km", NUMBER), Column("health_limits", TEXT), Column("emergency_name", TEXT),
        Column("emergency_phone", TEXT), Column("guardian_name", TEXT), Column("guardian_phone", TEXT),
        Column("languages", TEXT), Column("legal_basis", TEXT), Column("consent_version", TEXT),
        Column("consent_at", LINE), Column("state", TEXT), Column("state_reason", TEXT), Column("notes", TEXT),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", LINE), Column("created_by", TEXT), Column("voided", FLAG), Column("void_reason", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_worker"),
    )
    op.create_index("ix_worker_card", "worker", ["card"])
    op.create_index("ix_worker_created_at_id", "worker", ["created_at", "id"])
    op.create_index("ix_worker_identity_number", "worker", ["identity_number"])
    op.create_index("ix_worker_phone", "worker", ["phone"])
    op.create_index("ix_worker_state_created_at_id", "worker", ["state", "created_at", "id"])


def upgrade() -> None:
    for make in (
        _account, _agreement, _application, _attachment, _audit, _conflict, _counter, _cursor, _dispute, _draft,
        _employer, _foreign_record, _local_value, _mediation_case, _mediation_session, _outbox, _party,
        _person, _posting, _report, _shadow, _statement, _step, _sync_record, _sync_state, _worker,
    ):
        make()
    for statement in BY_HAND:
        op.execute(statement)


def downgrade() -> None:
    for table in ("search_text", "search_doc", *TABLES):
        op.execute(f"DROP TABLE {table}")
