"""What every installation shares; demo, test and production each add a few lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from gongkai.settings.env import database, env

PACKAGE = Path(__file__).resolve().parents[1]
DATA = env.folder("GONGKAI_DATA")

SECRET_KEY = env.text("GONGKAI_SECRET_KEY")
DEBUG = env.flag("GONGKAI_DEBUG")
ALLOWED_HOSTS = env.names("GONGKAI_HOSTS")

INSTALLED_APPS = [
    # faces first, so that their templates win over Wagtail's
    "gongkai.portal",
    "gongkai.desk",
    "gongkai.api",
    "gongkai.reporting",
    "gongkai.publishing",
    "gongkai.office",
    "gongkai.agencies",
    "gongkai.files",
    "gongkai.trail",
    "gongkai.desk.users_app.UsersConfig",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.headers.ContentPolicy",
    "gongkai.headers.QuietSession",
    "gongkai.headers.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "gongkai.headers.StaffCsrf",
    "gongkai.headers.StaffLogin",
    "gongkai.headers.StaffMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gongkai.urls"
WSGI_APPLICATION = "gongkai.wsgi.application"
ASGI_APPLICATION = "gongkai.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "gongkai.portal.context.site",
            ],
        },
    },
]

DATABASES = {"default": database(env.text("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# People
AUTH_USER_MODEL = "agencies.Person"
AUTHENTICATION_BACKENDS = ["gongkai.agencies.backend.PostBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# So often may somebody mistype before they wait; see gongkai.agencies.signing_in.
SIGN_IN_TRIES = env.number("GONGKAI_SIGN_IN_TRIES")
SIGN_IN_WAIT = env.number("GONGKAI_SIGN_IN_MINUTES")
# How many proxies of ours stand in front: what the outermost of them saw is where a request comes from.
PROXIES = env.number("GONGKAI_PROXY")
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
SESSION_COOKIE_AGE = env.number("GONGKAI_SESSION_HOURS") * 3600
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Attachments are handed out by views that check the right to read them, never by address.
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SEARCH_FOLDER = DATA / "search"
UPLOAD_BYTES = env.number("GONGKAI_UPLOAD_MB") * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = env.number("GONGKAI_UPLOAD_FILES")
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Background work
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Links of drafts and the webhooks of subscribers are called on the open internet only, unless this is set.
GONGKAI_CALL_PRIVATE = env.flag("GONGKAI_CALL_PRIVATE")

# Mail to staff
EMAIL_HOST = env.text("GONGKAI_MAIL_HOST")
EMAIL_PORT = env.number("GONGKAI_MAIL_PORT")
EMAIL_HOST_USER = env.text("GONGKAI_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("GONGKAI_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("GONGKAI_MAIL_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("GONGKAI_MAIL_FROM") or "gongkai@localhost"

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# Wagtail
WAGTAIL_SITE_NAME = env.text("GONGKAI_SITE_NAME") or "政务公开"
GONGKAI_DEMO = False
# What a government site must say about itself, in its footer and its meta tags.
GONGKAI_SITE = {
    "id": env.text("GONGKAI_SITE_ID"),
    "owner": env.text("GONGKAI_SITE_OWNER"),
    "contact": env.text("GONGKAI_SITE_CONTACT"),
    "icp": env.text("GONGKAI_ICP"),
    "police": env.text("GONGKAI_POLICE_RECORD"),
}
WAGTAILADMIN_BASE_URL = env.text("GONGKAI_URL").rstrip("/")
WAGTAILADMIN_USER_LOGIN_FORM = "gongkai.desk.accounts.SignInForm"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Mail need not be set up, and closed networks have none: whoever forgot the password asks the administrator.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_WORKFLOW_ENABLED = True
# What was approved is released by our own action, which checks the confidentiality review once more.
WAGTAIL_FINISH_WORKFLOW_ACTION = "gongkai.publishing.finishing.finish_path"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# SQLite has no unique constraint over an empty agency; the action that sets a path changes the one that is there.
SILENCED_SYSTEM_CHECKS = ["models.W047"]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("GONGKAI_LOG_LEVEL").upper()},
    # What these say below a warning is about themselves.
    "loggers": {name: {"level": "WARNING"} for name in ("django_tasks", "django_tasks_db", "pikepdf")},
}
