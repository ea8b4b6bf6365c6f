-- a table
ALTER TABLE shop.customer RENAME TO client;

-- a column
ALTER TABLE shop.customer RENAME COLUMN name TO full_name;

-- sequences
ALTER SEQUENCE shop.customer_id_seq RENAME TO client_numbers;
ALTER SEQUENCE shop.numbers RENAME TO n;

-- indexes
ALTER INDEX shop.purchase_at RENAME TO at_purchase;
ALTER INDEX shop.customer_pkey RENAME TO c_pk;

-- a constraint
ALTER TABLE shop.purchase RENAME CONSTRAINT recent TO not_old;

-- tables and types that move to another schema
ALTER TABLE shop.customer SET SCHEMA old;
ALTER TYPE shop.state SET SCHEMA old;

-- a schema
ALTER SCHEMA shop RENAME TO store;

-- a view and its column
ALTER VIEW shop.names RENAME TO n;
ALTER VIEW shop.loud RENAME COLUMN name TO cry;

-- functions, types, triggers, policies, enum values
ALTER FUNCTION shop.touch() RENAME TO touch2;
ALTER TYPE shop.pair RENAME TO couple;
ALTER DOMAIN shop.amount RENAME TO money;
ALTER TRIGGER touched ON shop.customer RENAME TO t;
ALTER POLICY own ON shop.empty RENAME TO mine;
ALTER TYPE shop.state RENAME VALUE 'new' TO 'fresh';

-- a table that takes the name of another one
ALTER TABLE shop.customer RENAME TO t;
ALTER TABLE shop.empty RENAME TO customer;
ALTER TABLE shop.t RENAME TO empty;

-- columns that swap their names
ALTER TABLE shop.customer RENAME COLUMN name TO x;
ALTER TABLE shop.customer RENAME COLUMN mail TO name;
ALTER TABLE shop.customer RENAME COLUMN x TO mail;

-- a view that keeps the old name working
ALTER TABLE shop.customer RENAME TO student;
ALTER TABLE shop.student RENAME COLUMN name TO called;
CREATE VIEW shop.customer AS SELECT id, called AS name FROM shop.student;

-- columns with and without a default
ALTER TABLE shop.customer ADD phone text NOT NULL DEFAULT '?', ADD born date;

-- an identity and a generated column
ALTER TABLE shop.customer ADD number int GENERATED ALWAYS AS IDENTITY, ADD more int GENERATED ALWAYS AS (points + 1) STORED;

-- a serial column with a view on it
ALTER TABLE shop.customer ADD total serial;
CREATE VIEW shop.t AS SELECT total FROM shop.customer;

-- a foreign key to the same table and its index
ALTER TABLE shop.customer ADD boss int REFERENCES shop.customer;
CREATE INDEX ON shop.customer (boss, mail);

-- a view with one more column
CREATE OR REPLACE VIEW shop.names AS SELECT id, name, points, mail FROM shop.customer;

-- a view with one more column that is new itself
ALTER TABLE shop.customer ADD nick text;
CREATE OR REPLACE VIEW shop.names AS SELECT id, name, points, nick FROM shop.customer;

-- views that were dropped and made again otherwise
DROP VIEW shop.loud;
DROP VIEW shop.names;
CREATE VIEW shop.names AS SELECT 1 AS one;

-- a materialised view and statistics that were dropped
DROP MATERIALIZED VIEW shop.totals;
DROP STATISTICS shop.both;

-- an index and a constraint that were dropped
DROP INDEX shop.purchase_at;
ALTER TABLE shop.purchase DROP CONSTRAINT recent;

-- an index that was made again otherwise
DROP INDEX shop.purchase_at;
CREATE INDEX purchase_at ON shop.purchase (at, amount);

-- a key that was dropped with the foreign key to it
ALTER TABLE shop.purchase DROP CONSTRAINT purchase_customer_fkey;
ALTER TABLE shop.customer DROP CONSTRAINT customer_pkey;

-- constraints
ALTER TABLE shop.purchase ADD CONSTRAINT dear CHECK (amount < 1000), ALTER at SET NOT NULL, ADD UNIQUE (at, id);

-- defaults and identities that were dropped
ALTER TABLE shop.customer ALTER name DROP NOT NULL, ALTER name DROP DEFAULT, ALTER points SET DEFAULT 5, ALTER code DROP IDENTITY, ALTER state SET DEFAULT 'paid';

-- an identity that was changed and one that was added
ALTER TABLE shop.customer ALTER code SET GENERATED ALWAYS, ALTER points SET NOT NULL, ALTER points ADD GENERATED ALWAYS AS IDENTITY;

-- types that are wider, below a view
DROP VIEW shop.loud;
DROP VIEW shop.names;
ALTER TABLE shop.customer ALTER name TYPE text, ALTER points TYPE bigint, ALTER id TYPE bigint;
CREATE VIEW shop.names AS SELECT id, name, points FROM shop.customer;

-- text that became an enum
CREATE TYPE shop.grade AS ENUM ('o', 'p');
ALTER TABLE shop.customer ALTER "Odd Name" TYPE shop.grade USING "Odd Name"::shop.grade;

-- an enum that was made anew with one more value
ALTER TYPE shop.state RENAME TO old_state;
CREATE TYPE shop.state AS ENUM ('new', 'paid', 'sent');
ALTER TABLE shop.customer ALTER state DROP DEFAULT, ALTER state TYPE shop.state USING state::text::shop.state;
ALTER TABLE shop.customer ALTER state SET DEFAULT 'sent';
DROP TYPE shop.old_state;

