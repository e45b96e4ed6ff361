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
