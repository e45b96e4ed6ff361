-- AlterTable
ALTER TABLE "quota" ADD COLUMN     "counted_from" DATE;
UPDATE "quota" SET "counted_from" = "deadline";
ALTER TABLE "quota" ALTER COLUMN "counted_from" SET NOT NULL;

-- CreateTable
CREATE TABLE "nomination_import" (
    "id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "class_id" UUID,
    "agency" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "faulty" INTEGER NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "nomination_import_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "nomination_import_course_id_agency_digest_idx" ON "nomination_import"("course_id", "agency", "digest");

-- What Prisma's schema cannot say.
ALTER TABLE "nomination_import" ADD CONSTRAINT "nomination_import_rows" CHECK ("faulty" BETWEEN 0 AND "rows");
