"""Makes members through the ORM, as the portal did before anybody thought of renaming them."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "school.settings"
django.setup()

from django.contrib.auth.models import Group, Permission, User  # noqa: E402
from members.models import Member, Program  # noqa: E402
from services.models import Application  # noqa: E402

programs = [Program.objects.create(name=name) for name in ("Arabic", "Fiqh", "Qur'an")]
mentor = None
for number in range(1, 201):
    member = Member.objects.create(last_name=f"Amir {number} ñ'\"", status="approved", mentor=mentor)
    member.programs.set(programs[: number % 3 + 1])
    Application.objects.create(member=member, purpose=f"books {number}")
    if number % 20 == 0:
        mentor = member

clerks = Group.objects.create(name="clerks")
clerks.permissions.set(Permission.objects.filter(content_type__app_label="members", content_type__model="member"))
User.objects.create_user("clerk", password="clerk's own").groups.add(clerks)
