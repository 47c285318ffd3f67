"""Starts Django for the commands that work on the platform's database; the others stay quick without it."""

from __future__ import annotations

import os


def start_django() -> None:
    """Sets Django up with the settings that the environment names, the demo's where it names none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.demo")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
