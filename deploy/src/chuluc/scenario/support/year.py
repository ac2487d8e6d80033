"""The made year, row by row: what is asked, under which scheme, on which costs, and what happens then. Triệu đồng.

Enterprises: K… hold a recognition (K1 – K4 are supporting industries too), S… are supporting industries, V… rural
establishments, N1 is none of these.
"""

from dataclasses import replace
from datetime import date

from chuluc.scenario.support import days as d
from chuluc.scenario.support.offers import CRAFT_CLASSES, LEARNERS, OFFERS
from chuluc.scenario.support.rows import (
    Act,
    Cancelled,
    Cost,
    Money,
    Report,
    Resolved,
    Row,
    Standing,
    Year,
    accept,
    agree,
    approve,
    check,
    claim,
    costs,
    delay,
    dong,
    fail,
    move,
    order,
    pay,
    reduce,
    repay,
    withdraw,
)

TECHNOLOGY_LINE = ("technology-line",)
STAND = "hop-dong-gian-hang"
"""The name of a document two enterprises show."""


def finished(cost: float, advance: float, accepted: float, rest: float) -> tuple[Act, ...]:
    """A whole life: agreement, advance, two claims, acceptance, the rest, post-check passed."""
    half = round(cost / 2)
    return (
        agree(d.SIGNED, cost, d.IN_TIME),
        order(d.SIGNED, "C1", advance),
        pay(d.PAID, "C1", advance),
        claim(d.SPRING, "KK1", half),
        claim(d.CLAIMED, "KK2", cost - half),
        accept(d.ACCEPTED, accepted),
        order(d.ACCEPTED, "C2", rest),
        pay(d.SUMMER, "C2", rest),
        check(d.CHECKED),
    )


def finished_2018(cost: float, accepted: float, rest: float) -> tuple[Act, ...]:
    """A life without an advance, of what was granted in 2018."""
    return (
        agree(d.FIRST_SIGNED, cost, d.FIRST_IN_TIME),
        claim(d.FIRST_CLAIMED, "KK1", cost),
        accept(d.FIRST_ACCEPTED, accepted),
        order(d.FIRST_ACCEPTED, "C1", rest),
        pay(d.FIRST_PAID, "C1", rest),
    )


def row(what: str, on: date, asked: float, cost: tuple[Cost, ...], *acts: Act) -> Row:
    """A request: `what` are its number, who asks, the scheme and the activity."""
    id, who, scheme, activity = what.split()
    return Row(id, who, scheme, activity, on, dong(asked), cost, acts)


def of_2018(what: str, on: date, asked: float, cost: float, *acts: Act) -> Row:
    """The same of a project in the budget year 2018."""
    return replace(row(f"{what} DA-2018", on, asked, costs(cost), *acts), year=2018)


