"""Cases for the rules over figures in prose."""

from __future__ import annotations

from report_builder import balanced, fact, full, report, statistics
from rule_cases import Made, fires, silent

from gongkai.annual.model import Fact

PROSE_RULES = (
    "N-RECEIVED", "N-CARRIED", "N-CLOSED", "N-REVIEW", "N-T2", "N-ALL", "N-BLANK", "N-PARTS", "R-CONSULTS",
)  # fmt: skip


def _with(*facts: Fact, **changes: int | None) -> Made:
    return report(figures=balanced(**changes), facts=facts)


def _statistics(*facts: Fact, **changes: int | None) -> Made:
    return report("gov-2014", year=2016, figures=statistics(**changes), facts=facts)


@silent(*PROSE_RULES)
def figures_in_prose_agree_with_the_table() -> Made:
    return _with(
        fact("applications.received", 5, "全年收到申请5件", cell="t3.new_received.total"),
        fact("applications.closed", 5, "办结5件", cell="t3.results_total.total"),
        fact("applications.carried_out", 0, "无结转下年度申请", raw="无", cell="t3.carried_out.total"),
        fact("reconsideration.total", 0, "未发生行政复议", raw="未发生", cell="t4.review.total"),
        fact("litigation.total", 0, "未发生行政诉讼", raw="未发生"),
        fact("normative_docs.issued", 0, "未制发规范性文件", raw="未制发", cell="t2.normative_docs.issued"),
    )


@fires("N-RECEIVED")
def the_text_counts_another_number_received() -> Made:
    return _with(fact("applications.received", 6, "全年收到申请6件", cell="t3.new_received.total"))


@silent("N-RECEIVED")
def what_was_carried_in_is_counted_among_what_was_received() -> Made:
    changes = {
        f"t3__{row}__{col}": n
        for row, n in (("carried_in", 1), ("results_total", 6), ("granted", 6))
        for col in ("natural_person", "total")
    }
    return _with(fact("applications.received", 6, "全年共处理申请6件", cell="t3.new_received.total"), **changes)


@silent("N-RECEIVED")
def two_sites_add_up() -> Made:
    return _with(
        fact("applications.received", 2, "网上收到申请2件", cell="t3.new_received.total"),
        fact("applications.received", 3, "来信收到申请3件", cell="t3.new_received.total"),
    )


@silent("N-RECEIVED")
def the_text_speaks_of_last_year() -> Made:
    return _with(fact("applications.received", 9, "上年收到申请9件", cell="t3.new_received.total"))


@silent("N-RECEIVED")
def an_approximate_figure_is_near_enough() -> Made:
    changes = {
        f"t3__{row}__{col}": 112
        for row in ("new_received", "results_total", "granted")
        for col in ("natural_person", "total")
    }
    stated = fact("applications.received", 110, "收到申请110余件", raw="110余件", approximate=True)
    return _with(Fact(**{**_fields(stated), "cell": "t3.new_received.total"}), **changes)


def _fields(stated: Fact) -> dict[str, object]:
    return {name: getattr(stated, name) for name in Fact.__slots__}


@fires("N-CARRIED")
def the_text_carries_over_what_the_table_does_not() -> Made:
    return _with(fact("applications.carried_out", 2, "结转下年度2件", cell="t3.carried_out.total"))


@fires("N-CLOSED")
def the_text_closed_fewer() -> Made:
    return _with(fact("applications.closed", 4, "已办结4件", cell="t3.results_total.total"))


@fires("N-REVIEW")
def the_text_knows_no_reconsideration() -> Made:
    none = fact("reconsideration.total", 0, "未发生行政复议", raw="未发生", cell="t4.review.total")
    return _with(none, t4__review__upheld=1, t4__review__total=1)


@fires("N-REVIEW")
def the_text_knows_no_suit() -> Made:
    none = fact("litigation.total", 0, "未发生行政诉讼", raw="未发生")
    return _with(none, t4__lit_direct__upheld=1, t4__lit_direct__total=1)


@silent("N-REVIEW")
def suits_of_both_groups_are_added_up() -> Made:
    changes = {f"t4__{g}__{c}": 1 for g in ("lit_direct", "lit_after_review") for c in ("upheld", "total")}
    return _with(fact("litigation.total", 2, "发生行政诉讼2件"), **changes)


