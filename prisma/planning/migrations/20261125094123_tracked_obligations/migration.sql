-- CreateTable
CREATE TABLE "tracked_obligation" (
    "obligation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "debtor" TEXT NOT NULL,
    "due_on" DATE NOT NULL,

    CONSTRAINT "tracked_obligation_pkey" PRIMARY KEY ("obligation_id")
);
