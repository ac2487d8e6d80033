"""What was in force from round to round: calendars, eligibility rules, criteria, Councils, days, validity.

Texts are those of the documents named beside them. Where none is public the value is a setting of this scenario, and the
event's own text says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.business_days import Calendar
from shared.contracts.council import CouncilAppointed
from shared.contracts.department import (
    CalendarIssued,
    CriteriaIssued,
    EligibilityRulesIssued,
    RoundOpened,
)

from chuluc.scenario import rules2021
from chuluc.scenario.rounds.plans import PLANS
from chuluc.scenario.rounds.published import published

# Month, then days: public holidays and their days in lieu that fall on working days; swapped working days are left out.
HOLIDAYS: Mapping[int, Mapping[int, tuple[int, ...]]] = {
    2018: {1: (1,), 2: (14, 15, 16, 19, 20), 4: (25, 30), 5: (1,), 9: (3,)},
    2019: {1: (1,), 2: (4, 5, 6, 7, 8), 4: (15, 30), 5: (1,), 9: (2,)},
    2020: {1: (1, 23, 24, 27, 28, 29), 4: (2, 30), 5: (1,), 9: (2,)},
    2022: {1: (3, 31), 2: (1, 2, 3, 4), 4: (11,), 5: (2, 3), 9: (1, 2)},
    2023: {1: (2, 20, 23, 24, 25, 26), 5: (1, 2, 3), 9: (1, 4)},
    2024: {1: (1,), 2: (8, 9, 12, 13, 14), 4: (18, 30), 5: (1,), 9: (2, 3)},
    2025: {1: (1, 27, 28, 29, 30, 31), 4: (7, 30), 5: (1,), 9: (1, 2)},
    2026: {1: (1,)},
}
CALENDAR = Calendar(
    frozenset(date(year, month, day) for year, months in HOLIDAYS.items() for month, days in months.items() for day in days)
    | frozenset(rules2021.CALENDAR.holidays)
)
MONTHS_BEFORE, MONTHS, CHANGED = 24, 36, 2019
"""Validity of a recognition: 24 months (2011, 2013), three years as told at the press meeting of 11/07/2019.

