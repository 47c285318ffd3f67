"""Settings of the tests: a database in memory, files in a temporary folder, background work done at once."""

import tempfile
from pathlib import Path

from gongkai.settings.base import *
from gongkai.settings.env import database, env

SECRET_KEY = "test-only"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATA = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
MEDIA_ROOT = DATA / "media"
STATIC_ROOT = DATA / "static"
STORAGES = STORAGES | {
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "base_url": None},
    }
}
if not env.text("DATABASE_URL"):
    DATABASES = {"default": database("", DATA)}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING["root"]["level"] = "ERROR"
