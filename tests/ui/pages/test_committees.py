"""The committees of a station in a window: registered with their members; what the law asks for is said on them."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.pages.driver import CTRL, Driver
from ui.pages.mediation.committees import Committees
from ui.widgets.tag import StateTag


def test_a_committee_is_registered_with_its_members(window: Driver) -> None:
    page = window.page("mediation")
    page.open_committees()
    window.settle()
    sheet = page.findChild(Committees)
    sheet.add_button.click()
    window.write_in(sheet.form, name="西桥社区人民调解委员会", prefix="西桥2")
    sheet.form.fields["term_from"].set_value("2023-11-23")
    window.press(Qt.Key.Key_Return, CTRL)
    assert sheet.form.fields["prefix"].problem.isVisible()
    sheet.form.fields["prefix"].set_value("西桥")
    window.press(Qt.Key.Key_Return, CTRL)
    assert sheet.form is None
    (committee,) = sheet.committees
    assert (committee["prefix"], committee["term_to"]) == ("西桥", "2026-11-23")
    said = [tag.accessibleName() for tag in sheet.findChildren(StateTag)]
    assert said == ["▲ 现有 0 人", "▲ 没有妇女委员", "▲ 任期已满"]
    sheet.write("committee", committee)
    sheet.form.fields["term_to"].set_value("2027-01-31")
    window.press(Qt.Key.Key_Return, CTRL)
    for name, sex in (("林美", "female"), ("黄建华", "male"), ("郑国", "male")):
        sheet.write("committee_member", about={"committee_id": committee["id"]})
        sheet.form.fields["sex"].set_value(sex)
        window.write_in(sheet.form, name=name)
        window.press(Qt.Key.Key_Return, CTRL)
    assert [tag.accessibleName() for tag in sheet.findChildren(StateTag)] == []
    sheet.reject()
