-- CreateTable
CREATE TABLE "certificate_year" (
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "certificate_year_pkey" PRIMARY KEY ("year")
);
