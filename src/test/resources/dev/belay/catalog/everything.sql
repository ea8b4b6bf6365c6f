-- One of everything that a database may hold, as a stranger might have built it over ten years.
DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(4711);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'everything_owner') THEN
        CREATE ROLE everything_owner;
        CREATE ROLE "Reader ünï";
    END IF;
END $$;

CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION hstore;
CREATE EXTENSION btree_gist;
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION file_fdw;

CREATE SCHEMA shop AUTHORIZATION everything_owner;
CREATE SCHEMA "Übung a""b";
CREATE SCHEMA "-rf";
COMMENT ON SCHEMA shop IS 'The shop; it''s where orders live';
GRANT USAGE ON SCHEMA shop TO "Reader ünï";
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- types
CREATE TYPE shop.status AS ENUM ('new', 'paid', 'it''s odd');
ALTER TYPE shop.status ADD VALUE 'checked' BEFORE 'paid';
CREATE DOMAIN shop.email AS citext CHECK (VALUE ~ '@') CONSTRAINT short CHECK (length(VALUE) < 100);
CREATE DOMAIN shop.percent AS numeric(5, 2) DEFAULT 0 NOT NULL CHECK (VALUE BETWEEN 0 AND 100);
COMMENT ON CONSTRAINT short ON DOMAIN shop.email IS 'short enough';
CREATE TYPE shop.address AS (street text, "Zip Code" varchar(10), points point[]);
COMMENT ON COLUMN shop.address.street IS 'with number';
CREATE TYPE shop.float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE COLLATION shop.ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
GRANT USAGE ON TYPE shop.status TO "Reader ünï";
REVOKE USAGE ON TYPE shop.percent FROM PUBLIC;

