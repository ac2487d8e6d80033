"""The days of the made year on which something happens: few, so that one wait for the services serves many rows."""

from datetime import date

REGISTERED = date(2018, 5, 2)
BEFORE, AFTER = date(2018, 5, 10), date(2018, 5, 16)
"""Two days about 15 May 2018, when the caps of industrial promotion (khuyến công) rose."""
FIRST_SIGNED = date(2018, 6, 4)
FIRST_CLAIMED, FIRST_ACCEPTED, FIRST_PAID = date(2019, 12, 9), date(2019, 12, 16), date(2019, 12, 23)
"""What was granted in 2018 is agreed before the round of 2019, and done after it."""

PLANNED = date(2022, 1, 10)
ASKED, AGAIN = date(2022, 2, 14), date(2022, 2, 21)
SIGNED = date(2022, 3, 1)
PAID = date(2022, 3, 14)
SPRING = date(2022, 4, 4)
"""First claims, changes asked for, and the day on which places of the mission to Europe are allocated."""
DECIDED = date(2022, 4, 12)
CLAIMED = date(2022, 5, 9)
REVOKED = date(2022, 5, 16)
ACCEPTED = date(2022, 5, 23)
SUMMER = date(2022, 6, 6)
CHECKED = date(2022, 7, 4)
REPAID = date(2022, 8, 1)
INDEBTED = date(2022, 8, 22)
REPAID_AGAIN = date(2022, 9, 12)
AUTUMN = date(2022, 10, 3)
CHANGED = date(2022, 11, 7)
EXPIRED = date(2022, 12, 5)
"""A week after the recognitions of 2019 have ended."""
YEAR_END = date(2022, 12, 30)
LAST = date(2023, 1, 9)

IN_TIME, FIRST_IN_TIME = date(2022, 11, 30), date(2019, 12, 13)
"""Last days of claims in the agreements."""
SHORT = date(2022, 4, 29)
"""A last day of claims that has to be put off."""

TOGETHER = frozenset({BEFORE, FIRST_SIGNED, FIRST_PAID, REPAID, AUTUMN, CHANGED, YEAR_END})
"""Days after which nothing has to be waited for: what comes next does not depend on how they came out."""
