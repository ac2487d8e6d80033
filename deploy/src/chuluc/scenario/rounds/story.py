"""Scenario rounds: all eight rounds of 2018 to 2025, one after the other in one log.

Published counts come out exactly; the year 2021 is told as in the scenario of its own, special cases and support included.
A day is begun where something happens or a recognition ends, and the first of each month: some 200 days. With each of the
2,000 business days the embedded engines took 99 s in place of 63 s, and nothing in the story hangs on the others.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from shared.contracts.base import Data
from shared.contracts.council import ResultPublished, RevocationDecided

from chuluc.scenario import round2021, rules2021
from chuluc.scenario.cast import Enterprise
from chuluc.scenario.round import Round, decide, score
from chuluc.scenario.rounds import beside, plans, rules
from chuluc.scenario.rounds.casts import casts, top10_enterprises
from chuluc.scenario.rounds.expected import EXPECTED
from chuluc.scenario.rounds.figures import declared
from chuluc.scenario.rounds.published import Published, published
from chuluc.scenario.steps import Scenario
from chuluc.scenario.story import Story

LAST_DAY = date(2026, 1, 5)
FILING_PARTS = 4
YEAR_BEGINS = (1, 11)
"""Month and day from which a year is told: by then the figures of the year before are reported."""
IN_FORCE: Mapping[int, tuple[date, tuple[Data, ...]]] = {
    2018: (rules.RULES_BEFORE.effective_from, (rules.RULES_BEFORE, rules.CRITERIA_BEFORE)),
    2019: (rules2021.ISSUED_RULES.effective_from, (rules2021.ISSUED_RULES,)),
    2023: (rules.RULES_2023.effective_from, (rules.RULES_2023, rules.CRITERIA_2023)),
}
"""Versions of rules and criteria, with the day they are told; those of 2021 are told with its round."""
REVOKED = {2025: 2023}
"""At the beginning of a year, the round whose last recognised product loses its recognition: made, as no real case is known."""


def scenario() -> Scenario:
    """Eight years from January 2018 to January 2026."""
    story = Story("rounds", rules.ENDED)
    known: set[int] = set()
    told: dict[int, Round] = {}
    every = casts()
    for year, cast in every.items():
        if year == rules2021.YEAR:
            story.day(plans.PHASE.date)
            story.tell(plans.PHASE)
            round2021.tell(story, cast, known=known)
        else:
            told[year] = _round(published()[year], cast)
            revoked = told.get(REVOKED.get(year, 0))
            revocations = (revocation(revoked, year),) if revoked else ()
            _tell(story, published()[year], told[year], known, revocations=revocations, suppliers=every[rules2021.YEAR])
            beside.tell_last(story, year, cast)
        known |= {e.number for e in cast}
    story.day(LAST_DAY)
    story.settle("bảng của các đợt cần mọi số liệu")
    return Scenario(
        name="rounds",
        title="Tám đợt xét chọn sản phẩm công nghiệp chủ lực 2018 – 2025",
        steps=tuple(story.steps),
        rounds=EXPECTED,
        made_vi="Số sản phẩm, doanh nghiệp được công nhận từng năm, Top 10 năm 2021, ngành năm 2022 và các tổng là số đã công "
        "bố; số hồ sơ đánh dấu *, tên và mã số thuế doanh nghiệp, điểm, doanh thu từng sản phẩm, ngày các bước, lần đầu hay "
        "công nhận lại là số liệu giả định.",
        made_en="Products and enterprises recognised each year, the Top 10 of 2021, the industries of 2022 and the totals are "
        "as published; counts marked *, names and tax codes of enterprises, scores, revenues, most days, and who is "
        "recognised for the first time or again are assumed.",
    )


def _tell(
    story: Story,
    said: Published,
    round_: Round,
    known: set[int],
    *,
    revocations: tuple[Data, ...],
    suppliers: tuple[Enterprise, ...],
) -> None:
    """A year: what is in force, dossiers, Council, comments where they are known, decision."""
    story.day(_working_day(date(said.year, *YEAR_BEGINS)))
    story.tell(rules.calendar(said.year), *revocations)
    for plan in plans.PLANS.get(said.year, ()):
        story.day(plan.date)
        story.tell(plan)
    beside.tell_first(story, said.year, suppliers)
    if said.year in IN_FORCE:
        day, issued = IN_FORCE[said.year]
        story.day(day)
        story.tell(*issued)
    _file(story, round_, known)
    score(story, round_)
    if said.comments_until:
        story.tell(ResultPublished(round_id=round_.id, published_on=round_.closed_on, comments_until=said.comments_until))
        story.day(said.comments_until)
    decide(story, round_)
    if said.ceremony:
        story.day(said.ceremony)


def revocation(round_: Round, year: int) -> RevocationDecided:
    """The last line of a round's decision loses its recognition."""
    last = round_.decided().lines[-1]
    (enterprise,) = [e for e in round_.cast if e.number == round_.accepted[last.application_id].enterprise]
    day = _working_day(date(year, *YEAR_BEGINS))
    return RevocationDecided(
        certificate=f"{round_.opened.year}-{last.line:03d}",
        tax_code=enterprise.tax_code,
        decision=f"Quyết định thu hồi năm {year} (giả định)",
        decided_on=day,
        revoked_on=day,
        reason="Doanh nghiệp ngừng sản xuất sản phẩm (giả định).",
    )


def _round(said: Published, cast: tuple[Enterprise, ...]) -> Round:
    days = rules.DAYS[said.year]
    part = (days.closes - days.opens) / FILING_PARTS
    return Round(
        opened=rules.opened(said.year),
        rules=rules.rules_of(said.year),
        criteria=rules.criteria_of(said.year),
        council=rules.council(said.year),
        cast=cast,
        declared=declared(said, cast),
        top10_enterprises=top10_enterprises(said.year),
        filing_days=tuple(_working_day(days.opens + part * n) for n in range(FILING_PARTS + 1)),
        late_day=days.closes + timedelta(days=3),
        appointed_on=days.appointed,
        scoring_days=days.scoring,
        closed_on=days.closed,
        decision=f"Quyết định công nhận năm {said.year} (số giả định)",
        decided_on=days.decided,
    )


def _file(story: Story, round_: Round, known: set[int]) -> None:
    """The round opens, enterprises register where they are new, and file over its weeks."""
    story.day(round_.opened.opens)
    story.tell(round_.opened, *round_.registered(known))
    story.settle("hồ sơ cần doanh nghiệp đã có trong sổ đăng ký")
    for day, filed in round_.filed().items():
        story.day(day)
        story.tell(*filed)
    story.settle("mọi hồ sơ phải được kiểm tra xong")


def _working_day(day: date) -> date:
    """This day, or the next one on which business is done."""
    return day if rules.CALENDAR.is_business_day(day) else rules.CALENDAR.after(day, 1)
