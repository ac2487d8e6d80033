"""What has to come out of each round, written down by hand: nothing here is computed by what makes the scenario."""

from chuluc.scenario.steps import ExpectedRound

EXPECTED = (
    # year, filed, recognised (products, enterprises), recognised so far, first time, enterprises of the Top 10
    ExpectedRound(2018, (70, 42), (61, 36), 61, 61, 10, filed_made="both"),
    ExpectedRound(2019, (48, 37), (30, 22), 91, 30, 10),
    ExpectedRound(2020, (58, 50), (26, 19), 117, 18, 6, filed_made="products"),
    ExpectedRound(2021, (54, 34), (46, 30), 163, 34, 10),
    ExpectedRound(2022, (42, 29), (33, 25), 196, 17, 10),
    ExpectedRound(2023, (37, 26), (33, 24), 229, 15, 7),
    ExpectedRound(2024, (44, 30), (36, 25), 265, 12, 10, filed_made="both"),
    ExpectedRound(2025, (42, 32), (35, 28), 300, 14, 10, filed_made="both"),
)
"""Counts filed are published but for those marked, as are those recognised; who is first and who leads 2018, 2019, 2024
and 2025 is made."""
