"""What members and agencies are told of scores that are missing: how many, of how many dossiers, and by when."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from shared.business_days import Calendar
from shared.contracts.notices import Addressee
from shared.contracts.scoring import CouncilNotified
from shared.vietnamese import date as dated

from scoring.domain.contradictions import COUNCIL
from scoring.domain.council import CouncilVersion
from scoring.domain.missing import Missing


def reminder_days(version: CouncilVersion, calendar: Calendar) -> tuple[date, ...]:
    """The due day and so many business days before it as the appointment says, earliest first; none where no day is set."""
    due = version.scoring_due
    return () if due is None else tuple(sorted({due, *(_before(due, days, calendar) for days in version.remind_before)}))


def _before(day: date, days: int, calendar: Calendar) -> date:
    while days > 0:
        day -= timedelta(days=1)
        days -= calendar.is_business_day(day)
    return day


def reminders(round_id: str, due: date, lacks: Iterable[Missing]) -> tuple[CouncilNotified, ...]:
    """One notice to each member whose score is missing, then one to each agency that owns what is missing; by id."""
    of_members: dict[str, list[Missing]] = defaultdict(list)
    of_agencies: dict[str, list[Missing]] = defaultdict(list)
    for lack in lacks:
        for member in lack.from_members:
            of_members[member].append(lack)
        if lack.owner != COUNCIL:
            of_agencies[lack.owner].append(lack)
    return (
        *(_notice("member", member, round_id, due, of_members[member]) for member in sorted(of_members)),
        *(_notice("agency", agency, round_id, due, of_agencies[agency]) for agency in sorted(of_agencies)),
    )


def _notice(to: Addressee, addressee: str, round_id: str, due: date, lacks: list[Missing]) -> CouncilNotified:
    dossiers = len({lack.application_id for lack in lacks})
    where = f"/rounds/{round_id}/missing"
    return CouncilNotified(
        to=to,
        addressee=addressee,
        slug="scores-due",
        about=round_id,
        vi=f"Đợt {round_id} còn {len(lacks)} tiêu chí của {dossiers} hồ sơ chờ {addressee} chấm, hạn {dated(due)}; xem {where}.",
        en=f"Round {round_id}: {len(lacks)} criteria of {dossiers} dossiers wait for {addressee}, due {due}; see {where}.",
        due=due,
    )
