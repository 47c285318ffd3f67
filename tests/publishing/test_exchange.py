"""Exchange: subscribers ask with a key or are called by webhook; signed, in order, tried again, never inside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import fromstring

import httpx
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from gongkai.agencies.rights import NotAllowed
from gongkai.files.actions import store
from gongkai.office.models import Notification
from gongkai.publishing.actions import exchange
from gongkai.publishing.models import Change, Delivery, State, Subscription


class Receiver(ThreadingHTTPServer):
    """A subscriber's server: keeps what it was sent and answers as the test says."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"

    @property
    def messages(self):
        return [json.loads(body) for _headers, body in self.got]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.GONGKAI_CALL_PRIVATE = True
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def officer(city):
    return city.people["officer"]


@pytest.fixture
def hook(city, officer, receiver):
    return exchange.subscribe(city["yunzhou"], "市档案馆", by=officer, filters={}, webhook=receiver.address)


def ask(key, **asked):
    return Client().get("/api/changes", asked, headers={"Authorization": f"Bearer {key}"})


def titles(key, **asked):
    return [c["publication"].get("title") for c in ask(key, **asked).json()["changes"]]


# Asking


def test_changes_are_given_in_order_and_go_on_where_the_reader_stopped(city, officer, released):
    issued = exchange.subscribe(city["yunzhou"], "市热线", by=officer, filters={})
    for n in range(5):
        released(city["jiaoyu"], f"通知{n}")
    first = ask(issued.key, limit=2).json()
    assert [c["publication"]["title"] for c in first["changes"]] == ["通知0", "通知1"]
    assert first["more"]
    assert titles(issued.key, after=first["next"]) == ["通知2", "通知3", "通知4"]
    last = ask(issued.key, after=first["next"]).json()
    assert not last["more"]
    assert titles(issued.key, after=last["next"]) == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["预算", "政策", "县里"]),
        ({"kinds": ["budget"]}, ["预算"]),
        ({"categories": ["livelihood"]}, ["政策"]),
        ({"themes": ["T04"]}, ["预算"]),
        ({"kinds": ["budget"], "categories": ["livelihood"]}, []),
    ],
)
def test_filters_let_through_what_was_subscribed_to(city, officer, released, filters, found):
    released(city["caizheng"], "预算", kind="budget", theme="T0401", categories=["budget"])
    released(city["jiaoyu"], "政策", kind="policy", categories=["livelihood"])
    released(city["linxi"], "县里")
    issued = exchange.subscribe(city["yunzhou"], "订阅方", by=officer, filters=filters)
    assert titles(issued.key) == found


def test_a_county_gives_nothing_of_the_city(city, released):
    issued = exchange.subscribe(city["linxi"], "县图书馆", by=city.people["county"], filters={})
    released(city["jiaoyu"], "市里的")
    released(city["shiqiao"], "镇里的")
    assert titles(issued.key) == ["镇里的"]


def test_what_was_withdrawn_is_told_without_its_words(city, officer, released):
    publication = released(city["jiaoyu"], "误发的信息", body="<p>不该发</p>")
    publication.state, publication.withdrawal_reason = State.WITHDRAWN, "内容有误"
    publication.save()
    Change.objects.create(publication=publication, verb=Change.Verb.WITHDRAWN)
    issued = exchange.subscribe(city["yunzhou"], "订阅方", by=officer, filters={})
    response = ask(issued.key)
    assert "不该发" not in response.content.decode()
    assert response.json()["changes"][-1]["publication"]["reason"] == "内容有误"


def test_without_a_valid_key_nothing_is_told(city, officer, released):
    released(city["jiaoyu"], "通知")
    issued = exchange.subscribe(city["yunzhou"], "订阅方", by=officer, filters={})
    assert Client().get("/api/changes").status_code == 401
    assert ask("gk_wrong").status_code == 401
    old = issued.key
    new = exchange.renew(issued.subscription, by=officer).key
    assert ask(old).status_code == 401
    assert ask(new).status_code == 200
    exchange.set_active(issued.subscription, False, by=officer)
    assert ask(new).status_code == 401


def test_keys_are_not_kept(city, officer):
    issued = exchange.subscribe(city["yunzhou"], "订阅方", by=officer, filters={})
    row = Subscription.objects.get()
    assert issued.key not in (row.key_hash, row.secret)
    assert row.key_hash == hashlib.sha256(issued.key.encode()).hexdigest()


