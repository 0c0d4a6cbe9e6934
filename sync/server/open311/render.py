"""Answers as XML and as JSON (the Spark convention of Open311): the same content, JSON with the outer names left out.

Only we write XML; none is ever read.
"""

from __future__ import annotations

import re
from typing import Any, Final
from xml.etree import ElementTree as Xml

import msgspec

JSON: Final = "json"
XML: Final = "xml"
MEDIA_TYPES: Final = {JSON: "application/json; charset=utf-8", XML: "text/xml; charset=utf-8"}

_EACH: Final = {
    "services": "service", "attributes": "attribute", "values": "value", "service_requests": "request",
    "errors": "error", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
"""A list and what each of its items is called in XML."""
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 (section 2.2) cannot carry, whatever their escape."""


def rendered(root: str, content: Any, form: str) -> bytes:
    """Return a document named ``root`` in one of the two forms, UTF-8."""
    if form == JSON:
        return msgspec.json.encode(content)
    text: bytes = Xml.tostring(_element(root, content), encoding="utf-8", xml_declaration=True)
    return text


def _element(name: str, content: Any) -> Xml.Element:
    element = Xml.Element(name)
    if isinstance(content, dict):
        element.extend(_element(each, part) for each, part in content.items())
    elif isinstance(content, list):
        element.extend(_element(_EACH[name], part) for part in content)
    else:
        element.text = _text(content)
    return element


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NOT_XML.sub("\ufffd", str(value))
