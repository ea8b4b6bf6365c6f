-- The rights that Belay needs on a managed server, and no others. Run it as a superuser, once for every role that owns a
-- managed database or something in it; running it again changes nothing:
--
--   psql -X -d postgres -v owner=shop_owner -f roles.sql
--   psql -X -d postgres -c '\password belay'
--
-- More variables:
--   -v belay=belay           the role that Belay logs in as; the groups are named after it
--   -v makes_roles=on        for POST /roles: Belay may make roles
--   -v row_security=on       for tables with FORCE ROW LEVEL SECURITY: Belay sees all their rows
--
-- Then belay.servers.<name>.user=belay and belay.databases.<name>.role=shop_owner.

\set ON_ERROR_STOP on
\if :{?owner}
\else
  DO $$ BEGIN RAISE EXCEPTION 'which role owns the database? Say -v owner=…'; END $$;
\endif
\if :{?belay}
\else
  \set belay belay
\endif
\if :{?makes_roles}
\else
  \set makes_roles off
\endif
\if :{?row_security}
\else
  \set row_security off
\endif
\set backup :belay _backup
\set migration :belay _migration

BEGIN;
-- What is there already is no news.
SET LOCAL client_min_messages = warning;

-- The role that logs in. CREATEDB: a restore, a standby and a refreshed staging database are made beside the original under
-- another name, and change names with it, which PostgreSQL lets only those do who may make databases. They are made for the
-- database's owner; CREATEDB gives no right in a database that is there already.
SELECT format('CREATE ROLE %I LOGIN', :'belay')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'belay') \gexec
ALTER ROLE :"belay" CREATEDB;

-- The backup reader. pg_read_all_data: pg_dump and the fingerprints read every row of every table, whoever it belongs to.
-- One that is left out would be lost in a restore, so Belay refuses to go on without.
SELECT format('CREATE ROLE %I NOLOGIN', :'backup')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'backup') \gexec
GRANT pg_read_all_data TO :"backup";
GRANT :"backup" TO :"belay";

-- The migration owner. Member of the owner: scripts run as that role (SET ROLE), so that what they make is the owner's as
-- ever, and only an owner may alter a table, rename a database, or let sessions in and keep them out.
-- pg_signal_backend: at a swap, and where a script waits for a lock that an idle session has, the sessions of other roles
-- are ended. It does not reach superusers' sessions.
SELECT format('CREATE ROLE %I NOLOGIN', :'migration')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'migration') \gexec
GRANT :"owner", pg_signal_backend TO :"migration";
GRANT :"migration" TO :"belay";

-- CREATEROLE is much: until PostgreSQL 15, whoever has it may make himself a member of any role but a superuser. Leave it
-- off unless POST /roles is used; without it that job says which roles to make by hand.
\if :makes_roles
  ALTER ROLE :"belay" CREATEROLE;
\endif

-- The owner passes by its tables' row policies, and so do its members, unless a table forces them on the owner too. Then
-- pg_dump refuses to read the table, rather than to leave rows out.
\if :row_security
  ALTER ROLE :"belay" BYPASSRLS;
\endif

COMMIT;