@pytest.mark.parametrize("asked", [{"after": -1}, {"after": "x"}, {"limit": 0}, {"limit": 501}, {"after": 10**30}])
def test_questions_that_make_no_sense_are_refused(city, officer, asked):
    issued = exchange.subscribe(city["yunzhou"], "订阅方", by=officer, filters={})
    assert ask(issued.key, **asked).status_code == 422


# The feed


def feed(key="", user="阅读器", **asked):
    basic = base64.b64encode(f"{user}:{key}".encode()).decode()
    return Client().get("/api/changes.atom", asked, headers={"Authorization": f"Basic {basic}"} if key else {})


def entries(response):
    return [e.findtext("{*}title") for e in fromstring(response.content).findall("{*}entry")]


def test_each_subscription_is_followed_as_a_feed_of_what_it_covers(city, officer, released):
    file = store(b"%PDF-1.4 x", "附件<1>.pdf", by=officer, agency=city["yunzhou"], types=("pdf",))
    released(city["caizheng"], "预算<b>\x0b", kind="budget", body="<p>正文&amp;表</p>", summary="概述",
             files=[{"attachment": file.pk, "title": "附件<1>"}])  # fmt: skip
    released(city["jiaoyu"], "不在其中的", kind="notice")
    withdrawn = released(city["caizheng"], "误发的预算", kind="budget", body="<p>不该发</p>")
    withdrawn.state, withdrawn.withdrawal_reason = State.WITHDRAWN, "内容有误"
    withdrawn.save()
    issued = exchange.subscribe(city["yunzhou"], "市审计局", by=officer, filters={"kinds": ["budget"]})
    response = feed(issued.key)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "no-store" in response["Cache-Control"]
    assert entries(response) == [f"〔发布〕{withdrawn.index_number}", "〔发布〕预算<b>"]
    text = response.content.decode()
    assert "误发的预算" not in text
    assert "不该发" not in text
    newest, budget = fromstring(response.content).findall("{*}entry")
    assert newest.findtext("{*}content") == "内容有误"
    assert budget.findtext("{*}content") == "<p>正文&amp;表</p>"
    assert budget.find("{*}link[@rel='enclosure']").get("length") == "10"
    assert ask(issued.key).status_code == 200


def test_the_feed_goes_on_where_a_reader_stopped(city, officer, released):
    issued = exchange.subscribe(city["yunzhou"], "订阅方", by=officer, filters={})
    for n in range(3):
        released(city["jiaoyu"], f"通知{n}")
    assert entries(feed(issued.key)) == ["〔发布〕通知2", "〔发布〕通知1", "〔发布〕通知0"]
    first = feed(issued.key, after=0, limit=2)
    assert entries(first) == ["〔发布〕通知0", "〔发布〕通知1"]
    following = fromstring(first.content).find("{*}link[@rel='next']").get("href")
    asked = dict(parse_qsl(urlsplit(following).query))
    assert entries(feed(issued.key, **asked)) == ["〔发布〕通知2"]


def test_without_a_valid_key_there_is_no_feed(city, officer, released):
    released(city["jiaoyu"], "通知")
    issued = exchange.subscribe(city["yunzhou"], "订阅方", by=officer, filters={})
    assert feed().status_code == feed("gk_wrong").status_code == 401
    bearer = Client().get("/api/changes.atom", headers={"Authorization": f"Bearer {issued.key}"})
    assert entries(bearer) == ["〔发布〕通知"]
    exchange.set_active(issued.subscription, False, by=officer)
    assert feed(issued.key).status_code == 401


# Making


def test_only_those_with_the_right_make_subscriptions(city):
    for person in ("drafter", "county", "leader"):
        with pytest.raises(NotAllowed):
            exchange.subscribe(city["jiaoyu"], "订阅方", by=city.people[person], filters={})


def test_filters_name_known_things_within_reach_only(city):
    for filters in ({"kinds": ["x"]}, {"categories": ["x"]}, {"themes": ["x"]}, {"agencies": [city["jiaoyu"].pk]}):
        with pytest.raises(ValidationError) as refused:
            exchange.subscribe(city["linxi"], "订阅方", by=city.people["county"], filters=filters)
        assert set(refused.value.message_dict) == set(filters)


