DROP TABLE auth_user_user_permissions, auth_user_groups, auth_user, auth_group_permissions, auth_group, auth_permission,
    django_content_type, django_migrations;
