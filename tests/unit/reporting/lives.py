"""What scoring and applications say of a certificate, an enterprise or a dossier after the decision, for the tests here."""

from datetime import date
from typing import Any

from shared.contracts.applications import ApplicationWithdrawn, EnterpriseMerged, EnterpriseRecorded
from shared.contracts.recognitions import (
    FirstTimeCorrected,
    HonoursChanged,
    RecognitionExpired,
    RecognitionReinstated,
    RecognitionRenewed,
    RecognitionRevoked,
    RecognitionSuspended,
    RecognitionTransferred,
)
from shared.contracts.scoring import DossierWithdrawn
from unit.reporting.story import name, tax_code

CERTIFICATE = "2021-001"


def about(holder: int, certificate: str) -> dict[str, Any]:
    return {"certificate": certificate, "tax_code": tax_code(holder), "product_id": "SP-001"}


def renewed(to: date, holder: int = 1, certificate: str = CERTIFICATE) -> RecognitionRenewed:
    decided = date(2024, 10, 1)
    return RecognitionRenewed(
        **about(holder, certificate), decision="4100/QĐ-UBND", decided_on=decided, rules_id="36-thang", valid_to=to
    )


def suspended(first: date, last: date | None = None, holder: int = 1, certificate: str = CERTIFICATE) -> RecognitionSuspended:
    why = {"decision": "2210/QĐ-UBND", "reason": "Không nộp báo cáo kết quả."}
    return RecognitionSuspended(**about(holder, certificate), **why, suspended_from=first, suspended_until=last)


def reinstated(on: date, holder: int = 1, certificate: str = CERTIFICATE) -> RecognitionReinstated:
    return RecognitionReinstated(**about(holder, certificate), decision="2300/QĐ-UBND", reinstated_on=on)


def revoked(on: date, holder: int = 1, certificate: str = CERTIFICATE) -> RecognitionRevoked:
    return RecognitionRevoked(**about(holder, certificate), decision="88/QĐ-UBND", revoked_on=on, reason="Hàng giả.")


def expired(last: date, holder: int = 1, certificate: str = CERTIFICATE) -> RecognitionExpired:
    return RecognitionExpired(**about(holder, certificate), valid_to=last)


def honoured(rank: int | None, on: date = date(2022, 1, 10), holder: int = 1, certificate: str = CERTIFICATE) -> HonoursChanged:
    return HonoursChanged(**about(holder, certificate), decision="12/QĐ-UBND", decided_on=on, top10_rank=rank, before=None)


def corrected(first_time: bool, holder: int = 1, certificate: str = CERTIFICATE) -> FirstTimeCorrected:
    return FirstTimeCorrected(**about(holder, certificate), first_time=first_time)


def transferred(formerly: int, to: int, on: date = date(2023, 3, 1), certificate: str = CERTIFICATE) -> RecognitionTransferred:
    return RecognitionTransferred(**about(to, certificate), formerly=tax_code(formerly), merged_on=on)


def merged(formerly: int, to: int, on: date = date(2023, 3, 1)) -> EnterpriseMerged:
    return EnterpriseMerged(tax_code=tax_code(to), formerly=tax_code(formerly), merged_on=on, why="merged")


def recorded(enterprise: int, called: str | None = None) -> EnterpriseRecorded:
    return EnterpriseRecorded(
        tax_code=tax_code(enterprise), name=called or name(enterprise), in_the_city=True, supporting_industry=False
    )


def withdrawn(n: int, enterprise: int) -> ApplicationWithdrawn:
    facts = {"application_id": f"HS-{n:03d}", "round_id": "2021", "tax_code": tax_code(enterprise)}
    return ApplicationWithdrawn(**facts, withdrawn_on=date(2021, 5, 20), reason="Chưa kịp chuẩn bị.")


def let_go(n: int, enterprise: int, replaced_by: str | None = None) -> DossierWithdrawn:
    facts = {"application_id": f"HS-{n:03d}", "round_id": "2021", "tax_code": tax_code(enterprise)}
    return DossierWithdrawn(**facts, withdrawn_on=date(2021, 6, 1), replaced_by=replaced_by)
