"""Recognitions at the key of their enterprise: what a decision gives it, and what goes with it when it is merged."""

from shared.contracts.applications import EnterpriseMerged
from shared.contracts.base import Event
from shared.contracts.recognitions import FirstTimeCorrected, RecognitionsHandedOn, RecognitionTransferred
from shared.contracts.scoring import EnterpriseCodesJoined, RecognitionLineDecided
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.agenda import Thing
from scoring.domain.holder import Holder, Home, home_key
from scoring.domain.recognition import DAY, ProductHistory, Recognition, history_key, not_recognised
from scoring.domain.recognition_notices import notice
from scoring.handlers.agenda import schedule


@handles(RecognitionLineDecided)
def recognise_product(event: Event[RecognitionLineDecided], unit: Unit) -> None:
    """The decision on one product reached its enterprise: recognised for the first time or again, or not."""
    line = event.data
    holder = _holder(line.tax_code, unit)
    if holder.moved_to is not None:
        _leave_word(holder, line.certificate, unit)
        unit.publish(line.model_copy(update={"tax_code": holder.moved_to}))
    elif line.certificate is None:
        unit.publish(not_recognised(line))
        reasons = {"reasons_vi": " ".join(r.vi for r in line.reasons), "reasons_en": " ".join(r.en for r in line.reasons)}
        about = line.model_dump(include={"application_id", "product_name", "decision"}) | reasons
        due = line.appeals_until
        unit.publish(notice("product-not-recognised", "enterprise", line.tax_code, line.application_id, about, due=due))
    else:
        unit.get(Recognition, line.certificate)
        recognition = _keep(Recognition.of(line, line.certificate), unit)
        unit.publish(recognition.recognised())
        about = recognition.model_dump(include={"product_name", "decision", "valid_from", "valid_to"})
        about["certificate"] = recognition.id
        unit.publish(notice("product-recognised", "enterprise", line.tax_code, recognition.id, about))


@handles(EnterpriseMerged, key="formerly")
def hand_on(event: Event[EnterpriseMerged], unit: Unit) -> None:
    """An enterprise goes on under another code: its recognitions go there, and what still comes here is sent after them."""
    merged = event.data
    before = _holder(merged.formerly, unit)
    after = before.moving(merged)
    if after is None:
        return
    recognitions = unit.need_all(Recognition, before.certificates)
    histories = unit.need_all(ProductHistory, sorted({history_key(before.id, r.product_id) for r in recognitions}))
    unit.get_all(Home, (home_key(before.id, certificate) for certificate in before.certificates))
    unit.put(after)
    for recognition in recognitions:
        unit.remove(recognition)
        _leave_word(after, recognition.id, unit)
    for history in histories:
        unit.remove(history)
    unit.publish(EnterpriseCodesJoined(formerly=before.id, tax_code=merged.tax_code))
    unit.publish(
        RecognitionsHandedOn(
            tax_code=merged.tax_code,
            formerly=before.id,
            merged_on=merged.merged_on,
            through=(before.id,),
            recognitions=tuple(recognition.record() for recognition in recognitions),
        )
    )


@handles(RecognitionsHandedOn)
def take_over(event: Event[RecognitionsHandedOn], unit: Unit) -> None:
    """What another code held arrives: it is held here now, or sent on where this one has gone on too."""
    handed = event.data
    holder = _holder(handed.tax_code, unit).receiving(handed)
    unit.put(holder)
    unit.get_all(Home, (home_key(holder.id, record.certificate) for record in handed.recognitions))
    if holder.moved_to is not None and holder.moved_on is not None:
        for record in handed.recognitions:
            _leave_word(holder, record.certificate, unit)
        on, through = max(handed.merged_on, holder.moved_on), (*handed.through, holder.id)
        unit.publish(handed.model_copy(update={"tax_code": holder.moved_to, "merged_on": on, "through": through}))
        return
    unit.get_all(Recognition, (record.certificate for record in handed.recognitions))
    unit.get_all(ProductHistory, (history_key(holder.id, record.product_id) for record in handed.recognitions))
    for record in handed.recognitions:
        recognition = _keep(Recognition.handed_on(record, holder.id), unit)
        unit.publish(
            RecognitionTransferred(
                certificate=recognition.id,
                tax_code=holder.id,
                formerly=handed.formerly,
                product_id=recognition.product_id,
                merged_on=handed.merged_on,
            )
        )
        if recognition.first_time != record.first_time:
            unit.publish(_corrected(recognition))


def watch(recognition: Recognition, unit: Unit) -> None:
    """Have everything that falls due for a recognition put on the agenda; what was announced is not announced again."""
    schedule(Thing(kind="expiry", about=recognition.id), recognition.valid_to + DAY, unit)
    if recognition.notice_business_days:
        schedule(Thing(kind="reminder", about=recognition.id), recognition.valid_from, unit)
    for fact in recognition.facts:
        if fact.kind == "suspended" and fact.until is not None:
            schedule(Thing(kind="reinstatement", about=recognition.id), fact.until + DAY, unit)


def _holder(tax_code: str, unit: Unit) -> Holder:
    return unit.get(Holder, tax_code) or Holder(id=tax_code)


def _leave_word(holder: Holder, certificate: str | None, unit: Unit) -> None:
    """Say where a certificate has gone on; what waits for it here goes after it."""
    if certificate is not None:
        key = home_key(holder.id, certificate)
        home = unit.get(Home, key) or Home(id=key)
        unit.put(home.but(moved_to=holder.moved_to))


def _keep(recognition: Recognition, unit: Unit) -> Recognition:
    """Keep a recognition at the key of its enterprise: first time or again, by the days of all that product ever had."""
    key = history_key(recognition.tax_code, recognition.product_id)
    before = unit.get(ProductHistory, key) or ProductHistory(id=key)
    history = before.adding(recognition)
    recognition = recognition.but(first_time=history.first == recognition.id)
    holder = _holder(recognition.tax_code, unit)
    home = home_key(recognition.tax_code, recognition.id)
    unit.get(Home, home)
    unit.put(history)
    unit.put(recognition)
    unit.put(holder.but(certificates=(*holder.certificates, recognition.id)))
    watch(recognition, unit)
    if before.first is not None and history.first != before.first:
        _correct_first_time(unit.need(Recognition, before.first), first_time=False, unit=unit)
    unit.put(Home(id=home))
    return recognition


def _correct_first_time(recognition: Recognition, *, first_time: bool, unit: Unit) -> None:
    corrected = recognition.but(first_time=first_time)
    unit.put(corrected)
    unit.publish(_corrected(corrected))


def _corrected(recognition: Recognition) -> FirstTimeCorrected:
    return FirstTimeCorrected(
        certificate=recognition.id,
        tax_code=recognition.tax_code,
        product_id=recognition.product_id,
        first_time=recognition.first_time,
    )
