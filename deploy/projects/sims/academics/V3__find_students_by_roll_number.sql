-- Made unique first, and taken back to a plain index when two campuses turned out to count alike.

CREATE INDEX academics_student_roll_number_0c91e899 ON academics_student (roll_number);
CREATE INDEX academics_student_roll_number_0c91e899_like
    ON academics_student (roll_number varchar_pattern_ops);
ALTER TABLE academics_term ADD COLUMN grading_closes_on date;

INSERT INTO django_migrations (app, name, applied)
VALUES ('academics', '0003_student_roll_number_unique', '2020-02-03 21:00:00+05'),
       ('academics', '0004_student_roll_number_not_unique', '2020-02-04 07:10:00+05'),
       ('academics', '0005_term_grading_closes_on', '2021-05-30 20:00:00+05');
