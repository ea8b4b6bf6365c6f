CREATE INDEX CONCURRENTLY by_status ON student (status);
CREATE INDEX CONCURRENTLY by_born ON student (born);
CREATE INDEX CONCURRENTLY by_name ON student (name);
CREATE INDEX CONCURRENTLY by_due ON fee (due);
CREATE INDEX CONCURRENTLY by_points ON enrolment (points);
CREATE INDEX CONCURRENTLY by_course ON enrolment (course_id);
CREATE INDEX CONCURRENTLY by_consent ON consent (student_id);
DROP INDEX CONCURRENTLY by_due;
