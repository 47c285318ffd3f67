"""The demo city on one's own machine: no configuration, a known key, this machine only."""

from gongkai.settings.base import *
from gongkai.settings.env import DEMO_SECRET_KEY

GONGKAI_DEMO = True
WAGTAIL_SITE_NAME = "云州市政务公开"
SECRET_KEY = SECRET_KEY or DEMO_SECRET_KEY
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
# Static files straight from the packages: nothing to collect before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
LOGGING["root"]["level"] = "WARNING"

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
