-- The role for a scratch server of your own (belay.scratch.server). Belay starts a private one unless this is configured;
-- then nothing of this is needed. Run it as a superuser of the scratch server; running it again changes nothing:
--
--   psql -X -d postgres -f scratch.sql
--   psql -X -d postgres -c '\password belay_copies'
--
-- SUPERUSER, because the copies have to be what the originals are: their roles are made here with the same names and
-- memberships, extensions that are not trusted are created, objects are handed to their owners, and tests of rules and undo
-- run as those. So this has to be a server that holds nothing else, and production must not be reachable from it. Not
-- belay_scratch: that is the superuser of the private one.

\set ON_ERROR_STOP on
\if :{?belay}
\else
  \set belay belay_copies
\endif

SELECT format('CREATE ROLE %I LOGIN', :'belay')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'belay') \gexec
ALTER ROLE :"belay" SUPERUSER;
