"""The staff pages about agencies: every action by its form, errors beside the fields, nothing beyond one's posts."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.demo import credit_code
from gongkai.agencies.importing import check
from gongkai.agencies.models import Absence, Agency, Kind, Person, Post
from gongkai.agencies.rights import Right, may

pytestmark = pytest.mark.django_db
FORMS = ("edit", "rename", "move", "merge", "abolish", "reinstate", "leading-group")


def test_the_list_is_a_tree_and_finds_former_names(city, signed_in):
    client = signed_in("officer")
    html = client.get("/admin/agencies/").content.decode()
    assert html.index("临溪县人民政府</a>") < html.index("临溪县石桥镇人民政府</a>") < html.index("松亭县人民政府</a>")
    assert 'class="desk-depth-2"><a href="/admin/agencies/shiqiao/"' in html
    assert "云州市数据局" in client.get("/admin/agencies/?q=大数据发展").content.decode()
    gone = client.get("/admin/agencies/?state=gone").content.decode()
    assert "云州市卫生局" in gone
    assert "云州市教育局" not in gone


def test_an_agency_shows_its_sections(signed_in):
    html = signed_in("admin").get("/admin/agencies/caizheng/").content.decode()
    for words in ("领导小组", "岗位与代理", "人员力量", "历史沿革", "0999-5551107", "葛晓明代", "代理中"):
        assert words in html
    gone = signed_in("admin").get("/admin/agencies/weisheng/").content.decode()
    assert "职能现由云州市卫生健康委员会行使" in gone
    assert "结束岗位" not in gone


def test_an_agency_is_founded_by_its_form(city, signed_in):
    client = signed_in("admin")
    data = {"parent": city["yunzhou"].pk, "name": "云州市园林局", "slug": "yuanlin", "kind": "department"}
    data |= {"level": "city", "code": "11990100MB99000000", "order": "500"}
    wrong = client.post("/admin/agencies/new/", data)
    assert wrong.status_code == 422
    assert "校验位不对" in wrong.content.decode()
    data["code"] = credit_code(901, Kind.DEPARTMENT)
    assert client.post("/admin/agencies/new/", data).status_code == 302
    assert Agency.objects.get(slug="yuanlin").parent == city["yunzhou"]


def test_a_word_of_the_addresses_is_no_slug(city, signed_in):
    data = {"parent": city["yunzhou"].pk, "name": "甲局", "slug": "import", "kind": "department", "level": "city"}
    answer = signed_in("admin").post("/admin/agencies/new/", {**data, "code": "AB12", "order": "1"})
    assert "已有其他用途" in answer.content.decode()


def test_renaming_moving_merging_and_abolishing(city, signed_in):
    client, today = signed_in("admin"), timezone.localdate()
    client.post("/admin/agencies/keji/rename/", {"name": "云州市科创局", "short_name": "市科创局", "on": today})
    assert Agency.objects.get(slug="keji").name == "云州市科创局"
    client.post("/admin/agencies/shiqiao/move/", {"parent": city["songting"].pk})
    assert Agency.objects.get(slug="shiqiao").parent == city["songting"]
    client.post("/admin/agencies/fagai/merge/", {"agencies": [city["shangwu"].pk], "on": today})
    assert Agency.objects.get(slug="shangwu").successor == city["fagai"]
    tomorrow = {"successor": city["fagai"].pk, "on": today + timedelta(days=1)}
    assert "还没有到" in client.post("/admin/agencies/keji/abolish/", tomorrow).content.decode()
    client.post("/admin/agencies/keji/abolish/", {"successor": city["fagai"].pk, "on": today})
    assert Agency.objects.get(slug="keji").abolished == today
    html = client.get("/admin/agencies/fagai/").content.decode()
    assert "承接云州市商务局的职能" in html
    assert "并入：云州市商务局" in html


def test_a_mistaken_abolition_is_taken_back_by_its_button(city, signed_in):
    client = signed_in("admin")
    page = reverse("desk_agency_reinstate", args=["caizheng"])
    assert page not in client.get("/admin/agencies/caizheng/").content.decode()
    client.post("/admin/agencies/caizheng/abolish/", {"successor": city["fagai"].pk, "on": timezone.localdate()})
    assert page in client.get("/admin/agencies/caizheng/").content.decode()
    assert client.post(page, {"reason": ""}).status_code == 422
    client.post(page, {"reason": "选错了机关"})
    assert Agency.objects.get(slug="caizheng").abolished is None
    assert "撤回撤销，恢复岗位 5 个，理由：选错了机关" in client.get("/admin/agencies/caizheng/").content.decode()


def test_a_name_entered_wrongly_is_corrected_by_the_same_form(city, signed_in):
    client = signed_in("admin")
    data = {"name": "云州市科技局", "short_name": "", "on": timezone.localdate(), "mistake": "on"}
    assert "更正的理由" in client.post("/admin/agencies/keji/rename/", data).content.decode()
    client.post("/admin/agencies/keji/rename/", {**data, "reason": "录入时多了两个字"})
    agency = Agency.objects.get(slug="keji")
    assert (agency.name, agency.former_names.count()) == ("云州市科技局", 0)
    assert "更正名称：云州市科学技术局 → 云州市科技局" in client.get("/admin/agencies/keji/").content.decode()


@pytest.mark.parametrize("username", ["drafter", "head", "jyj_gongkai"])
@pytest.mark.parametrize("form", FORMS)
def test_whoever_may_not_reorganise_gets_no_form(signed_in, username, form):
    if (username, form) == ("jyj_gongkai", "leading-group"):
        pytest.skip("the disclosure officer keeps the leading group")
    client = signed_in(username)
    assert client.get(f"/admin/agencies/jiaoyu/{form}/").status_code == 302
    assert f"/admin/agencies/jiaoyu/{form}/" not in client.get("/admin/agencies/jiaoyu/").content.decode()


def test_a_post_is_given_by_name_and_to_an_account_that_is_opened_with_it(city, signed_in):
    client, page = signed_in("admin"), "/admin/agencies/keji/"
    client.post(f"{page}appoint/", {"username": "叶知微", "role": "drafter"})
    assert Post.objects.get(agency=city["keji"]).person == city.people["jyj_qicao"]
    missing = client.post(f"{page}appoint/", {"username": "kjj_xin", "role": "drafter"})
    assert "没有这个账号或姓名" in missing.content.decode()
    client.post(f"{page}appoint/", {"username": "kjj_xin", "role": "drafter", "name": "新来者"})
    opened = Person.objects.get(username="kjj_xin")
    assert (str(opened), opened.has_usable_password()) == ("新来者", False)
    twin = Person.objects.create(username="twin", first_name="新来者")
    answer = client.post(f"{page}appoint/", {"username": "新来者", "role": "unit_head"}).content.decode()
    assert "kjj_xin、twin" in answer
    assert not twin.posts.exists()
    client.post(f"{page}appoint/", {"username": "twin2", "role": "drafter", "name": "某", "since": "错"})
    assert not Person.objects.filter(username="twin2").exists()


def test_a_post_ends_on_the_day_that_is_entered(city, signed_in):
    post = Post.objects.get(person=city.people["czj_qicao"])
    client, address = signed_in("admin"), reverse("desk_end_post", args=["caizheng", post.pk])
    client.post(address, {"on": "昨天"})
    assert Post.objects.get(pk=post.pk).until is None
    later = timezone.localdate() + timedelta(days=9)
    client.post(address, {"on": later})
    assert Post.objects.get(pk=post.pk).until == later
    assert may(city.people["czj_qicao"], Right.DRAFT_PUBLICATIONS, city["caizheng"])


def test_an_agency_leads_to_those_around_it_and_to_what_it_published(signed_in):
    html = signed_in("admin").get("/admin/agencies/linxi/").content.decode()
    for address in ("/admin/agencies/yunzhou/", "/admin/agencies/shiqiao/", "/admin/publications/?agency="):
        assert f'href="{address}' in html
    assert 'href="/admin/agencies/yunzhou/"' not in signed_in("county").get("/admin/agencies/linxi/").content.decode()
    gone = signed_in("admin").get("/admin/agencies/weiji/").content.decode()
    assert "/admin/agencies/weiji/office/" not in gone


def test_the_leading_group_is_kept_by_its_form(city, signed_in):
    client = signed_in("jyj_gongkai")
    data = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"}
    data |= {"form-0-duty": "head", "form-0-name": "甲某", "form-0-title": "局长"}
    data |= {"form-1-duty": "member", "form-1-name": "", "form-1-title": ""}
    data |= {"form-2-duty": "member", "form-2-name": "乙某", "form-2-title": ""}
    assert client.post("/admin/agencies/jiaoyu/leading-group/", data).status_code == 302
    assert [m.name for m in city["jiaoyu"].leading_group.all()] == ["甲某", "乙某"]


def test_staff_figures_by_their_form(city, signed_in):
    client = signed_in("jyj_gongkai")
    client.post("/admin/agencies/jiaoyu/staff/", {"year": "2020", "full_time": "2", "part_time": "5"})
    assert city["jiaoyu"].staff.get(year=2020).part_time == 5
    answer = client.post("/admin/agencies/jiaoyu/staff/", {"year": "2099", "full_time": "2", "part_time": "5"})
    assert answer.status_code == 422
    assert "还没有到" in answer.content.decode()


def test_everybody_names_their_own_deputy_and_nobody_elses(city, signed_in):
    own, other = Post.objects.get(person=city.people["head"]), Post.objects.get(person=city.people["reviewer"])
    client, today = signed_in("head"), timezone.localdate()
    assert reverse("desk_absence", args=["jiaoyu", own.pk]) in client.get("/admin/agencies/").content.decode()
    data = {
        "deputy": city.people["jyj_gongkai"].pk,
        "since": today,
        "until": today + timedelta(days=3),
        "reason": "出差",
    }
    assert client.post(reverse("desk_absence", args=["jiaoyu", own.pk]), data).status_code == 302
    client.post(reverse("desk_absence", args=["jiaoyu", other.pk]), data)
    assert not other.absences.exists()
    assert may(city.people["jyj_gongkai"], Right.CONFIRM_REPORTS, city["jiaoyu"])
    again = client.post(reverse("desk_absence", args=["jiaoyu", own.pk]), data)
    assert again.status_code == 422
    assert "已经设置了代理人" in again.content.decode()
    client.post(reverse("desk_end_absence", args=[own.absences.get().pk]))
    assert own.absences.get().until == today


def test_an_absence_elsewhere_is_out_of_reach(city, signed_in):
    absence = Absence.objects.get()
    assert signed_in("head").post(reverse("desk_end_absence", args=[absence.pk])).status_code == 404


def upload(client, content: str, name: str = "机构.csv"):
    return client.post("/admin/agencies/import/", {"file": SimpleUploadedFile(name, content.encode("gb18030"))})


def token(answer) -> str:
    found = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_a_table_is_tried_first_and_taken_in_when_confirmed(city, signed_in):
    client = signed_in("admin")
    tried = upload(client, f"机构代码,机构名称,传真\n{city['keji'].code},云州市科学技术局,0999-5559999\n")
    assert "0999-5551104 → 0999-5559999" in tried.content.decode()
    assert Agency.objects.get(slug="keji").office_fax == "0999-5551104"
    assert signed_in("officer").post("/admin/agencies/import/confirm/", {"token": token(tried)}).status_code == 302
    assert Agency.objects.get(slug="keji").office_fax == "0999-5551104"
    client.post("/admin/agencies/import/confirm/", {"token": token(tried)})
    assert Agency.objects.get(slug="keji").office_fax == "0999-5559999"


def test_the_faults_of_a_table_stand_in_rows(city, signed_in):
    answer = upload(signed_in("admin"), f"机构代码,机构名称,邮政编码\n{city['keji'].code},云州市科学技术局,12\nX,甲,\n")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "2 个问题" in html
    assert "邮政编码为 6 位数字" in html
    assert "确认导入" not in html


@pytest.mark.parametrize(("name", "content"), [("x.csv", b""), ("x.pdf", b"%PDF-1.4"), ("x.xlsx", b"PK\x03\x04broken")])
def test_a_file_that_is_no_table_is_refused_beside_its_field(signed_in, name, content):
    answer = signed_in("admin").post("/admin/agencies/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert 'class="desk-error"' in answer.content.decode()


def test_an_export_holds_what_the_person_may_see(city, signed_in):
    book = signed_in("county").get("/admin/agencies/export/").content
    subjects = {c.subject for c in check(book, "x.xlsx", by=None).changes}
    assert "临溪县石桥镇人民政府" in subjects
    assert "云州市教育局" not in subjects
    people = signed_in("county").get("/admin/agencies/export/?table=people").content.decode("utf-8-sig")
    assert people.count("\n") == 1
    assert "lxx_qicao" in signed_in("admin").get("/admin/agencies/export/?table=people&encoding=gbk").content.decode(
        "gb18030"
    )
    assert signed_in("drafter").get("/admin/agencies/template/").content.startswith(b"PK")
