-- CreateTable
CREATE TABLE "agency" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reports_to_id" UUID,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "successor_id" UUID,
    "seed_id" TEXT,
    "assumption" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "agency_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "language" TEXT NOT NULL DEFAULT 'vi+en',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "reachable" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" UUID NOT NULL,
    "document_number" TEXT NOT NULL,
    "issued_on" DATE NOT NULL,
    "title" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "issue_place" TEXT NOT NULL,
    "signatory" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "issuer_id" UUID NOT NULL,
    "standing_agency_id" UUID NOT NULL,
    "city_office_id" UUID NOT NULL,
    "legal_bases" JSONB NOT NULL,
    "ladders" JSONB NOT NULL,
    "file_digest" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_source" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "holder_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "condition" TEXT,
    "seed_id" TEXT,
    "assumption" TEXT,

    CONSTRAINT "budget_source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "lead_id" UUID NOT NULL,
    "time_text" TEXT NOT NULL,
    "starts_on" DATE,
    "due_on" DATE,
    "budget_source_id" UUID,
    "output" TEXT,
    "seed_id" TEXT,
    "assumption" TEXT,
    "retired" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_coordinator" (
    "task_id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,

    CONSTRAINT "task_coordinator_pkey" PRIMARY KEY ("task_id","agency_id")
);

