"""Logs in as Django does, with a password from the standard input, and says what came of it."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "school.settings"
django.setup()

from django.contrib.auth import authenticate  # noqa: E402
from django.contrib.auth.hashers import check_password, identify_hasher  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402

username, secret = sys.argv[1], sys.stdin.read()
stored = User.objects.get(username=username).password
user = authenticate(username=username, password=secret)
print("check_password", check_password(secret, stored), check_password(secret + "x", stored))
print("must_update", identify_hasher(stored).must_update(stored))
print("authenticate", user, authenticate(username=username, password=secret + "x"))
print("superuser", user.is_superuser, user.is_staff, user.email, user.has_perm("members.delete_member"))
assistant = User.objects.create_user("assistant")
assistant.groups.add(Group.objects.get(name="OFFICE_ASSISTANT"))
print("assistant", *sorted(assistant.get_all_permissions()))
