"""卷宗: the papers that a case has in the order of its file, what it still lacks, and who printed what when."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QFrame, QWidget

from ui.labels import word
from ui.pages.base import Page
from ui.pages.mediation.loading import Loaded
from ui.pages.work_detail import scrolled
from ui.theme.tokens import XS, L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, ElidedLabel, Translated, card, clear, column, row
from ui.widgets.dates import CHINA
from ui.widgets.header import Section
from ui.widgets.tag import StateTag, Tag, Tone

LACKS: Final = 6
"""Lines of what is missing; the whole list is under 办理."""


class Dossier(Translated, QWidget):
    """One button puts the dossier together; each paper can be looked at, printed and kept by itself."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._loaded: Loaded | None = None
        self.found: Any = None
        self.whole = Button("", "primary", "archive", lambda: self.show_paper("dossier"))
        self.buttons: dict[str, Button] = {}
        self._lacks, self._absent, self._printed = Banner(), Banner(), ElidedLabel("", "small")
        self._head, self._lines = Section(), column(gap=XS)
        holder = QWidget()
        top = row(self.whole, self._printed, gap=M)
        top.setStretch(1, 1)
        holder.setLayout(column(self._lacks, self._absent, top, self._head, self._lines, None, gap=M, margins=(L + S, M, L, M)))
        self.setLayout(column(scrolled(holder)))
        self.retranslate()

    def show_for(self, found: Loaded) -> None:
        """Ask for the papers of a case."""
        from zzdesk.desk.dossiers import overview

        self._loaded = found
        case = found.detail.row.id
        context = self._page.context
        context.runner.read(overview, case, owner=self, on_done=lambda seen: self._show(case, seen),
                            on_error=lambda error: context.toast(error.text(), bad=True))

    def retranslate(self) -> None:
        """Say everything again."""
        self.whole.setText(self.tr("整卷预览、打印…"))
        self._draw()

    def _show(self, case: str, seen: Any) -> None:
        if self._loaded is not None and self._loaded.detail.row.id == case:
            self.found = seen
            self._draw()

    def _draw(self) -> None:
        clear(self._lines)
        self.buttons = {}
        if self.found is None:
            return
        inside = [item for item in self.found.items if item.included]
        self._head.set_texts(self.tr("全部文书"), self.tr("{count} 份入卷").format(count=len(inside)))
        self._say_missing()
        last = self.found.printed.get("dossier")
        self._printed.set_text(self._last_words(last) if last else self.tr("还没有打印过整卷"))
        for item in self.found.items:
            self._lines.addWidget(self._line(item))

    def _say_missing(self) -> None:
        absent = self.tr("{count} 个附件只有登记，内容还没到中心：算作已有；请添加它的人同步一次。")
        self._absent.show_text(absent.format(count=self.found.absent) if self.found.absent else "")
        lacking = self.found.missing
        if not lacking:
            self._lacks.show_text(self.tr("✓ 卷宗齐全"), Tone.SUCCESS)
            return
        said = [each.said() for each in lacking[:LACKS]]
        more = self.tr("等") if len(lacking) > LACKS else ""
        self._lacks.show_text(self.tr("△ 卷宗还缺 {count} 项：{what}{more}").format(
            count=len(lacking), what=self.tr("、").join(said), more=more), Tone.WARNING)

    def _line(self, item: Any) -> QFrame:
        frame, name = card(), self.name_of(item)
        show = Button(self.tr("预览"), "link", "", lambda key=item.key: self.show_paper(key))
        show.setAccessibleName(self.tr("预览 {paper}").format(paper=name))
        self.buttons[item.key] = show
        last = self.found.printed.get(item.key)
        head = row(ElidedLabel(name), *(StateTag(tag) for tag in self._tags(item, last)), show, gap=S)
        head.setStretch(0, 1)
        files = self.tr("{count} 个附件").format(count=item.files) if item.files else ""
        detail = " · ".join(part for part in (files, self._last_words(last) if last else "") if part)
        below = [ElidedLabel(detail, "small")] if detail else []
        frame.setLayout(column(head, *below, gap=0, margins=(M, XS, M, XS)))
        return frame

    def _tags(self, item: Any, last: Any) -> list[Tag]:
        tags = []
        if last is not None and last.signed and last.changed:
            tags.append(Tag(self.tr("▲ 签署后有改动"), Tone.DANGER))
        elif item.signed:
            tags.append(Tag(self.tr("● 已定稿"), Tone.SUCCESS))
        if item.included:
            must = item.need == "must"
            tags.append(Tag(self.tr("入卷 · 必须") if must else self.tr("入卷"), Tone.INFO if must else Tone.NEUTRAL))
        else:
            tags.append(Tag(self.tr("○ 不入卷"), Tone.NEUTRAL))
        return tags

    def name_of(self, item: Any) -> str:
        """Return what the window calls a paper."""
        said = word("paper", item.paper)
        return said if item.nth is None else f"{said} {item.nth}"

    def _last_words(self, last: Any) -> str:
        when = f"{last.at.astimezone(CHINA):%m-%d %H:%M}"
        said = self.tr("{when} {who} {way}，共 {count} 次").format(when=when, who=last.by, way=word("print_way", last.way),
                                                             count=last.count)
        return said + self.tr("，之后内容有改动") if last.changed else said

    def show_paper(self, key: str) -> None:
        """Show a paper, or the whole dossier, before it is printed."""
        from ui.printing.casepaper import offer_paper

        if self._loaded is None or self.found is None:
            return
        loaded, last = self._loaded, self.found.printed.get(key)
        item = next((each for each in self.found.items if each.key == key), None)
        title = self.name_of(item) if item is not None else word("paper", "dossier")
        offer_paper(self, self._page.context, loaded.detail.row.id, key, title, lambda: self.show_for(loaded),
                    changed=bool(last and last.signed and last.changed))
