-- AlterTable
ALTER TABLE "agency" ADD COLUMN     "end_decision" TEXT;

-- AlterTable
ALTER TABLE "plan" ADD COLUMN     "parent_id" UUID;

-- AlterTable
ALTER TABLE "budget_source" ADD COLUMN     "supplement_by_id" UUID;

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "decision" TEXT,
ADD COLUMN     "progress" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'not-started',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "report_requirement" ADD COLUMN     "form" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "task_id" UUID;

-- AlterTable
ALTER TABLE "report" ADD COLUMN     "edition" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "excluded_reason" TEXT,
ADD COLUMN     "figures" JSONB NOT NULL DEFAULT '{}',
ALTER COLUMN "window_from" DROP NOT NULL,
ALTER COLUMN "window_to" DROP NOT NULL,
ADD COLUMN     "revised_reason" TEXT;

-- AlterTable
ALTER TABLE "obligation" ADD COLUMN     "extended_overdue_at" TIMESTAMPTZ(3),
ADD COLUMN     "first_fulfilled_at" TIMESTAMPTZ(3),
ADD COLUMN     "first_overdue_at" TIMESTAMPTZ(3),
ADD COLUMN     "held_since" DATE,
ADD COLUMN     "original_overdue_at" TIMESTAMPTZ(3),
ADD COLUMN     "suspension_id" UUID,
ADD COLUMN     "task_id" UUID;
-- Until now every later deadline was an ordinary extension or a return.
UPDATE "obligation" SET "extended_overdue_at" = "overdue_at",
  "original_overdue_at" = CASE WHEN "original_due_on" = "due_on" THEN "overdue_at" ELSE ("original_due_on" + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' END;
ALTER TABLE "obligation" ALTER COLUMN "extended_overdue_at" SET NOT NULL, ALTER COLUMN "original_overdue_at" SET NOT NULL;
UPDATE "obligation" SET "first_fulfilled_at" = "settled_at", "first_overdue_at" = "overdue_at" WHERE "state" = 'fulfilled';
-- Sent back and owed again: the deadline that was missed or met was the one before.
UPDATE "obligation" o SET "first_fulfilled_at" = r."submitted_at", "first_overdue_at" = o."original_overdue_at"
  FROM "report" r WHERE r."obligation_id" = o."id" AND r."submitted_at" IS NOT NULL AND o."first_fulfilled_at" IS NULL;

-- AlterTable
ALTER TABLE "escalation" ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- What was recorded of obligations is now recorded of everything.
ALTER TABLE "obligation_history" DROP CONSTRAINT "obligation_history_obligation_id_fkey";
ALTER TABLE "obligation_history" RENAME TO "history";
ALTER TABLE "history" RENAME CONSTRAINT "obligation_history_pkey" TO "history_pkey";
ALTER TABLE "history" RENAME COLUMN "obligation_id" TO "subject_id";
ALTER TABLE "history" ADD COLUMN "subject" TEXT NOT NULL DEFAULT 'obligation';
ALTER TABLE "history" ALTER COLUMN "subject" DROP DEFAULT;
ALTER INDEX "obligation_history_obligation_id_id_idx" RENAME TO "history_subject_id_id_idx";
ALTER SEQUENCE "obligation_history_id_seq" RENAME TO "history_id_seq";

-- CreateTable
CREATE TABLE "delegation" (
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "to_contact_id" UUID NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_by" TEXT,
    "revoked_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_line" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "holder_id" UUID NOT NULL,
    "amount" BIGINT,
    "dossier_id" UUID,
    "seed_id" TEXT,
    "assumption" TEXT,
    "retired" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "budget_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "expenditure" (
    "id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "spent_on" DATE NOT NULL,
    "document_number" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "reverses_id" UUID,

    CONSTRAINT "expenditure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shortfall" (
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "holder_id" UUID NOT NULL,
    "amount" BIGINT,
    "reason" TEXT NOT NULL,
    "declared_at" TIMESTAMPTZ(3) NOT NULL,
    "declared_by" TEXT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "shortfall_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "milestone" (
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "reached_on" DATE,
    "evidence" TEXT,
    "seed_id" TEXT,
    "assumption" TEXT,
    "retired" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "milestone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_progress" (
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "reported_by" TEXT NOT NULL,
    "agency_id" UUID NOT NULL,
    "progress" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "task_progress_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requirement_input" (
    "upward_id" UUID NOT NULL,
    "input_id" UUID NOT NULL,

    CONSTRAINT "requirement_input_pkey" PRIMARY KEY ("upward_id","input_id")
);

-- CreateTable
CREATE TABLE "report_edition" (
    "report_id" UUID NOT NULL,
    "edition" INTEGER NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_by" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "reason" TEXT,

    CONSTRAINT "report_edition_pkey" PRIMARY KEY ("report_id","edition")
);

-- CreateTable
CREATE TABLE "consolidated_input" (
    "upward_id" UUID NOT NULL,
    "input_id" UUID NOT NULL,
    "standing" TEXT NOT NULL,
    "input_edition" INTEGER,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "consolidated_input_pkey" PRIMARY KEY ("upward_id","input_id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "scan" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    "removed_by" TEXT,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_dossier" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "task_id" UUID,
    "submitter_id" UUID NOT NULL,
    "approver_id" UUID NOT NULL,
    "answer_within" INTEGER NOT NULL,
    "submit_by" DATE,
    "ladder" TEXT NOT NULL DEFAULT 'default',
    "shortfall_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "current" INTEGER NOT NULL DEFAULT 1,
    "submission_obligation_id" UUID,
    "approval" TEXT,
    "approved_on" DATE,
    "seed_id" TEXT,
    "assumption" TEXT,
    "retired" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "approval_dossier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_version" (
    "dossier_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "content" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'draft',
    "submitted_at" TIMESTAMPTZ(3),
    "submitted_by" TEXT,
    "answer_obligation_id" UUID,
    "remarks" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" TEXT,

    CONSTRAINT "approval_version_pkey" PRIMARY KEY ("dossier_id","number")
);

-- CreateTable
CREATE TABLE "dossier_gate" (
    "dossier_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,

    CONSTRAINT "dossier_gate_pkey" PRIMARY KEY ("dossier_id","task_id")
);

-- CreateTable
CREATE TABLE "inspection" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "task_id" UUID,
    "agency_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "planned_on" DATE NOT NULL,
    "held_on" DATE,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "summary" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "inspection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" UUID NOT NULL,
    "inspection_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "remedy" TEXT NOT NULL,
    "obligation_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "answer" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suspension" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "task_id" UUID,
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "started_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "end_decision" TEXT,
    "moved" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "suspension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "extension" (
    "id" UUID NOT NULL,
    "obligation_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "wished_for" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "ground" TEXT,
    "decision" TEXT,
    "granted" DATE,
    "answer" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" TEXT,
    "answer_obligation_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "extension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prepared_document" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "obligation_id" UUID,
    "content" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'prepared',
    "prepared_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "prepared_document_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "delegation_contact_id_to_on_idx" ON "delegation"("contact_id", "to_on");

-- CreateIndex
CREATE UNIQUE INDEX "budget_line_dossier_id_key" ON "budget_line"("dossier_id");

-- CreateIndex
CREATE INDEX "budget_line_task_id_idx" ON "budget_line"("task_id");

-- CreateIndex
CREATE UNIQUE INDEX "expenditure_reverses_id_key" ON "expenditure"("reverses_id");

-- CreateIndex
CREATE INDEX "expenditure_line_id_spent_on_idx" ON "expenditure"("line_id", "spent_on");

-- CreateIndex
CREATE INDEX "shortfall_source_id_idx" ON "shortfall"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "milestone_task_id_code_key" ON "milestone"("task_id", "code");

-- CreateIndex
CREATE INDEX "task_progress_task_id_reported_at_idx" ON "task_progress"("task_id", "reported_at");

-- CreateIndex
CREATE INDEX "attachment_subject_subject_id_idx" ON "attachment"("subject", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_dossier_submission_obligation_id_key" ON "approval_dossier"("submission_obligation_id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_dossier_plan_id_code_key" ON "approval_dossier"("plan_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "approval_version_answer_obligation_id_key" ON "approval_version"("answer_obligation_id");

-- CreateIndex
CREATE UNIQUE INDEX "finding_obligation_id_key" ON "finding"("obligation_id");

-- CreateIndex
CREATE UNIQUE INDEX "finding_inspection_id_ordinal_key" ON "finding"("inspection_id", "ordinal");

-- CreateIndex
CREATE INDEX "suspension_plan_id_idx" ON "suspension"("plan_id");

-- CreateIndex
CREATE UNIQUE INDEX "extension_answer_obligation_id_key" ON "extension"("answer_obligation_id");

-- CreateIndex
CREATE INDEX "extension_obligation_id_idx" ON "extension"("obligation_id");

-- CreateIndex
CREATE UNIQUE INDEX "prepared_document_key_key" ON "prepared_document"("key");

-- CreateIndex
CREATE INDEX "prepared_document_plan_id_kind_state_idx" ON "prepared_document"("plan_id", "kind", "state");

-- CreateIndex
CREATE INDEX "obligation_suspension_id_idx" ON "obligation"("suspension_id");

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_to_contact_id_fkey" FOREIGN KEY ("to_contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "plan"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_line" ADD CONSTRAINT "budget_line_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "budget_source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_line" ADD CONSTRAINT "budget_line_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_line" ADD CONSTRAINT "budget_line_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "approval_dossier"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "expenditure" ADD CONSTRAINT "expenditure_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "budget_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shortfall" ADD CONSTRAINT "shortfall_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "budget_source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "milestone" ADD CONSTRAINT "milestone_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requirement_input" ADD CONSTRAINT "requirement_input_upward_id_fkey" FOREIGN KEY ("upward_id") REFERENCES "report_requirement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requirement_input" ADD CONSTRAINT "requirement_input_input_id_fkey" FOREIGN KEY ("input_id") REFERENCES "report_requirement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_edition" ADD CONSTRAINT "report_edition_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consolidated_input" ADD CONSTRAINT "consolidated_input_upward_id_fkey" FOREIGN KEY ("upward_id") REFERENCES "report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consolidated_input" ADD CONSTRAINT "consolidated_input_input_id_fkey" FOREIGN KEY ("input_id") REFERENCES "report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_dossier" ADD CONSTRAINT "approval_dossier_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_dossier" ADD CONSTRAINT "approval_dossier_submission_obligation_id_fkey" FOREIGN KEY ("submission_obligation_id") REFERENCES "obligation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_dossier" ADD CONSTRAINT "approval_dossier_shortfall_id_fkey" FOREIGN KEY ("shortfall_id") REFERENCES "shortfall"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_version" ADD CONSTRAINT "approval_version_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "approval_dossier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_version" ADD CONSTRAINT "approval_version_answer_obligation_id_fkey" FOREIGN KEY ("answer_obligation_id") REFERENCES "obligation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_gate" ADD CONSTRAINT "dossier_gate_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "approval_dossier"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossier_gate" ADD CONSTRAINT "dossier_gate_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inspection" ADD CONSTRAINT "inspection_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inspection" ADD CONSTRAINT "inspection_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inspection" ADD CONSTRAINT "inspection_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_inspection_id_fkey" FOREIGN KEY ("inspection_id") REFERENCES "inspection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "extension" ADD CONSTRAINT "extension_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "extension" ADD CONSTRAINT "extension_answer_obligation_id_fkey" FOREIGN KEY ("answer_obligation_id") REFERENCES "obligation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prepared_document" ADD CONSTRAINT "prepared_document_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prepared_document" ADD CONSTRAINT "prepared_document_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "obligation" ADD CONSTRAINT "obligation_suspension_id_fkey" FOREIGN KEY ("suspension_id") REFERENCES "suspension"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What was handed in before editions were kept is the first edition.
INSERT INTO "report_edition" ("report_id", "edition", "submitted_at", "submitted_by", "note", "figures")
  SELECT "id", 1, "submitted_at", 'unknown', "note", '{}' FROM "report" WHERE "submitted_at" IS NOT NULL;

-- A held step is one that waits for a suspension to end: decided no more than a pending one, and never due.
ALTER TABLE "step" DROP CONSTRAINT "step_state", DROP CONSTRAINT "step_decided";
ALTER TABLE "step" ADD CONSTRAINT "step_state" CHECK ("state" IN ('pending', 'held', 'fired', 'superseded', 'skipped')),
  ADD CONSTRAINT "step_decided" CHECK (("state" IN ('pending', 'held')) = ("decided_at" IS NULL));
ALTER TABLE "obligation" ADD CONSTRAINT "obligation_held" CHECK (("suspension_id" IS NULL) = ("held_since" IS NULL)),
  ADD CONSTRAINT "obligation_held_open" CHECK ("suspension_id" IS NULL OR "state" = 'open');
ALTER TABLE "report" DROP CONSTRAINT "report_state";
ALTER TABLE "report" ADD CONSTRAINT "report_state" CHECK ("state" IN ('draft', 'submitted', 'returned', 'accepted', 'consolidated', 'closed', 'excluded'));
ALTER TABLE "consolidated_input" ADD CONSTRAINT "consolidated_input_standing" CHECK ("standing" IN ('in', 'missing', 'excluded')),
  ADD CONSTRAINT "consolidated_input_edition" CHECK (("standing" = 'in') = ("input_edition" IS NOT NULL)),
  ADD CONSTRAINT "consolidated_input_reason" CHECK ("standing" <> 'excluded' OR "reason" IS NOT NULL);
ALTER TABLE "task" ADD CONSTRAINT "task_status" CHECK ("status" IN ('not-started', 'in-progress', 'submitted', 'done', 'suspended', 'cancelled')),
  ADD CONSTRAINT "task_progress" CHECK ("progress" BETWEEN 0 AND 100);
ALTER TABLE "approval_dossier" ADD CONSTRAINT "approval_dossier_state" CHECK ("state" IN ('draft', 'submitted', 'returned', 'approved', 'withdrawn')),
  ADD CONSTRAINT "approval_dossier_kind" CHECK ("kind" IN ('event-plan', 'project-document', 'budget-supplement')),
  ADD CONSTRAINT "approval_dossier_approved" CHECK (("state" = 'approved') = ("approval" IS NOT NULL AND "approved_on" IS NOT NULL));
ALTER TABLE "approval_version" ADD CONSTRAINT "approval_version_state" CHECK ("state" IN ('draft', 'submitted', 'returned', 'approved'));
ALTER TABLE "inspection" ADD CONSTRAINT "inspection_state" CHECK ("state" IN ('planned', 'held', 'cancelled'));
ALTER TABLE "finding" ADD CONSTRAINT "finding_state" CHECK ("state" IN ('open', 'answered', 'closed'));
ALTER TABLE "extension" ADD CONSTRAINT "extension_state" CHECK ("state" IN ('asked', 'granted', 'shortened', 'refused', 'withdrawn')),
  ADD CONSTRAINT "extension_ground" CHECK ("ground" IN ('ordinary', 'force-majeure')),
  ADD CONSTRAINT "extension_granted" CHECK (("state" IN ('granted', 'shortened')) = ("granted" IS NOT NULL));
ALTER TABLE "obligation" ADD CONSTRAINT "obligation_first_fulfilled" CHECK (("first_fulfilled_at" IS NULL) = ("first_overdue_at" IS NULL));
ALTER TABLE "prepared_document" ADD CONSTRAINT "prepared_document_state" CHECK ("state" IN ('prepared', 'sent', 'published', 'discarded'));
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_days" CHECK ("from_on" <= "to_on"),
  ADD CONSTRAINT "delegation_to_another" CHECK ("contact_id" <> "to_contact_id");
ALTER TABLE "expenditure" ADD CONSTRAINT "expenditure_amount" CHECK ("amount" <> 0);
ALTER TABLE "budget_line" ADD CONSTRAINT "budget_line_amount" CHECK ("amount" >= 0);
ALTER TABLE "plan" ADD CONSTRAINT "plan_not_its_own_parent" CHECK ("parent_id" <> "id");

-- A task is funded once; a supplement that was approved may stand beside it (SEED-19, SEED-41).
CREATE UNIQUE INDEX "budget_line_once" ON "budget_line" ("task_id") WHERE "dossier_id" IS NULL AND NOT "retired";
-- One question at a time.
CREATE UNIQUE INDEX "extension_once" ON "extension" ("obligation_id") WHERE "state" = 'asked';
-- An ended agency without a successor is one case for each thing it still owes.
CREATE UNIQUE INDEX "escalation_no_successor_once" ON "escalation" ("obligation_id") WHERE "kind" = 'no-successor' AND "state" <> 'resolved';
-- One suspension at a time of a plan, and of a task.
CREATE UNIQUE INDEX "suspension_plan_once" ON "suspension" ("plan_id") WHERE "task_id" IS NULL AND "ended_at" IS NULL;
CREATE UNIQUE INDEX "suspension_task_once" ON "suspension" ("task_id") WHERE "ended_at" IS NULL;
