"""Cases for the rules over tables: balance checks, single cells, years, summaries."""

from __future__ import annotations

from decimal import Decimal

from report_builder import balanced, cells, full, report, statistics
from rule_cases import Made, fires, silent

from gongkai.annual.audit import Context
from gongkai.annual.model import Unread, Where

TABLE_RULES = (
    "T3-BALANCE", "T3-RESULTS-SUM", "T3-ROW-TOTAL", "T4-TOTAL", "T2-STOCK-MIN", "T2-INT", "T3-INT", "T4-INT",
    "T2-STOCK", "X-CARRY", "X-CLASS-STABLE", "A-SUM",
)  # fmt: skip
STATISTICS_RULES = (
    "R-RECEIVED", "R-CLOSED", "R-ANSWERED", "R-DENIED", "R-REVIEW", "R-LITIGATION", "R-STAFF", "R-ARCHIVES", "R-SITES",
    "R-COMPLAINTS-LOCAL", "R-CLOSED-ANSWERED", "R-PUB-MAX", "R-PUB-SUM", "R-NORM", "R-NORM2", "R-PRESS", "R-INTERVIEW",
    "R-INT", "R-FEE", "R-RECEIVED-CLOSED",
)  # fmt: skip
ANNEX_RULES = ("R-REQUESTS", "R-REPLIES", "R-FEES", "R-FULLTEXT", "R-APPEALS", "R-YTD", "R-DENIED", "R-STAFF")


@silent(*TABLE_RULES)
def tables_that_balance_with_last_year() -> Made:
    previous = report(year=2021, figures=balanced(t3__carried_out__total=0))
    return report(figures=balanced()), Context(previous=previous)


@silent(*TABLE_RULES)
def tables_with_cells_that_could_not_be_read() -> Made:
    kept = {k: v for k, v in balanced(t3__granted__total=9).items() if not k.startswith("t3.partial")}
    kept.pop("t3.granted.natural_person")
    kept.pop("t3.new_received.total")
    return report(figures=kept)


@silent("T3-RESULTS-SUM", "T3-ROW-TOTAL", "T3-BALANCE")
def a_balance_with_a_blank_cell_is_not_judged() -> Made:
    return report(
        figures=balanced(t3__granted__total=None, t3__new_received__total=None, t3__results_total__total=None)
    )


@fires("T3-BALANCE")
def more_received_than_answered_or_carried_out() -> Made:
    return report(figures=balanced(t3__carried_in__total=1, t3__carried_in__natural_person=1))


@fires("T3-RESULTS-SUM")
def the_total_of_results_leaves_one_out() -> Made:
    return report(figures=balanced(t3__partial__total=1, t3__partial__natural_person=1))


@fires("T3-ROW-TOTAL")
def a_row_total_counts_one_too_many() -> Made:
    return report(figures=balanced(t3__granted__total=6, t3__results_total__total=6, t3__new_received__total=6))


@fires("T4-TOTAL")
def a_reconsideration_is_missing_from_the_total() -> Made:
    return report(figures=balanced(t4__review__upheld=1))


@fires("T2-STOCK-MIN")
def more_documents_issued_than_in_force() -> Made:
    return report(figures=balanced(t2__normative_docs__issued=12, t2__normative_docs__in_force=5))


@fires("T2-INT")
def a_decision_count_is_blank() -> Made:
    return report(figures=balanced(t2__penalty__decisions=None))


@silent("T2-INT")
def an_amount_may_have_a_fraction() -> Made:
    return report(figures=balanced(t2__admin_fees__amount="2.55"))


@silent("T2-INT")
def the_change_of_items_may_be_negative() -> Made:
    return report("gov-2019", year=2019, figures=full("gov-2019", t2__licensing__delta=-2))


@fires("T3-INT")
def a_figure_is_negative() -> Made:
    return report(figures=balanced(t3__carried_out__total=-1))


@fires("T3-INT")
def a_figure_is_not_whole() -> Made:
    return report(figures=balanced(t3__carried_out__total="0.5"))


@fires("T4-INT")
def suits_are_left_blank() -> Made:
    return report(figures=balanced(t4__lit_direct__total=None, t4__lit_direct__upheld=None))


@fires("X-CARRY")
def last_year_carried_out_what_did_not_arrive() -> Made:
    carried = {"t3__carried_out__total": 2, "t3__carried_out__natural_person": 2}
    return report(figures=balanced()), Context(previous=report(year=2021, figures=balanced(**carried)))


@fires("X-CARRY")
def the_form_of_2019_carries_into_the_form_of_2021() -> Made:
    previous = report("gov-2019", year=2020, figures=full("gov-2019", t3__carried_out__total=3))
    return report(year=2021, figures=balanced()), Context(previous=previous)


