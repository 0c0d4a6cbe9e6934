"""Checking somebody in at a point of the route: the code that hangs there, typed or scanned, or where one is.

A scanner types the code and Enter. A place is typed in degrees or read from a photo; how far it is from the point is said
before anything is kept, and what is too far takes a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from ui.context import Context
from ui.widgets.base import Button, Label, row
from ui.widgets.fields import ChoiceField, LongTextField, TextField
from ui.widgets.record_form import RecordForm
from zzdesk.errors import KnownError
from zzdesk.patrol import workflow as flow

translate = QCoreApplication.translate
PLACE: Final = ("latitude", "longitude")
TYPED, PHOTO = "typed", "photo"


class CheckForm(RecordForm):
    """``points`` are those of the route (``zzdesk.desk.checkpoints.points_of``), ``key`` names the draft."""

    def __init__(self, context: Context, points: Sequence[Any], finish: Callable[[], str], key: str) -> None:
        super().__init__(finish, leave=lambda: translate("CheckForm", "返回"), key=key, drafts=context.drafts)
        self._context, self.points, self._source = context, tuple(points), TYPED
        self.add_group(lambda: translate("CheckForm", "签到码"))
        self.add(TextField("code", lambda: translate("CheckForm", "签到码（扫码枪扫入，或照着输入八个字）"), limit=20,
                           help=lambda: translate("CheckForm", "不用网络；大小写、空格、短横都不影响。")))
        self.add_group(lambda: translate("CheckForm", "没有码，就写在哪里（WGS-84，度）"))
        self.add(ChoiceField("point", lambda: translate("CheckForm", "签到点（不选就取最近的）"),
                             [point.name for point in self.points], str))
        self.add(TextField("latitude", lambda: translate("CheckForm", "纬度"), limit=20,
                           placeholder=lambda: "24.51190"),
                 TextField("longitude", lambda: translate("CheckForm", "经度"), limit=20,
                           placeholder=lambda: "117.65540"))
        self.photo, self.told = Button("", "", "image", self.ask_for_photo), Label(wrap=True)
        self._column.addLayout(row(self.photo, None))
        self._column.addWidget(self.told)
        self.add(LongTextField("reason", lambda: translate("CheckForm", "理由"), lines=2,
                               help=lambda: translate("CheckForm", "太远、量不出距离，或中心还没有确认名额时要写。")))
        for name in (*PLACE, "point"):
            self.fields[name].edited.connect(self._typed)
        self._say()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        if hasattr(self, "photo"):
            self._say()

    def given(self) -> tuple[dict[str, Any], str | None]:
        """Return what the command takes, and the reason; a code alone is enough, whatever else was typed."""
        values = {name: value for name, value in self.values().items() if value}
        reason = values.pop("reason", None)
        if "code" in values:
            return {"code": values["code"]}, reason
        return (values | {"check_source": self._source} if any(name in values for name in PLACE) else {}), reason

    def ask_for_photo(self) -> None:
        """Ask for a photo, and read the place out of it."""
        name, _ = QFileDialog.getOpenFileName(self, translate("CheckForm", "选现场照片"), "", "JPEG, PNG (*.jpg *.jpeg *.png)")
        if name:
            from zzdesk.desk.checkpoints import place_in_photo

            self._context.runner.call(place_in_photo, Path(name), owner=self, on_done=self._photographed,
                                      on_error=lambda error: self._say(_why(error)))

    def _photographed(self, place: tuple[str, str]) -> None:
        for name, value in zip(PLACE, place, strict=True):
            self.fields[name].set_value(value)
        self._source = PHOTO
        self._say()

    def _typed(self) -> None:
        self._source = TYPED
        self._say()

    def _say(self, problem: str = "") -> None:
        """Say how far it is to the point, or what stands in the way of knowing."""
        self.photo.setText(translate("CheckForm", "从照片读取位置…"))
        self.told.setText(problem or self._distance())
        self.told.setVisible(bool(self.told.text()))

    def _distance(self) -> str:
        values = self.values()
        if not all(values.get(name) for name in PLACE):
            return ""
        try:
            seen = flow.seen_at(self.points, {name: values[name] for name in (*PLACE, "point") if values.get(name)})
        except KnownError as error:
            return f"△ {_why(error)}"
        if seen.doubt is not None:
            return f"▲ {seen.doubt.text()}"
        return "● " + translate("CheckForm", "离“{point}”约 {n} 米，在 100 米以内").format(point=seen.point, n=seen.distance)


def _why(error: KnownError) -> str:
    problems = getattr(error, "problems", ())
    return problems[0].text() if problems else error.text()


def said_of(found: Any) -> str:
    """Return how somebody checked in, in a line of the list: nothing for the leader's own list."""
    if found.way == "qr":
        return translate("CheckForm", "扫码：{point}").format(point=found.point)
    if found.way != "gps":
        return ""
    if found.distance is None:
        return translate("CheckForm", "△ 定位，没有量出距离")
    words = translate("CheckForm", "▲ 定位：离{point} {n} 米") if found.distance > flow.NEAR else translate(
        "CheckForm", "定位：离{point} {n} 米")
    return words.format(point=found.point, n=found.distance)
