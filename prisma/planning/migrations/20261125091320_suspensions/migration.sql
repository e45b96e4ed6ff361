-- Nothing could be suspended before, so no row needs a value.
ALTER TABLE "suspension" DROP COLUMN "started_by",
ADD COLUMN     "end_reason" TEXT,
ADD COLUMN     "former_statuses" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "recorded_at" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "recorded_by" TEXT NOT NULL,
ADD COLUMN     "resumed_on" DATE,
ADD COLUMN     "steps_moved" INTEGER NOT NULL DEFAULT 0,
ALTER COLUMN "started_at" DROP NOT NULL;

ALTER TABLE "obligation" ALTER COLUMN "held_since" SET DATA TYPE TIMESTAMPTZ(3) USING ("held_since"::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh');

ALTER TABLE "suspension" ADD CONSTRAINT "suspension_days" CHECK ("until_on" >= "from_on"),
  ADD CONSTRAINT "suspension_ended" CHECK (("resumed_on" IS NOT NULL) = ("ended_at" IS NOT NULL AND "started_at" IS NOT NULL));
