"""Puts the root of topic columns where Wagtail's welcome page stands, and makes it the root of the site."""

from django.db import migrations

WELCOME = "00010001"


def make_root(apps, schema_editor):
    """Replaces the welcome page; where an office has made pages already, everything stays as it is."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    ColumnIndexPage = apps.get_model("publishing", "ColumnIndexPage")
    if ColumnIndexPage.objects.exists():
        return
    welcome = Page.objects.filter(path=WELCOME, depth=2).first()
    if welcome is None or Page.objects.filter(path__startswith=WELCOME).count() > 1:
        return
    kind, _ = ContentType.objects.get_or_create(app_label="publishing", model="columnindexpage")
    Page.objects.filter(pk=welcome.pk).update(slug="welcome-old", path="0001ZZZZ")
    root = ColumnIndexPage.objects.create(
        title="专题专栏",
        draft_title="专题专栏",
        slug="topics",
        content_type=kind,
        path=WELCOME,
        depth=2,
        numchild=0,
        url_path="/topics/",
        live=True,
        locale=Locale.objects.order_by("pk").first(),
    )
    Site.objects.filter(root_page=welcome).update(root_page=root)
    if not Site.objects.exists():
        Site.objects.create(hostname="localhost", port=80, root_page=root, is_default_site=True)
    Page.objects.filter(pk=welcome.pk).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0003_common_path"),
        ("wagtailcore", "0094_alter_page_locale"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_root, migrations.RunPython.noop)]
