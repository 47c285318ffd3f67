"""Invitations to read end: with the opinion, with the release, or when they are called off."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def end_old(apps, schema_editor):
    """Ends the invitations to read what is no draft any more."""
    over = ("published", "withdrawn", "withheld", "discarded")
    invitations = apps.get_model("publishing", "Invitation").objects.filter(publication__state__in=over)
    invitations.filter(publication__step="").update(ended_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0009_first_theme"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="invitation",
            name="invited_once",
        ),
        migrations.AddField(
            model_name="invitation",
            name="due_on",
            field=models.DateField(null=True, verbose_name="期限"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="invitation",
            name="revision",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wagtailcore.revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("opinion_at__isnull", True)),
                fields=("publication", "person"),
                name="invited_once",
            ),
        ),
        migrations.RunPython(end_old, migrations.RunPython.noop),
    ]