@silent("X-CARRY", "T2-STOCK", "X-CLASS-STABLE", "T2-ITEMS", "R-RECEIVED-CLOSED")
def a_report_of_two_years_before_is_no_neighbour() -> Made:
    before = report(year=2020, figures=balanced(t3__carried_out__total=7, t2__normative_docs__in_force=90))
    return report(figures=balanced()), Context(previous=before)


@fires("X-CLASS-STABLE")
def a_carried_application_changed_its_applicant() -> Made:
    before = balanced(t3__carried_out__total=1, t3__carried_out__natural_person=1)
    now = balanced(t3__carried_in__total=1, t3__carried_in__commercial=1)
    return report(figures=now), Context(previous=report(year=2021, figures=before))


@fires("T2-STOCK")
def documents_in_force_jumped() -> Made:
    now = balanced(t2__normative_docs__in_force=40, t2__normative_docs__issued=4, t2__normative_docs__repealed=1)
    before = balanced(t2__normative_docs__in_force=30)
    return report(figures=now), Context(previous=report(year=2021, figures=before))


@silent("T2-STOCK")
def documents_in_force_follow() -> Made:
    now = balanced(t2__normative_docs__in_force=33, t2__normative_docs__issued=4, t2__normative_docs__repealed=1)
    before = balanced(t2__normative_docs__in_force=30)
    return report(figures=now), Context(previous=report(year=2021, figures=before))


def _items(prev_items: int) -> Made:
    before = full("gov-2019", t2__licensing__prev_items=10, t2__licensing__delta=2)
    now = full("gov-2019", t2__licensing__prev_items=prev_items)
    previous = report("gov-2019", year=2019, figures=before)
    return report("gov-2019", year=2020, figures=now), Context(previous=previous)


@fires("T2-ITEMS")
def items_of_last_year_forget_the_change() -> Made:
    return _items(10)


@silent("T2-ITEMS")
def items_of_last_year_follow() -> Made:
    return _items(12)


@fires("T2-PUBLISHED")
def more_newly_published_than_in_all() -> Made:
    figures = full("gov-2019", t2__normative_docs__new_published=9, t2__normative_docs__public_stock=3)
    return report("gov-2019", year=2019, figures=figures)


@silent("T2-PUBLISHED")
def newly_published_within_the_stock() -> Made:
    figures = full("gov-2019", t2__normative_docs__new_published=9, t2__normative_docs__public_stock=9)
    return report("gov-2019", year=2019, figures=figures)


@fires("A-SUM")
def a_summary_misses_a_department() -> Made:
    return report(figures=balanced(), agency="云州市人民政府"), Context(covered=(report(figures=balanced()),) * 2)


@silent("A-SUM")
def a_summary_of_one_office_is_that_office() -> Made:
    figures = balanced(t2__normative_docs__in_force=7)
    return report(figures=figures, agency="云州市人民政府"), Context(covered=(report(figures=balanced()),))


@silent(*STATISTICS_RULES)
def a_statistics_table_that_balances() -> Made:
    previous = report("gov-2014", year=2015, figures=statistics())
    return report("gov-2014", year=2016, figures=statistics()), Context(previous=previous)


@silent(*(r for r in STATISTICS_RULES if r != "R-INT"))
def a_statistics_table_with_blank_parts() -> Made:
    blank = {"ch_website": None, "rc_online": None, "an_granted": None, "closed_on_time": None, "staff": None}
    return report("gov-2014", year=2016, figures=statistics(**blank))


def _statistics(year: int = 2016, **changes: int | None) -> Made:
    return report("gov-2014", year=year, figures=statistics(**changes))


def _local(**values: int) -> Made:
    local = cells({f"stat.{k}": v for k, v in values.items()})
    return report("gov-2014", year=2016, figures={**statistics(s6=values.get("s6", 0)), **local})


@fires("R-RECEIVED")
def ways_in_do_not_reach_the_total() -> Made:
    return _statistics(rc_letter=0)


@fires("R-CLOSED", "R-CLOSED-ANSWERED")
def closed_is_not_on_time_plus_extended() -> Made:
    return _statistics(closed=9)


@fires("R-ANSWERED")
def replies_do_not_reach_the_total() -> Made:
    return _statistics(an_granted=3)


@fires("R-DENIED")
def denials_have_no_ground() -> Made:
    return _statistics(an_granted=3, an_denied=1)


@fires("R-REVIEW")
def reconsiderations_have_no_outcome() -> Made:
    return _statistics(s4=2, rv_upheld=1)


@fires("R-LITIGATION")
def suits_have_no_outcome() -> Made:
    return _statistics(s5=2, lt_upheld=1)


@fires("R-STAFF")
def staff_are_neither_full_nor_part_time() -> Made:
    return _statistics(staff=6, staff_full=1, staff_part=4)


