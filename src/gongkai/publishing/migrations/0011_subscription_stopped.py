"""A subscription whose webhook failed for good is stopped as a whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the moment at which pushing stopped."""

    dependencies = [("publishing", "0010_invitations_end")]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="stopped_at",
            field=models.DateTimeField(null=True),
        ),
    ]
