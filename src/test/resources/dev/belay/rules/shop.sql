-- What the examples of the rules run on.
CREATE SCHEMA shop;
CREATE SCHEMA shop_old;
CREATE TABLE shop_old.orders (id bigint PRIMARY KEY);

CREATE TABLE shop.customers (id bigint PRIMARY KEY, email text, name text);
INSERT INTO shop.customers SELECT i, 'c' || i || '@example.org', 'Customer ' || i FROM generate_series(1, 500) i;

CREATE TABLE shop.orders (
    id bigint PRIMARY KEY,
    customer bigint NOT NULL REFERENCES shop.customers,
    status text NOT NULL,
    amount numeric(10, 2) NOT NULL,
    quantity int NOT NULL,
    code varchar(20),
    note text,
    placed_at timestamptz NOT NULL
);
INSERT INTO shop.orders
SELECT i, 1 + i % 500, 'new', i % 100, i % 7, 'C' || i, 'note ' || i, now() - i * interval '1 minute'
FROM generate_series(1, 5000) i;
CREATE INDEX orders_customer ON shop.orders (customer);
CREATE INDEX orders_note ON shop.orders (note);

CREATE TABLE shop.returns (id bigint PRIMARY KEY, order_id bigint);
INSERT INTO shop.returns SELECT i, i * 10 FROM generate_series(1, 200) i;
CREATE INDEX returns_order ON shop.returns (order_id);

CREATE DOMAIN shop.euro AS numeric(10, 2);
CREATE TABLE shop.prices (id bigint PRIMARY KEY, sku text, amount shop.euro);
INSERT INTO shop.prices SELECT i, 'S' || i, i FROM generate_series(1, 300) i;
ALTER TABLE shop.prices ADD CONSTRAINT has_sku CHECK (sku IS NOT NULL) NOT VALID;
ALTER TABLE shop.prices ADD CONSTRAINT has_amount CHECK (amount IS NOT NULL) NOT VALID;

CREATE TABLE shop.legacy (id bigint, name text);
INSERT INTO shop.legacy SELECT i, 'old ' || i FROM generate_series(1, 100) i;
CREATE UNIQUE INDEX legacy_id ON shop.legacy (id);

CREATE TABLE shop.empty (id bigint PRIMARY KEY);

CREATE TABLE shop.bookings (id bigint PRIMARY KEY, during tsrange);
INSERT INTO shop.bookings
SELECT i, tsrange('2026-01-01'::timestamp + i * interval '1 day', '2026-01-02'::timestamp + i * interval '1 day')
FROM generate_series(1, 100) i;

CREATE TABLE shop.events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE shop.events_2025 PARTITION OF shop.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE shop.events_2026 PARTITION OF shop.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO shop.events SELECT i, '2025-01-01'::date + i FROM generate_series(1, 700) i;
CREATE TABLE shop.events_2024 (id bigint, at date NOT NULL);
INSERT INTO shop.events_2024 SELECT i, '2024-01-01'::date + i FROM generate_series(1, 300) i;

CREATE VIEW shop.open_orders AS SELECT id, status FROM shop.orders WHERE status = 'new';
CREATE MATERIALIZED VIEW shop.daily AS SELECT placed_at::date AS day, count(*) AS orders FROM shop.orders GROUP BY 1;
CREATE UNIQUE INDEX daily_day ON shop.daily (day);
CREATE TYPE shop.colour AS ENUM ('red', 'green');
