"""The layout of every page: one navigation, where a page lies in it, addresses, refusals as pages, and charts as pictures."""

from datetime import date
from fractions import Fraction

import pytest
from jinja2 import Template
from reporting.pages import charts, navigation
from reporting.pages.charts import Item, Series
from reporting.pages.language import Language
from reporting.pages.navigation import NAVIGATION, Entry
from reporting.pages.paging import Paging, page_of
from reporting.pages.rendering import TEMPLATES, address
from reporting.texts import COUNTED
from shared.contracts.department import DayStarted
from shared.http import Problem
from shared.words import Words
from starlette.requests import Request
from unit.reporting import facts, registers_story, story
from unit.reporting.test_reporting_pages import Checker, serve, words

VI, EN = Language("vi"), Language("en")


@pytest.mark.parametrize(
    ("path", "year", "leads_to"),
    [
        ("/pages/{year}", 2021, "/pages/2021"),
        ("/pages/{year}", None, "/pages"),
        ("/pages/{year}/cnht", 2021, "/pages/2021/cnht"),
        ("/pages/{year}/cnht", None, "/pages/cnht"),
        ("/pages/products?year={year}", 2021, "/pages/products?year=2021"),
        ("/pages/products?year={year}", None, "/pages/products"),
    ],
)
def test_place_leads_to_the_year_that_is_looked_at(path: str, year: int | None, leads_to: str) -> None:
    assert Entry(path, Words("", "")).address(year) == leads_to


@pytest.mark.parametrize(
    ("path", "year", "current", "above"),
    [
        ("/pages/2021", 2021, ("page", "/pages/2021"), []),
        ("/pages/2021/indicators/output-share", 2021, ("true", "/pages/2021"), ["/pages/2021"]),
        ("/", None, None, []),
        ("/pages2021", None, None, []),
    ],
)
def test_page_is_shown_in_its_place(path: str, year: int | None, current: tuple[str, str] | None, above: list[str]) -> None:
    shown = [(link.current, link.path) for link in navigation.navigation(VI, path, year) if link.current]
    assert shown == ([current] if current else [])
    assert [link.path for link in navigation.trail(VI, path, year, [])] == above


def test_pages_between_a_page_and_its_place_are_named() -> None:
    found = navigation.trail(EN, "/pages/2021/indicators/x", 2021, [("Targets", "/pages/2021/targets")])
    assert [(link.text, link.path) for link in found] == [("Plan year 2021", "/pages/2021"), ("Targets", "/pages/2021/targets")]


def test_every_place_of_the_navigation_is_a_page_in_both_languages() -> None:
    client = serve(*story.year_2021())
    for entry in NAVIGATION:
        for path in {entry.address(2021), entry.address(None)}:
            answer = client.get(path, follow_redirects=True)
            assert (path, answer.status_code) == (path, 200)
            assert f'aria-current="page">{entry.label.vi}</a>' in answer.text
        assert f">{entry.label.en}</a>" in client.get(address(entry.address(2021), "en")).text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("/pages/2021", "vi"), "/pages/2021"),
        (("/pages/2021", "en", "đèn"), "/pages/2021?q=%C4%91%C3%A8n&lang=en"),
        (("/pages/products?year=2021", "en"), "/pages/products?year=2021&lang=en"),
        (("/pages/products?year=2021&q=led", "en"), "/pages/products?year=2021&q=led&lang=en"),
    ],
)
def test_address_carries_language_and_search(asked: tuple[str, ...], expected: str) -> None:
    assert address(*asked) == expected


def test_address_carries_what_is_asked_and_leaves_out_what_is_empty() -> None:
    assert (
        address("/pages/products?year=2021", "vi", year=2022, state="", after=None, page=2) == "/pages/products?year=2022&page=2"
    )


# -- charts ----------------------------------------------------------------------------------------------------------------


def item(label: str, value: int | Fraction) -> Item:
    return Item(label, value, str(value))


@pytest.mark.parametrize(
    ("values", "widths"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([10, 5, 0], [240, 120, 0]),
        ([10**12, 1], [240, 1]),
        ([Fraction(1, 3)], [240]),
        ([-1, 4], [0, 240]),
    ],
)
def test_longest_bar_fills_the_picture(values: list[int], widths: list[int]) -> None:
    assert [bar.width for bar in charts.bars([item("x", value) for value in values])] == widths


@pytest.mark.parametrize(
    ("values", "parts"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 1, 2], [(0, 60, 25), (60, 60, 25), (120, 120, 50)]),
        ([1, 1, 1], [(0, 80, Fraction(100, 3)), (80, 80, Fraction(100, 3)), (160, 80, Fraction(100, 3))]),
    ],
)
def test_parts_fill_one_bar_without_a_gap(values: list[int], parts: list[tuple[int, int, int]]) -> None:
    drawn = charts.stacked([item("x", value) for value in values])
    assert [(part.start, part.width, part.percent) for part in drawn] == parts


def series(*values: int | None) -> Series:
    return Series("x", tuple(None if value is None else (value, str(value)) for value in values))


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ((0, 0), [0, 1]),
        ((3, 1), [0, 1, 2, 3]),
        ((46, 30), [0, 20, 40, 60]),
        ((100, 99), [0, 50, 100]),
        ((101, 0), [0, 50, 100, 150]),
    ],
)
def test_scale_goes_from_zero_to_a_round_number(values: tuple[int, ...], marks: list[int]) -> None:
    assert [value for _, value in charts.over_years((2020, 2021), [series(*values)]).marks] == marks


