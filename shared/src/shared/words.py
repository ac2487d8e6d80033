"""Words for the codes that several services show to people: one word for one thing, Vietnamese first."""

from typing import NamedTuple


class Words(NamedTuple):
    """One text in both languages."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `vi` or `en`."""
        return self.en if language == "en" else self.vi

    @property
    def inside(self) -> "Words":
        """As it stands inside a sentence: without the capital it begins with."""
        return Words(self.vi[:1].lower() + self.vi[1:], self.en[:1].lower() + self.en[1:])


INDUSTRIES = {
    "mechanical": Words("Cơ khí", "Mechanical"),
    "electrical-electronics": Words("Điện, điện tử", "Electrical, electronics"),
    "information-technology": Words("Công nghệ thông tin", "Information technology"),
    "textiles-garments-footwear": Words("Dệt may, da giày", "Textiles, garments, footwear"),
    "food-processing": Words("Chế biến thực phẩm", "Food processing"),
    "chemicals-rubber-plastics-pharma": Words("Hóa chất, cao su, nhựa, dược", "Chemicals, rubber, plastics, pharma"),
    "building-materials": Words("Vật liệu xây dựng", "Building materials"),
    "handicraft": Words("Thủ công mỹ nghệ", "Handicraft"),
}


def word(table: dict[str, Words], code: str) -> Words:
    """The word of a code; the code itself where it is data nobody has named."""
    return table.get(code, Words(code, code))