-- a domain
ALTER DOMAIN shop.amount DROP CONSTRAINT amount_check;
ALTER DOMAIN shop.amount SET DEFAULT 3;
ALTER DOMAIN shop.amount ADD CHECK (VALUE <> 5000);

-- a composite type
ALTER TYPE shop.pair ADD ATTRIBUTE c int;
ALTER TYPE shop.pair ALTER ATTRIBUTE a TYPE bigint;

-- types that came and went
DROP TYPE shop.pair;
CREATE TYPE shop.span AS RANGE (subtype = int);
CREATE TYPE shop.colour AS ENUM ('red');

-- the body of a function
CREATE OR REPLACE FUNCTION shop.twice(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x + x';

-- the parameters of a function
DROP FUNCTION shop.twice(int);
CREATE FUNCTION shop.twice(x int, y int DEFAULT 1) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';

-- functions and triggers that were dropped
DROP TRIGGER touched ON shop.customer;
DROP FUNCTION shop.touch();
DROP FUNCTION shop.twice(int);

-- a trigger that was made again otherwise
DROP TRIGGER touched ON shop.customer;
CREATE TRIGGER touched AFTER INSERT ON shop.customer FOR EACH ROW EXECUTE FUNCTION shop.touch();

-- a disabled trigger and a rule
ALTER TABLE shop.customer DISABLE TRIGGER touched;
CREATE RULE nothing AS ON DELETE TO shop.empty DO INSTEAD NOTHING;

-- policies
DROP POLICY own ON shop.empty;
CREATE POLICY own ON shop.empty FOR SELECT USING (id > 1);
ALTER TABLE shop.empty FORCE ROW LEVEL SECURITY;

-- privileges
REVOKE SELECT ON shop.loud FROM PUBLIC;
GRANT INSERT (name), SELECT ON shop.customer TO PUBLIC;
GRANT USAGE ON SCHEMA shop TO PUBLIC;
REVOKE EXECUTE ON FUNCTION shop.twice(int) FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO PUBLIC;

-- comments
COMMENT ON VIEW shop.loud IS NULL;
COMMENT ON COLUMN shop.customer.mail IS 'x';
COMMENT ON TABLE shop.empty IS 'it''s';
COMMENT ON CONSTRAINT recent ON shop.purchase IS 'c';
COMMENT ON TRIGGER touched ON shop.customer IS 't';

-- settings of tables and columns
ALTER TABLE shop.customer SET (fillfactor = 70, autovacuum_enabled = off), ALTER mail SET STATISTICS 500, ALTER mail SET STORAGE EXTERNAL;
ALTER TABLE shop.empty SET UNLOGGED;
ALTER TABLE shop.purchase REPLICA IDENTITY FULL;
ALTER TABLE shop.customer CLUSTER ON customer_pkey;

-- the parameters and the owner of a sequence
ALTER SEQUENCE shop.numbers INCREMENT 5 MAXVALUE 1000 CYCLE;
ALTER SEQUENCE shop.numbers OWNED BY shop.empty.id;

-- a partition and an index of the partitioned table
CREATE TABLE shop.log_2 PARTITION OF shop.log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX ON shop.log (day);

-- a partition that was detached
ALTER TABLE shop.log DETACH PARTITION shop.log_1;

-- a table that became a partition of its successor
ALTER TABLE shop.empty RENAME TO e;
CREATE TABLE shop.empty (id int NOT NULL, note text) PARTITION BY LIST (id);
ALTER TABLE shop.e ALTER id SET NOT NULL;
ALTER TABLE shop.empty ATTACH PARTITION shop.e DEFAULT;

-- tables that refer to each other
CREATE TABLE shop.child (extra int) INHERITS (shop.empty);
DROP TABLE shop.child;
CREATE TABLE shop.a (id int PRIMARY KEY);
CREATE TABLE shop.b (id int PRIMARY KEY REFERENCES shop.a);
ALTER TABLE shop.a ADD b int REFERENCES shop.b;
INSERT INTO shop.a VALUES (1);

-- an empty table that was dropped
DROP TABLE shop.empty;

-- a schema with tables and functions
CREATE SCHEMA extra;
CREATE TABLE extra.t (id serial, s shop.state);
CREATE FUNCTION extra.f(t extra.t) RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER TABLE shop.empty SET SCHEMA extra;

-- what is made seldom
CREATE PUBLICATION p FOR TABLE shop.customer;
CREATE PUBLICATION chosen FOR TABLE shop.customer (id, name) WHERE (id > 1);
CREATE AGGREGATE shop.total(int) (sfunc = int4pl, stype = int);
CREATE COLLATION shop.c FROM "C";
CREATE OPERATOR shop.### (leftarg = int, rightarg = int, function = int4pl);
CREATE CAST (shop.pair AS int) WITH INOUT;

-- names that have to be quoted
ALTER TABLE shop.customer ADD COLUMN "Zwei""Worte" text;
ALTER TABLE shop.customer RENAME TO "Kunde";

-- types that round or cut on the way back
ALTER TABLE shop.purchase DROP CONSTRAINT recent;
ALTER TABLE shop.purchase ALTER at TYPE timestamp;
