"""The applications service: its handlers and the documents it keeps."""

from shared.messaging.service import Service

from applications import handlers
from applications.domain.application import Application, ProductFiled
from applications.domain.enterprise import Enterprise
from applications.domain.merger import Merger
from applications.domain.nomination import Nomination
from applications.domain.record import Record
from applications.domain.round import EligibilityRules, Round

service = Service.of(
    "applications",
    handlers=handlers,
    documents=(Enterprise, Record, Merger, Nomination, EligibilityRules, Round, Application, ProductFiled),
)
