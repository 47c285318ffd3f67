"""The demo city on one's own machine: no configuration, a known key, this machine only."""

from gongkai.settings.base import *
from gongkai.settings.env import DEMO_SECRET_KEY, env

GONGKAI_DEMO = True
WAGTAIL_SITE_NAME = env.text("GONGKAI_SITE_NAME") or "云州市政务公开"
_DEMO_SITE = {
    "id": "9901000001",
    "owner": "云州市人民政府办公室",
    "contact": "0990-5550100",
    "icp": "云ICP备00000000号-1（演示）",
    "police": "云公网安备00000000000000号（演示）",
}
GONGKAI_SITE = {name: value or _DEMO_SITE[name] for name, value in GONGKAI_SITE.items()}
SECRET_KEY = SECRET_KEY or DEMO_SECRET_KEY
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
# Static files straight from the packages: nothing to collect before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
LOGGING["root"]["level"] = "WARNING"

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
