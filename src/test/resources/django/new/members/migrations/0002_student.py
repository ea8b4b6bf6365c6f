from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0001_initial"),
        ("services", "0001_initial"),
    ]

    operations = [
        migrations.RenameModel("Member", "Student"),
    ]
