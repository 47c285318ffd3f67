"""Every environment variable that the platform reads: its name, its default and what it does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DEMO_SECRET_KEY = "demo-only-not-a-secret-" + "0" * 40
"""The key of the demo; production refuses it."""

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the environment, as the table in `docs/configuration.md` lists it."""

    name: str
    default: str
    about: str


VARIABLES: tuple[Variable, ...] = (
    Variable("DJANGO_SETTINGS_MODULE", "gongkai.settings.demo", "gongkai.settings.production on a server"),
    Variable("GONGKAI_DATA", "var", "folder of everything that must be backed up: database and files"),
    Variable("GONGKAI_SECRET_KEY", "", "at least 40 random characters; signs sessions; required in production"),
    Variable("GONGKAI_HOSTS", "", "host names that are served, separated by commas; required in production"),
    Variable("GONGKAI_URL", "http://127.0.0.1:8000", "address of the site, used in links sent outside"),
    Variable("DATABASE_URL", "", "postgres://user:password@host:5432/name; empty: SQLite in GONGKAI_DATA"),
    Variable("GONGKAI_DEBUG", "0", "1 shows tracebacks to anybody; refused in production"),
    Variable("GONGKAI_UPLOAD_MB", "20", "largest file that may be uploaded, in megabytes"),
    Variable("GONGKAI_UPLOAD_FILES", "200", "most files in one upload"),
    Variable("GONGKAI_SESSION_HOURS", "8", "hours without a click after which a member of staff signs in again"),
    Variable("GONGKAI_SIGN_IN_TRIES", "5", "wrong passwords after which an account waits; 0 never"),
    Variable("GONGKAI_SIGN_IN_MINUTES", "15", "minutes that it waits"),
    Variable("GONGKAI_PROXY", "0", "how many proxies in front set X-Forwarded-Proto and -For, and nobody else can"),
    Variable("GONGKAI_HTTPS", "1", "0 serves production over plain HTTP, inside a closed network only"),
    Variable("GONGKAI_HSTS_SECONDS", "31536000", "how long browsers keep to HTTPS; 0 switches it off"),
    Variable("GONGKAI_FONTS", "var/fonts", "folder with Chinese fonts for PDF, looked into before the system's own"),
    Variable("GONGKAI_SITE_NAME", "", "full name of the site in its header and meta tags"),
    Variable("GONGKAI_SITE_ID", "", "identification code of the site (网站标识码): ten digits, or bm and eight digits"),
    Variable("GONGKAI_SITE_OWNER", "", "body that runs the site (主办单位), in the footer"),
    Variable("GONGKAI_SITE_CONTACT", "", "telephone or address for questions about the site, in the footer"),
    Variable("GONGKAI_ICP", "", "ICP registration of the site (ICP备案号), in the footer"),
    Variable("GONGKAI_POLICE_RECORD", "", "public security registration of the site (公安备案号), in the footer"),
    Variable("GONGKAI_CALL_PRIVATE", "0", "1 lets link checks and webhooks reach addresses of the inner network"),
    Variable("GONGKAI_MAIL_HOST", "", "mail server for messages to staff; empty sends none"),
    Variable("GONGKAI_MAIL_PORT", "25", "port of the mail server"),
    Variable("GONGKAI_MAIL_USER", "", "account at the mail server"),
    Variable("GONGKAI_MAIL_PASSWORD", "", "its password"),
    Variable("GONGKAI_MAIL_TLS", "0", "1 talks to the mail server with STARTTLS"),
    Variable("GONGKAI_MAIL_FROM", "", "address that messages come from"),
    Variable("GONGKAI_LANGUAGE", "", "zh or en: what the command line speaks; empty: by the locale, else Chinese"),
    Variable("GONGKAI_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables of `VARIABLES` with their defaults; any other name is a mistake and raises KeyError."""

    values: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def text(self, name: str) -> str:
        """The value, or the default where it is not set."""
        variable = _BY_NAME[name]
        return self.values.get(variable.name, variable.default).strip()

    def flag(self, name: str) -> bool:
        """Whether it is switched on."""
        value = self.text(name).lower()
        if value in _TRUE:
            return True
        if value in _FALSE:
            return False
        raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")

    def number(self, name: str) -> int:
        """A whole number that is not negative."""
        value = self.text(name)
        if not value.isdecimal():
            raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.")
        return int(value)

    def names(self, name: str) -> list[str]:
        """A list separated by commas."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def folder(self, name: str) -> Path:
        """A folder, absolute."""
        return Path(self.text(name)).expanduser().resolve()


_BY_NAME = {v.name: v for v in VARIABLES}
env = Environment()


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's settings of the database at a URL; SQLite in the data folder where the URL is empty."""
    if not url:
        return _sqlite(data / "gongkai.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}. Write postgres://user:password@host:5432/name, "
            "or leave it empty for SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-32000", "temp_store=MEMORY", "busy_timeout=20000")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening a file, setting it up and registering Django's functions costs as much as making a page.
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # A transaction takes the write lock when it begins: two writers wait for each other, they never fail.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "".join(f"PRAGMA {p};" for p in pragmas),
        },
    }
