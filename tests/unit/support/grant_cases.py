"""Reports of a grant in the tests of its life, with defaults that fit together: renewal, 45 triệu granted of 90."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.contracts.base import Data, make_event
from shared.contracts.grants import (
    ClaimFiled,
    GrantAct,
    GrantAgreed,
    GrantChangeDecided,
    GrantChangeRequested,
    GrantMoved,
    PaymentApproved,
    PaymentFailed,
    PaymentMade,
    PaymentRequested,
    PostCheckReported,
    RepaymentReceived,
    SupportWithdrawn,
    WorkAccepted,
)
from shared.contracts.portal import Evidence
from shared.contracts.recognitions import RecognitionRevoked
from shared.contracts.support import LineMoved
from shared.messaging.codec import envelope_of
from shared.testing.memory import City, run
from support.domain.grants import Grant
from support.main import service
from unit.support.cases import (
    MILLION,
    MONDAY,
    A,
    B,
    C,
    allocated,
    day,
    enterprise,
    fair,
    invoice,
    project,
    recognised,
    renewal,
    scheme,
)

ID = f"{A}/r1"
GRANTED = 45 * MILLION
SIGNED, FINISH = date(2021, 12, 10), date(2022, 6, 30)
COST = 90 * MILLION
ANNA, BINH, CHI = "anna", "binh", "chi"


def _of(model: type[GrantAct], facts: dict[str, Any], changes: dict[str, Any]) -> Any:
    return model.model_validate({"grant_id": ID} | facts | changes)


def agreed(**changes: Any) -> GrantAgreed:
    return _of(GrantAgreed, {"agreement": "HD-1", "signed_on": SIGNED, "finish_by": FINISH, "cost": COST}, changes)


def asked(order_id: str = "o1", amount: int = 10 * MILLION, **changes: Any) -> PaymentRequested:
    facts = {"order_id": order_id, "amount": amount, "requested_on": date(2021, 12, 13), "requested_by": ANNA}
    return _of(PaymentRequested, facts, changes)


def approved(order_id: str = "o1", by: str = CHI, **changes: Any) -> PaymentApproved:
    return _of(PaymentApproved, {"order_id": order_id, "approved_on": date(2021, 12, 14), "approved_by": by}, changes)


def made(order_id: str = "o1", amount: int = 10 * MILLION, **changes: Any) -> PaymentMade:
    return _of(PaymentMade, {"order_id": order_id, "amount": amount, "paid_on": date(2021, 12, 16)}, changes)


def failed(order_id: str = "o1", **changes: Any) -> PaymentFailed:
    return _of(PaymentFailed, {"order_id": order_id, "failed_on": date(2021, 12, 16), "reason": "Tài khoản đóng."}, changes)


def claimed(claim_id: str = "k1", *evidence: Evidence, **changes: Any) -> ClaimFiled:
    """Costs of 80 triệu on an invoice that is not the request's."""
    shown = evidence or (invoice(f"kk-{claim_id}", 80 * MILLION),)
    return _of(ClaimFiled, {"claim_id": claim_id, "filed_on": date(2022, 2, 1), "evidence": shown}, changes)


def accepted(cost: int = 80 * MILLION, **changes: Any) -> WorkAccepted:
    facts = {"record": "NT-1", "cost": cost, "accepted_on": date(2022, 3, 1), "accepted_by": BINH}
    return _of(WorkAccepted, facts, changes)


def final(order_id: str = "o9", amount: int = 40 * MILLION, **changes: Any) -> PaymentRequested:
    return asked(order_id, amount, requested_on=date(2022, 3, 2), **changes)


def final_made(order_id: str = "o9", amount: int = 40 * MILLION) -> PaymentMade:
    return made(order_id, amount, paid_on=date(2022, 3, 4))


def checked(recover: int | None = None, **changes: Any) -> PostCheckReported:
    """Passed, or failed with an amount to be paid back."""
    facts = {
        "checked_on": date(2022, 9, 1),
        "checked_by": CHI,
        "passed": recover is None,
        "recover": recover or 0,
        "reason": "Đã xem.",
    }
    return _of(PostCheckReported, facts, changes)


def repaid(receipt_id: str = "n1", amount: int = 10 * MILLION, **changes: Any) -> RepaymentReceived:
    return _of(RepaymentReceived, {"receipt_id": receipt_id, "amount": amount, "received_on": date(2022, 10, 1)}, changes)