# The legal caps change: the same project asks for the same on two days. V1 settles below its grant and has some left for 2022.
IN_2018 = (
    of_2018("M18-1 V1 rural-machinery", d.BEFORE, 400, 800, *finished_2018(800, 360, 180)),
    of_2018("M18-2 V3 rural-machinery", d.AFTER, 400, 800, *finished_2018(800, 800, 300)),
    of_2018("M18-3 V2 rural-model", d.BEFORE, 600, 2_000, *finished_2018(2_000, 2_000, 500)),
    of_2018("M18-4 V4 rural-model", d.AFTER, 1_200, 4_000, *finished_2018(4_000, 4_000, 1_000)),
)
FAIRS = (
    # Settled below the grant: 140 of 150, of which 100 was advanced.
    row("F1 K1 cnht-fair-abroad hc-tokyo", d.ASKED, 180, (Cost(dong(180), document=STAND),), *finished(180, 100, 140, 40)),
    # Withdrawn after its advance, which is paid back; its place goes to the one in line.
    row(
        "F2 S1 cnht-fair-abroad hc-tokyo", d.ASKED, 120, costs(120),
        agree(d.SIGNED, 120, d.IN_TIME), order(d.SIGNED, "C1", 60), pay(d.PAID, "C1", 60),
        withdraw(d.SPRING), repay(d.CLAIMED, "PT1", 60),
    ),
    row("F3 S2 cnht-fair-abroad hc-tokyo", d.AGAIN, 150, costs(150)),
    # The fair it goes to is cancelled: held, then moved to another.
    row("F4 S3 cnht-fair-abroad hc-bangkok", d.ASKED, 100, costs(100), agree(d.SIGNED, 100, d.IN_TIME),
        *move(d.CLAIMED, d.REVOKED, "hc-hannover")),
    row("F5 K1 cnht-fair-abroad hc-tokyo", d.AGAIN, 90, costs(90)),  # the same fair again
    row("F6 N1 cnht-fair-abroad hc-hannover", d.ASKED, 90, costs(90)),  # no supporting industry
    row("F7 S4 cnht-fair-abroad hc-hannover", d.AGAIN, 90, (Cost(dong(90), invoice="HD-F1-1"),)),
    row("F8 S5 cnht-fair-abroad hc-hannover", d.AGAIN, 80, (Cost(dong(80), document=STAND),)),
    row("H1 K3 cnht-fair-at-home hc-trong-nuoc", d.ASKED, 20, costs(20)),
    row("H2 S1 cnht-fair-at-home hc-trong-nuoc", d.ASKED, 15, costs(15.555555)),
    row("H3 S6 cnht-fair-at-home hc-trong-nuoc", d.AGAIN, 15, costs(15)),  # an agency supports it already
)  # fmt: skip
# Three places in Europe: holders of a recognition first, then the earliest; S2 finds none before the mission is over.
MISSIONS = (
    row("D1 S1 cnht-mission-abroad doan-chau-au", d.ASKED, 60, costs(60)),
    row("D2 S2 cnht-mission-abroad doan-chau-au", d.AGAIN, 40, costs(40)),
    row("D3 K1 cnht-mission-abroad doan-chau-au", d.AGAIN, 60, costs(60)),
    row("D4 K4 cnht-mission-abroad doan-chau-au", d.AGAIN, 30, costs(30)),
    row("D5 K2 cnht-mission-abroad doan-chau-a", d.ASKED, 35, costs(35)),
    row("D6 S7 cnht-mission-abroad doan-nam-my", d.ASKED, 80, costs(80)),
)
TECHNOLOGY = (
    # A payment that needs a second approval fails once, and is asked for again.
    row(
        "T1 K1 cnht-technology-renewal DA-K1", d.ASKED, 2_000, costs(2_500, 1_500),
        agree(d.SIGNED, 4_000, d.IN_TIME), order(d.SIGNED, "C1", 1_200), approve(d.PAID, "C1"), fail(d.SPRING, "C1"),
        order(d.DECIDED, "C2", 1_200), approve(d.DECIDED, "C2"), pay(d.CLAIMED, "C2", 1_200), claim(d.CLAIMED, "KK1", 1_900),
        claim(d.REVOKED, "KK2", 2_000), accept(d.ACCEPTED, 3_800.1234), order(d.ACCEPTED, "C3", 700.061),
        pay(d.SUMMER, "C3", 700.061), check(d.CHECKED),
    ),
    row("T2 S2 cnht-technology-renewal DA-S2", d.AGAIN, 1_300, costs(2_600)),  # a part: 1,000 are left
    row("T3 S3 cnht-technology-renewal DA-S3", d.SIGNED, 500, costs(1_000)),  # waits, then a part of what is added
    row("T4 S8 cnht-technology-renewal DA-S8", d.ASKED, 400, costs(800)),  # excluded beside an agency's programme
    # The recognition it rests on is revoked with an order out: paid after it, recovered in parts, a balance is left.
    row(
        "R1 K5 research DA-K5", d.ASKED, 700, costs(1_000), agree(d.SIGNED, 1_000, d.IN_TIME),
        order(d.CLAIMED, "C1", 300), pay(d.ACCEPTED, "C1", 300), repay(d.REPAID, "PT1", 100), repay(d.REPAID_AGAIN, "PT2", 150),
    ),
    row("R2 K6 research DA-K6", d.AGAIN, 500, costs(800)),  # served by what the revocation freed
    # Suspended when its advance is asked for: held, and paid once it is reinstated.
    row(
        "X1 K7 technology-transfer DA-K7", d.ASKED, 350, costs(500), agree(d.SIGNED, 500, d.IN_TIME),
        order(d.SPRING, "C1", 200), pay(d.CLAIMED, "C1", 200),
    ),
    row("X2 K1 technology-transfer DA-K1", d.AGAIN, 100, costs(200)),  # the project is supported already
    # Its recognition expires before its work is accepted: it is paid all the same; a request after that day is declined.
    row(
        "X3 K10 technology-transfer DA-K10", d.ASKED, 210, costs(300), agree(d.SIGNED, 300, d.IN_TIME),
        claim(d.REPAID_AGAIN, "KK1", 300), accept(d.EXPIRED, 280), order(d.EXPIRED, "C1", 196), pay(d.YEAR_END, "C1", 196),
    ),
    row("X4 K10 technology-transfer DA-K10-2", d.EXPIRED, 70, costs(100)),
    row(
        "L1 S4 licences-and-patents DA-S4", d.ASKED, 140, costs(200), agree(d.SIGNED, 200, d.IN_TIME),
        *reduce(d.SPRING, d.DECIDED, 150), claim(d.CLAIMED, "KK1", 150), accept(d.ACCEPTED, 150), order(d.ACCEPTED, "C1", 105),
        pay(d.SUMMER, "C1", 105),
    ),
    row(
        "W1 K2 software DA-K2", d.ASKED, 210, costs(300), agree(d.SIGNED, 300, d.SHORT),
        *delay(d.SPRING, d.DECIDED, d.IN_TIME), claim(d.SUMMER, "KK1", 290), accept(d.CHECKED, 290),
    ),
    row("W2 S5 software DA-S5", d.SUMMER, 70, costs(100)),  # the version of June asks for a quotation
    Row("W3", "S5", "software", "DA-S5", d.CHECKED, dong(70), costs(100), papers=("quotation",), acts=(
        agree(d.REPAID, 100, d.IN_TIME), order(d.CHANGED, "C1", 40),  # an order finance has not answered when the year ends
    )),
    Row("W4", "K9", "software", "DA-K9-2", d.INDEBTED, dong(70), costs(100), papers=("quotation",)),  # owes money
    # All enterprises share 200 a year.
    row("E1 K3 foreign-experts DA-K3", d.SUMMER, 140, costs(200)),
    row("E2 S6 foreign-experts DA-S6", d.CHECKED, 140, costs(200)),
    row("E3 S7 foreign-experts DA-S7", d.REPAID, 70, costs(100)),
    # An agency supports an invoice of it after the grant: reduced.
    row(
        "Q1 K8 trial-production DA-K8", d.ASKED, 210, costs(300), agree(d.SPRING, 300, d.IN_TIME),
        claim(d.CLAIMED, "KK1", 300), accept(d.ACCEPTED, 300), order(d.ACCEPTED, "C1", 100), pay(d.SUMMER, "C1", 100),
    ),
    # The same of its project, when 70 are paid: all of it is recovered, 30 came.
    row(
        "Q2 K9 trial-production DA-K9", d.ASKED, 140, costs(200), agree(d.SIGNED, 200, d.IN_TIME),
        order(d.SIGNED, "C1", 70), pay(d.PAID, "C1", 70), repay(d.REPAID, "PT1", 30),
    ),
)  # fmt: skip
MANAGEMENT = (
    # Fails its check afterwards: 30 are paid back in parts, and until then nothing new is granted.
    row(
        "G1 S1 management-systems DA-S1", d.ASKED, 80, costs(80), *finished(80, 50, 80, 30)[:-1],
        check(d.CHECKED, 30), repay(d.REPAID, "PT1", 10), repay(d.REPAID_AGAIN, "PT2", 20),
    ),
    row("C1 K4 capability-assessment DA-K4", d.ASKED, 50, costs(50), withdraw(d.SIGNED)),
    row("C2 S1 capability-assessment DA-S1-2", d.INDEBTED, 60, costs(60)),  # owes money
    row("C3 S1 capability-assessment DA-S1-2", d.AUTUMN, 60, costs(60)),  # has paid
)  # fmt: skip
PEOPLE = (
    row("N1 K2 training dao-tao", d.ASKED, 100, costs(100)),
    row("N2 S7 training dao-tao", d.ASKED, 33, costs(33.333333)),
    *(
        Row(f"TN-{n:02d}", f"V{n}", "craft-class", id, d.ASKED, dong(150 if n == 13 else 220), costs(220), learners=LEARNERS,
            acts=finished(220, 140, 210, 60) if n == 1 else ())
        for n, id in enumerate(CRAFT_CLASSES, 1)
    ),
)  # fmt: skip
RURAL = (
    row("M1 V1 rural-machinery DA-V1", d.ASKED, 300, costs(700)),  # 180 of its 300 were paid in 2018
    Row("M2", "V2", "rural-machinery", "DA-V2", d.ASKED, dong(600), costs(1_200), traits=TECHNOLOGY_LINE),  # a cap of 450
    row("M3 V3 rural-machinery DA-V3", d.ASKED, 100, costs(200)),  # had its 300 in 2018
    *(row(f"M{n} V{n} rural-machinery DA-V{n}", d.ASKED, 200, costs(400)) for n in range(4, 15)),
    row("M15 V15 rural-machinery DA-V15", d.AGAIN, 200, costs(400)),  # waits until the line is raised
    row("M16 V16 rural-machinery DA-V16", d.ASKED, 50, costs(100), withdraw(d.SIGNED)),
    row("B1 V5 rural-model DA-V5-2", d.ASKED, 900, costs(3_000)),
    row("B2 V6 rural-model DA-V6-2", d.ASKED, 600, costs(2_000)),
)
NEVER_SERVED = (row("L2 S8 licences-and-patents DA-S8-2", d.CHANGED, 350, costs(500)),)  # 295 are left

