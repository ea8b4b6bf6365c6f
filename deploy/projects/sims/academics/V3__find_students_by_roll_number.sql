-- Made unique first, and taken back to a plain index when two campuses turned out to count alike.

CREATE INDEX academics_student_roll_number_0c91e899 ON academics_student (roll_number);
CREATE INDEX academics_student_roll_number_0c91e899_like
    ON academics_student (roll_number varchar_pattern_ops);
ALTER TABLE academics_term ADD COLUMN grading_closes_on date;
