"""Answers as XML and JSON, and errors in both."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from sync.server.open311.errors import FORBIDDEN, GeoReportError, no_service
from sync.server.open311.render import rendered
from sync.server.open311.services import OPEN_TO_ALL, SERVICES, definition
from zzdesk.reports.workflow import CATEGORIES


def test_the_two_forms_say_the_same() -> None:
    content = [{"service_code": "road", "metadata": True, "keywords": None, "lat": 24.5125}]
    assert json.loads(rendered("services", content, "json")) == content
    text = rendered("services", content, "xml")
    assert text.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    found = ElementTree.fromstring(text)
    assert found.tag == "services"
    assert [(each.tag, each.text) for each in found.find("service")] == [
        ("service_code", "road"), ("metadata", "true"), ("keywords", None), ("lat", "24.5125"),
    ]  # fmt: skip


def test_what_people_write_cannot_break_the_xml() -> None:
    words = "<b>&amp;\x00\x0b\ud800</b> ]]> 坑"
    text = rendered("service_requests", [{"description": words}], "xml")
    assert ElementTree.fromstring(text)[0][0].text == "<b>&amp;\ufffd\ufffd\ufffd</b> ]]> 坑"


def test_an_error_is_a_list_of_codes_and_sentences() -> None:
    error = GeoReportError.one(FORBIDDEN, "什么")
    assert json.loads(rendered("errors", error.body("zh"), "json")) == [{"code": 403, "description": "什么"}]
    xml = ElementTree.fromstring(rendered("errors", no_service("x").body("zh"), "xml"))
    assert (xml.tag, xml[0].tag, xml[0][0].text) == ("errors", "error", "404")
    assert "“x”" in (xml[0][1].text or "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_category_is_a_service_in_two_languages(language: str) -> None:
    assert set(SERVICES) == set(CATEGORIES)
    for service in SERVICES.values():
        shown = service.shown(language)
        assert set(shown) == {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"}
        assert all(str(shown[name]).isascii() == (language == "en") for name in ("service_name", "description", "group"))
        assert (shown["type"], shown["metadata"]) == ("realtime", True)
        orders = [each["order"] for each in definition(service, language)["attributes"]]
        assert orders == list(range(1, len(orders) + 1))


def test_what_is_about_people_is_offered_only_where_somebody_chose_so() -> None:
    assert {"dispute", "elder-child-care", "public-order"}.isdisjoint(OPEN_TO_ALL)
