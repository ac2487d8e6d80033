"""What a dossier says as of one filing or supplement: a version, which never changes."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.department import Industry
from shared.contracts.portal import ApplicationFiled, Paper, Path, SupplementFiled, YearFigures


class Version(BaseModel):
    """The contents of a dossier from the day they were received; money in đồng, exports in USD."""

    model_config = ConfigDict(frozen=True)

    number: int
    kind: Literal["filing", "supplement"]
    received: date
    product_name: str
    industry: Industry
    path: Path
    figures: tuple[YearFigures, ...]
    documents: tuple[Paper, ...]
    commitments: tuple[str, ...]
    made: bool

    @classmethod
    def of(cls, filed: ApplicationFiled) -> Self:
        """The first version of a dossier, as it was filed."""
        names = cls.model_fields.keys() & ApplicationFiled.model_fields.keys()
        return cls(number=1, kind="filing", **{name: getattr(filed, name) for name in names})

    def supplemented(self, answer: SupplementFiled) -> Self:
        """The version after an answer: papers and commitments are added, the figures of a year take the earlier ones' place."""
        corrected = {figures.year for figures in answer.figures}
        # An answer dated before the filing cannot take papers of the filing away.
        received = max(self.received, answer.received)
        kept = [figures for figures in self.figures if figures.year not in corrected]
        return self.model_copy(
            update={
                "number": self.number + 1,
                "kind": "supplement",
                "received": received,
                "figures": tuple(sorted([*kept, *answer.figures], key=lambda figures: figures.year)),
                "documents": (*self.documents, *answer.documents),
                "commitments": tuple(dict.fromkeys((*self.commitments, *answer.commitments))),
                "made": self.made or answer.made,
            }
        )

    def papers_of(self, kind: str) -> list[Paper]:
        """The papers of a kind that were received by the day of this version."""
        return [paper for paper in self.documents if paper.kind == kind and paper.received <= self.received]

    def holds(self, kind: str) -> bool:
        """Whether a paper of the kind counts: it was received in time, and was valid on the day it was received."""
        return any(paper.valid_until is None or paper.received <= paper.valid_until for paper in self.papers_of(kind))

    def lacks(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The kinds of which no paper counts."""
        return tuple(kind for kind in kinds if not self.holds(kind))