@pytest.mark.parametrize(
    "address",
    [
        "http://8.8.8.8/hook",
        "https://127.0.0.1/hook",
        "https://localhost/hook",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::10.1.2.3]/",
        "https://[2002:7f00:1::]/",
        "https://224.0.0.1/",
        "https://0x7f.1/",
        "https://user:secret@8.8.8.8/",
        "ftp://8.8.8.8/",
        "https://",
        "https://[",
        "javascript:alert(1)",
    ],
)
def test_addresses_inside_are_refused(city, officer, settings, address):
    settings.GONGKAI_CALL_PRIVATE = False
    with pytest.raises(ValidationError) as refused:
        exchange.subscribe(city["yunzhou"], "订阅方", by=officer, filters={}, webhook=address)
    assert set(refused.value.message_dict) == {"webhook"}


def test_an_address_that_came_to_point_inside_is_not_called(hook, receiver, settings, released, city):
    settings.GONGKAI_CALL_PRIVATE = False
    released(city["jiaoyu"], "通知")
    assert exchange.deliver_due() == 0
    assert receiver.got == []
    assert "内部网络" in Delivery.objects.get().error


# Delivering


def test_each_change_is_delivered_once_in_order_and_signed(hook, receiver, city, released):
    for n in range(3):
        released(city["jiaoyu"], f"通知{n}")
    assert exchange.deliver_due() == 3
    assert exchange.deliver_due() == 0
    assert [m["publication"]["title"] for m in receiver.messages] == ["通知0", "通知1", "通知2"]
    for headers, body in receiver.got:
        signed = f"{headers['X-Gongkai-Timestamp']}.{headers['X-Gongkai-Delivery']}.".encode() + body
        wanted = "sha256=" + hmac.new(hook.secret.encode(), signed, hashlib.sha256).hexdigest()
        assert headers["X-Gongkai-Signature"] == wanted
    assert {d.state for d in Delivery.objects.all()} == {"done"}


def test_nothing_of_before_the_subscription_is_pushed(city, officer, receiver, released):
    released(city["jiaoyu"], "早先的")
    exchange.subscribe(city["yunzhou"], "订阅方", by=officer, filters={}, webhook=receiver.address)
    assert exchange.deliver_due() == 0


@pytest.mark.parametrize("status", [500, 404, 302, 429])
def test_anything_but_success_is_tried_again_later(hook, receiver, city, released, status):
    receiver.answers = [status]
    released(city["jiaoyu"], "通知")
    now = timezone.now()
    assert exchange.deliver_due(now) == 0
    assert exchange.deliver_due(now + timedelta(seconds=59)) == 0
    assert exchange.deliver_due(now + timedelta(seconds=61)) == 1
    first, second = (headers["X-Gongkai-Delivery"] for headers, _body in receiver.got)
    assert first == second
    assert Delivery.objects.get().attempts == 2


def deliver_daily(times: int) -> datetime:
    """Delivers what is due so many times, a little over a day apart; gives the moment after."""
    now = timezone.now()
    for _n in range(times):
        exchange.deliver_due(now)
        now += timedelta(hours=25)
    return now


def test_after_eight_attempts_it_fails_and_the_keeper_is_told(hook, receiver, city, officer, released):
    receiver.answers = [503] * 20
    released(city["jiaoyu"], "通知")
    deliver_daily(12)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, len(receiver.got)) == ("failed", 8, 8)
    assert "失败8次" in str(Notification.objects.filter(person=officer).get())
    receiver.answers = []
    exchange.retry(delivery, by=officer)
    assert exchange.deliver_due(timezone.now()) == 1


def test_pushing_stops_for_good_failures_and_goes_on_when_its_keeper_says_so(hook, receiver, city, officer, released):
    receiver.answers = [503] * 30
    released(city["jiaoyu"], "通知0")
    now = deliver_daily(9)
    for n in (1, 2):
        released(city["jiaoyu"], f"通知{n}")
    assert exchange.deliver_due(now) == 0
    assert len(receiver.got) == 8
    assert Notification.objects.filter(person=officer).count() == 1
    assert titles(hook.key) == ["通知0", "通知1", "通知2"]
    with pytest.raises(NotAllowed):
        exchange.restart(hook.subscription, by=city.people["drafter"])
    receiver.answers, receiver.got = [], []
    assert exchange.restart(hook.subscription, by=officer).stopped_at is None
    assert exchange.deliver_due(timezone.now()) == 3
    assert {m["publication"]["title"] for m in receiver.messages} == {"通知0", "通知1", "通知2"}


def test_a_new_address_is_tried_at_once(hook, receiver, city, officer, released):
    receiver.answers = [503] * 8
    released(city["jiaoyu"], "通知")
    deliver_daily(8)
    moved = receiver.address + "/new"
    exchange.update_subscription(hook.subscription, by=officer, name="市档案馆", filters={}, webhook=moved)
    assert exchange.deliver_due(timezone.now()) == 1


