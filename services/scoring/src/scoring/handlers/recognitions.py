"""From the city's decision to the recognitions: the decision lies at the round's key, recognitions at the enterprise's."""

from shared.contracts.base import Event
from shared.contracts.council import RecognitionDecided
from shared.contracts.scoring import RecognitionLineDecided
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.ranking import Ranking
from scoring.domain.recognition import ProductHistory, Recognition, RoundAlreadyDecided, decide, history_key, not_recognised
from scoring.domain.round import Round


@handles(RecognitionDecided, key="round_id")
def apply_decision(event: Event[RecognitionDecided], unit: Unit) -> None:
    """The city decided: once the ranking is here we check every line of it, and send each product's to its enterprise."""
    decided = event.data
    ranking = unit.need(Ranking, decided.round_id)
    round_ = unit.need(Round, decided.round_id)
    if round_.decision is not None:
        raise RoundAlreadyDecided(field="decision", round_id=round_.id, first=round_.decision, decision=decided.decision)
    for line in decide(decided, round_, ranking):
        unit.publish(line)
    unit.put(round_.but(decision=decided.decision))


@handles(RecognitionLineDecided)
def recognise_product(event: Event[RecognitionLineDecided], unit: Unit) -> None:
    """The decision on one product reached its enterprise: recognised for the first time or again, or not."""
    line = event.data
    if line.certificate is None:
        unit.publish(not_recognised(line))
        return
    key = history_key(line.tax_code, line.product_id)
    history = unit.get(ProductHistory, key) or ProductHistory(id=key, certificates=())
    unit.get(Recognition, line.certificate)
    recognition = Recognition.of(line, line.certificate, first_time=not history.certificates)
    unit.put(recognition)
    unit.put(history.but(certificates=(*history.certificates, recognition.id)))
    unit.publish(recognition.recognised())
