-- What the new modules share: a schema for the tables that they replace, and what Django does after each migration.


-- Old tables keep their names in here, with all that belongs to them, out of the way of new tables of the same name.
CREATE SCHEMA legacy;

COMMENT ON SCHEMA legacy IS 'Old tables whose names new ones have taken, until the legacy modules go.';

-- Django makes content types and permissions in a signal after `migrate`. Here the scripts do it, so that the groups'
-- permissions can be given before the first pod of the new release has started. What is there already stays as it is.
CREATE FUNCTION django_register_models(app varchar, VARIADIC models varchar[]) RETURNS void
    LANGUAGE sql
AS $$
    INSERT INTO django_content_type (app_label, model)
    SELECT app, model FROM unnest(models) AS model
    ON CONFLICT (app_label, model) DO NOTHING;

    INSERT INTO auth_permission (name, content_type_id, codename)
    SELECT 'Can ' || action || ' ' || model, type.id, action || '_' || model
    FROM unnest(models) WITH ORDINALITY AS listed (model, place)
    JOIN django_content_type type USING (model)
    CROSS JOIN unnest(ARRAY['add', 'change', 'delete', 'view']) AS action
    WHERE type.app_label = app
    ORDER BY place, action
    ON CONFLICT (content_type_id, codename) DO NOTHING;
$$;

-- The other direction. Permissions that a group or an account was given go with it, as `remove_stale_contenttypes` does it.
CREATE FUNCTION django_forget_models(app varchar, VARIADIC models varchar[]) RETURNS void
    LANGUAGE sql
AS $$
    DELETE FROM auth_group_permissions
    USING auth_permission permission
    JOIN django_content_type type ON type.id = permission.content_type_id
    WHERE permission_id = permission.id AND type.app_label = app AND type.model = ANY (models);

    DELETE FROM auth_user_user_permissions
    USING auth_permission permission
    JOIN django_content_type type ON type.id = permission.content_type_id
    WHERE permission_id = permission.id AND type.app_label = app AND type.model = ANY (models);

    DELETE FROM auth_permission
    USING django_content_type type
    WHERE type.id = content_type_id AND type.app_label = app AND type.model = ANY (models);

    DELETE FROM django_content_type WHERE app_label = app AND model = ANY (models);
$$;

-- The history of an app is reset: Django forgets its old migrations, and takes the new first one for applied. The old rows
-- stay, under a name that is no app's, so that the way back can give them back.
CREATE FUNCTION django_reset_history(reset varchar) RETURNS void
    LANGUAGE sql
AS $$
    UPDATE django_migrations SET app = 'legacy.' || app WHERE app = reset;
    INSERT INTO django_migrations (app, name, applied) VALUES (reset, '0001_initial', now());
$$;

CREATE FUNCTION django_restore_history(reset varchar) RETURNS void
    LANGUAGE sql
AS $$
    DELETE FROM django_migrations WHERE app = reset;
    UPDATE django_migrations SET app = reset WHERE app = 'legacy.' || reset;
$$;