@fires("R-ARCHIVES")
def archives_got_neither_paper_nor_files() -> Made:
    return _local(to_archives=20, to_archives_paper=10, to_archives_electronic=5)


@fires("R-SITES")
def sites_of_no_level() -> Made:
    return _local(sites=12, sites_county=4, sites_township=6)


@fires("R-COMPLAINTS-LOCAL")
def complaints_without_outcome() -> Made:
    return _local(s6=2, cp_upheld=1, cp_corrected=0, cp_other=0)


@silent("R-ARCHIVES", "R-SITES", "R-COMPLAINTS-LOCAL")
def local_rows_that_balance() -> Made:
    return _local(
        to_archives=20, to_archives_paper=10, to_archives_electronic=10, sites=2, sites_county=1, sites_township=1
    )


@fires("R-PUB-MAX")
def a_channel_published_more_than_all() -> Made:
    return _statistics(ch_website=61)


@fires("R-PUB-SUM")
def more_published_than_through_any_channel() -> Made:
    return _statistics(published=90)


@fires("R-NORM", "R-NORM2")
def more_documents_published_than_anything() -> Made:
    return _statistics(published_norm_docs=61, issued_norm_docs=5)


@fires("R-PRESS")
def the_head_attended_more_conferences_than_were_held() -> Made:
    return _statistics(press_conf=1, press_conf_leader=2)


@fires("R-INTERVIEW")
def the_head_gave_more_interviews_than_were_held() -> Made:
    return _statistics(interviews=1, interviews_leader=2)


@fires("R-INT")
def statistics_are_left_blank() -> Made:
    return _statistics(trainings=None)


@fires("R-INT")
def a_figure_stands_on_a_heading_row() -> Made:
    unread = Unread(None, "12", "figure_on_group_row", Where(3, row=4, col=2))
    return report("gov-2014", year=2016, figures=statistics(), unread=(unread,))


@silent("T2-INT")
@silent("T4-INT")
@fires("T3-INT")
def a_figure_beside_a_heading_is_said_once() -> Made:
    unread = Unread(None, "12", "figure_on_group_row", Where(3, row=8, col=4))
    return report(figures=balanced(), unread=(unread,))


@fires("R-FEE")
def fees_after_their_abolition() -> Made:
    return _statistics(year=2018, s7=2)


@silent("R-FEE")
def fees_before_their_abolition() -> Made:
    return _statistics(year=2016, s7=2)


@fires("R-RECEIVED-CLOSED")
def more_closed_than_there_were() -> Made:
    previous = report("gov-2014", year=2015, figures=statistics(received=5, closed=4))
    return report("gov-2014", year=2016, figures=statistics(closed=9)), Context(previous=previous)


def _annex(**changes: int) -> Made:
    values = {
        "published": 100, "published_fulltext": 90, "requests": 5, "rq_in_person": 2, "rq_fax": 0, "rq_email": 0,
        "rq_online": 3, "rq_letter": 0, "rq_other": 0, "replies": 5, "rp_granted": 5, "rp_partial": 0, "rp_denied": 0,
        "fees": 25, "fee_search": 0, "fee_copy": 20, "fee_post": 5, "appeals": 0, "appeals_unsatisfied": 0,
        "staff": 3, "staff_full": 1, "staff_part": 2,
    }  # fmt: skip
    made = cells({f"stat.{k.replace('__', '.')}": Decimal(v) for k, v in {**values, **changes}.items()})
    return report("gov-2008", year=2011, figures=made)


@silent(*ANNEX_RULES, "R-INT")
def an_annexed_table_that_balances() -> Made:
    return _annex(published__year_to_date=100)


@fires("R-REQUESTS")
def requests_of_no_form() -> Made:
    return _annex(requests=6)


@fires("R-REPLIES")
def replies_of_no_kind() -> Made:
    return _annex(replies=6)


@fires("R-FEES")
def fees_of_no_kind() -> Made:
    return _annex(fees=30)


@fires("R-FULLTEXT")
def more_in_full_text_than_published() -> Made:
    return _annex(published_fulltext=120)


@fires("R-APPEALS")
def more_unsatisfied_appeals_than_appeals() -> Made:
    return _annex(appeals_unsatisfied=1)


@fires("R-YTD")
def the_current_figure_exceeds_the_year_to_date() -> Made:
    return _annex(published__year_to_date=20)


def _university(**changes: int) -> Made:
    values = {"requests": 8, "granted": 5, "partial": 0, "denied": 2, "other_replies": 0, "pending": 1}
    made = cells({f"figures.{k}": v for k, v in {**values, **changes}.items()})
    return report("university", year=2016, figures=made, agency="云州学院", prose={"c1": "学校概况。"})


@fires("U-REQ")
def a_university_lost_an_application() -> Made:
    return _university(denied=1)


@silent("U-REQ")
def a_university_answered_them_all() -> Made:
    return _university()
