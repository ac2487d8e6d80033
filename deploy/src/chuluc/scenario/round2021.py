"""Scenario 2021: the real round of 2021 with its published counts, and every special case the slice answers.

Special cases on the way: a dossier before its round, a duplicate delivery, a message that is no JSON, a late dossier,
an ineligible one, one with two reasons, a corrected score, a tie, a second request for the same fair, a request above
the rate, a budget line that runs out.
"""

from datetime import date, timedelta
from decimal import Decimal

from shared.contracts.council import DecisionLine, RecognitionDecided, ScoringClosed
from shared.contracts.portal import ApplicationFiled, YearFigures
from shared.contracts.registers import EnterpriseRegistered, SupportingIndustryConfirmed

from chuluc.scenario import results2021, rules2021
from chuluc.scenario.cast2021 import TOP10, Enterprise, Product, enterprises, figures
from chuluc.scenario.made import drawn, papers
from chuluc.scenario.rules2021 import CLOSES, COMMITMENTS, DECIDED_ON, DECISION, DOCUMENTS, FAIR_ABROAD, OPENS, RENEWAL, ROUND
from chuluc.scenario.scores2021 import sheets, totals
from chuluc.scenario.steps import Expected, Scenario
from chuluc.scenario.story import Story
from chuluc.scenario.support2021 import AGAIN_DAY, FAIR_DAY, LAST_DAY, RENEWAL_DAY, Requests, requests

FILING_DAYS = (OPENS, *(date(2021, m, d) for m, d in ((4, 26), (5, 10), (5, 24), (6, 7), (6, 21), (7, 5), (7, 19))), CLOSES)
LATE_DAY = CLOSES + timedelta(days=3)
SCORING_DAYS = (date(2021, 9, 6), date(2021, 9, 13), date(2021, 9, 20))
CLOSING_DAY = date(2021, 10, 15)
NOT_JSON = "Kính gửi Sở Công Thương, xin nộp hồ sơ xét chọn năm 2021.".encode()


def scenario() -> Scenario:
    """The round of 2021 from the first day of its year to the figures in January 2022."""
    cast = enterprises()
    recognised = [e for e in cast if e.recognised]
    money = requests(recognised)
    declared = figures(cast)
    story = Story("2021")
    _in_force(story, money)
    dossiers = _filing(story, cast, declared)
    _scoring(story, dossiers)
    _support(story, recognised, money)
    _results(story, recognised, declared)
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


def _filing(
    story: Story, cast: tuple[Enterprise, ...], declared: dict[int, tuple[YearFigures, YearFigures]]
) -> dict[str, Product]:
    """Enterprises register and file over the weeks of the round; gives the 54 dossiers by id."""
    products = sorted((p for e in cast for p in e.products), key=lambda p: (p.fate == "late", drawn(10**6, "filing", p.number)))
    dossiers = {f"HS-2021-{n:03d}": p for n, p in enumerate(products, 1)}
    taxpayers = {e.number: e for e in cast}
    story.day(OPENS)
    story.tell(*map(_registered, cast))
    story.settle("hồ sơ cần doanh nghiệp đã có trong sổ đăng ký")
    by_day: dict[date, list[ApplicationFiled]] = {day: [] for day in (*FILING_DAYS, LATE_DAY)}
    on_time = len(dossiers) - 1
    for place, (application_id, product) in enumerate(dossiers.items()):
        day = LATE_DAY if product.fate == "late" else FILING_DAYS[place * len(FILING_DAYS) // on_time]
        by_day[day].append(_filed(application_id, product, taxpayers[product.enterprise], day, declared[product.number]))
    early, *others = by_day.pop(OPENS)
    story.tell(early)  # before its round: it waits for it
    story.tell(rules2021.OPENED_ROUND)
    first = story.tell(*others)[0]
    for day, filed in by_day.items():
        story.day(day)
        story.tell(*filed)
        if day == FILING_DAYS[1]:
            story.again(first)  # the portal delivers one dossier twice
        if day == FILING_DAYS[2]:
            story.raw(ApplicationFiled.contract.topic.name, NOT_JSON)
    story.settle("mọi hồ sơ phải được kiểm tra xong")
    return dossiers


def _registered(enterprise: Enterprise) -> EnterpriseRegistered:
    return EnterpriseRegistered(
        tax_code=enterprise.tax_code,
        name=enterprise.name,
        head_office="Bắc Ninh" if enterprise.outside else "Hà Nội",
        factory="Bắc Ninh" if enterprise.outside else "Hà Nội",
        district=enterprise.district,
        made=True,
    )


def _filed(
    application_id: str, product: Product, enterprise: Enterprise, day: date, declared: tuple[YearFigures, YearFigures]
) -> ApplicationFiled:
    return ApplicationFiled(
        application_id=application_id,
        round_id=ROUND,
        tax_code=enterprise.tax_code,
        product_id=product.id,
        product_name=product.name,
        industry=product.industry,
        path=product.path,
        received=day,
        figures=declared,
        documents=papers(application_id, DOCUMENTS, day),
        commitments=COMMITMENTS if product.path == "high-tech" else (),
        made=True,
    )


def _scoring(story: Story, dossiers: dict[str, Product]) -> None:
    """The Council is appointed, scores on three days, closes; the city decides."""
    accepted = {id: p for id, p in dossiers.items() if p.fate in ("recognised", "low-score")}
    reached = totals(sorted(accepted.values(), key=lambda p: p.number))
    story.day(date(2021, 8, 16))
    story.tell(rules2021.COUNCIL)
    story.settle("phiếu điểm cần Hội đồng và hồ sơ đã vào vòng chấm")
    filed = [sheet for id, p in accepted.items() for sheet in sheets(id, p, reached[p.number])]
    for number, day in enumerate(SCORING_DAYS):
        story.day(day)
        todays = filed[number * len(filed) // 3 : (number + 1) * len(filed) // 3]
        # A member first writes a point less, and corrects it: only the later sheet counts.
        story.tell(todays[0].model_copy(update={"points": todays[0].points - 1}), *todays)
    story.settle("mọi phiếu điểm phải được ghi")
    story.day(CLOSING_DAY)
    story.tell(ScoringClosed(round_id=ROUND, closed_on=CLOSING_DAY, applications=tuple(accepted)))
    story.settle("quyết định dựa trên bảng xếp hạng")
    story.day(DECIDED_ON)
    best_first = sorted(
        (id for id, p in accepted.items() if p.fate == "recognised"), key=lambda id: (-reached[accepted[id].number], id)
    )
    lines = tuple(DecisionLine(line=n, application_id=id) for n, id in enumerate(best_first, 1))
    story.tell(RecognitionDecided(round_id=ROUND, decision=DECISION, decided_on=DECIDED_ON, lines=lines))
    story.settle("hỗ trợ cần sản phẩm đã được công nhận")


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
