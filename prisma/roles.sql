-- One login role and one schema per service: it owns its own and is refused everywhere else (SQLSTATE 42501).
-- Run as an administrator of the database by tools/migrate.mjs, once per service; {service} and {password} are quoted by it. Idempotent.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {role_literal}) THEN
    CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
END
$$;
ALTER ROLE {role} LOGIN PASSWORD {password};
CREATE SCHEMA IF NOT EXISTS {service};
ALTER SCHEMA {service} OWNER TO {role};
REVOKE ALL ON SCHEMA {service} FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER ROLE {role} SET search_path = {service};
-- What a constraint against double booking is made of: no service may create an extension itself.
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;
