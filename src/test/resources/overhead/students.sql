CREATE TABLE school (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO school SELECT i, 'school ' || i FROM generate_series(1, 200) i;
CREATE TABLE course (id int PRIMARY KEY, title text NOT NULL);
INSERT INTO course SELECT i, 'course ' || i FROM generate_series(1, 500) i;
CREATE TABLE student (
    id int PRIMARY KEY, school_id int NOT NULL REFERENCES school, name text NOT NULL, email text NOT NULL UNIQUE,
    status text NOT NULL, born date, created_at timestamptz NOT NULL);
INSERT INTO student
SELECT i, 1 + i % 200, 'student ' || i, 'student' || i || '@example.org',
    (ARRAY ['approved', 'applied', 'left', 'paused'])[1 + i % 4], date '1990-01-01' + i % 9000, '2020-01-01Z'
FROM generate_series(1, 1000000) i;
CREATE INDEX ON student (school_id);
CREATE TABLE enrolment (
    id int PRIMARY KEY, student_id int NOT NULL REFERENCES student, course_id int NOT NULL REFERENCES course,
    points int, note text);
INSERT INTO enrolment SELECT i, i * 3, 1 + i % 500, i % 100, 'note ' || i FROM generate_series(1, 300000) i;
CREATE INDEX ON enrolment (student_id);
CREATE TABLE fee (
    id int PRIMARY KEY, student_id int NOT NULL REFERENCES student, cents int NOT NULL, due date NOT NULL,
    paid boolean NOT NULL);
INSERT INTO fee SELECT i, i * 5, 100 + i % 900, date '2020-01-01' + i % 1000, i % 3 = 0 FROM generate_series(1, 200000) i;
CREATE INDEX ON fee (student_id);
CREATE TABLE consent (student_id int NOT NULL, given_at timestamptz NOT NULL);
INSERT INTO consent SELECT i * 10, '2021-01-01Z' FROM generate_series(1, 100000) i;
CREATE TABLE import (line int, content text);
INSERT INTO import SELECT i, 'line ' || i FROM generate_series(1, 1000) i;
