-- AlterTable
ALTER TABLE "escalation" ADD COLUMN     "calendar_year" INTEGER;

-- CreateIndex
CREATE UNIQUE INDEX "escalation_calendar_year_key" ON "escalation"("calendar_year");

ALTER TABLE "escalation" ADD CONSTRAINT "escalation_calendar_year" CHECK (("kind" = 'calendar-missing') = ("calendar_year" IS NOT NULL));
