"""What every notice to a person says: what is asked, of whom, by when; ready for a mail system or a portal to deliver."""

from typing import Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Identifier, Sentence

Addressee = Literal["enterprise", "member", "agency", "department", "district", "council"]


class Notice(Data):
    """A notice for people, in both languages; a publisher gives it a type and a topic of its own."""

    to: Addressee = Field(description="what kind of addressee it is for")
    addressee: Identifier = Field(description="tax code, member, agency or district it is for")
    slug: Identifier = Field(description="what kind of notice it is, for programs")
    about: Identifier = Field(description="the dossier, round or certificate it is about")
    vi: Sentence
    en: Sentence
    due: Date | None = Field(default=None, description="last day for what is asked; none where nothing is")
