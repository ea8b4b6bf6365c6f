"""Prints what the portal sees through the ORM, in the words of the model that its code has: Member or Student."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "school.settings"
django.setup()

from django.apps import apps  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from services.models import Application  # noqa: E402

name = sys.argv[1]
Person = apps.get_model("members", name)

for person in Person.objects.order_by("id").prefetch_related("programs"):
    programs = ",".join(sorted(program.name for program in person.programs.all()))
    print(person.pk, person.last_name, person.status, person.mentor_id, programs, sep="|")
for application in Application.objects.order_by("id").select_related("member"):
    print(application.pk, application.purpose, application.member.last_name, sep="|")
print("reverse", Person.objects.filter(application__purpose="books 7").values_list("last_name", flat=True)[0], sep="|")
clerk = User.objects.get(username="clerk")
may = [action for action in ("add", "change", "delete", "view") if clerk.has_perm(f"members.{action}_{name.lower()}")]
print("may", *may, sep="|")
print("content type", ContentType.objects.get_for_model(Person).pk, sep="|")
