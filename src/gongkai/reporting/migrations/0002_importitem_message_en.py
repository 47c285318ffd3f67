from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="importitem",
            name="message_en",
            field=models.TextField(blank=True),
        ),
    ]