No source names the round in which it changed: that it is the one of 2019 is made.
"""
VALIDITY = {year: MONTHS_BEFORE if year < CHANGED else MONTHS for year in range(2018, 2026)}


def calendar(year: int) -> CalendarIssued:
    """The holidays of a year."""
    days = tuple(date(year, month, day) for month, found in HOLIDAYS[year].items() for day in found)
    text = f"Các ngày nghỉ lễ, tết và nghỉ bù năm {year}; không kể ngày nghỉ hoán đổi"
    return CalendarIssued(calendar_id=str(year), holidays=days, legal_text=text)


# -- eligibility and criteria ------------------------------------------------------------------------------------------


def _rules(rules_id: str, effective_from: date, legal_text: str) -> EligibilityRulesIssued:
    """The thresholds of guidance 1520 under another version: which ones held before and after was not found."""
    said = {"rules_id": rules_id, "effective_from": effective_from, "legal_text": legal_text}
    return rules2021.ISSUED_RULES.model_copy(update=said)


def _criteria(criteria_id: str, legal_text: str) -> CriteriaIssued:
    return rules2021.ISSUED_CRITERIA.model_copy(update={"criteria_id": criteria_id, "legal_text": legal_text})


RULES_BEFORE = _rules(
    "rules-2018",
    date(2018, 6, 26),
    "Quy chế theo 3211/QĐ-UBND ngày 26/06/2018; không tìm thấy ngưỡng trước 2019 nên dùng ngưỡng của 1520/HD-SCT là giả định",
)
RULES_2023 = _rules(
    "2022-QD-UBND-2023",
    date(2023, 4, 7),
    "Quyết định 2022/QĐ-UBND ngày 07/04/2023; không tìm thấy nội dung sửa đổi nên giữ ngưỡng của 1520/HD-SCT là giả định",
)
CRITERIA_BEFORE = _criteria(
    "criteria-2018", "Quy chế theo 3211/QĐ-UBND ngày 26/06/2018; tiêu chí, điểm và cơ quan chấm không công khai nên là giả định"
)
CRITERIA_2023 = _criteria(
    "criteria-2023", "Quyết định 2023/QĐ-UBND ngày 07/04/2023; phụ lục phân công chấm điểm chưa đọc được nên điểm là giả định"
)


def rules_of(year: int) -> EligibilityRulesIssued:
    """The version of the eligibility rules a round pins."""
    return RULES_BEFORE if year < CHANGED else rules2021.ISSUED_RULES if year < 2023 else RULES_2023


def criteria_of(year: int) -> CriteriaIssued:
    """The criteria set a round pins."""
    return CRITERIA_BEFORE if year < 2021 else rules2021.ISSUED_CRITERIA if year < 2023 else CRITERIA_2023


# -- the rounds --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Days:
    """The days of a round. Those of 2023 and the ceremonies are published, the others made."""

    opens: date
    closes: date
    appointed: date
    scoring: tuple[date, ...]
    closed: date
    decided: date


DAYS: Mapping[int, Days] = {
    2018: Days(
        date(2018, 7, 9),
        date(2018, 9, 28),
        date(2018, 10, 8),
        (date(2018, 10, 15), date(2018, 10, 22)),
        date(2018, 11, 5),
        date(2018, 12, 10),
    ),
    2019: Days(
        date(2019, 4, 16),
        date(2019, 7, 26),
        date(2019, 8, 12),
        (date(2019, 9, 9), date(2019, 9, 16)),
        date(2019, 10, 14),
        date(2019, 12, 16),
    ),
    2020: Days(
        date(2020, 5, 11),
        date(2020, 8, 14),
        date(2020, 9, 7),
        (date(2020, 9, 21), date(2020, 9, 28)),
        date(2020, 10, 19),
        date(2020, 12, 14),
    ),
    2022: Days(
        date(2022, 5, 9), date(2022, 8, 12), date(2022, 10, 27), (date(2022, 11, 7),), date(2022, 11, 14), date(2022, 12, 5)
    ),
    2023: Days(
        date(2023, 5, 8), date(2023, 8, 11), date(2023, 9, 11), (date(2023, 11, 7),), date(2023, 11, 7), date(2023, 12, 11)
    ),
    2024: Days(
        date(2024, 4, 15),
        date(2024, 7, 26),
        date(2024, 8, 26),
        (date(2024, 9, 16), date(2024, 9, 23)),
        date(2024, 10, 14),
        date(2024, 12, 2),
    ),
    2025: Days(
        date(2025, 4, 14),
        date(2025, 7, 25),
        date(2025, 8, 18),
        (date(2025, 9, 8), date(2025, 9, 15)),
        date(2025, 10, 6),
        date(2025, 11, 10),
    ),
}


def _ended(year: int, decided: date) -> date:
    """The first day on which the recognitions of a round are no longer in force."""
    return decided.replace(year=decided.year + VALIDITY[year] // 12)


ENDED = frozenset(_ended(year, days.decided) for year, days in DAYS.items()) | {_ended(2021, rules2021.DECIDED_ON)}


def opened(year: int) -> RoundOpened:
    """The round of a year, under the first plan of it that is known."""
    days, plans = DAYS[year], PLANS.get(year, ())
    return RoundOpened(
        round_id=str(year),
        year=year,
        plan_id=plans[0].plan_id if plans else f"unpublished@{year}",
        rules_id=rules_of(year).rules_id,
        criteria_id=criteria_of(year).criteria_id,
        opens=days.opens,
        closes=days.closes,
        validity_months=VALIDITY[year],
        comment_window=published()[year].comments_until is not None,
        legal_text=f"Đợt xét chọn năm {year}; ngày mở, ngày đóng là giả định; hiệu lực {VALIDITY[year]} tháng: 24 tháng theo "
        f"các đợt 2011, 2013, ba năm theo thông tin năm 2019, việc đổi từ đợt {CHANGED} là giả định",
    )


def council(year: int) -> CouncilAppointed:
    """The Council of a round: by the decision that was in force, its members made."""
    decision = {2022: "4074/QĐ-UBND ngày 27/10/2022"}.get(
        year, "2023/QĐ-UBND ngày 07/04/2023" if year >= 2023 else "3211/QĐ-UBND ngày 26/06/2018"
    )
    said = {"round_id": str(year), "decision": f"Hội đồng theo {decision}; thành viên là giả định"}
    return rules2021.COUNCIL.model_copy(update=said)