-- functions
CREATE FUNCTION shop.add(a integer, b integer DEFAULT 1) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT a + b';
CREATE FUNCTION shop.standard(a integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a * 2;
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql SET search_path = shop, pg_temp AS $body$
BEGIN
    NEW.note := coalesce(NEW.note, '') || '"quoted" \ and ''single''';
    RETURN NEW;
END $body$;
CREATE PROCEDURE shop.noop(INOUT x integer) LANGUAGE plpgsql AS 'BEGIN x := x; END';
CREATE FUNCTION shop.many(VARIADIC names text[], OUT n integer, OUT m text) LANGUAGE sql AS 'SELECT 1, names[1]';
CREATE AGGREGATE shop.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', PARALLEL = safe);
CREATE FUNCTION shop.same(a shop.address, b shop.address) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS 'SELECT (a).street = (b).street';
CREATE OPERATOR shop.=== (LEFTARG = shop.address, RIGHTARG = shop.address, FUNCTION = shop.same, COMMUTATOR = OPERATOR(shop.===));
CREATE FUNCTION shop.address_text(a shop.address) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT (a).street';
CREATE CAST (shop.address AS text) WITH FUNCTION shop.address_text(shop.address) AS ASSIGNMENT;
CREATE OPERATOR CLASS shop.int_backwards FOR TYPE integer USING btree AS
    OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(integer, integer);
REVOKE EXECUTE ON FUNCTION shop.add(integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shop.add(integer, integer) TO "Reader ünï" WITH GRANT OPTION;
COMMENT ON FUNCTION shop.add(integer, integer) IS 'adds';
COMMENT ON AGGREGATE shop.total(integer) IS 'adds up';

-- plain tables
CREATE TABLE shop.customers (
    id integer GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 5) PRIMARY KEY,
    dropped_one integer,
    name text COLLATE shop.ignore_case NOT NULL,
    mail shop.email UNIQUE,
    state shop.status DEFAULT 'new' NOT NULL,
    kind varchar(10) DEFAULT 'a' CONSTRAINT known_kind CHECK (kind IN ('a', 'b', 'c''d', 'e"f')),
    home shop.address,
    tags text[] DEFAULT '{}',
    extra hstore,
    discount shop.percent,
    doubled integer GENERATED ALWAYS AS (shop.standard(length(kind))) STORED,
    note text
);
ALTER TABLE shop.customers DROP COLUMN dropped_one;
ALTER TABLE shop.customers ALTER COLUMN note SET STORAGE EXTERNAL, ALTER COLUMN note SET STATISTICS 500,
    ALTER COLUMN kind SET (n_distinct = 4);
ALTER TABLE shop.customers OWNER TO everything_owner;
GRANT SELECT ON shop.customers TO "Reader ünï";
GRANT SELECT (note), UPDATE (name, note) ON shop.customers TO "Reader ünï";
COMMENT ON TABLE shop.customers IS E'first line\nsecond "line"';
COMMENT ON COLUMN shop.customers.name IS 'as on the invoice';
CREATE INDEX customers_name_trgm ON shop.customers USING gin (note gin_trgm_ops);
CREATE INDEX customers_lower ON shop.customers (lower(kind) DESC NULLS LAST) INCLUDE (id) WHERE kind IN ('a', 'b');
ALTER INDEX shop.customers_lower ALTER COLUMN 1 SET STATISTICS 300;
COMMENT ON INDEX shop.customers_lower IS 'for the search box';
CREATE STATISTICS shop.customer_stats (dependencies, ndistinct) ON kind, doubled FROM shop.customers;
CREATE TRIGGER touch BEFORE INSERT OR UPDATE OF note ON shop.customers
    FOR EACH ROW WHEN (NEW.kind IN ('a', 'b')) EXECUTE FUNCTION shop.touch();
ALTER TABLE shop.customers DISABLE TRIGGER touch;
COMMENT ON TRIGGER touch ON shop.customers IS 'off since 2019';
INSERT INTO shop.customers (name, mail, state, kind, home, tags, extra, discount, note) VALUES
    ('Ann', 'ann@example.org', 'new', 'a', ROW('Main St 1', '123', ARRAY[point(1, 2)]), ARRAY['x', 'NULL', NULL], 'a=>1', 5, 'one'),
    ('ann', 'ANN2@example.org', 'paid', 'b', NULL, '{}', NULL, 7.5, 'two'),
    ('Bob', NULL, 'it''s odd', 'c''d', ROW(NULL, NULL, NULL), NULL, 'b=>NULL', 100, NULL);

CREATE TABLE shop.bookings (
    room integer,
    during tstzrange,
    spans datemultirange,
    EXCLUDE USING gist (room WITH =, during WITH &&)
);
INSERT INTO shop.bookings VALUES
    (1, '[2024-01-01 00:00+00,2024-01-02 00:00+00)', '{[2024-01-01,2024-01-03)}'), (2, 'empty', '{}'), (NULL, NULL, NULL);

CREATE TABLE public.odd_types (
    id bigint PRIMARY KEY,
    f4 real, f8 double precision, n numeric, c char(5), open bpchar, j json, jb jsonb, x xml, p point, b bit(4), vb varbit,
    m money, ts tsvector, q tsquery, i interval, t timestamp, tz timestamptz, ti time, tiz timetz, d date, by bytea, u uuid,
    net inet, mac macaddr, ch "char", nm name, o oid, cls regclass, fr shop.float_range, es shop.status[], lsn pg_lsn
);
INSERT INTO public.odd_types (id, f4, f8, n, c, open, j, jb, x, p, b, vb, m, ts, q, i, t, tz, ti, tiz, d, by, u) VALUES
    (1, 'NaN', '-infinity', 'NaN', 'ab', 'ab ', '{"a": 1,  "a":2}', '{"b": [1, null]}', '<a>1</a>', '(1,2)', B'1010', B'1',
     12.34, 'a:1 fat:2', 'a & b', '1 year 2 mons 3 days 04:05:06.789', 'infinity', '2024-02-29 12:00+05:45', '24:00',
     '12:00+05:45', '-infinity', '\x00ff', '00000000-0000-0000-0000-000000000001'),
    (2, '-0', 1e-300, 1.10, NULL, NULL, 'null', 'null', NULL, NULL, NULL, NULL, -1, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     'infinity', '', NULL),
    (4294967296, 0.1, 0.1, 1.1, '', '', '[]', '{}', NULL, '(0,-0)', B'0000', B'', 0, '', NULL, '0', 'epoch', '-infinity',
     '00:00', '00:00Z', '4713-01-01 BC', '\x', NULL);
UPDATE public.odd_types SET cls = 'shop.customers', es = ARRAY['paid', NULL]::shop.status[], fr = '[1.5,2.5)', ch = 'x', lsn = '0/1' WHERE id = 1;
CREATE TABLE public.nothing ();
INSERT INTO public.nothing DEFAULT VALUES;
INSERT INTO public.nothing DEFAULT VALUES;
CREATE UNLOGGED TABLE public.cache (k text PRIMARY KEY, v text);
INSERT INTO public.cache VALUES ('a', '1'), ('b', '2');
CREATE TABLE public.duplicates (a integer, b text);
INSERT INTO public.duplicates VALUES (1, 'x'), (1, 'x'), (2, 'y'), (NULL, NULL), (3, 'it''s a "secret" word');

-- names
CREATE TABLE "Übung a""b"."new
line ""q""" ("-rf" integer PRIMARY KEY, "select" text DEFAULT 'x', "a.b" integer, "日本" text);
INSERT INTO "Übung a""b"."new
line ""q""" VALUES (1, E'tab\tnewline\n\\.', 2, '日本語'), (2, NULL, NULL, '');
CREATE TABLE "-rf"."--; DROP TABLE x" ("%s" text CHECK ("%s" <> E'\\'), "$1" integer REFERENCES "Übung a""b"."new
line ""q""" ("-rf") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "-rf"."--; DROP TABLE x" VALUES ('%', 1), (NULL, NULL);
CREATE FUNCTION "-rf"."f""("("A b" integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- partitions
CREATE TABLE shop.orders (
    id bigserial,
    customer integer NOT NULL REFERENCES shop.customers ON DELETE CASCADE,
    placed date NOT NULL,
    region text NOT NULL DEFAULT 'eu',
    amount numeric(12, 2) CHECK (amount >= 0),
    note text DEFAULT 'none',
    PRIMARY KEY (id, placed, region)
) PARTITION BY RANGE (placed);
CREATE TABLE shop.orders_2023 PARTITION OF shop.orders FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE shop.orders_2024 PARTITION OF shop.orders (CHECK (amount < 1000000))
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (region);
CREATE TABLE shop.orders_2024_eu PARTITION OF shop.orders_2024 FOR VALUES IN ('eu', 'uk');
CREATE TABLE shop.orders_2024_rest PARTITION OF shop.orders_2024 DEFAULT;
CREATE TABLE shop.attached (note text, amount numeric(12, 2) CONSTRAINT orders_amount_check CHECK (amount >= 0), gone text, region text NOT NULL DEFAULT 'us',
    placed date NOT NULL, customer integer NOT NULL, id bigint NOT NULL);
ALTER TABLE shop.attached DROP COLUMN gone;
ALTER TABLE shop.orders ATTACH PARTITION shop.attached DEFAULT;
CREATE INDEX orders_customer ON shop.orders (customer);
CREATE TRIGGER touch_order BEFORE INSERT ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touch();
ALTER TABLE shop.orders_2023 DISABLE TRIGGER touch_order;
INSERT INTO shop.orders (customer, placed, region, amount)
    SELECT 100 + 5 * (i % 3), date '2022-12-01' + 3 * i, (ARRAY['eu', 'us', 'uk'])[1 + i % 3], i FROM generate_series(1, 300) i;
CREATE TABLE shop.order_lines (
    order_id bigint, placed date, region text, line integer, what text,
    PRIMARY KEY (order_id, placed, line),
    CONSTRAINT line_of_order FOREIGN KEY (order_id, placed, region) REFERENCES shop.orders ON UPDATE CASCADE
) PARTITION BY HASH (order_id);
CREATE TABLE shop.order_lines_0 PARTITION OF shop.order_lines FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shop.order_lines_1 PARTITION OF shop.order_lines FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO shop.order_lines SELECT id, placed, region, 1, 'thing ' || id FROM shop.orders;

-- inheritance; the child was there before the parent grew
CREATE TABLE public.parent (id integer PRIMARY KEY, label text CHECK (label <> '') NOT NULL);
CREATE TABLE public.child (own date, extra varchar(5) DEFAULT 'q') INHERITS (public.parent);
ALTER TABLE public.parent ADD COLUMN late integer DEFAULT 7;
ALTER TABLE public.child ALTER COLUMN late SET DEFAULT 8;
INSERT INTO public.parent VALUES (1, 'p', 1);
INSERT INTO public.child (id, label, own, late) VALUES (2, 'c', '2024-01-01', 2);

-- views and what hangs on them
CREATE VIEW shop.good_customers WITH (security_barrier = true) AS
    SELECT c.id, c.name, count(o.*) AS orders, array_agg(DISTINCT o.region) FILTER (WHERE o.amount > 1) AS regions
    FROM shop.customers c LEFT JOIN shop.orders o ON o.customer = c.id
    WHERE c.kind IN ('a', 'b') AND c.state <> 'it''s odd'
    GROUP BY c.id, c.name HAVING count(*) > 0;
CREATE VIEW shop.best_customers AS
    WITH ranked AS (SELECT *, rank() OVER (ORDER BY orders DESC) AS place FROM shop.good_customers)
    SELECT * FROM ranked WHERE place < 10;
CREATE MATERIALIZED VIEW shop.per_month AS
    SELECT date_trunc('month', placed)::date AS month, sum(amount) AS amount FROM shop.orders GROUP BY 1;
CREATE UNIQUE INDEX per_month_month ON shop.per_month (month);
CREATE MATERIALIZED VIEW shop.empty_view AS SELECT 1 AS one WITH NO DATA;
CREATE VIEW public.writable AS SELECT a, b FROM public.duplicates WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE RULE no_delete AS ON DELETE TO public.writable DO INSTEAD NOTHING;
COMMENT ON RULE no_delete ON public.writable IS 'kept for ever';
ALTER VIEW public.writable ALTER COLUMN b SET DEFAULT 'by view';
CREATE FUNCTION shop.names_it() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM shop.orders); END';
CREATE FUNCTION shop.unrelated() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN ''orders_2023 reorders''; END';
CREATE FUNCTION shop.bound_to_it() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM shop.orders; END;

-- row level security
ALTER TABLE shop.bookings ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.bookings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_room ON shop.bookings AS RESTRICTIVE FOR SELECT TO "Reader ünï", everything_owner USING (room IN (1, 2));
CREATE POLICY anyone ON shop.bookings WITH CHECK (room > 0);

-- sequences
CREATE SEQUENCE public.countdown AS smallint INCREMENT BY -1 MINVALUE -5 MAXVALUE 5 START 5 CYCLE CACHE 3;
SELECT nextval('public.countdown');
CREATE SEQUENCE public.untouched START 7;
SELECT setval('public.untouched', 42, false);

-- search, replication, foreign data, events
CREATE TEXT SEARCH DICTIONARY shop.plain (TEMPLATE = pg_catalog.simple, STOPWORDS = 'english');
CREATE TEXT SEARCH CONFIGURATION shop.words (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION shop.words ALTER MAPPING FOR asciiword WITH shop.plain, pg_catalog.english_stem;
CREATE PUBLICATION some_tables FOR TABLE shop.customers (id, note) WHERE (id > 3), public.duplicates WITH (publish = 'insert');
CREATE PUBLICATION whole_schema FOR TABLES IN SCHEMA public WITH (publish = 'insert');
CREATE SERVER elsewhere TYPE 'x' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', dbname 'nowhere');
CREATE USER MAPPING FOR everything_owner SERVER elsewhere OPTIONS (user 'u', password 'marked-secret');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE public.remote (id integer OPTIONS (column_name 'ID') NOT NULL, v text) SERVER elsewhere
    OPTIONS (schema_name 'a', table_name 'b');
CREATE FOREIGN TABLE public.passwd (line text) SERVER files OPTIONS (filename '/nonexistent', format 'text');
CREATE FUNCTION public.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('DROP TABLE', 'CREATE TABLE') EXECUTE FUNCTION public.on_ddl();
ALTER DEFAULT PRIVILEGES FOR ROLE everything_owner IN SCHEMA shop GRANT SELECT ON TABLES TO "Reader ünï";
ALTER DEFAULT PRIVILEGES FOR ROLE everything_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO "Reader ünï";
REVOKE EXECUTE ON FUNCTION public.similarity(text, text) FROM PUBLIC;
ALTER TABLE shop.customers REPLICA IDENTITY FULL;
ALTER TABLE public.duplicates SET (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);

-- large objects: text, binary with a hole, empty
SELECT lo_from_bytea(70001, 'hello');
SELECT lo_from_bytea(70002, '\x00ff'), lo_put(70002, 10000, '\x01');
SELECT lo_create(70003);
COMMENT ON LARGE OBJECT 70001 IS 'greeting';
GRANT SELECT ON LARGE OBJECT 70001 TO "Reader ünï";

REFRESH MATERIALIZED VIEW shop.per_month;

-- BETWEEN makes an AND in an AND, which comes back from a dump as one.
CREATE TABLE nested_booleans (
    low int, high int, CHECK (low BETWEEN 0 AND high AND high > 0), CHECK (low NOT BETWEEN 5 AND 6 OR high = 7)
);
CREATE INDEX ON nested_booleans (low) WHERE low BETWEEN 1 AND 2 AND high > 1;
CREATE VIEW nested_booleans_view AS SELECT FROM nested_booleans WHERE low BETWEEN 1 AND 2 AND high BETWEEN 1 AND 2;
CREATE POLICY nested ON nested_booleans USING (low BETWEEN 1 AND 2 AND high > 1);
