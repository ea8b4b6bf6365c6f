from django.db import models


class Application(models.Model):
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE)
    purpose = models.CharField(max_length=100)
