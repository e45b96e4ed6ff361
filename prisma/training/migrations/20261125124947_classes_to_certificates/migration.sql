-- AlterTable
ALTER TABLE "training_class" ADD COLUMN     "urgent" TEXT;

-- AlterTable
ALTER TABLE "class_session" ADD COLUMN     "asked_at" TIMESTAMPTZ(3),
ADD COLUMN     "attended_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "plan_task" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "document_number" TEXT NOT NULL,
    "issued_on" DATE NOT NULL,
    "plan_title" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "standing_agency" TEXT NOT NULL,
    "lead" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "window_from" DATE,
    "window_to" DATE,
    "status" TEXT NOT NULL,
    "approved" BOOLEAN NOT NULL,
    "reported" INTEGER,
    "version" INTEGER NOT NULL,

    CONSTRAINT "plan_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intended_class" (
    "course_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "co_host" TEXT,
    "venue" TEXT,
    "class_id" UUID,

    CONSTRAINT "intended_class_pkey" PRIMARY KEY ("course_id","ordinal")
);

-- CreateTable
CREATE TABLE "engagement" (
    "id" UUID NOT NULL,
    "class_id" UUID NOT NULL,
    "trainer_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "invited_at" TIMESTAMPTZ(3),
    "answer_by" DATE,
    "answered_at" TIMESTAMPTZ(3),
    "answered_via" TEXT,
    "reason" TEXT,
    "invitation" INTEGER NOT NULL DEFAULT 0,
    "asked" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "engagement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_link" (
    "id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "class_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_link_use" (
    "id" BIGSERIAL NOT NULL,
    "link_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,

    CONSTRAINT "access_link_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota" (
    "id" UUID NOT NULL,
    "class_id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "seats" INTEGER NOT NULL,
    "leader_seats" INTEGER NOT NULL DEFAULT 0,
    "deadline" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "quota_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trainee" (
    "id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "full_name" TEXT,
    "unit" TEXT,
    "position" TEXT,
    "needs" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "language" TEXT NOT NULL DEFAULT 'vi',
    "identity" TEXT,
    "legal_basis" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "notice_version" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "restricted" BOOLEAN NOT NULL DEFAULT false,
    "forgotten_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "trainee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enrolment" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "class_id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "trainee_id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "leader" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "nominated_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "busy" tstzmultirange,
    "clashes" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "enrolment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roster" (
    "class_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "enrolment_ids" UUID[],
    "facts" JSONB NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "roster_pkey" PRIMARY KEY ("class_id","version")
);

-- CreateTable
CREATE TABLE "announcement" (
    "class_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "told" JSONB NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "reminded_for" DATE,

    CONSTRAINT "announcement_pkey" PRIMARY KEY ("class_id","person_id","role")
);

-- CreateTable
CREATE TABLE "attendance" (
    "session_id" UUID NOT NULL,
    "enrolment_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "via" TEXT NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "attendance_pkey" PRIMARY KEY ("session_id","enrolment_id")
);

-- CreateTable
CREATE TABLE "certificate" (
    "id" UUID NOT NULL,
    "enrolment_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "serial" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "issued_on" DATE NOT NULL,
    "attended" INTEGER NOT NULL,
    "sessions" INTEGER NOT NULL,
    "signatory" TEXT NOT NULL,
    "signatory_position" TEXT NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "class_report" (
    "class_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'owed',
    "content" TEXT,
    "figures" JSONB,
    "submitted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "class_report_pkey" PRIMARY KEY ("class_id")
);

-- CreateTable
CREATE TABLE "data_request" (
    "id" UUID NOT NULL,
    "trainee_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'received',
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "asked" TEXT NOT NULL,
    "ack_due" DATE NOT NULL,
    "done_due" DATE NOT NULL,
    "extended" BOOLEAN NOT NULL DEFAULT false,
    "answered_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "data_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "obligation_word" (
    "obligation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "obligation_word_pkey" PRIMARY KEY ("obligation_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "intended_class_code_key" ON "intended_class"("code");

-- CreateIndex
CREATE INDEX "engagement_trainer_id_idx" ON "engagement"("trainer_id");

-- CreateIndex
CREATE UNIQUE INDEX "engagement_class_id_trainer_id_key" ON "engagement"("class_id", "trainer_id");

-- CreateIndex
CREATE UNIQUE INDEX "access_link_digest_key" ON "access_link"("digest");

-- CreateIndex
CREATE INDEX "access_link_class_id_person_id_idx" ON "access_link"("class_id", "person_id");

-- CreateIndex
CREATE INDEX "access_link_use_link_id_idx" ON "access_link_use"("link_id");

-- CreateIndex
CREATE UNIQUE INDEX "quota_class_id_agency_key" ON "quota"("class_id", "agency");

-- CreateIndex
CREATE UNIQUE INDEX "trainee_identity_key" ON "trainee"("identity");

-- CreateIndex
CREATE INDEX "trainee_agency_idx" ON "trainee"("agency");

-- CreateIndex
CREATE UNIQUE INDEX "enrolment_seq_key" ON "enrolment"("seq");

-- CreateIndex
CREATE INDEX "enrolment_class_id_state_idx" ON "enrolment"("class_id", "state");

-- CreateIndex
CREATE INDEX "enrolment_trainee_id_idx" ON "enrolment"("trainee_id");

-- CreateIndex
CREATE INDEX "attendance_enrolment_id_idx" ON "attendance"("enrolment_id");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_enrolment_id_key" ON "certificate"("enrolment_id");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_number_key" ON "certificate"("number");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_code_key" ON "certificate"("code");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_year_serial_key" ON "certificate"("year", "serial");

-- CreateIndex
CREATE INDEX "data_request_trainee_id_idx" ON "data_request"("trainee_id");

-- AddForeignKey
ALTER TABLE "intended_class" ADD CONSTRAINT "intended_class_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_trainer_id_fkey" FOREIGN KEY ("trainer_id") REFERENCES "trainer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_link_use" ADD CONSTRAINT "access_link_use_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "access_link"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota" ADD CONSTRAINT "quota_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_trainee_id_fkey" FOREIGN KEY ("trainee_id") REFERENCES "trainee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roster" ADD CONSTRAINT "roster_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "class_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_report" ADD CONSTRAINT "class_report_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_trainee_id_fkey" FOREIGN KEY ("trainee_id") REFERENCES "trainee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
ALTER TABLE "plan_task" ADD CONSTRAINT "plan_task_window" CHECK ("window_from" <= "window_to");
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_state" CHECK ("state" IN ('proposed', 'invited', 'accepted', 'declined', 'ended', 'delivered')),
  ADD CONSTRAINT "engagement_invited" CHECK ("state" NOT IN ('invited', 'accepted', 'delivered') OR ("invited_at" IS NOT NULL AND "answer_by" IS NOT NULL AND "asked" IS NOT NULL)),
  ADD CONSTRAINT "engagement_answered" CHECK ("state" NOT IN ('accepted', 'declined', 'delivered') OR ("answered_at" IS NOT NULL AND "answered_via" IN ('link', 'office')));
ALTER TABLE "access_link" ADD CONSTRAINT "access_link_purpose" CHECK ("purpose" IN ('answer', 'class')),
  ADD CONSTRAINT "access_link_expires" CHECK ("issued_at" < "expires_at");
ALTER TABLE "quota" ADD CONSTRAINT "quota_state" CHECK ("state" IN ('open', 'fulfilled', 'closed', 'cancelled')),
  ADD CONSTRAINT "quota_seats" CHECK ("seats" > 0 AND "leader_seats" BETWEEN 0 AND "seats");
ALTER TABLE "trainee" ADD CONSTRAINT "trainee_basis" CHECK ("legal_basis" IN ('state-task', 'consent')),
  ADD CONSTRAINT "trainee_language" CHECK ("language" IN ('vi', 'en', 'vi+en')),
  -- A person has a name, somebody forgotten has nothing that tells who they were.
  ADD CONSTRAINT "trainee_forgotten" CHECK (
    CASE WHEN "forgotten_at" IS NULL THEN "full_name" IS NOT NULL AND "unit" IS NOT NULL AND "identity" IS NOT NULL
    ELSE "full_name" IS NULL AND "unit" IS NULL AND "position" IS NULL AND "needs" IS NULL AND "email" IS NULL AND "phone" IS NULL AND "identity" IS NULL END);
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_state" CHECK ("state" IN ('waiting', 'enrolled', 'withdrawn', 'completed', 'not-completed')),
  ADD CONSTRAINT "enrolment_busy" CHECK ("busy" IS NULL OR "state" = 'enrolled');
-- A trainee is in one class of a course (SEED-41), and in one place at a time.
CREATE UNIQUE INDEX "enrolment_once_a_course" ON "enrolment" ("course_id", "trainee_id") WHERE "state" IN ('waiting', 'enrolled', 'completed');
ALTER TABLE "enrolment" ADD CONSTRAINT "trainee_taken" EXCLUDE USING gist ("trainee_id" WITH =, "busy" WITH &&) WHERE ("busy" IS NOT NULL);
ALTER TABLE "roster" ADD CONSTRAINT "roster_version" CHECK ("version" > 0);
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_role" CHECK ("role" IN ('trainer', 'trainee')),
  ADD CONSTRAINT "announcement_sequence" CHECK ("sequence" >= 0);
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_status" CHECK ("status" IN ('present', 'late', 'excused', 'absent')),
  ADD CONSTRAINT "attendance_via" CHECK ("via" IN ('link', 'api', 'sheet'));
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_serial" CHECK ("serial" > 0),
  ADD CONSTRAINT "certificate_attended" CHECK ("attended" BETWEEN 0 AND "sessions"),
  ADD CONSTRAINT "certificate_revoked" CHECK (("revoked_at" IS NULL) = ("revoked_reason" IS NULL));
ALTER TABLE "class_report" ADD CONSTRAINT "class_report_state" CHECK ("state" IN ('owed', 'submitted', 'cancelled')),
  ADD CONSTRAINT "class_report_submitted" CHECK ("state" <> 'submitted' OR ("content" IS NOT NULL AND "figures" IS NOT NULL AND "submitted_at" IS NOT NULL));
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_kind" CHECK ("kind" IN ('access', 'correct', 'erase', 'withdraw', 'restrict', 'object')),
  ADD CONSTRAINT "data_request_state" CHECK ("state" IN ('received', 'answered', 'done', 'refused')),
  ADD CONSTRAINT "data_request_ended" CHECK ("state" NOT IN ('done', 'refused') OR ("done_at" IS NOT NULL AND "outcome" IS NOT NULL));
ALTER TABLE "obligation_word" ADD CONSTRAINT "obligation_word_version" CHECK ("version" > 0);