@fires("N-T2")
def the_text_published_other_documents() -> Made:
    figures = full(
        "gov-2019", **{f"t2__normative_docs__{c}": 12 for c in ("new_made", "new_published", "public_stock")}
    )
    stated = fact("published.normative_docs", 5, "规范性文件5件", cell="t2.normative_docs.new_published")
    return report("gov-2019", year=2019, figures=figures, facts=[stated])


@silent("N-T2")
def the_text_counts_another_column_of_the_row() -> Made:
    figures = full("gov-2019", t2__normative_docs__new_made=5, t2__normative_docs__public_stock=40)
    stated = fact("published.normative_docs", 40, "公开规范性文件40件", cell="t2.normative_docs.new_published")
    return report("gov-2019", year=2019, figures=figures, facts=[stated])


@silent("N-T2")
def money_in_yuan_and_in_ten_thousands() -> Made:
    stated = fact("admin_fees.amount", 25000, "收费25000元", unit="元", cell="t2.admin_fees.amount")
    figures = balanced(t2__admin_fees__amount="2.5")
    return report(figures=figures, facts=[stated])


@fires("N-ALL")
def the_text_published_more_on_weibo() -> Made:
    stated = fact("published.website", 38, "政府网站公开38条", unit="条", cell="stat.ch_website")
    return _statistics(stated)


@silent("N-ALL", "N-BLANK")
def statistics_that_agree() -> Made:
    stated = fact("published.website", 40, "政府网站公开40条", unit="条", cell="stat.ch_website")
    return _statistics(
        stated, fact("trainings.held", 0, "没有举办培训", raw="没有", cell="stat.trainings"), trainings=None
    )


@silent("N-ALL")
def a_cumulative_figure_has_another_scope() -> Made:
    return _statistics(fact("published.total", 460, "历年累计公开460条", unit="条", cell="stat.published"))


@fires("N-BLANK")
def the_text_held_trainings_that_the_table_leaves_blank() -> Made:
    return _statistics(fact("trainings.held", 3, "举办培训班3次", unit="次", cell="stat.trainings"), trainings=None)


@fires("N-BLANK")
def the_text_held_trainings_that_the_table_calls_zero() -> Made:
    return _statistics(fact("trainings.held", 3, "举办培训班3次", unit="次", cell="stat.trainings"))


def _parts(total: int, sentence: str, *parts: tuple[str, int], approximate: bool = False) -> Made:
    kind = "applications.received" if parts[0][0].startswith("applications") else "published.total"
    facts = [fact(kind, total, sentence, approximate=approximate)]
    facts += [fact(k, v, sentence, parent=0) for k, v in parts]
    return report("gov-2008", year=2011, figures={}, facts=facts)


@fires("N-PARTS")
def parts_exceed_their_total() -> Made:
    parts = ("applications.natural_person", 8), ("applications.legal_person", 4)
    return _parts(10, "收到申请10件，其中自然人8件、法人4件", *parts)


@fires("N-PARTS")
def one_part_exceeds_the_total() -> Made:
    return _parts(10, "公开10条，其中网站公开12条", ("published.website", 12))


@fires("N-PARTS")
def all_ways_in_do_not_reach_the_total() -> Made:
    parts = ("applications.in_person", 5), ("applications.online", 9), ("applications.letter", 5)
    return _parts(20, "收到申请20件，其中当面5件、网上9件、信函5件", *parts)


@silent("N-PARTS")
def all_ways_in_reach_the_total() -> Made:
    parts = ("applications.in_person", 5), ("applications.online", 10), ("applications.letter", 5)
    return _parts(20, "收到申请20件，其中当面5件、网上10件、信函5件", *parts)


@silent("N-PARTS")
def an_open_list_of_categories() -> Made:
    return _parts(100, "公开100条，其中人事类7条，规划类10条", ("published.category", 7), ("published.category", 10))


@silent("N-PARTS")
def channels_overlap() -> Made:
    return _parts(50, "公开50条，其中网站50条，微信30条", ("published.website", 50), ("published.wechat", 30))


@silent("N-PARTS")
def a_second_split_of_the_same_total() -> Made:
    parts = [("published.category", n) for n in (30, 20, 45)]
    return _parts(50, "公开50条，其中政策30条、动态20条，图文45条", *parts)


