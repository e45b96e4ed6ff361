-- AlterTable
ALTER TABLE "recipient" ADD COLUMN     "forgotten" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "organisation" TEXT,
ADD COLUMN     "organisation_en" TEXT,
ADD COLUMN     "version" INTEGER,
ALTER COLUMN "agency_id" DROP NOT NULL,
ALTER COLUMN "name" DROP NOT NULL,
ALTER COLUMN "email" DROP NOT NULL;

-- AlterTable
ALTER TABLE "message" ALTER COLUMN "agency_code" DROP NOT NULL;

-- A recipient is a contact of an agency, or a person of an organisation in words. Whoever is forgotten is erased, whole and for good.
ALTER TABLE "recipient"
  ADD CONSTRAINT "recipient_belongs" CHECK (("agency_id" IS NULL) = ("organisation" IS NOT NULL) AND ("organisation" IS NULL) = ("organisation_en" IS NULL)
    AND ("organisation" IS NULL) = ("version" IS NULL)),
  ADD CONSTRAINT "recipient_named" CHECK (CASE WHEN "forgotten" THEN NOT "active" AND "agency_id" IS NULL AND "name" IS NULL AND "email" IS NULL AND "phone" IS NULL
    ELSE "name" IS NOT NULL AND ("email" IS NOT NULL OR "agency_id" IS NULL) END);
