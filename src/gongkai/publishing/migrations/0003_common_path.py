"""The path that holds where an agency set none: head of unit, confidentiality review, coordination, sign-off."""

from django.db import migrations

STEPS = (("unithead", "科室审核", 2), ("confidentiality", "保密审查", 3), ("coordination", "发布协调", 5), ("signoff", "签发", 2))
NAME = "标准发布流程"


def make(apps, schema_editor):
    content_types = apps.get_model("contenttypes", "ContentType")
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=NAME, active=True)
    for order, (step, name, days) in enumerate(STEPS):
        content_type, _ = content_types.objects.get_or_create(app_label="publishing", model=f"{step}task")
        task = apps.get_model("publishing", f"{step}task").objects.create(
            name=name, content_type=content_type, active=True, days=days
        )
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=order
        )
    apps.get_model("publishing", "AgencyPath").objects.create(agency=None, kind="", workflow=workflow)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_removed"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
