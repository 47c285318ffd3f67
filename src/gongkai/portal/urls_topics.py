"""The addresses of topic columns: Wagtail finds the page by its path."""

from django.urls import re_path
from wagtail.urls import serve_pattern

from gongkai.portal.views.columns import column

urlpatterns = [re_path(serve_pattern, column, name="wagtail_serve")]
