DROP TABLE academics_course, academics_term, academics_program;
