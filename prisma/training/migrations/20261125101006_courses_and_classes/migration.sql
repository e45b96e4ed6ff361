-- CreateTable
CREATE TABLE "course" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "plan_id" UUID NOT NULL,
    "task_id" UUID,
    "task_code" TEXT,
    "title" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "objective" TEXT NOT NULL,
    "curriculum" JSONB NOT NULL,
    "planned_classes" INTEGER NOT NULL,
    "capacity" INTEGER NOT NULL,
    "min_size" INTEGER NOT NULL,
    "days_per_class" INTEGER NOT NULL,
    "lead_agency" TEXT NOT NULL,
    "window_from" DATE,
    "window_to" DATE,
    "threshold" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "decision" TEXT,
    "seed_id" TEXT,
    "assumption" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "course_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venue" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "retired" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "venue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "institution" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "institution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trainer" (
    "id" UUID NOT NULL,
    "full_name" TEXT NOT NULL,
    "title" TEXT,
    "institution_id" UUID NOT NULL,
    "institution_kind" TEXT NOT NULL,
    "override_reason" TEXT,
    "specialities" TEXT[],
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "language" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "trainer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trainer_absence" (
    "id" UUID NOT NULL,
    "trainer_id" UUID NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "trainer_absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "training_class" (
    "id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "co_host" TEXT,
    "venue_id" UUID,
    "capacity" INTEGER NOT NULL,
    "min_size" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "decision" TEXT,
    "reason" TEXT,
    "days_off" TEXT,
    "roster_version" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "training_class_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "class_session" (
    "id" UUID NOT NULL,
    "class_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "part" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "blocked_from" TIMESTAMPTZ(3) NOT NULL,
    "blocked_to" TIMESTAMPTZ(3) NOT NULL,
    "topic" TEXT NOT NULL,
    "venue_id" UUID,
    "trainer_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "class_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "history" (
    "id" BIGSERIAL NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "correlation_id" UUID NOT NULL,

    CONSTRAINT "history_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "course_code_key" ON "course"("code");

-- CreateIndex
CREATE UNIQUE INDEX "venue_code_key" ON "venue"("code");

-- CreateIndex
CREATE UNIQUE INDEX "institution_code_key" ON "institution"("code");

-- CreateIndex
CREATE UNIQUE INDEX "institution_id_kind_key" ON "institution"("id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "training_class_code_key" ON "training_class"("code");

-- CreateIndex
CREATE INDEX "training_class_course_id_idx" ON "training_class"("course_id");

-- CreateIndex
CREATE INDEX "class_session_class_id_idx" ON "class_session"("class_id");

-- CreateIndex
CREATE INDEX "class_session_date_idx" ON "class_session"("date");

-- CreateIndex
CREATE INDEX "history_subject_id_id_idx" ON "history"("subject_id", "id");

-- AddForeignKey
ALTER TABLE "trainer" ADD CONSTRAINT "trainer_institution_id_institution_kind_fkey" FOREIGN KEY ("institution_id", "institution_kind") REFERENCES "institution"("id", "kind") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trainer_absence" ADD CONSTRAINT "trainer_absence_trainer_id_fkey" FOREIGN KEY ("trainer_id") REFERENCES "trainer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_class" ADD CONSTRAINT "training_class_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_class" ADD CONSTRAINT "training_class_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_trainer_id_fkey" FOREIGN KEY ("trainer_id") REFERENCES "trainer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot say about them.
ALTER TABLE "course" ADD CONSTRAINT "course_state" CHECK ("state" IN ('open', 'closed', 'cancelled')),
  ADD CONSTRAINT "course_decided" CHECK (("state" = 'open') = ("decision" IS NULL)),
  ADD CONSTRAINT "course_size" CHECK ("min_size" BETWEEN 1 AND "capacity"),
  ADD CONSTRAINT "course_threshold" CHECK ("threshold" BETWEEN 0 AND 100),
  ADD CONSTRAINT "course_window" CHECK ("window_from" <= "window_to");
ALTER TABLE "venue" ADD CONSTRAINT "venue_capacity" CHECK ("capacity" > 0);
ALTER TABLE "institution" ADD CONSTRAINT "institution_kind" CHECK ("kind" IN ('university', 'research-institute', 'other'));
-- Trainers come from universities or research institutes; any other needs a reason on record (SEED-33).
ALTER TABLE "trainer" ADD CONSTRAINT "trainer_academic" CHECK ("institution_kind" IN ('university', 'research-institute') OR "override_reason" IS NOT NULL);
ALTER TABLE "trainer_absence" ADD CONSTRAINT "trainer_absence_days" CHECK ("from_on" <= "to_on"),
  ADD CONSTRAINT "trainer_absence_once" EXCLUDE USING gist ("trainer_id" WITH =, daterange("from_on", "to_on", '[]') WITH &&);
ALTER TABLE "training_class" ADD CONSTRAINT "training_class_state" CHECK ("state" IN ('planned', 'nomination-open', 'nomination-closed', 'roster-locked', 'notified', 'in-progress', 'completed', 'certified', 'reported', 'postponed', 'cancelled')),
  ADD CONSTRAINT "training_class_decided" CHECK ("state" NOT IN ('postponed', 'cancelled') OR ("decision" IS NOT NULL AND "reason" IS NOT NULL)),
  ADD CONSTRAINT "training_class_size" CHECK ("min_size" BETWEEN 1 AND "capacity");
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_part" CHECK ("part" IN ('morning', 'afternoon')),
  ADD CONSTRAINT "class_session_times" CHECK ("blocked_from" <= "starts_at" AND "starts_at" < "ends_at" AND "ends_at" <= "blocked_to");
CREATE UNIQUE INDEX "class_session_once" ON "class_session" ("class_id", "date", "part") WHERE "active";

-- Nothing and nobody is booked twice, whoever writes.
ALTER TABLE "class_session"
  ADD CONSTRAINT "venue_taken" EXCLUDE USING gist ("venue_id" WITH =, tstzrange("starts_at", "ends_at") WITH &&) WHERE ("active" AND "venue_id" IS NOT NULL),
  ADD CONSTRAINT "trainer_taken" EXCLUDE USING gist ("trainer_id" WITH =, tstzrange("blocked_from", "blocked_to") WITH &&) WHERE ("active" AND "trainer_id" IS NOT NULL);
