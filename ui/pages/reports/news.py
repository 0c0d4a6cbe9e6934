"""What a person has to be told of claims: somebody was first, a lease ended, a matter was given or taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.theme.tokens import S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Translated, column
from ui.widgets.tag import Tone


class ClaimNews(Translated, QWidget):
    """A banner with the newest news and how many more there are; read news are not shown again."""

    def __init__(self, context: Context, open_report: Callable[[str], Any]) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[Any, ...] = ()
        self._more = False
        self.read = Button("", "quiet", "check", self._note_read)
        self.look = Button("", "link", "arrow-right", lambda: open_report(self._rows[0].record_id))
        self.banner = Banner()
        self.banner.layout().addWidget(self.look)
        self.banner.layout().addWidget(self.read)
        self.setLayout(column(self.banner, gap=S))
        self.hide()

    def refresh(self) -> None:
        """Ask for what has not been read."""
        from zzdesk.desk.claims import claim_news

        self._context.runner.read(claim_news, None, 20, on_done=self._show, on_error=lambda error: None, owner=self)

    def retranslate(self) -> None:
        """Say everything again."""
        self.read.setText(self.tr("知道了"))
        self.look.setText(self.tr("打开"))
        if not self._rows:
            return
        text = self._said(self._rows[0])
        if len(self._rows) > 1:
            text += self.tr(" 另有 {n} 条。").format(n=f"{len(self._rows) - 1}{'+' if self._more else ''}")
        self.banner.show_text(text, Tone.WARNING if self._rows[0].state == "lost" else Tone.INFO)

    def _show(self, page: Any) -> None:
        self._rows, self._more = page.rows, page.after is not None
        self.setVisible(bool(self._rows))
        self.retranslate()

    def _said(self, row: Any) -> str:
        words = {
            "lost": self.tr("“{title}”已由{other}先认领，您补充的内容都留着。"),
            "expired": self.tr("您对“{title}”的认领已到期放开。"),
            "taken-over": self.tr("“{title}”已改由{other}承办。"),
            "held": self.tr("“{title}”已交给您承办。"),
        }
        text = words.get(row.state, "{title}").format(title=row.title, other=row.winner_name or row.ended_by_name or "")
        return text + (self.tr(" 理由：{reason}").format(reason=row.reason) if row.reason else "")

    def _note_read(self) -> None:
        from zzdesk.desk.claims import note_seen

        newest = max((row.changed_at for row in self._rows if row.changed_at), default=None)
        if newest is not None:
            self._context.runner.write(note_seen, newest, initiator=self, on_done=lambda _: self.refresh())
