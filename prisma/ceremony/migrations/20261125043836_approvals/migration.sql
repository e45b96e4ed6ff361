-- CreateTable
CREATE TABLE "dossier_decision" (
    "dossier_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "plan_document" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "task_code" TEXT,
    "outcome" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "approval" TEXT,
    "approved_on" DATE,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "dossier_decision_pkey" PRIMARY KEY ("dossier_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "dossier_decision_plan_id_code_key" ON "dossier_decision"("plan_id", "code");

ALTER TABLE "dossier_decision" ADD CONSTRAINT "dossier_decision_outcome" CHECK ("outcome" IN ('approved', 'returned', 'withdrawn')),
  ADD CONSTRAINT "dossier_decision_approved" CHECK (("outcome" = 'approved') = ("approval" IS NOT NULL AND "approved_on" IS NOT NULL));
