"""Settings of the tests: database and files in a temporary folder, background work done at once."""

import tempfile
from pathlib import Path

from gongkai.settings.base import *
from gongkai.settings.env import database, env

SECRET_KEY = "test-only"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
_folder = tempfile.TemporaryDirectory(prefix="gongkai-test-", ignore_cleanup_errors=True)  # removed at exit
DATA = Path(_folder.name)
MEDIA_ROOT = DATA / "media"
STATIC_ROOT = DATA / "static"
SEARCH_FOLDER = DATA / "search"
STORAGES = STORAGES | {
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "base_url": None},
    }
}
if not env.text("DATABASE_URL"):
    # A file, not memory: threads of the tests then lock as they do in production.
    DATABASES = {"default": database("", DATA) | {"TEST": {"NAME": DATA / "test.sqlite3"}}}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING["root"]["level"] = "ERROR"