ALLOCATED = {
    "cnht-fair-abroad": 500,
    "cnht-fair-at-home": 100,
    "cnht-mission-abroad": 300,
    "cnht-technology-renewal": 3_000,
    "research": 1_000,
    "technology-transfer": 600,
    "licences-and-patents": 400,
    "software": 400,
    "foreign-experts": 500,
    "trial-production": 400,
    "management-systems": 200,
    "capability-assessment": 150,
    "training": 200,
    "craft-class": 2_600,
    "rural-machinery": 2_820,
    "rural-model": 2_000,
}
"""What the lines of 2022 begin with."""
MONEY = (
    Money(d.REGISTERED, "allocate", "2018/rural-machinery", dong(600)),
    Money(d.REGISTERED, "allocate", "2018/rural-model", dong(2_000)),
    *(Money(d.PLANNED, "allocate", f"2022/{scheme}", dong(amount)) for scheme, amount in ALLOCATED.items()),
    Money(d.CLAIMED, "change", "2022/cnht-technology-renewal", dong(300)),
    Money(d.CLAIMED, "change", "2022/rural-machinery", dong(200)),
    Money(d.CHANGED, "transfer", "2022/rural-model", dong(300), "2022/training"),
    Money(d.CHANGED, "change", "2022/cnht-mission-abroad", -dong(50)),
    Money(d.CHANGED, "change", "2022/research", -dong(5_000)),  # refused: less than is used
    Money(d.YEAR_END, "carry", "2022/software"),
    Money(d.YEAR_END, "carry", "2022/rural-model", dong(150)),
)
OTHERS = (
    Report(d.PLANNED, "BC-1", "S6", dong(10), activity="hc-trong-nuoc", activity_kind="fair-at-home"),
    Report(d.PLANNED, "BC-2", "S8", dong(300), programme="khuyen-cong-quoc-gia"),
    Report(d.SIGNED, "BC-3", "K8", dong(110), invoice="HD-Q1-1"),
    Resolved(d.PAID, "Q1", "BC-3", "reduced", dong(100)),
    Report(d.SPRING, "BC-4", "K9", dong(90), activity="DA-K9", activity_kind="project"),
    Resolved(d.DECIDED, "Q2", "BC-4", "recovered"),
    Standing(d.PAID, "suspend", "K7"),
    Standing(d.DECIDED, "reinstate", "K7"),
    Standing(d.REVOKED, "revoke", "K5"),
    Cancelled(d.SPRING, "hc-bangkok"),
)

YEAR = Year(
    rows=(*IN_2018, *FAIRS, *MISSIONS, *TECHNOLOGY, *MANAGEMENT, *PEOPLE, *RURAL, *NEVER_SERVED),
    money=MONEY,
    others=OTHERS,
    offers=OFFERS,
)
