-- CreateTable
CREATE TABLE "agency" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "agency_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recipient" (
    "id" UUID NOT NULL,
    "agency_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "language" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "recipient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "business_key" TEXT NOT NULL,
    "stream" TEXT,
    "template" TEXT NOT NULL,
    "template_version" TEXT NOT NULL,
    "recipient_id" UUID NOT NULL,
    "agency_code" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "mail" JSONB NOT NULL,
    "obligation_ids" UUID[],
    "correlation_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "reason" TEXT,
    "mail_id" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settlement" (
    "obligation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settlement_pkey" PRIMARY KEY ("obligation_id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "message_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "answer" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("message_id","attempt")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "lanes" TEXT[],
    "envelope" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "message_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "fingerprint" TEXT,
    "reply" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "schedule_run" (
    "task" TEXT NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "schedule_run_pkey" PRIMARY KEY ("task","run_at")
);

-- CreateIndex
CREATE UNIQUE INDEX "message_business_key_key" ON "message"("business_key");

-- AddForeignKey
ALTER TABLE "recipient" ADD CONSTRAINT "recipient_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "recipient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say about the message tables. Each service's first migration ends with these lines.

-- The relay reads what is unpublished in order; the reconciler goes round what is published.
CREATE INDEX "outbox_unpublished" ON "outbox" ("seq") WHERE "published_at" IS NULL;
CREATE INDEX "outbox_published" ON "outbox" ("published_at", "id") WHERE "published_at" IS NOT NULL;
CREATE INDEX "inbox_received" ON "inbox" ("received_at");

-- Rows come and go by the thousand: vacuum early.
ALTER TABLE "outbox" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, fillfactor = 70);

-- The bell of the relay: one notification per statement, delivered when the transaction commits.
CREATE FUNCTION "ring_outbox"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(TG_TABLE_SCHEMA || '_outbox', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER "outbox_bell" AFTER INSERT ON "outbox" FOR EACH STATEMENT EXECUTE FUNCTION "ring_outbox"();

-- A mail leaves once: what it is about can be found, and what is not sent yet can be superseded or withdrawn.
CREATE INDEX "message_obligations" ON "message" USING gin ("obligation_ids");
CREATE INDEX "message_unsent" ON "message" ("recipient_id", "stream") WHERE "state" = 'queued';
CREATE INDEX "message_unfinished" ON "message" ("state", "id") WHERE "state" <> 'sent';
CREATE INDEX "message_recipient" ON "message" ("recipient_id", "decided_at");
ALTER TABLE "message" ADD CONSTRAINT "message_state" CHECK ("state" IN ('queued', 'sending', 'sent', 'unknown', 'failed', 'withdrawn', 'superseded')),
  ADD CONSTRAINT "message_sent" CHECK (("state" = 'sent') = ("sent_at" IS NOT NULL));
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_outcome" CHECK ("outcome" IN ('sent', 'retry', 'refused', 'unknown', 'interrupted'));
-- Claimed and settled by the thousand: leave room for the new versions of a row on its page, and what it says out of it.
ALTER TABLE "message" SET (fillfactor = 60, toast_tuple_target = 256);
