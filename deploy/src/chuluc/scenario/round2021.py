"""Scenario 2021: the real round of 2021 with its published counts, and every special case the slice answers.

Special cases on the way: a dossier before its round, a duplicate delivery, a message that is no JSON, a late dossier,
an ineligible one, one with two reasons, a corrected score, a tie, a second request for the same fair, a request above
the rate, a budget line that runs out.
"""

from collections.abc import Set
from datetime import date, timedelta
from decimal import Decimal

from shared.contracts.portal import ApplicationFiled, YearFigures
from shared.contracts.registers import SupportingIndustryConfirmed

from chuluc.scenario import results2021, rules2021
from chuluc.scenario.cast import Enterprise
from chuluc.scenario.cast2021 import TOP10, enterprises, figures
from chuluc.scenario.round import Round, decide, score
from chuluc.scenario.rules2021 import CLOSES, DECIDED_ON, DECISION, FAIR_ABROAD, OPENS, RENEWAL
from chuluc.scenario.steps import Expected, Scenario
from chuluc.scenario.story import Story
from chuluc.scenario.support2021 import AGAIN_DAY, FAIR_DAY, LAST_DAY, RENEWAL_DAY, Requests, requests

FILING_DAYS = (OPENS, *(date(2021, m, d) for m, d in ((4, 26), (5, 10), (5, 24), (6, 7), (6, 21), (7, 5), (7, 19))), CLOSES)
NOT_JSON = "Kính gửi Sở Công Thương, xin nộp hồ sơ xét chọn năm 2021.".encode()


def scenario() -> Scenario:
    """The round of 2021 from the first day of its year to the figures in January 2022."""
    story = Story("2021")
    money = tell(story, enterprises(), known=frozenset())
    return Scenario(
        name="2021",
        title="Đợt xét chọn sản phẩm công nghiệp chủ lực năm 2021",
        steps=tuple(story.steps),
        expected=Expected(
            year=2021,
            filed=(54, 34),
            recognised=(46, 30),
            top10=tuple(name for name, _, _ in TOP10),
            supported_share=Decimal(100),
            output_share=results2021.OUTPUT_SHARE,
            exports_share=results2021.EXPORTS_SHARE,
            granted=money.granted,
        ),
        made_vi="Số hồ sơ, số được công nhận, Top 10 và quyết định là số đã công bố; tên doanh nghiệp khác, mã số thuế, "
        "điểm, doanh thu, đề nghị và tiền hỗ trợ, số toàn Thành phố là số liệu giả định.",
        made_en="Counts, Top 10 and the decision are as published; other names, tax codes, scores, revenues, requests, "
        "support money and city-wide figures are assumed.",
    )


def tell(story: Story, cast: tuple[Enterprise, ...], *, known: Set[int]) -> Requests:
    """The whole year 2021; `known` are the numbers of the enterprises that are registered. Gives what was asked for."""
    recognised = [e for e in cast if e.recognised]
    money = requests(recognised)
    declared = figures(cast)
    round_ = _round(cast, declared)
    _in_force(story, money)
    _file(story, round_, known)
    score(story, round_)
    decide(story, round_)
    _support(story, recognised, money)
    _results(story, recognised, declared)
    return money


def _round(cast: tuple[Enterprise, ...], declared: dict[int, tuple[YearFigures, YearFigures]]) -> Round:
    return Round(
        opened=rules2021.OPENED_ROUND,
        rules=rules2021.ISSUED_RULES,
        criteria=rules2021.ISSUED_CRITERIA,
        council=rules2021.COUNCIL,
        cast=cast,
        declared={p.id: declared[p.number] for e in cast for p in e.products},
        top10_enterprises=len(TOP10),
        filing_days=FILING_DAYS,
        late_day=CLOSES + timedelta(days=3),
        appointed_on=date(2021, 8, 16),
        scoring_days=(date(2021, 9, 6), date(2021, 9, 13), date(2021, 9, 20)),
        closed_on=date(2021, 10, 15),
        decision=DECISION,
        decided_on=DECIDED_ON,
    )


def _in_force(story: Story, money: Requests) -> None:
    """Calendar, rules, schemes, plan and its money, criteria: all before the round opens."""
    story.day(date(2021, 1, 1))
    story.tell(rules2021.CALENDAR, rules2021.ISSUED_RULES, *rules2021.SCHEMES)
    story.day(rules2021.ISSUED_PLAN.date)
    story.tell(rules2021.ISSUED_PLAN)
    story.day(date(2021, 3, 15))
    story.tell(
        *(rules2021.budget(f"2021/{scheme}", scheme, money.allocated[f"2021/{scheme}"]) for scheme in (FAIR_ABROAD, RENEWAL))
    )
    story.day(date(2021, 4, 5))
    story.tell(rules2021.ISSUED_CRITERIA)


def _file(story: Story, round_: Round, known: Set[int]) -> None:
    """Enterprises register and file over the weeks of the round, not everything as it should be."""
    story.day(OPENS)
    story.tell(*round_.registered(known))
    story.settle("hồ sơ cần doanh nghiệp đã có trong sổ đăng ký")
    by_day = round_.filed()
    early, *others = by_day.pop(OPENS)
    story.tell(early)  # before its round: it waits for it
    story.tell(round_.opened)
    first = story.tell(*others)[0]
    for day, filed in by_day.items():
        story.day(day)
        story.tell(*filed)
        if day == FILING_DAYS[1]:
            story.again(first)  # the portal delivers one dossier twice
        if day == FILING_DAYS[2]:
            story.raw(ApplicationFiled.contract.topic.name, NOT_JSON)
    story.settle("mọi hồ sơ phải được kiểm tra xong")


def _support(story: Story, recognised: list[Enterprise], money: Requests) -> None:
    """Every recognised enterprise is confirmed as CNHT and asks for support, in the order in which money is given."""
    story.day(date(2021, 12, 1))
    story.tell(*rules2021.ANNOUNCED_FAIRS)
    for enterprise in recognised:
        sector = enterprise.products[0].industry
        story.tell(
            SupportingIndustryConfirmed(tax_code=enterprise.tax_code, confirmed_on=date(2021, 12, 1), sector=sector, made=True)
        )
    story.settle("đề nghị hỗ trợ cần danh sách doanh nghiệp CNHT")
    story.day(FAIR_DAY)
    story.tell(*money.fairs)
    story.settle("đề nghị thứ hai cho cùng hội chợ đến sau khi đề nghị đầu đã được duyệt")
    story.day(AGAIN_DAY)
    story.tell(money.again)
    story.day(RENEWAL_DAY)
    story.tell(*money.renewals)
    story.settle("đề nghị cuối đến khi dòng ngân sách đã gần hết")
    story.day(LAST_DAY)
    story.tell(money.last)
    story.settle("năm kết thúc sau khi mọi đề nghị đã có trả lời")


def _results(story: Story, recognised: list[Enterprise], declared: dict[int, tuple[YearFigures, YearFigures]]) -> None:
    """The year ends, enterprises and the statistics office report."""
    story.day(date(2021, 12, 31))
    story.day(date(2022, 1, 10))
    story.tell(*results2021.annual_results(recognised, declared), *results2021.CITY_FIGURES)
    story.settle("bảng của năm cần mọi số liệu")
