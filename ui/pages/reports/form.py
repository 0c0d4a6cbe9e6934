"""The form that records a report, and the one that corrects it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import codes, field_word, word
from ui.pages.reports.due import demand_field, limit_field, shown_limit
from ui.pages.reports.place import AddressPicker
from ui.widgets.base import Words
from ui.widgets.checked import CheckedField
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    IntegerField,
    LongTextField,
    MomentField,
    TextField,
    WidgetField,
)
from ui.widgets.record_form import RecordForm
from ui.widgets.typeahead import CodePicker, ResidentPicker
from zzdesk.clock import local_day

translate = QCoreApplication.translate

_REPORTER = ("reporter_name", "reporter_phone", "reporter_identity", "name_hidden")


def _name(field: str) -> Words:
    return lambda: field_word("report", field)


class ReportForm(RecordForm):
    """What happened, where, and who says so."""

    def __init__(self, context: Context, finish: Words, leave: Words, key: str,
                 start: Callable[[], dict[str, Any]], known: dict[str, Any] | None = None) -> None:
        super().__init__(finish, leave=leave, key=key, drafts=context.drafts, start=start)
        self._context, self._known = context, known or {}
        self.add_group(lambda: translate("ReportForm", "什么事"))
        self._matter()
        self.between()
        self.add_group(lambda: translate("ReportForm", "谁反映的"))
        self._reporter()

    def ahead(self) -> None:
        """Add what stands under the category; nothing here."""

    def between(self) -> None:
        """Add what stands between what happened and who says so; subclasses say what."""

    def arrange(self) -> None:
        """An anonymous report names nobody."""
        anonymous = bool(self.fields["anonymous"].value())
        for key in _REPORTER:
            if key in self.fields:
                self.fields[key].setVisible(not anonymous)
        self.fields["demand"].setVisible(self.fields["source"].value() == "12345")

    def report(self) -> dict[str, Any]:
        """Return the values as the command takes them: a resident by id, anybody else by name."""
        return self._named(self.values())

    def changes(self) -> dict[str, Any]:
        """Return what differs from the beginning, as the command takes it."""
        return self._named(super().changes())

    def _named(self, values: dict[str, Any]) -> dict[str, Any]:
        taken = self._resident.taken_value
        if taken is not None and "reporter_name" in values:
            values = {key: value for key, value in values.items() if key != "reporter_name"}
            return values | {"reporter_id": taken}
        return values

    def _matter(self) -> None:
        runner = self._context.runner
        self.add(TextField("title", _name("title"), required=True, limit=120,
                           placeholder=lambda: translate("ReportForm", "一句话说清，例如：3幢门口路灯不亮")))
        category = CodePicker(runner, codes("category"), lambda c: word("category", c),
                              lambda: translate("ReportForm", "输入字或拼音首字母，按 ↓ 看全部"))
        self.add(WidgetField("category", _name("category"), category, required=True),
                 ChoiceField("urgency", _name("urgency"), codes("urgency"), lambda c: word("urgency", c), empty=False))
        self.ahead()
        self.address = AddressPicker(self._context, lambda: translate("ReportForm", "社区、路名、门牌或楼栋"))
        self.address.taken.connect(lambda _: self._take_place())
        self.add(WidgetField("address", _name("address"), self.address))
        self.add(TextField("grid", _name("grid"), limit=40),
                 TextField("spot", lambda: translate("ReportForm", "位置（纬度,经度）"), limit=60,
                           placeholder=lambda: translate("ReportForm", "由照片或地址带出，可以空着")))
        self.add(LongTextField("description", _name("description"), lines=4,
                               placeholder=lambda: translate("ReportForm", "经过、影响，以及居民希望怎样解决")))
        self.add(MomentField("happened_at", _name("happened_at")), IntegerField("people_count", _name("people_count")))
        self.add(limit_field())

    def _reporter(self) -> None:
        self.add(ChoiceField("source", _name("source"), [c for c in codes("source") if c != "import"],
                             lambda c: word("source", c), empty=False), demand_field())
        self.add(CheckField("anonymous", lambda: translate("ReportForm", "匿名反映，不记姓名和电话")))
        self._resident = ResidentPicker(self._context.runner,
                                        lambda: self._hint("reporter_name") or translate(
                                            "ReportForm", "姓名；已登记的居民可按拼音或电话尾号选"))
        self.add(WidgetField("reporter_name", _name("reporter_name"), self._resident),
                 TextField("reporter_phone", _name("reporter_phone"), limit=30,
                           placeholder=lambda: self._hint("reporter_phone")))
        if not self._known:
            self.add(CheckedField("reporter_identity", lambda: translate("ReportForm", "身份证号码（登记为居民，可不填）"),
                                  self._judge))
        self.add(CheckField("name_hidden", lambda: translate("ReportForm", "姓名保密，派遣和反馈时不透露是谁反映的")))

    def place_at(self, spot: str, why: str) -> None:
        """Take a place over, and say from where it is."""
        field = self.fields["spot"]
        field.set_value(spot)
        field.say_help(why)
        field.edited.emit()
        self._ask_grid(spot)

    def _ask_grid(self, spot: str) -> None:
        """A place that lies in an imported grid names it, where nothing stands yet."""
        from zzdesk.desk.lookup import grid_at

        def put(code: str | None) -> None:
            if code and self.fields["grid"].value() is None:
                self.fields["grid"].set_value(code)
                self.fields["grid"].edited.emit()

        latitude, _, longitude = spot.partition(",")
        self._context.runner.call(grid_at, self._context.desk.paths, latitude, longitude, on_done=put,
                                  on_error=lambda error: None, owner=self)

    def _take_place(self) -> None:
        """An address that is known brings its grid and its place along, where nothing stands yet."""
        found = self.address.found
        if found is None:
            return
        if found.grid and self.fields["grid"].value() is None:
            self.fields["grid"].set_value(found.grid)
        if found.latitude and found.longitude and self.fields["spot"].value() is None:
            self.place_at(f"{found.latitude},{found.longitude}", translate("ReportForm", "来自这个地址以前的登记"))

    def _judge(self, text: str) -> Any:
        from zzdesk.desk.lookup import judge_identity

        return judge_identity(text, local_day(self._context.now()))

    def _hint(self, field: str) -> str:
        known = self._known.get(field)
        return translate("ReportForm", "已登记 {value}，不改请留空").format(value=known) if known else ""


def edit_form(context: Context, report_id: str, fields: dict[str, Any]) -> ReportForm:
    """Return the form that corrects a report. Covered values are not put into it: an empty line keeps them."""
    shown = shown_limit({key: value for key, value in fields.items() if key not in ("reporter_name", "reporter_phone")})
    if shown.get("latitude") and shown.get("longitude"):
        shown["spot"] = f"{shown['latitude']},{shown['longitude']}"
    return ReportForm(
        context, lambda: translate("ReportForm", "保存修改"), lambda: translate("ReportForm", "返回"),
        f"report/{report_id}/edit", lambda: shown, fields)