def withdrawn(**changes: Any) -> SupportWithdrawn:
    return _of(SupportWithdrawn, {"withdrawn_on": date(2022, 1, 10), "reason": "Không làm nữa."}, changes)


def change(kind: str, change_id: str = "d1", **changes: Any) -> GrantChangeRequested:
    facts = {"change_id": change_id, "requested_on": date(2022, 1, 5), "kind": kind, "reason": "Có lý do."}
    return _of(GrantChangeRequested, facts, changes)


def decided(change_id: str = "d1", *, approved: bool = True, **changes: Any) -> GrantChangeDecided:
    facts = {"change_id": change_id, "approved": approved, "decided_on": date(2022, 1, 7), "reason": "Đã xét."}
    return _of(GrantChangeDecided, facts, changes)


def revoked(tax_code: str = A, revoked_on: date = MONDAY, **changes: Any) -> RecognitionRevoked:
    facts = {"certificate": f"2021-{tax_code[-3:]}", "tax_code": tax_code, "product_id": f"sp-{tax_code}"}
    decision = {"decision": "611/QĐ-UBND", "revoked_on": revoked_on, "reason": "Ngừng sản xuất."}
    return RecognitionRevoked.model_validate(facts | decision | changes)


SET_UP: tuple[Data, ...] = (
    scheme(),
    renewal(advance_percent=70),
    fair(),
    *map(enterprise, (A, B, C)),
    allocated(10**9),
    allocated(10**9, "renewal"),
    recognised(),
)
TO_STATE: dict[str, tuple[Data, ...]] = {"granted": ()}
TO_STATE["agreed"] = (agreed(),)
TO_STATE["advanced"] = (agreed(), asked(), made())
TO_STATE["claimed"] = (*TO_STATE["advanced"], claimed())
TO_STATE["accepted"] = (*TO_STATE["claimed"], accepted())
TO_STATE["settled"] = (*TO_STATE["accepted"], final(amount=30 * MILLION), final_made(amount=30 * MILLION))
TO_STATE["checked"] = (*TO_STATE["settled"], checked())
TO_STATE["failed"] = (*TO_STATE["settled"], checked(15 * MILLION))
TO_STATE["cancelled"] = (*TO_STATE["claimed"], day(MONDAY), revoked())
TO_STATE["withdrawn"] = (*TO_STATE["claimed"], withdrawn())


def granted(*events: Data, of: tuple[Data, ...] = SET_UP) -> City:
    """A granted request for renewal, 45 triệu for a cost of 90, and what follows."""
    return run(service, *of, project(), *events)


def more(city: City, *events: Data) -> City:
    """Further events after those that were played."""
    start = datetime(2022, 1, 1, tzinfo=UTC)
    number = sum(city.offsets.values())
    for data in events:
        number += 1
        city.publish(make_event(data, id=f"more-{number}", time=start + timedelta(seconds=number)))
    return city


def the(city: City, grant_id: str = ID) -> Grant:
    found = city["support"].find(Grant, grant_id)
    assert found is not None
    return found


def sent(city: City, model: type[Data]) -> list[Any]:
    """What was sent to the service's own log, of a type."""
    kind = model.contract
    return [envelope_of(kind).model_validate_json(o.value).data for o in city["support"].outgoing if o.type == kind.type]


def moves(city: City) -> list[tuple[str, int]]:
    """The moves of money on the line, triệu đồng."""
    return [(m.kind, m.amount // MILLION) for m in sent(city, LineMoved)]


def steps(city: City) -> list[str]:
    return [m.action for m in city.of_type(GrantMoved)]


def slugs(city: City) -> list[str]:
    return [r.slug for r in city.refusals]


WAYS = {
    "commit": ("reserved", "committed"),
    "order": ("committed", "paying"),
    "pay": ("paying", "paid"),
    "fail": ("paying", "committed"),
    "unpay": ("paid", "committed"),
}


def money_of(city: City) -> Counter[str]:
    """The line's money of the grant by the moves published: reserved at first, then as they say."""
    return moved(GRANTED, sent(city, LineMoved))


def moved(reserved: int, moves: Iterable[LineMoved]) -> Counter[str]:
    """What is reserved, committed, being paid and paid after the moves; a release takes committed, then reserved money."""
    held: Counter[str] = Counter(reserved=reserved)
    for move in moves:
        if move.kind == "release":
            of_committed = min(move.amount, held["committed"])
            held["committed"] -= of_committed
            held["reserved"] -= move.amount - of_committed
        else:
            source, to = WAYS[move.kind]
            held[source] -= move.amount
            held[to] += move.amount
    return held