-- CreateTable
CREATE TABLE "report_requirement" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "receiver_id" UUID NOT NULL,
    "due_rule" JSONB NOT NULL,
    "ladder" TEXT NOT NULL,
    "first_period" TEXT NOT NULL,
    "last_period" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "outline" TEXT,
    "seed_id" TEXT,
    "assumption" TEXT,
    "retired" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "report_requirement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requirement_reporter" (
    "requirement_id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,

    CONSTRAINT "requirement_reporter_pkey" PRIMARY KEY ("requirement_id","agency_id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "requirement_id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "period_key" TEXT NOT NULL,
    "window_from" DATE NOT NULL,
    "window_to" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "obligation_id" UUID NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "returned_reason" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "frozen_ladder" (
    "id" UUID NOT NULL,
    "ladder" JSONB NOT NULL,

    CONSTRAINT "frozen_ladder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "obligation" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "period_en" TEXT NOT NULL,
    "window_from" DATE,
    "window_to" DATE,
    "debtor_id" UUID NOT NULL,
    "creditor_id" UUID NOT NULL,
    "deadline_word" TEXT NOT NULL,
    "deadline_date" DATE NOT NULL,
    "roll_policy" TEXT NOT NULL,
    "office_hour_cutoff" TEXT,
    "due_on" DATE NOT NULL,
    "overdue_at" TIMESTAMPTZ(3) NOT NULL,
    "original_due_on" DATE NOT NULL,
    "ladder_id" UUID NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_reason" TEXT,
    "correlation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "obligation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "told_obligation" (
    "obligation_id" UUID NOT NULL,
    "debtor_id" UUID NOT NULL,
    "rung" TEXT NOT NULL,

    CONSTRAINT "told_obligation_pkey" PRIMARY KEY ("obligation_id")
);

-- CreateTable
CREATE TABLE "step" (
    "id" UUID NOT NULL,
    "obligation_id" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "rung" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "track" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "decided_at" TIMESTAMPTZ(3),
    "slot" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "escalation" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'raised',
    "agency_id" UUID NOT NULL,
    "obligation_id" UUID,
    "contact_id" UUID,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_until" DATE,
    "acknowledged_by" TEXT,
    "note" TEXT,
    "resolved_at" TIMESTAMPTZ(3),
    "resolution" TEXT,

    CONSTRAINT "escalation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "obligation_history" (
    "id" BIGSERIAL NOT NULL,
    "obligation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "correlation_id" UUID NOT NULL,

    CONSTRAINT "obligation_history_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "lanes" TEXT[],
    "envelope" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "message_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "fingerprint" TEXT,
    "reply" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "schedule_run" (
    "task" TEXT NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "schedule_run_pkey" PRIMARY KEY ("task","run_at")
);

-- CreateIndex
CREATE UNIQUE INDEX "agency_code_key" ON "agency"("code");

-- CreateIndex
CREATE UNIQUE INDEX "contact_agency_id_role_email_key" ON "contact"("agency_id", "role", "email");

-- CreateIndex
CREATE UNIQUE INDEX "plan_document_number_issued_on_key" ON "plan"("document_number", "issued_on");

-- CreateIndex
CREATE UNIQUE INDEX "budget_source_plan_id_code_key" ON "budget_source"("plan_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "task_plan_id_code_key" ON "task"("plan_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "report_requirement_plan_id_code_key" ON "report_requirement"("plan_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "report_obligation_id_key" ON "report"("obligation_id");

-- CreateIndex
CREATE UNIQUE INDEX "report_requirement_id_agency_id_period_key_key" ON "report"("requirement_id", "agency_id", "period_key");

-- CreateIndex
CREATE INDEX "obligation_debtor_id_state_idx" ON "obligation"("debtor_id", "state");

-- CreateIndex
CREATE INDEX "obligation_state_due_on_id_idx" ON "obligation"("state", "due_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "step_obligation_id_generation_rung_key" ON "step"("obligation_id", "generation", "rung");

-- CreateIndex
CREATE INDEX "told_obligation_debtor_id_idx" ON "told_obligation"("debtor_id");

-- CreateIndex
CREATE INDEX "escalation_obligation_id_idx" ON "escalation"("obligation_id");

-- CreateIndex
CREATE INDEX "escalation_state_raised_at_id_idx" ON "escalation"("state", "raised_at", "id");

-- CreateIndex
CREATE INDEX "obligation_history_obligation_id_id_idx" ON "obligation_history"("obligation_id", "id");

-- AddForeignKey
ALTER TABLE "agency" ADD CONSTRAINT "agency_reports_to_id_fkey" FOREIGN KEY ("reports_to_id") REFERENCES "agency"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agency" ADD CONSTRAINT "agency_successor_id_fkey" FOREIGN KEY ("successor_id") REFERENCES "agency"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_source" ADD CONSTRAINT "budget_source_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_budget_source_id_fkey" FOREIGN KEY ("budget_source_id") REFERENCES "budget_source"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_coordinator" ADD CONSTRAINT "task_coordinator_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_coordinator" ADD CONSTRAINT "task_coordinator_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_requirement" ADD CONSTRAINT "report_requirement_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requirement_reporter" ADD CONSTRAINT "requirement_reporter_requirement_id_fkey" FOREIGN KEY ("requirement_id") REFERENCES "report_requirement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requirement_reporter" ADD CONSTRAINT "requirement_reporter_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_requirement_id_fkey" FOREIGN KEY ("requirement_id") REFERENCES "report_requirement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "obligation" ADD CONSTRAINT "obligation_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "obligation" ADD CONSTRAINT "obligation_ladder_id_fkey" FOREIGN KEY ("ladder_id") REFERENCES "frozen_ladder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "obligation" ADD CONSTRAINT "obligation_debtor_id_fkey" FOREIGN KEY ("debtor_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "obligation" ADD CONSTRAINT "obligation_creditor_id_fkey" FOREIGN KEY ("creditor_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step" ADD CONSTRAINT "step_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "obligation_history" ADD CONSTRAINT "obligation_history_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say about the message tables. Each service's first migration ends with these lines.

-- The relay reads what is unpublished in order; the reconciler goes round what is published.
CREATE INDEX "outbox_unpublished" ON "outbox" ("seq") WHERE "published_at" IS NULL;
CREATE INDEX "outbox_published" ON "outbox" ("published_at", "id") WHERE "published_at" IS NOT NULL;
CREATE INDEX "inbox_received" ON "inbox" ("received_at");

-- Rows come and go by the thousand: vacuum early.
ALTER TABLE "outbox" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, fillfactor = 70);

-- The bell of the relay: one notification per statement, delivered when the transaction commits.
CREATE FUNCTION "ring_outbox"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(TG_TABLE_SCHEMA || '_outbox', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER "outbox_bell" AFTER INSERT ON "outbox" FOR EACH STATEMENT EXECUTE FUNCTION "ring_outbox"();

-- The sweep reads what is due and nothing else, however many steps there are.
CREATE INDEX "step_due" ON "step" ("due_at") WHERE "state" = 'pending';

-- One case per obligation and level, one per unreachable contact, as long as it is open.
CREATE UNIQUE INDEX "escalation_once" ON "escalation" ("obligation_id", "level") WHERE "kind" = 'overdue' AND "state" <> 'resolved';
CREATE UNIQUE INDEX "escalation_contact_once" ON "escalation" ("contact_id") WHERE "kind" = 'unreachable' AND "state" <> 'resolved';
CREATE UNIQUE INDEX "escalation_nobody_once" ON "escalation" ("obligation_id", "agency_id") WHERE "kind" = 'unreachable' AND "contact_id" IS NULL AND "state" <> 'resolved';

ALTER TABLE "obligation" ADD CONSTRAINT "obligation_state" CHECK ("state" IN ('open', 'fulfilled', 'waived', 'cancelled')),
  ADD CONSTRAINT "obligation_settled" CHECK (("state" = 'open') = ("settled_at" IS NULL));
ALTER TABLE "step" ADD CONSTRAINT "step_state" CHECK ("state" IN ('pending', 'fired', 'superseded', 'skipped')),
  ADD CONSTRAINT "step_decided" CHECK (("state" = 'pending') = ("decided_at" IS NULL)),
  ADD CONSTRAINT "step_slot" CHECK (("state" = 'fired') = ("slot" IS NOT NULL));
ALTER TABLE "report" ADD CONSTRAINT "report_state" CHECK ("state" IN ('draft', 'submitted', 'returned', 'accepted'));
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_state" CHECK ("state" IN ('raised', 'acknowledged', 'resolved')),
  ADD CONSTRAINT "escalation_level" CHECK ("level" IN ('standing-agency', 'city-office'));
ALTER TABLE "agency" ADD CONSTRAINT "agency_not_above_itself" CHECK ("reports_to_id" <> "id");
