-- a standalone sequence that is gone and one that is new
DROP SEQUENCE shop.numbers;
CREATE SEQUENCE shop.others INCREMENT BY 5;

-- a value in the middle of an enum
ALTER TYPE shop.state ADD VALUE 'sent' BEFORE 'paid';

-- a generated column with another expression and one that is none any more
ALTER TABLE shop.purchase DROP COLUMN twice;
ALTER TABLE shop.purchase ADD twice int GENERATED ALWAYS AS (amount::int * 3) STORED;

-- a domain on another type
ALTER TABLE shop.purchase DROP COLUMN twice, DROP COLUMN amount CASCADE;
DROP DOMAIN shop.amount;
CREATE DOMAIN shop.amount AS bigint CHECK (VALUE >= 0);
ALTER TABLE shop.purchase ADD amount shop.amount, ADD twice int GENERATED ALWAYS AS (amount::int * 2) STORED;

-- a new partitioned table with partitions, keys and indexes, and one that inherits
CREATE TABLE shop.event (id bigint GENERATED ALWAYS AS IDENTITY, at date NOT NULL, customer int REFERENCES shop.customer, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE shop.event_1 PARTITION OF shop.event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE shop.event_2 PARTITION OF shop.event DEFAULT;
CREATE INDEX ON shop.event (customer);
CREATE TABLE shop.special (extra text) INHERITS (shop.empty);

-- tables that refer to each other, with everything on them
CREATE TABLE shop.a (id serial PRIMARY KEY, b int, note text DEFAULT 'a' NOT NULL, UNIQUE (id, b), CHECK (b > 0));
CREATE TABLE shop.b (id int PRIMARY KEY, a int NOT NULL REFERENCES shop.a ON DELETE CASCADE DEFERRABLE);
ALTER TABLE shop.a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES shop.b;
CREATE TRIGGER touched BEFORE UPDATE ON shop.b FOR EACH ROW EXECUTE FUNCTION shop.touch();
CREATE VIEW shop.ab AS SELECT a.id, b.id AS b FROM shop.a JOIN shop.b ON b.id = a.b;
COMMENT ON TABLE shop.a IS 'it''s a';

-- functions that use types and tables that are new
CREATE TYPE shop.grade AS ENUM ('x');
CREATE TABLE shop.graded (id int, grade shop.grade);
CREATE FUNCTION shop.grades(g shop.grade) RETURNS SETOF shop.graded LANGUAGE sql AS 'SELECT * FROM shop.graded WHERE grade = g';
CREATE VIEW shop.all_grades AS SELECT * FROM shop.grades('x');

-- a table in a schema of its own that replaces another
CREATE SCHEMA "Odd Schema";
CREATE TABLE "Odd Schema"."Odd ""Table""" ("Id" uuid PRIMARY KEY DEFAULT gen_random_uuid(), "Über" numeric(10, 2));
DROP TABLE shop.empty;
