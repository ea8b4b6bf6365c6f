DELETE FROM django_migrations WHERE app = 'core';
SELECT django_forget_models('core', 'profile', 'facultyprofile');
DROP TABLE core_facultyprofile, core_profile;
