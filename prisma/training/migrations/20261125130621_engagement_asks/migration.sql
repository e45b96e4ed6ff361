-- AlterTable
ALTER TABLE "engagement" ADD COLUMN     "asks" INTEGER NOT NULL DEFAULT 0;

-- What Prisma's schema cannot say. Asked once, and once more when nothing is heard.
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_asks" CHECK ("asks" BETWEEN 0 AND 2);
