"""The addresses of topic columns: Wagtail finds the page by its path; they are cached like every other public page."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.views import serve

from gongkai.portal.caching import public_page

urlpatterns = [re_path(serve_pattern, public_page()(serve), name="wagtail_serve")]
