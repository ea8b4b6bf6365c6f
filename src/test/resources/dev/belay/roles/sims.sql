CREATE TABLE auth_group (id serial PRIMARY KEY, name varchar(150) NOT NULL UNIQUE);
CREATE TABLE django_content_type (
    id serial PRIMARY KEY, app_label varchar(100) NOT NULL, model varchar(100) NOT NULL, UNIQUE (app_label, model));
CREATE TABLE auth_permission (
    id serial PRIMARY KEY, name varchar(255) NOT NULL, content_type_id int NOT NULL REFERENCES django_content_type,
    codename varchar(100) NOT NULL, UNIQUE (content_type_id, codename));
CREATE TABLE auth_group_permissions (
    id bigserial PRIMARY KEY, group_id int NOT NULL REFERENCES auth_group,
    permission_id int NOT NULL REFERENCES auth_permission, UNIQUE (group_id, permission_id));
CREATE TABLE auth_user (
    id serial PRIMARY KEY, password varchar(128) NOT NULL, last_login timestamptz, is_superuser boolean NOT NULL,
    username varchar(150) NOT NULL UNIQUE, first_name varchar(150) NOT NULL, last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL, is_staff boolean NOT NULL, is_active boolean NOT NULL, date_joined timestamptz NOT NULL);

INSERT INTO django_content_type (app_label, model) VALUES ('results', 'resultheader'), ('finance', 'voucher');
INSERT INTO auth_permission (name, content_type_id, codename)
    VALUES ('Can view result header', 1, 'view_resultheader'), ('Can change result header', 1, 'change_resultheader');

CREATE TABLE students_student (id serial PRIMARY KEY, name text NOT NULL, room text NOT NULL DEFAULT 'A');
CREATE TABLE results_resultheader (
    id serial PRIMARY KEY, student_id int NOT NULL REFERENCES students_student, status text NOT NULL DEFAULT 'DRAFT');
CREATE TABLE finance_voucher (id serial PRIMARY KEY, amount numeric NOT NULL CHECK (amount > 0));

INSERT INTO students_student (name, room) VALUES ('Amina', 'A'), ('Basil', 'B');
INSERT INTO results_resultheader (student_id) VALUES (1), (2);
INSERT INTO finance_voucher (amount) VALUES (100);
