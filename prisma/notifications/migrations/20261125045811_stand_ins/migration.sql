-- AlterTable
ALTER TABLE "recipient" ADD COLUMN     "refused" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "delivered_to_id" UUID;

-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "delivered_to_id" UUID;

-- CreateTable
CREATE TABLE "delegation" (
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "to_contact_id" UUID NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE NOT NULL,
    "revoked" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "delegation_to_on_idx" ON "delegation"("to_on");

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_delivered_to_id_fkey" FOREIGN KEY ("delivered_to_id") REFERENCES "recipient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
