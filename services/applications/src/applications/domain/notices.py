"""Notices for people: what is asked of an enterprise, and what the department should look into."""

from datetime import date

from shared.contracts.applications import ApplicantNotified
from shared.vietnamese import date as in_vietnamese

from applications.domain.application import Application
from applications.domain.evidence import Flag

DEPARTMENT = "department"


def _to_enterprise(application: Application, slug: str, vi: str, en: str, due: date | None = None) -> ApplicantNotified:
    return ApplicantNotified(
        to="enterprise", addressee=application.tax_code, slug=slug, about=application.application_id, vi=vi, en=en, due=due
    )


def supplement_asked(application: Application) -> ApplicantNotified:
    """What the dossier lacks, and the last day to hand it in."""
    asked = application.asked
    assert asked is not None
    vi = " ".join(reason.vi for reason in asked.reasons)
    en = " ".join(reason.en for reason in asked.reasons)
    return _to_enterprise(
        application,
        "supplement-asked",
        f"Hồ sơ {application.application_id} phải bổ sung chậm nhất là hết ngày {in_vietnamese(asked.due)}. {vi}",
        f"Dossier {application.application_id} needs a supplement by the end of {asked.due}. {en}",
        asked.due,
    )


def supplement_not_filed(application: Application) -> ApplicantNotified:
    """The deadline passed without an answer."""
    silence = application.reasons[0]
    return _to_enterprise(
        application,
        silence.slug,
        f"{silence.vi} Hồ sơ bị loại; sản phẩm có thể nộp lại với mã mới khi đợt còn mở.",
        f"{silence.en} It is rejected; the product can be filed again under a new id while the round is open.",
    )


def dossier_let_go(application: Application) -> ApplicantNotified:
    """The round let go of the dossier."""
    id, other = application.application_id, application.replaced_by
    if other:
        return _to_enterprise(
            application,
            "dossier-replaced",
            f"Hồ sơ {id} được thay bằng hồ sơ {other}.",
            f"Dossier {other} replaced dossier {id}.",
        )
    return _to_enterprise(application, "dossier-withdrawn", f"Hồ sơ {id} đã được rút.", f"Dossier {id} is withdrawn.")


def withdrawal_declined(application: Application) -> ApplicantNotified:
    """The round keeps the dossier, and why."""
    reason = application.declined
    assert reason is not None
    return _to_enterprise(
        application,
        "withdrawal-declined",
        f"Hồ sơ {application.application_id} không được rút. {reason.vi}",
        f"Dossier {application.application_id} is not let go. {reason.en}",
    )


def flag_raised(flag: Flag) -> ApplicantNotified:
    """For the department: figures of a dossier that other evidence contradicts."""
    return ApplicantNotified(
        to="department",
        addressee=DEPARTMENT,
        slug="dossier-flagged",
        about=flag.application_id,
        vi=f"Hồ sơ {flag.application_id} cần xem lại. {flag.contradiction.vi}",
        en=f"Look into dossier {flag.application_id}. {flag.contradiction.en}",
    )
