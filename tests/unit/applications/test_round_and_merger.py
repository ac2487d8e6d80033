"""A round in which an enterprise goes on under another code: its dossiers are answered under either."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from applications.api import routes
from applications.domain.application import Application
from applications.main import service
from shared.contracts.applications import ApplicationAccepted, ApplicationWithdrawn
from shared.contracts.base import Data
from shared.contracts.portal import WithdrawalFiled
from shared.http import application
from shared.testing.memory import City, MemoryReader, run
from starlette.testclient import TestClient
from unit.applications.facts import MISA, RULES, VINAMILK, figures, filed, opened, papers, registered
from unit.applications.test_mergers import changed
from unit.applications.test_supplements import DUE, FILED, answered

BASE: tuple[Data, ...] = (RULES, opened(supplement_business_days=5), registered(), registered(VINAMILK))
LACKING = filed(received=FILED, documents=papers(("form", "description"), FILED))
WITHDRAWN = WithdrawalFiled(application_id="A1", tax_code=VINAMILK, filed_on=DUE, reason="Rút")


def states(city: City) -> dict[str, str]:
    return {a.id: a.state for a in city["applications"].all(Application)}


def test_versions_of_a_product_are_one_chain_over_the_codes_of_its_enterprise() -> None:
    later = opened(round_id="2022", year=2022, opens=date(2022, 6, 1), closes=date(2022, 8, 31))
    rows = figures((2020, 10**11, 0), (2021, 10**11, 0))
    again = filed(round_id="2022", tax_code=VINAMILK, received=date(2022, 7, 1), figures=rows, product_name="AMIS 2")
    city = run(service, *BASE, later, filed(received=FILED), again, changed())
    http = TestClient(application(routes(MemoryReader(city["applications"]))))
    for id, expected in {
        f"{VINAMILK}/A1": [(f"{MISA}/A1/1", None), ("A1/1", f"{MISA}/A1/1")],
        f"{MISA}/A1": [("A1/1", None), (f"{VINAMILK}/A1/1", "A1/1")],
    }.items():
        items = http.get(f"/applications/{id}/versions").json()["items"]
        assert [(version["id"], version["predecessor"]) for version in items] == expected
    said = http.get(f"/applications/{VINAMILK}/A1/changes").json()
    assert (said["from"], said["to"], said["changes"][0]["field"]) == (f"{MISA}/A1/1", "A1/1", "product_name")


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
