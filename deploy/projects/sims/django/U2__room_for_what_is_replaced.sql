-- Refused by PostgreSQL while a replaced table is still in the schema: no CASCADE.

DROP FUNCTION django_restore_history(varchar);
DROP FUNCTION django_reset_history(varchar);
DROP FUNCTION django_forget_models(varchar, VARIADIC varchar[]);
DROP FUNCTION django_register_models(varchar, VARIADIC varchar[]);
DROP SCHEMA legacy;
