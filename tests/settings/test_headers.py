"""Every page says what a browser may do with it, and speaks Chinese unless asked otherwise."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def policy(response: object) -> dict[str, str]:
    header = response.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
    return {d.split(" ")[0]: d.partition(" ")[2] for d in header.split("; ")}


def test_public_pages_allow_no_inline_script(client: Client) -> None:
    response = client.get("/")
    rules = policy(response)
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert rules["default-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_the_admin_loads_scripts_from_here_only(client: Client) -> None:
    rules = policy(client.get("/admin/login/"))
    assert rules["script-src"] == "'self' 'unsafe-inline'"
    assert rules["object-src"] == "'none'"


@pytest.mark.parametrize(
    ("cookie", "language"), [(None, "zh-hans"), ("en", "en"), ("xx", "zh-hans"), ("fr", "zh-hans")]
)
def test_chinese_unless_chosen_whatever_the_device_says(client: Client, cookie: str | None, language: str) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get("/", headers={"accept-language": "en-US,en;q=0.9"})
    assert response.headers["Content-Language"] == language
