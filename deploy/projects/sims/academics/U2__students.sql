DROP TABLE academics_student;
