"""A server: everything from the environment, and a refusal to start where that would not be safe."""

from django.core.exceptions import ImproperlyConfigured

from gongkai.settings.base import *
from gongkai.settings.env import DEMO_SECRET_KEY, env

if len(SECRET_KEY) < 40 or len(set(SECRET_KEY)) < 10 or SECRET_KEY == DEMO_SECRET_KEY:
    raise ImproperlyConfigured(
        "GONGKAI_SECRET_KEY is missing, too short, or the one of the demo. Make one with "
        "`python -c 'import secrets; print(secrets.token_urlsafe(50))'`, keep it out of the repository, "
        "and set it in the environment."
    )
if DEBUG:
    raise ImproperlyConfigured("GONGKAI_DEBUG is on. It shows the server's memory to anybody: remove it.")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "GONGKAI_HOSTS is empty or holds *. Set it to the site's own host names, for example www.example.gov.cn."
    )

HTTPS = env.flag("GONGKAI_HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.number("GONGKAI_HSTS_SECONDS") if HTTPS else 0
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"{'https' if HTTPS else 'http'}://{host.lstrip('.')}" for host in ALLOWED_HOSTS]

SILENCED_SYSTEM_CHECKS += [
    "security.W003",  # our StaffCsrf is Django's middleware; it passes over pages that hold no form
    "security.W005",  # whether all subdomains speak HTTPS is for the owner of the domain to say,
    "security.W021",  # and so is the browsers' list
    "security.W019",  # Wagtail shows its previews in a frame of the same site
]

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

DATA.mkdir(parents=True, exist_ok=True)
