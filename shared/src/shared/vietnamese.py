"""Vietnamese for people: money, numbers, dates, the order of words, and search that ignores diacritics.

Small on purpose: the form of `vi` in CLDR (dot between thousands, comma before decimals, dd/MM/yyyy) and the order of a
Vietnamese dictionary. A no-break space keeps a figure and its unit on one line.
"""

import re
import unicodedata
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Number = int | Decimal | Fraction
SortKey = tuple[tuple[int, ...], tuple[int, ...], str]

NO_BREAK = "\u00a0"
# Order of letters (bảng chữ cái), with the four Latin letters Vietnamese does not use in their Latin places.
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Order of tones: level, huyền, hỏi, ngã, sắc, nặng (as in CLDR's collation for vi).
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# Breve, circumflex and horn make another letter, not another tone.
SHAPES = "\u0306\u0302\u031b"
# Numbers inside a text, and how many digits they are made to have so that their order is that of their values.
NUMBER, LONGEST_NUMBER = re.compile("[0-9]+"), 20


def rounded(value: Number, places: int) -> Decimal:
    """The value rounded half up to so many decimals, exactly: a Fraction never passes through a float."""
    exact = Fraction(value) * 10**places
    whole = (abs(exact) * 2 + 1) // 2  # floor(x + 1/2): half up, away from zero for a negative value
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places)


def number(value: Number, places: int = 0) -> str:
    """A number with dots between thousands and a comma before decimals; trailing zeros of the decimals are left out."""
    text = f"{rounded(value, places):,f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def money(dong: int) -> str:
    """Whole đồng: 42.000.000.000 đồng."""
    return f"{number(dong)}{NO_BREAK}đồng"


def percent(value: Number, places: int = 2) -> str:
    """Per cent, given in per cent: 34,5 %."""
    return f"{number(value, places)}{NO_BREAK}%"


def date(day: Date) -> str:
    """dd/MM/yyyy, as legal texts write it."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


class _Plain(dict[int, str]):
    """What is left of each character without its marks, found once: a rebuild asks for millions."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        plain = "".join(c for c in parts if not unicodedata.combining(c))
        self[code] = plain = plain.replace("đ", "d").replace("Đ", "D")
        return plain


PLAIN = _Plain()


def strip_diacritics(text: str) -> str:
    """The text in plain letters: Đèn LED Rạng Đông → Den LED Rang Dong."""
    return text.translate(PLAIN)


def search_form(text: str) -> str:
    """What a search compares: plain small letters, one space between words."""
    return " ".join(strip_diacritics(text).casefold().split())


def found(query: str, *texts: str) -> bool:
    """Whether every word of the query is somewhere in the texts, whatever the diacritics and capitals."""
    heap = " ".join(map(search_form, texts))
    return all(word in heap for word in search_form(query).split())


def sort_key(text: str) -> SortKey:
    """The place of a text in Vietnamese order: by letters, then by tones, small before capital letters.

    What is no letter comes first, in the order of Unicode: spaces, punctuation, digits.
    """
    places = [_place(cluster) for cluster in _clusters(text)]
    letters, tones = zip(*places, strict=True) if places else ((), ())
    return letters, tones, unicodedata.normalize("NFC", text).swapcase()


def natural_key(text: str) -> SortKey:
    """The place of a text in a list for people: Vietnamese order, with its numbers in theirs: Cụm 2 before Cụm 10."""
    return sort_key(NUMBER.sub(lambda found: found[0].zfill(LONGEST_NUMBER), text))


@lru_cache(maxsize=4096)
def _place(cluster: str) -> tuple[int, int]:
    """Letter and tone of a cluster."""
    tone = next((TONES[c] for c in cluster if c in TONES), 0)
    shaped = unicodedata.normalize("NFC", "".join(c for c in cluster if c not in TONES)).casefold()
    # A letter of another language (ü) stands with its plain form; what is no letter stands before all letters.
    letter = shaped if shaped in LETTERS else strip_diacritics(shaped)
    return 0x110000 + LETTERS.index(letter) if letter in LETTERS else ord(cluster[0]), tone


def sort_text(text: str) -> str:
    """The place of `natural_key` as a text, so that a database, which knows the order of Unicode only, lists names by it."""
    letters, tones, last = natural_key(text)
    return "\x01".join(("".join(map(_sign, letters)), "".join(map(str, tones)), last))


@lru_cache(maxsize=4096)
def _sign(place: int) -> str:
    """Letters go to a private range of Unicode, above what names have of other signs."""
    return chr(0xE000 + place - 0x110000 if place >= 0x110000 else place)


def search_words(text: str) -> tuple[str, ...]:
    """The words of a text in the form of a search, each once, without what stands between them."""
    return tuple(dict.fromkeys("".join(c if c.isalnum() else " " for c in search_form(text)).split()))


def search_beginnings(text: str) -> tuple[str, ...]:
    """Every beginning of every word of a text, of two letters and more, by which a database finds what is half written."""
    words = search_words(text)
    return tuple(sorted({word[:length] for word in words for length in range(min(2, len(word)), len(word) + 1)}))


def _clusters(text: str) -> list[str]:
    """Base characters, each with its combining marks."""
    clusters: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters
