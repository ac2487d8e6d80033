"""Alerts, dashboard and runbooks speak of metrics that exist, and lead to each other."""

import inspect
import json
import re

import pytest
import yaml
from architecture.deployment import ROOT, SERVICES, alerts, compose, dashboard
from shared.messaging.metrics import Metrics
from shared.process import Process

RUNBOOKS = sorted((ROOT / "deploy" / "runbooks").glob("*.md"))
SECTIONS = ["Symptom", "Likely cause", "Diagnose", "Fix", "Reference"]
EXPRESSIONS = [alert["expr"] for alert in alerts()] + [
    t["expr"] for panel in dashboard()["panels"] for t in panel.get("targets", [])
]


def exposed():
    """Every metric name a service exposes, with the suffixes of its kind."""
    gauges = re.findall(r'^ {12}"([a-z_]+)":', inspect.getsource(Process.gauges), re.MULTILINE)
    names = {f"chuluc_{gauge}" for gauge in gauges}
    for family in Metrics("test").registry.collect():
        suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}.get(family.type, [""])
        names |= {family.name + suffix for suffix in suffixes}
    return names


def used(text):
    """Metric names in a text."""
    return set(re.findall(r"\bchuluc_[a-z_]+", text))


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression_uses_metrics_that_are_exposed(expression):
    assert used(expression) - exposed() == set()
    assert used(expression) or "up{" in expression


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.stem)
def test_runbook_has_its_five_sections_and_names_metrics_that_are_exposed(path):
    text = path.read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    families = exposed() | {name.rsplit("_", 1)[0] for name in exposed()}
    assert used(text) - families == set()


def test_every_alert_names_a_runbook_and_every_runbook_its_alert():
    named = {(ROOT / alert["annotations"]["runbook"]): alert["alert"] for alert in alerts()}
    assert set(named) == set(RUNBOOKS)
    assert [path.stem for path, alert in named.items() if f"`{alert}`" not in path.read_text("utf-8")] == []


def test_runbooks_name_commands_and_addresses_that_are_there():
    services = compose()["services"]
    ports = {port.rsplit(":", 2)[-2] for service in services.values() for port in service.get("ports", [])}
    for path in RUNBOOKS:
        text = path.read_text("utf-8")
        assert set(re.findall(r"localhost:(\d+)", re.sub(r"docker compose exec.*", "", text))) <= ports
        assert set(re.findall(r"docker compose (?:exec|logs --since 10m) ([a-z-]+)", text)) <= set(services)


def test_dashboard_has_one_row_for_each_service_with_the_six_figures():
    panels = dashboard()["panels"]
    rows = [panel["title"] for panel in panels if panel["type"] == "row"]
    assert rows == [*SERVICES, "all services"]
    figures = ["handled_total", "published_total", "log_lag", "outbox_age_seconds", "waiting", "dead_letters"]
    for service in SERVICES:
        of_service = [panel for panel in panels if f'service="{service}"' in json.dumps(panel).replace('\\"', '"')]
        assert [any(f"chuluc_{figure}" in json.dumps(panel) for panel in of_service) for figure in figures] == [True] * 6
        assert len(of_service) == 6


def test_panels_of_the_dashboard_do_not_overlap_and_have_ids_of_their_own():
    panels = dashboard()["panels"]
    cells = [
        (x, y)
        for panel in panels
        for place in [panel["gridPos"]]
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24
    assert len({panel["id"] for panel in panels}) == len(panels)


def test_prometheus_asks_every_service_at_the_port_it_listens_on():
    (job,) = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text("utf-8"))["scrape_configs"]
    (found,) = job["dns_sd_configs"]
    assert (found["names"], found["port"], job["metrics_path"]) == (list(SERVICES), 8000, "/metrics")
    assert {compose()["services"][name]["environment"]["HTTP__PORT"] for name in found["names"]} == {found["port"]}


def test_grafana_finds_its_data_source_and_its_dashboard():
    folder = ROOT / "deploy" / "grafana"
    (source,) = yaml.safe_load((folder / "provisioning/datasources/prometheus.yml").read_text("utf-8"))["datasources"]
    (provider,) = yaml.safe_load((folder / "provisioning/dashboards/chuluc.yml").read_text("utf-8"))["providers"]
    uids = {panel["datasource"]["uid"] for panel in dashboard()["panels"] if "datasource" in panel}
    assert (uids, source["url"]) == ({source["uid"]}, "http://prometheus:9090")
    mounted = dict(volume.split(":")[:2] for volume in compose()["services"]["grafana"]["volumes"])
    assert mounted["./deploy/grafana/dashboards"] == provider["options"]["path"]
    assert mounted["./deploy/grafana/provisioning"] == "/etc/grafana/provisioning"
