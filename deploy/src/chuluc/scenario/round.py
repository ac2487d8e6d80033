"""One round, whichever year's: its facts from the registers to the city's decision, each made in one place here."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from shared.contracts.council import CouncilAppointed, DecisionLine, RecognitionDecided, ScoreFiled, ScoringClosed
from shared.contracts.department import CriteriaIssued, EligibilityRulesIssued, RoundOpened
from shared.contracts.portal import ApplicationFiled, YearFigures
from shared.contracts.registers import EnterpriseRegistered

from chuluc.scenario.cast import Enterprise, Product, best_first
from chuluc.scenario.made import drawn, papers
from chuluc.scenario.sheets import sheets, totals
from chuluc.scenario.story import Story


@dataclass(frozen=True)
class Round:
    """What a round pins, its days, and who takes part. `declared` has the figures of two years by product id.

    The last of `filing_days` is the last day of the round; what is late is filed on `late_day`.
    """

    opened: RoundOpened
    rules: EligibilityRulesIssued
    criteria: CriteriaIssued
    council: CouncilAppointed
    cast: tuple[Enterprise, ...]
    declared: Mapping[str, tuple[YearFigures, YearFigures]]
    top10_enterprises: int
    filing_days: tuple[date, ...]
    late_day: date
    appointed_on: date
    scoring_days: tuple[date, ...]
    closed_on: date
    decision: str
    decided_on: date

    @property
    def id(self) -> str:
        return self.opened.round_id

    @cached_property
    def dossiers(self) -> dict[str, Product]:
        """Every product by the id of its dossier, in the order filed: the late ones last."""
        products = sorted(
            (p for e in self.cast for p in e.products), key=lambda p: (p.fate == "late", drawn(10**6, "filing", p.id))
        )
        return {f"HS-{self.opened.year}-{n:03d}": p for n, p in enumerate(products, 1)}

    @cached_property
    def accepted(self) -> dict[str, Product]:
        """The dossiers that are eligible and go to the Council."""
        return {id: p for id, p in self.dossiers.items() if p.fate in ("recognised", "low-score")}

    @cached_property
    def totals(self) -> dict[str, Decimal]:
        """The score each accepted product shall reach, by product id."""
        failed = [p for e in self.cast for p in e.products if p.fate == "low-score"]
        return totals(best_first(self.cast, self.top10_enterprises), failed)

    def registered(self, known: Set[int]) -> list[EnterpriseRegistered]:
        """The registration of each enterprise whose number is not known yet."""
        return [
            EnterpriseRegistered(
                tax_code=enterprise.tax_code,
                name=enterprise.name,
                head_office="Bắc Ninh" if enterprise.outside else "Hà Nội",
                factory="Bắc Ninh" if enterprise.outside else "Hà Nội",
                district=enterprise.district,
                made=True,
            )
            for enterprise in self.cast
            if enterprise.number not in known
        ]

    def filed(self) -> dict[date, list[ApplicationFiled]]:
        """The dossiers by the day they are received."""
        tax_codes = {e.number: e.tax_code for e in self.cast}
        on_time = sum(p.fate != "late" for p in self.dossiers.values())
        by_day: dict[date, list[ApplicationFiled]] = {day: [] for day in (*self.filing_days, self.late_day)}
        for place, (id, product) in enumerate(self.dossiers.items()):
            late = product.fate == "late"
            day = self.late_day if late else self.filing_days[place * len(self.filing_days) // on_time]
            by_day[day].append(self._filed(id, product, tax_codes[product.enterprise], day))
        return by_day

    def _filed(self, application_id: str, product: Product, tax_code: str, day: date) -> ApplicationFiled:
        return ApplicationFiled(
            application_id=application_id,
            round_id=self.id,
            tax_code=tax_code,
            product_id=product.id,
            product_name=product.name,
            industry=product.industry,
            path=product.path,
            received=day,
            figures=self.declared[product.id],
            documents=papers(application_id, self.rules.required_documents, day),
            commitments=self.rules.high_tech_commitments if product.path == "high-tech" else (),
            made=True,
        )

    def scores(self) -> list[ScoreFiled]:
        """Every score of every accepted dossier, once."""
        return [
            score
            for id, p in self.accepted.items()
            for score in sheets(id, p, self.totals[p.id], round_id=self.id, issued=self.criteria, members=self.council.members)
        ]

    def closed(self) -> ScoringClosed:
        """Scoring is closed over the accepted dossiers."""
        return ScoringClosed(round_id=self.id, closed_on=self.closed_on, applications=tuple(self.accepted))

    def decided(self) -> RecognitionDecided:
        """The city recognises what passed, best first."""
        passed = [id for id, p in self.accepted.items() if p.fate == "recognised"]
        passed.sort(key=lambda id: (-self.totals[self.accepted[id].id], id))
        lines = tuple(DecisionLine(line=n, application_id=id) for n, id in enumerate(passed, 1))
        return RecognitionDecided(round_id=self.id, decision=self.decision, decided_on=self.decided_on, lines=lines)


def score(story: Story, round_: Round) -> None:
    """The Council is appointed, scores on its days and closes."""
    story.day(round_.appointed_on)
    story.tell(round_.council)
    story.settle("phiếu điểm cần Hội đồng và hồ sơ đã vào vòng chấm")
    scores, days = round_.scores(), len(round_.scoring_days)
    for number, day in enumerate(round_.scoring_days):
        story.day(day)
        todays = scores[number * len(scores) // days : (number + 1) * len(scores) // days]
        # A member first writes a point less, and corrects it: only the later sheet counts.
        story.tell(todays[0].model_copy(update={"points": todays[0].points - 1}), *todays)
    story.settle("mọi phiếu điểm phải được ghi")
    story.day(round_.closed_on)
    story.tell(round_.closed())
    story.settle("quyết định dựa trên bảng xếp hạng")


def decide(story: Story, round_: Round) -> None:
    """The city decides."""
    story.day(round_.decided_on)
    story.tell(round_.decided())
    story.settle("hỗ trợ và các đợt sau cần sản phẩm đã được công nhận")