def test_line_is_broken_where_a_year_has_no_value() -> None:
    chart = charts.over_years((2018, 2019, 2020, 2021), [series(0, None, 4, 4)])
    assert [[(point.year, point.y) for point in run] for run in chart.lines[0].runs] == [
        [(2018, charts.BOTTOM)],
        [(2020, charts.TOP), (2021, charts.TOP)],
    ]
    assert [x for _, x in chart.years] == [charts.LEFT, 167, 293, charts.RIGHT]


def draw(call: str, **context: object) -> str:
    names = "downloads, bar_chart, stacked_chart, line_chart"
    template: Template = TEMPLATES.from_string(f"{{% from 'parts.html' import {names} %}}{{{{ {call} }}}}")
    return template.render(t=VI.text, language=VI, link=lambda path: path, **context)


@pytest.mark.parametrize(
    ("call", "context", "read"),
    [
        (
            "bar_chart(t, link, bars, 'Theo ngành', 'Ngành', 'Số', downloads(t, 'f', 2021, ''))",
            {"bars": charts.bars([item("Cơ khí", 3), item("<Dệt>", 1)])},
            "Theo ngành Tải về: XLSX CSV JSON Theo ngành Ngành Số Cơ khí 3 <Dệt> 1",
        ),
        (
            "stacked_chart(t, language, link, parts, 'Theo ngành', 'Ngành', 'Số', downloads(t, 'f', 2021, ''))",
            {"parts": charts.stacked([item("Cơ khí", 3), item("<Dệt>", 1)])},
            "Theo ngành Tải về: XLSX CSV JSON Theo ngành: Cơ khí 3; <Dệt> 1 Theo ngành Ngành Số % Cơ khí 3 75 % <Dệt> 1 25 %",
        ),
        (
            "line_chart(t, link, chart, 'Qua các năm', downloads(t, 'f', 2021, ''), '/pages/{year}')",
            {"chart": charts.over_years((2020, 2021), [series(2, None)])},
            "Qua các năm Tải về: XLSX CSV JSON Qua các năm: x, 2020: 2 0 1 2 2020 2021 x, 2020: 2 Qua các năm 2020 2021 x 2 –",
        ),
    ],
)
def test_chart_says_in_its_table_what_it_shows(call: str, context: dict[str, object], read: str) -> None:
    html = draw(call, **context)
    checker = Checker()
    checker.feed(html)
    assert (words(html), checker.open, checker.forbidden) == (read, [], [])
    assert 'href="/files/f.csv?year=2021" download' in html


# -- lists page by page ----------------------------------------------------------------------------------------------------


def asked(query: str) -> Request:
    return Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": query.encode()})


@pytest.mark.parametrize(
    ("total", "page", "expected"),
    [
        (0, "", Paging(0, 1, 0, None, None)),
        (50, "", Paging(50, 1, 50, None, None)),
        (51, "", Paging(51, 1, 50, None, "/list?year=2021&page=2")),
        (51, "page=2", Paging(51, 51, 51, "/list?year=2021", None)),
        (120, "page=3", Paging(120, 101, 120, "/list?year=2021&page=2", None)),
    ],
)
def test_list_is_shown_page_by_page(total: int, page: str, expected: Paging) -> None:
    rows, paging = page_of(asked(page), range(total), "/list?year=2021")
    assert paging == expected
    assert (len(rows), rows[:1]) == (expected.shown, range(total)[expected.first - 1 : expected.first])


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "٢"])
def test_page_that_is_not_there_is_refused(page: str) -> None:
    with pytest.raises(Problem) as refusal:
        page_of(asked(f"page={page}"), range(51), "/list")
    assert (refusal.value.status, refusal.value.slug) == (400, "page-not-valid")


@pytest.mark.parametrize("thing", COUNTED)
def test_one_thing_is_counted_in_the_singular(thing: str) -> None:
    vi, one, many = COUNTED[thing]
    assert len({vi, one, many}) == 3
    assert [EN.count(number, thing) for number in (0, 1, 2, Fraction(3, 2))] == [
        f"{n} {w}"
        for n, w in (
            ("0", many),
            ("1", one),
            ("2", many),
            ("1.5", many),
        )
    ]
    assert [VI.count(number, thing) for number in (0, 1, 1000)] == [f"{number} {vi}" for number in ("0", "1", "1.000")]


def test_pages_with_one_of_each_say_so_in_the_singular() -> None:
    told = (
        story.plan(story.target("products-recognised", 1)),
        story.round_opened(),
        story.received(1, 1),
        story.recognised(1, 1),
        story.allocated(),
        story.granted(1, 1),
        facts.task(ends=date(2021, 6, 30)),
        registers_story.demand(),
        registers_story.cluster("CCN-1", "started", date(2021, 4, 1)),
        DayStarted(date=date(2021, 12, 31)),
    )
    client = serve(*told)
    for path, expected in {
        "/pages/2021": ("1 product of 1 enterprise ", "at least 1 product 1 product "),
        "/pages/2021/tasks": ("1 task, 1 needs attention.",),
        "/pages/2021/support": ("1 request ", "Total of all pages: 1 request "),
        "/pages/2021/support?state=granted": ("1 of 1 request.",),
        "/pages/2021/coverage": ("Not reached 0 enterprises", "Reached in kind 0 enterprises"),
        "/pages/products?year=2021": ("1 certificate ",),
        "/pages/products?year=2021&state=in-force": ("1 found Download",),
        "/pages/products?q=san+pham": ("1 found for “san pham”",),
        "/pages/2021/cnht": ("1 demand stood in the year", "25.5 ha; 1 cluster with building begun"),
        f"/pages/enterprises/{story.tax_code(1)}": ("1 request ",),
    }.items():
        text = words(client.get(path, params={"lang": "en"}).text if "?" not in path else client.get(f"{path}&lang=en").text)
        assert [part for part in expected if part not in text] == []
