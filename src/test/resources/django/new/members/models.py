from django.db import models


class Program(models.Model):
    name = models.CharField(max_length=100, unique=True)


class Student(models.Model):
    last_name = models.CharField(max_length=100)
    status = models.CharField(max_length=20, db_index=True)
    mentor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    programs = models.ManyToManyField(Program)