def test_the_receiver_of_the_documentation_takes_what_is_sent_once_and_nothing_else(
    hook, city, officer, released, capsys
):
    text = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text("utf-8")
    code = next(
        block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "BaseHTTPRequestHandler" in block
    )
    program, _start, _end = code.partition("HTTPServer((")
    names = {}
    exec(program.replace('SECRET = "…"', f"SECRET = {hook.secret!r}"), names)
    names["Receiver"].log_message = lambda *args: None
    with ThreadingHTTPServer(("127.0.0.1", 0), names["Receiver"]) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        exchange.update_subscription(hook.subscription, by=officer, name="市档案馆", filters={}, webhook=address)
        released(city["jiaoyu"], "送到的通知")
        assert exchange.deliver_due() == 1
        Delivery.objects.update(state="waiting", next_at=timezone.now())
        assert exchange.deliver_due() == 1
        forged = httpx.post(address, content=b"{}", headers={"X-Gongkai-Timestamp": "1", "X-Gongkai-Delivery": "1"})
        server.shutdown()
        thread.join()
    assert forged.status_code == 403
    assert capsys.readouterr().out.count("送到的通知") == 1


def test_a_server_that_is_not_there_holds_nobody_else_up(hook, receiver, city, officer, released):
    down = exchange.subscribe(city["yunzhou"], "断开的", by=officer, filters={}, webhook="http://127.0.0.1:9/")
    for n in range(3):
        released(city["jiaoyu"], f"通知{n}")
    assert exchange.deliver_due() == 3
    waiting = Delivery.objects.filter(subscription=down.subscription)
    assert sorted(d.attempts for d in waiting) == [0, 0, 1]
    assert "连接不上对方" in waiting.get(attempts=1).error


def test_a_paused_subscription_goes_on_where_it_stopped(hook, receiver, city, officer, released):
    exchange.set_active(hook.subscription, False, by=officer)
    released(city["jiaoyu"], "通知")
    assert exchange.deliver_due() == 0
    exchange.set_active(hook.subscription, True, by=officer)
    assert exchange.deliver_due() == 1


def test_two_workers_never_send_one_delivery_twice(hook, receiver, city, released):
    released(city["jiaoyu"], "通知")
    now = timezone.now()
    exchange._prepare(hook.subscription, now)
    one, other = Delivery.objects.get(), Delivery.objects.get()
    assert exchange._claim(one, now)
    assert not exchange._claim(other, now)


def test_the_test_message_says_that_it_is_one(hook, receiver, officer):
    assert exchange.send_test(hook.subscription, by=officer).ok
    headers, body = receiver.got[0]
    assert headers["X-Gongkai-Event"] == "test"
    assert json.loads(body)["publication"] is None
    receiver.answers = [500]
    assert exchange.send_test(hook.subscription, by=officer).error == "HTTP 500"


# The desk


def test_the_desk_shows_the_key_once(city, signed_in, receiver, released):
    client = signed_in("officer")
    made = client.post(
        "/admin/subscriptions/new/",
        {"agency": city["yunzhou"].pk, "name": "市图书馆", "webhook": receiver.address, "kinds": ["notice"]},
    )
    key = made.context["issued"].key
    assert "no-store" in made["Cache-Control"]
    assert key in made.content.decode()
    row = Subscription.objects.get()
    path = f"/admin/subscriptions/{row.pk}/"
    released(city["jiaoyu"], "通知")
    exchange.deliver_due()
    page = client.get(path).content.decode()
    assert key not in page
    assert row.secret not in page
    assert "已送达" in page
    for do in ("test", "pause", "resume", "restart", "renew"):
        assert client.post(path + "act/", {"do": do}).status_code in (200, 302)
    changed = {"agency": city["yunzhou"].pk, "name": "图书馆", "webhook": ""}
    assert client.post(path, changed).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.webhook, row.filters["kinds"]) == ("图书馆", "", [])
    assert client.get("/admin/subscriptions/").status_code == 200


def test_the_desk_hides_subscriptions_of_others(city, hook, signed_in):
    path = f"/admin/subscriptions/{hook.subscription.pk}/"
    for person in ("county", "jyj_gongkai", "drafter"):
        client = signed_in(person)
        assert client.get(path).status_code == 404
        assert client.post(path + "act/", {"do": "renew"}).status_code == 404
