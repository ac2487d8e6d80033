"""An event that belongs to another key goes on to it as it came: handled there once, answered under its own id."""

import json
from types import SimpleNamespace

import pytest
from shared.contracts.applications import ApplicationReceived
from shared.contracts.base import Event, make_event
from shared.contracts.portal import ApplicationFiled
from shared.errors import Refusal
from shared.messaging.document import Document
from shared.messaging.routing import partition_of
from shared.messaging.service import Service, handles
from shared.messaging.unit import Forward, Unit
from shared.testing.memory import PARTITIONS, City, in_order
from unit.applications.facts import filed

HERE = "0100000001"
CODES = [f"01000000{n:02d}" for n in range(2, 40)]
SAME = next(code for code in CODES if partition_of(code, PARTITIONS) == partition_of(HERE, PARTITIONS))
OTHER = next(code for code in CODES if partition_of(code, PARTITIONS) != partition_of(HERE, PARTITIONS))


class Kept(Document, collection="kept"):
    """What was handled at a key, in order."""

    filed: tuple[str, ...]


class NotWanted(Refusal):
    slug = "not-wanted"
    vi = "Không nhận hồ sơ {id}."
    en = "Dossier {id} is not wanted."


def service(routes: dict[str, str]) -> Service:
    """A service whose keys go on as `routes` says; it refuses dossiers named bad."""

    @handles(ApplicationFiled)
    def keep(event: Event[ApplicationFiled], unit: Unit) -> None:
        key = event.forwardedto or event.data.tax_code
        if key in routes:
            raise Forward(routes[key])
        if event.data.application_id == "bad":
            raise NotWanted(id="bad")
        kept = unit.get(Kept, key) or Kept(id=key, filed=())
        unit.put(kept.but(filed=(*kept.filed, event.data.application_id)))
        facts = event.data.model_dump(include=set(ApplicationReceived.model_fields))
        unit.publish(ApplicationReceived(**facts))

    return Service.of("applications", handlers=SimpleNamespace(keep=keep), documents=(Kept,))


@pytest.mark.parametrize("to", [SAME, OTHER], ids=["same partition", "another partition"])
def test_forwarded_events_are_handled_once_in_their_order(to: str) -> None:
    events = in_order([filed(id, tax_code=HERE) for id in ("A1", "A2", "A3")])
    city = City.of(service({HERE: to})).publish(*events, events[0], events[2])
    assert [(k.id, k.filed) for k in city["applications"].all(Kept)] == [(to, ("A1", "A2", "A3"))]
    assert len({e.id for e in city.published}) == 3


def test_forwarded_event_can_be_forwarded_again() -> None:
    city = City.of(service({HERE: SAME, SAME: OTHER})).publish(*in_order([filed(tax_code=HERE)]))
    assert [k.id for k in city["applications"].all(Kept)] == [OTHER]


def test_refusal_of_a_forwarded_event_names_the_event_its_publisher_sent() -> None:
    city = City.of(service({HERE: OTHER})).publish(*in_order([filed("bad", tax_code=HERE)]))
    assert [(r.slug, r.rejected_id, r.rejected_source) for r in city.refusals] == [
        ("not-wanted", "test-0", "//industry.hanoi.gov.vn/portal")
    ]


def test_id_used_again_for_other_content_is_answered_where_it_came_first() -> None:
    first, other = in_order([filed(tax_code=HERE), filed(tax_code=HERE, product_name="khác")])
    again = make_event(other.data, id=first.id, time=first.time)
    city = City.of(service({HERE: OTHER})).publish(first, again)
    assert [r.slug for r in city.refusals] == ["id-reused"]
    assert [k.filed for k in city["applications"].all(Kept)] == [("A1",)]


def test_what_a_newer_publisher_says_goes_on_with_the_event() -> None:
    (event,) = in_order([filed(tax_code=HERE)])
    value = json.dumps({**json.loads(event.to_json()), "unheardof": "1"}).encode()
    city = City.of(service({HERE: OTHER}))
    city.send("city.applications.v1", value)
    log = city["applications"].log[partition_of(OTHER, PARTITIONS)]
    assert [json.loads(record) for record, _ in log] == [json.loads(value) | {"forwardedto": OTHER}]


def test_publisher_cannot_say_where_its_event_is_handled() -> None:
    (event,) = in_order([filed(tax_code=HERE)])
    value = json.dumps({**json.loads(event.to_json()), "forwardedto": OTHER}).encode()
    city = City.of(service({}))
    city.send("city.applications.v1", value)
    (no,) = city.refusals
    assert (no.slug, no.field, "forwardedto" in no.vi, "forwardedto" in no.en) == ("attribute-of-logs", "forwardedto", True, True)
    assert city["applications"].all(Kept) == []


class Gone(Document, collection="gone", departs=True):
    """The key of this id goes on to another."""

    to: str


def departing() -> Service:
    """A service whose dossiers wait for a document named after them, until the dossier `go` sends their key on."""

    @handles(ApplicationFiled)
    def keep(event: Event[ApplicationFiled], unit: Unit) -> None:
        key, id = event.forwardedto or event.data.tax_code, event.data.application_id
        if gone := unit.get(Gone, key):
            raise Forward(gone.to)
        if id == "go":
            unit.put(Gone(id=key, to=OTHER))
        elif event.forwardedto is None:
            unit.need(Kept, id)
        else:
            kept = unit.get(Kept, key) or Kept(id=key, filed=())
            unit.put(kept.but(filed=(*kept.filed, id)))

    return Service.of("applications", handlers=SimpleNamespace(keep=keep), documents=(Kept, Gone))


def test_what_waits_at_a_key_goes_on_with_it_and_nothing_else_does() -> None:
    waiting = [filed(id, tax_code=HERE) for id in ("A1", "A2")]
    city = City.of(departing()).publish(*in_order([*waiting, filed("B1", tax_code=SAME), filed("go", tax_code=HERE)]))
    assert [(k.id, k.filed) for k in city["applications"].all(Kept)] == [(OTHER, ("A1", "A2"))]
    assert city["applications"].held == {"B1": "waits for kept/B1"}
