"""Writes through the ORM with the model that the code has, and says what the portal can do now."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "school.settings"
django.setup()

from django.apps import apps  # noqa: E402
from members.models import Program  # noqa: E402
from services.models import Application  # noqa: E402

Person = apps.get_model("members", sys.argv[1])
person = Person.objects.create(last_name=sys.argv[2], status="incomplete", mentor=Person.objects.get(pk=20))
person.programs.add(Program.objects.get(name="Fiqh"))
Application.objects.create(member=person, purpose="a late one")
Person.objects.filter(pk=3).update(last_name=sys.argv[2] + " once Amir 3")
