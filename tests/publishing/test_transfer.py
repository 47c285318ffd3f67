"""Transfer to archives and libraries: sent with fingerprints, received by the venue, missed months escalated."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from python_calamine import CalamineWorkbook

from gongkai.agencies.models import Person
from gongkai.agencies.rights import NotAllowed
from gongkai.files.actions import store
from gongkai.office.models import Notification
from gongkai.publishing.actions.transfer import give_back, monthly_transfers, note_missed, receive, send
from gongkai.publishing.dates import month_of, months_after
from gongkai.publishing.exporting.manifest import manifest_pdf, manifest_xlsx, package
from gongkai.publishing.models import Manifest, MissedTransfer, PublishingPolicy
from gongkai.publishing.queries.transfer import due_day, inbox, manifests_for, venues_of

MONTH = months_after(month_of(timezone.localdate()), -1)


@pytest.fixture
def some(city, released):
    """Two publications of last month, one with a file, and one of the month before."""
    officer = city.people["jyj_gongkai"]
    file = store(b"%PDF-1.4 some file", "../附件 一.pdf", by=officer, agency=city["jiaoyu"], types=("pdf",))
    return [
        released(
            city["jiaoyu"], "有附件的通知", MONTH.replace(day=3), files=[{"attachment": file.pk, "title": "附件一"}]
        ),
        released(
            city["jiaoyu"], "另一条", MONTH.replace(day=20), body="<p>正文</p>", document_number="云教〔2026〕9号"
        ),
        released(city["jiaoyu"], "更早的", months_after(MONTH, -1)),
    ]


@pytest.fixture
def manifest(city, some):
    return send(city["jiaoyu"], city["dangan"], MONTH, by=city.people["jyj_gongkai"])


def told(person):
    return [str(n) for n in Notification.objects.filter(person=person)]


def at(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 8))


def test_venues_are_the_archives_and_libraries_of_the_nearest_government(city):
    assert {v.slug for v in venues_of(city["jiaoyu"])} == {"dangan", "tushu"}
    assert {v.slug for v in venues_of(city["shiqiao"])} == {"dangan", "tushu"}
    assert venues_of(city["dangan"]) == []
    city["tushu"].parent = city["linxi"]
    city["tushu"].save()
    assert {v.slug for v in venues_of(city["shiqiao"])} == {"tushu"}


def test_a_manifest_lists_what_was_released_in_its_month(manifest):
    assert [i.snapshot["title"] for i in manifest.items.all()] == ["有附件的通知", "另一条"]
    assert [len(i.files) for i in manifest.items.all()] == [1, 0]


def test_every_file_of_the_package_has_the_fingerprint_that_the_list_states(manifest):
    with package(manifest) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert not any(".." in name or name.startswith("/") for name in archive.namelist())
        for kind, algorithm in (("SM3", "sm3"), ("SHA256", "sha256")):
            lines = archive.read(f"校验值-{kind}.txt").decode().splitlines()
            assert len(lines) == 3
            for line in lines:
                value, name = line.split("  ", 1)
                assert hashlib.new(algorithm, archive.read(name)).hexdigest() == value
        assert json.loads(archive.read("0002/信息.json"))["document_number"] == "云教〔2026〕9号"
        listed = {i.sm3 for i in manifest.items.all()}
        assert hashlib.new("sm3", archive.read("0001/信息.json")).hexdigest() in listed


def test_the_package_stays_the_same_when_the_publication_changes(manifest, some):
    with package(manifest) as file:
        before = file.read()
    some[1].title = "后来改了"
    some[1].save()
    with package(Manifest.objects.get(pk=manifest.pk)) as file:
        after = file.read()
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    for name in old.namelist():
        if not name.endswith(".xlsx"):
            assert old.read(name) == new.read(name)


def test_the_list_is_exported_in_the_official_columns(manifest):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(manifest_xlsx(manifest))).get_sheet_by_index(0).to_python()
    assert sheet[0][0].startswith("主动公开政府信息送交明细表")
    assert sheet[2] == ["序号", "索引号", "名称", "文号", "成文日期", "发布日期", "载体/文件数", "校验值（SM3）"]
    assert [row[6] for row in sheet[3:5]] == ["电子/2", "电子/1"]
    assert manifest_pdf(manifest).startswith(b"%PDF")


def test_a_month_that_is_not_over_is_not_sent(city, some):
    with pytest.raises(ValidationError, match="还没有结束"):
        send(city["jiaoyu"], city["dangan"], timezone.localdate(), by=city.people["jyj_gongkai"])


def test_a_month_without_publications_needs_no_manifest(city):
    with pytest.raises(ValidationError, match="不需要送交"):
        send(city["jiaoyu"], city["dangan"], MONTH, by=city.people["jyj_gongkai"])
    assert not Manifest.objects.exists()


def test_nobody_sends_for_others_or_to_a_body_that_is_no_venue(city, some):
    for person in ("drafter", "czj_gongkai", "county", "dag_jieshou"):
        with pytest.raises(NotAllowed):
            send(city["jiaoyu"], city["dangan"], MONTH, by=city.people[person])
    with pytest.raises(ValidationError, match="不是本机关的接收场所"):
        send(city["jiaoyu"], city["caizheng"], MONTH, by=city.people["jyj_gongkai"])


def test_a_month_is_sent_to_a_venue_once(city, manifest):
    with pytest.raises(ValidationError, match="正等待"):
        send(city["jiaoyu"], city["dangan"], MONTH, by=city.people["jyj_gongkai"])


def test_the_venue_is_told_and_sees_only_what_was_sent_to_it(city, manifest):
    archivist, librarian = city.people["dag_jieshou"], city.people["tsg_jieshou"]
    assert "云州市教育局送交了" in told(archivist)[0]
    assert list(inbox(archivist)) == [manifest]
    assert list(manifests_for(archivist)) == [manifest]
    assert list(manifests_for(librarian)) == []


def test_receipt_is_confirmed_by_the_account_of_the_venue_only(city, manifest):
    for person in ("jyj_gongkai", "tsg_jieshou", "officer", "drafter"):
        with pytest.raises(NotAllowed):
            receive(manifest, by=city.people[person])
    with pytest.raises(NotAllowed, match="只能由云州市档案馆的接收人办理"):
        receive(manifest, by=Person.objects.create_superuser("keeper"))
    done = receive(manifest, by=city.people["dag_jieshou"])
    assert done.received_by == city.people["dag_jieshou"]
    assert any("已接收" in words for words in told(city.people["jyj_gongkai"]))
    with pytest.raises(ValidationError, match="已经接收"):
        receive(manifest, by=city.people["dag_jieshou"])


def test_what_was_returned_is_sent_again_with_new_fingerprints(city, manifest, some):
    with pytest.raises(ValidationError, match="退回原因"):
        give_back(manifest, by=city.people["dag_jieshou"], reason=" ")
    give_back(manifest, by=city.people["dag_jieshou"], reason="附件打不开")
    assert any("附件打不开" in words for words in told(city.people["jyj_gongkai"]))
    some[1].title = "改好的"
    some[1].save()
    again = send(city["jiaoyu"], city["dangan"], MONTH, by=city.people["jyj_gongkai"])
    assert (again.pk, again.problem) == (manifest.pk, "")
    assert again.items.last().snapshot["title"] == "改好的"
    assert receive(again, by=city.people["dag_jieshou"]).received_at is not None


def test_missed_months_cost_points_then_the_head_then_the_leader(city, released):
    for month in (1, 2, 3, 4):
        released(city["jiaoyu"], f"{month}月的信息", date(2026, month, 5))
    assert note_missed(at(date(2026, 5, 11))) == 8
    found = MissedTransfer.objects.filter(venue=city["dangan"]).order_by("month")
    assert [m.consequence for m in found] == ["points", "head", "leader", "leader"]
    assert note_missed(at(date(2026, 5, 12))) == 0
    assert any("第3次：约谈分管领导" in words for words in told(city.people["jyj_qianfa"]))
    assert not any("第1次" in words for words in told(city.people["jyj_qianfa"]))
    assert len(told(city.people["supervisor"])) == 4


def test_whoever_answers_for_missed_months_finds_them_on_the_page_that_the_message_names(city, released, signed_in):
    for month in (1, 2, 3):
        released(city["jiaoyu"], f"{month}月的信息", date(2026, month, 5))
    note_missed(at(date(2026, 4, 11)))
    send(city["jiaoyu"], city["dangan"], date(2026, 2, 1), by=city.people["jyj_gongkai"])
    link = Notification.objects.filter(person=city.people["jyj_qianfa"]).get().link
    assert link == "/admin/transfers/?month=2026-03#missed"
    for person in ("jyj_qianfa", "head", "supervisor", "jyj_gongkai"):
        client = signed_in(person)
        found = client.get(link).context["missed"]
        assert [(m.nth, m.consequence, m.made_good_on is None) for m in found] == [
            (1, "扣分", True),
            (2, "约谈部门负责人", True),
            (3, "约谈分管领导", True),
        ]
        assert "/admin/transfers/" in client.get("/admin/").content.decode()
    send(city["jiaoyu"], city["tushu"], date(2026, 2, 1), by=city.people["jyj_gongkai"])
    archive = signed_in("dag_jieshou").get(link).context["missed"]
    assert [(m.nth, m.venues, m.made_good_on is None) for m in archive] == [
        (1, ("市档案馆",), True),
        (2, ("市档案馆",), False),
        (3, ("市档案馆",), True),
    ]
    assert signed_in("czj_gongkai").get(link).context["missed"] == []


def test_a_month_is_missed_only_after_its_day(city, released):
    released(city["jiaoyu"], "信息", date(2026, 4, 5))
    assert due_day(city["jiaoyu"], date(2026, 4, 1)) == date(2026, 5, 10)
    assert note_missed(at(date(2026, 5, 10))) == 0
    assert note_missed(at(date(2026, 5, 11))) == 2


def test_the_count_begins_anew_each_year(city, released):
    for day in (date(2025, 11, 5), date(2025, 12, 5), date(2026, 1, 5)):
        released(city["jiaoyu"], "信息", day)
    note_missed(at(date(2026, 1, 12)))
    note_missed(at(date(2026, 2, 11)))
    found = MissedTransfer.objects.filter(venue=city["dangan"]).order_by("month")
    assert [(m.month, m.consequence) for m in found] == [
        (date(2025, 11, 1), "points"),
        (date(2025, 12, 1), "head"),
        (date(2026, 1, 1), "points"),
    ]


def test_sending_late_makes_good_but_stays_on_record(city, some):
    note_missed(timezone.now() + timedelta(days=40))
    assert MissedTransfer.objects.filter(month=MONTH, made_good_at__isnull=True).count() == 2
    send(city["jiaoyu"], city["dangan"], MONTH, by=city.people["jyj_gongkai"])
    assert MissedTransfer.objects.get(month=MONTH, venue=city["dangan"]).made_good_at is not None


def test_agencies_that_say_so_hand_over_by_themselves_once(city, some):
    now = timezone.now()
    assert monthly_transfers(now) == 0
    PublishingPolicy.objects.create(agency=city["jiaoyu"], transfer_automatic=True)
    assert monthly_transfers(now) == 2
    assert monthly_transfers(now) == 0
    assert {m.sent_by for m in Manifest.objects.all()} == {None}


def test_the_desk_sends_downloads_and_receives(city, some, signed_in):
    sender, venue = signed_in("jyj_gongkai"), signed_in("dag_jieshou")
    assert "待送交" in sender.get("/admin/transfers/").content.decode()
    data = {"agency": city["jiaoyu"].pk, "venue": city["dangan"].pk, "month": f"{MONTH:%Y-%m}"}
    assert sender.post("/admin/transfers/send/", data).status_code == 302
    path = f"/admin/transfers/{Manifest.objects.get().pk}/"
    assert "有附件的通知" in venue.get(path).content.decode()
    assert venue.get(path + "manifest.pdf")["Content-Type"] == "application/pdf"
    archive = b"".join(venue.get(path + "manifest.zip").streaming_content)
    assert zipfile.ZipFile(io.BytesIO(archive)).testzip() is None
    assert "云州市教育局" in venue.get("/admin/transfers/").content.decode()
    venue.post(path + "decide/", {"do": "return", "reason": "缺页"})
    assert sender.post("/admin/transfers/send/", data).status_code == 302
    venue.post(path + "decide/", {"do": "receive"})
    assert Manifest.objects.get().received_at is not None
    assert sender.get(path).status_code == 200


def test_the_desk_hides_manifests_from_everybody_else(city, manifest, signed_in):
    path = f"/admin/transfers/{manifest.pk}/"
    for person in ("tsg_jieshou", "czj_gongkai", "county"):
        client = signed_in(person)
        assert client.get(path).status_code == 404
        assert client.get(path + "manifest.zip").status_code == 404
        assert client.post(path + "decide/", {"do": "receive"}).status_code == 404


def test_the_work_of_each_day_sends_and_notes(city, some):
    from gongkai.publishing.tasks import each_day, turn

    PublishingPolicy.objects.create(agency=city["jiaoyu"], transfer_automatic=True)
    each_day.enqueue()
    assert Manifest.objects.filter(month=MONTH).count() == 2
    turn.enqueue()


def test_the_desk_sends_a_whole_month_at_once(city, some, signed_in):
    signed_in("jyj_gongkai").post("/admin/transfers/send-all/", {"month": f"{MONTH:%Y-%m}"})
    assert {m.venue.slug for m in Manifest.objects.all()} == {"dangan", "tushu"}
    signed_in("dag_jieshou").post("/admin/transfers/send-all/", {"month": f"{months_after(MONTH, -1):%Y-%m}"})
    assert Manifest.objects.count() == 2
