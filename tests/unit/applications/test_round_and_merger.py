"""A round in which an enterprise goes on under another code: its dossiers are answered under either."""

from itertools import permutations
from typing import Any

import pytest
from applications.domain.application import Application
from applications.main import service
from shared.contracts.applications import ApplicationAccepted, ApplicationWithdrawn
from shared.contracts.base import Data
from shared.contracts.portal import WithdrawalFiled
from shared.testing.memory import City, run
from unit.applications.facts import RULES, VINAMILK, filed, opened, papers, registered
from unit.applications.test_mergers import changed
from unit.applications.test_supplements import DUE, FILED, answered

BASE: tuple[Data, ...] = (RULES, opened(supplement_business_days=5), registered(), registered(VINAMILK))
LACKING = filed(received=FILED, documents=papers(("form", "description"), FILED))
WITHDRAWN = WithdrawalFiled(application_id="A1", tax_code=VINAMILK, filed_on=DUE, reason="Rút")


def states(city: City) -> dict[str, str]:
    return {a.id: a.state for a in city["applications"].all(Application)}


def orders(*events: Data) -> list[Any]:
    return [order for order in permutations(events) if order.index(LACKING) < order.index(events[-1])]


@pytest.mark.parametrize("order", orders(LACKING, changed(), answered(tax_code=VINAMILK)))
def test_answer_under_the_new_code_finds_the_dossier_of_the_former_one(order: tuple[Data, ...]) -> None:
    city = run(service, *BASE, *order)
    assert (list(states(city).values()), city["applications"].held, city.refusals) == (["accepted"], {}, [])
    assert len(city.of_type(ApplicationAccepted)) == 1


@pytest.mark.parametrize("order", orders(LACKING, changed(), WITHDRAWN))
def test_withdrawal_under_the_new_code_finds_the_dossier_of_the_former_one(order: tuple[Data, ...]) -> None:
    city = run(service, *BASE, *order)
    assert (list(states(city).values()), city["applications"].held, city.refusals) == (["withdrawn"], {}, [])
    assert len(city.of_type(ApplicationWithdrawn)) == 1
