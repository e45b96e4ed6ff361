-- AlterTable
ALTER TABLE "budget_line" ADD COLUMN     "stated" BIGINT;
