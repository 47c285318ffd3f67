"""Links of drafts to other sites: tried for real, never inside our own network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import override_settings

from gongkai.files.outside import Forbidden, checked_address
from gongkai.publishing.actions import drafting
from gongkai.publishing.links import check_links
from gongkai.publishing.scanner import find


class Answers(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_HEAD(self) -> None:
        self.asked.append(self.path)
        self.send_response({"/gone": 404, "/busy": 503}.get(self.path, 200))
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Answers.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def draft_with(city: Any, *links: str) -> Any:
    body = "".join(f'<p><a href="{link}">链接</a></p>' for link in links)
    return drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], title="含链接的通知", body=body)


@override_settings(GONGKAI_CALL_PRIVATE=True)
def test_a_link_that_is_gone_is_found_and_a_busy_server_is_not_blamed(city, site):
    draft = draft_with(city, f"{site}/good", f"{site}/gone", f"{site}/busy")
    assert check_links(draft) == 1
    hits = [f.hit for f in find(draft) if f.hit.rule == "broken_link"]
    assert [f"{site}/gone" in h.message for h in hits] == [True]


@override_settings(GONGKAI_CALL_PRIVATE=True)
def test_a_link_that_opened_is_not_tried_again_the_same_day(city, site):
    draft = draft_with(city, f"{site}/good")
    check_links(draft)
    check_links(draft)
    assert Answers.asked == ["/good"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/admin/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "ftp://x.cn/",
        "http:///x",
    ],
)
def test_no_link_reaches_into_our_own_network(address):
    with pytest.raises(Forbidden):
        checked_address(address)


def test_a_guarded_link_is_never_called(city, site):
    check_links(draft_with(city, f"{site}/good"))
    assert Answers.asked == []
