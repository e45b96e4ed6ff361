-- CreateTable
CREATE TABLE "told_task" (
    "task_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "digest" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "told_task_pkey" PRIMARY KEY ("task_id")
);

-- AddForeignKey
ALTER TABLE "told_task" ADD CONSTRAINT "told_task_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
