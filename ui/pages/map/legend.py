"""What shapes and rings mean, in words; and what the map is: a sketch, with the datum of everything on it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.pages.map.marks import GROUPS, RINGS, Sample, age_word, group_word
from ui.theme.tokens import XS, L, M, S
from ui.widgets.base import Label, Translated, column, row
from ui.widgets.flow import FlowLayout
from zzdesk.desk.atlas import GCJ02, WGS84, YEAR, Atlas


class Legend(Translated, QWidget):
    """Marks with their words, then the note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: dict[str, Label] = {}
        states = self._line_of({group: Sample(group, "fresh") for group in GROUPS})
        ages = self._line_of({age: Sample("todo", age) for age in RINGS})
        self.note = Label(kind="small", wrap=True)
        self._atlas = Atlas()
        self.setLayout(column(states, ages, self.note, gap=XS, margins=(L, S, L, S)))
        self.retranslate()

    def _line_of(self, samples: dict[str, Sample]) -> QWidget:
        """Return samples with their words, side by side as far as there is room."""
        holder = QWidget()
        flow = FlowLayout(holder, M)
        for key, sample in samples.items():
            self._words[key] = Label(kind="small")
            entry = QWidget()
            entry.setLayout(row(sample, self._words[key], gap=XS))
            flow.addWidget(entry)
        return holder

    def show_atlas(self, atlas: Atlas) -> None:
        """Say of other outlines in which datum they are."""
        self._atlas = atlas
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        for key, label in self._words.items():
            label.setText(group_word(key) if key in GROUPS else age_word(key))
        parts = [
            self.tr("示意图，仅供内部使用，不是公开地图。"),
            self.tr("事件：WGS-84（照片 EXIF），手填的照填写的画。"),
            self.tr("区县轮廓：{year} 年，约 100 米精度，来源未注明坐标系。").format(year=YEAR),
            self._of_grids(),
            self.tr("都没有换算：GCJ-02 与 WGS-84 相差可达约 500 米。"),
        ]
        self.note.setText(" ".join(part for part in parts if part))

    def _of_grids(self) -> str:
        if not self._atlas.grids.shapes:
            return self.tr("没有导入本站网格，只画区县：按“导入网格”选 GeoJSON 文件。")
        said = {WGS84: "WGS-84", GCJ02: "GCJ-02"}.get(self._atlas.grids.datum) or self.tr("未注明坐标系")
        return self.tr("本站网格：{source}，{datum}。").format(source=self._atlas.grids.source, datum=said)
