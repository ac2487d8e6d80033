"""The codes an enterprise has and had, known in every partition: a conflict written with any of them counts."""

from collections.abc import Iterable

from shared.contracts.base import Event
from shared.contracts.scoring import EnterpriseCodesJoined
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.assessment import Assessment, assessment_key
from scoring.domain.council import Council
from scoring.domain.holder import EnterpriseCodes
from scoring.domain.round import OPEN, OpenRounds, Round


@handles(EnterpriseCodesJoined, broadcast=True)
def join_codes(event: Event[EnterpriseCodesJoined], unit: Unit) -> None:
    """An enterprise goes on under another code: whoever has a conflict with either is recused where scores are taken."""
    known = codes_of((event.data.formerly, event.data.tax_code), unit)
    joined = tuple(sorted({code for codes in known for code in codes}))
    for code in joined:
        unit.put(EnterpriseCodes(id=code, codes=joined))
    open_rounds = unit.get(OpenRounds, OPEN)
    for round_ in unit.need_all(Round, open_rounds.rounds if open_rounds else ()):
        if council := unit.get(Council, round_.id):
            recuse(round_, council, unit)


def codes_of(tax_codes: Iterable[str], unit: Unit) -> list[tuple[str, ...]]:
    """For each code all that its enterprise has and had."""
    wanted = list(tax_codes)
    return [known.codes if known else (code,) for code, known in zip(wanted, unit.get_all(EnterpriseCodes, wanted), strict=True)]


def recuse(round_: Round, council: Council, unit: Unit) -> None:
    """Recuse whoever has a conflict with the enterprise of a dossier; of those the round let go too, whose history stays."""
    ids = (*round_.applications, *round_.withdrawn)
    assessments = unit.need_all(Assessment, (assessment_key(round_.id, id) for id in ids))
    known = codes_of((assessment.tax_code for assessment in assessments), unit)
    for before, codes in zip(assessments, known, strict=True):
        after = before.recusing(council, codes)
        if after != before:
            unit.put(after)
            for recused in after.recusals_since(before):
                unit.publish(recused)