@silent("N-PARTS")
def outcomes_within_a_wider_outcome() -> Made:
    parts = [("applications.granted", 7), ("applications.denied", 3), ("applications.denied_privacy", 2)]
    return _parts(10, "收到申请10件，予以公开7件，不予公开3件，其中涉及隐私2件", *parts)


@silent("N-PARTS")
def an_approximate_total_leaves_room() -> Made:
    parts = ("published.category", 1000), ("published.category", 620)
    return _parts(1600, "公开1600余条，其中业务类1000条、动态类620条", *parts, approximate=True)


def _consulted(total: int, phone: int, visit: int) -> Made:
    sentence = f"接受咨询{total}人次，其中电话{phone}人次、当面{visit}人次"
    facts = [fact("consultations.total", total, sentence, unit="人次")]
    facts += [fact("consultations.phone", phone, sentence, parent=0, unit="人次")]
    facts += [fact("consultations.visit", visit, sentence, parent=0, unit="人次")]
    return report("gov-2008", year=2011, figures={}, facts=facts)


@fires("R-CONSULTS")
def consultations_exceed_their_total() -> Made:
    return _consulted(100, 80, 30)


@silent("R-CONSULTS", "N-PARTS")
def consultations_within_their_total() -> Made:
    return _consulted(120, 80, 30)


def _percent(sentence: str) -> Made:
    return report("gov-2008", year=2011, figures={}, more=[sentence])


@fires("R-PERCENT")
def a_share_that_does_not_fit() -> Made:
    return _percent("全年共收到申请80件，其中网上申请20件，占35%。")


@fires("R-PERCENT")
def shares_of_one_split_exceed_the_whole() -> Made:
    return _percent("从来源看，政府网站占56%，报刊电视占38%，信访占19%。")


@silent("R-PERCENT")
def shares_that_fit() -> Made:
    return _percent("全年共收到申请77件，其中收费类68件，占88.3%，其他9件，占11.7%。")


@silent("R-PERCENT")
def a_share_cut_off_instead_of_rounded() -> Made:
    return _percent("全年共收到申请3件，其中网上申请2件，占66.6%。")


@silent("R-PERCENT")
def a_share_of_something_else_in_the_paragraph() -> Made:
    return _percent("全年共收到申请80件，办结50件，其中予以公开25件，占办结数的50%。")


@silent("R-PERCENT")
def a_share_without_a_total() -> Made:
    return _percent("其中网上申请20件，占35%，比上年提高2个百分点。")


@silent("N-PARTS")
def a_fellow_of_the_parts_is_no_total() -> Made:
    sentence = "答复17件，其中同意公开2件、不同意公开7件、作出更改补充4件、其他途径办理4件"
    facts = [fact("applications.answered", 7, sentence, raw="7件", start=sentence.index("7件、作"))]
    for kind, words in (("clarify", "4件、其"), ("other_way", "4件")):
        start = sentence.index(words) if kind == "clarify" else sentence.rindex(words)
        facts.append(fact(f"applications.{kind}", 4, sentence, raw="4件", parent=0, start=start))
    return report("gov-2008", year=2011, figures={}, facts=facts)


@silent("N-ALL")
def the_text_counts_the_row_above() -> Made:
    stated = fact("staff.full", 5, "指定专职人员5人", unit="人", cell="stat.staff_full")
    return _statistics(stated, staff=5, staff_full=2, staff_part=3)


@silent("N-PARTS")
def two_figures_side_by_side_are_no_parts() -> Made:
    return _parts(10, "公开文件10条，网站发布信息1200条", ("published.website", 1200))


def _on_the_site(count: int, agency: str = "云州市教育局") -> Made:
    figures = full(
        "gov-2019", **{f"t2__normative_docs__{c}": 12 for c in ("new_made", "new_published", "public_stock")}
    )
    stated = fact("published.normative_docs", count, f"教育局网站公开政府信息30条，规范性文件{count}件")
    return report("gov-2019", year=2019, figures=figures, facts=[stated], agency=agency)


@fires("N-T2")
def a_departments_site_has_other_documents_than_its_table() -> Made:
    return _on_the_site(4)


@silent("N-T2")
def a_departments_site_has_the_documents_of_its_table() -> Made:
    return _on_the_site(12)


@silent("N-T2")
def a_governments_site_has_its_own_documents_only() -> Made:
    return _on_the_site(4, agency="云州市人民政府")
