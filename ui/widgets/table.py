"""Tables and lists: painted rows, coloured tags with words, figures of equal width, elided text with tooltip."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.models.paging import Line, PagingModel, Role
from ui.theme import icons, tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import BODY, ICON_SMALL, ROW, SMALL, L, M, Tokens
from ui.widgets.tag import paint_tag, tag_width

AnyIndex = QModelIndex | QPersistentModelIndex


def _ground(painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens, focused: bool) -> None:
    state = option.state  # type: ignore[attr-defined]
    rect = option.rect  # type: ignore[attr-defined]
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(tokens.selected))
        painter.fillRect(QRect(rect.left(), rect.top(), 3 if focused else 0, rect.height()), QColor(tokens.primary))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, QColor(tokens.hover))
    edge = QColor(tokens.border)
    edge.setAlphaF(0.6)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), edge)


class CellDelegate(QStyledItemDelegate):
    """Draws one cell of a table."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw ground, tag or text."""
        tokens = tokens_now()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        _ground(painter, option, tokens, index.column() == 0)
        inner = rect.adjusted(M, 0, -M, 0)
        tag = index.data(Role.TAG)
        if tag is not None:
            paint_tag(painter, QPoint(inner.left(), rect.center().y()), tag, inner.width())
        else:
            self._text(painter, inner, index, tokens)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the row height of the theme."""
        return QSize(80, ROW)

    @staticmethod
    def _text(painter: QPainter, rect: QRect, index: AnyIndex, tokens: Tokens) -> None:
        model = index.model()
        column = model.columns[index.column()] if isinstance(model, PagingModel) else None
        strong = bool(column and column.strong)
        painter.setFont(body_font(BODY, tabular=True))
        first = index.column() == 0 or strong
        painter.setPen(QColor(tokens.text if first else tokens.secondary))
        text = QFontMetrics(painter.font()).elidedText(
            index.data() or "", Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)


class DataTable(QTableView):
    """A table whose columns a person may hide, move and size; the choice is kept under ``memory``."""

    opened = Signal(object)
    picked = Signal(object)

    def __init__(self, model: PagingModel, settings: QSettings | None = None, memory: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._memory = settings, f"table/{memory}"
        self.setItemDelegate(CellDelegate(self))
        self.setModel(model)
        _list_habits(self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setTabKeyNavigation(False)
        self._heads(model)
        self.activated.connect(lambda index: self.opened.emit(model.row(index)))
        self.selectionModel().currentRowChanged.connect(
            lambda now, _: self.picked.emit(model.row(now)) if now.isValid() else None)

    def selected_rows(self) -> list[Any]:
        """Return the row objects that are selected, from top to bottom."""
        model = self.model()
        assert isinstance(model, PagingModel)
        return [model.row(index) for index in sorted(self.selectionModel().selectedRows(), key=lambda i: i.row())]

    def _heads(self, model: PagingModel) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(56)
        for at, column in enumerate(model.columns):
            head.resizeSection(at, column.width)
            if column.stretch:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        if self._settings is not None and (state := self._settings.value(self._memory)):
            head.restoreState(state)
        head.sectionResized.connect(lambda *_: self._remember())
        head.sectionMoved.connect(lambda *_: self._remember())
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: self.column_menu().exec(head.mapToGlobal(at)))

    def column_menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        model, menu = self.model(), QMenu(self)
        assert isinstance(model, PagingModel)
        for at, column in enumerate(model.columns):
            action = menu.addAction(column.title())
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.toggled.connect(lambda on, at=at: self._show_column(at, on))
        return menu

    def _show_column(self, at: int, on: bool) -> None:
        model = self.model()
        visible = sum(not self.isColumnHidden(n) for n in range(model.columnCount()))
        if on or visible > 1:
            self.setColumnHidden(at, not on)
            self._remember()

    def _remember(self) -> None:
        if self._settings is not None:
            self._settings.setValue(self._memory, self.horizontalHeader().saveState())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key on the keyboard offers the column choice too."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.column_menu().exec(event.globalPos())


class LineDelegate(QStyledItemDelegate):
    """Draws an entry of two lines: icon, title and detail at the left; tag and time at the right."""

    HEIGHT = 64

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the entry."""
        line: Line | None = index.data(Role.LINE)
        if line is None:
            return
        tokens = tokens_now()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        _ground(painter, option, tokens, True)
        inner = self._before(painter, rect.adjusted(L, 10, -L, -10), index, tokens)
        if line.icon:
            box = QRect(inner.left(), inner.top() + 3, ICON_SMALL, ICON_SMALL)
            icons.paint_icon(painter, box, line.icon, tokens.secondary)
            inner.setLeft(inner.left() + ICON_SMALL + M)
        self._right(painter, inner, line, tokens)
        self._left(painter, inner, line, tokens)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the height of two lines."""
        line = index.data(Role.LINE)
        return QSize(120, self.HEIGHT if line is None or line.detail else ROW)

    def _before(self, painter: QPainter, inner: QRect, index: AnyIndex, tokens: Tokens) -> QRect:
        """Draw what stands in front of the entry, and return what room it leaves."""
        return inner

    def _right(self, painter: QPainter, inner: QRect, line: Line, tokens: Tokens) -> None:
        top = inner.top() + 12 if line.detail or line.when else inner.center().y()
        if line.mark is not None:  # two tags, one above the other, want air between them
            top -= 3
        if line.tag is not None:
            width = tag_width(line.tag)
            paint_tag(painter, QPoint(inner.right() - width + 1, top), line.tag, width)
        if line.mark is not None:
            width = tag_width(line.mark)
            paint_tag(painter, QPoint(inner.right() - width + 1, inner.bottom() - 6), line.mark, width)
        elif line.when:
            painter.setFont(body_font(SMALL, tabular=True))
            painter.setPen(QColor(tokens.secondary))
            below = inner if line.tag is None else inner.adjusted(0, 24, 0, 0)
            flags = Qt.AlignmentFlag.AlignRight | (
                Qt.AlignmentFlag.AlignTop if line.tag is None else Qt.AlignmentFlag.AlignBottom)
            painter.drawText(below, flags, line.when)

    def _left(self, painter: QPainter, inner: QRect, line: Line, tokens: Tokens) -> None:
        taken = max(tag_width(line.tag) if line.tag else 0, tag_width(line.mark) if line.mark else 0,
                    QFontMetrics(body_font(SMALL)).horizontalAdvance(line.when) if line.when else 0)
        left = inner.adjusted(0, 0, -(taken + M if taken else 0), 0)
        painter.setFont(body_font(BODY, bold=line.strong))
        painter.setPen(QColor(tokens.text))
        top = Qt.AlignmentFlag.AlignTop if line.detail else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | top, _cut(painter, line.title, left.width()))
        painter.setFont(body_font(SMALL))
        painter.setPen(QColor(tokens.secondary))
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
                         _cut(painter, line.detail, left.width()))


def _cut(painter: QPainter, text: str, width: int) -> str:
    return QFontMetrics(painter.font()).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)


class LineList(QTableView):
    """A list with two lines for each entry; ``picked`` follows the selection, ``opened`` follows Enter.

    It is a table of one column, because a QListView measures every row again whenever a page of rows arrives.
    """

    opened = Signal(object)
    picked = Signal(object)

    def __init__(self, model: PagingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(LineDelegate(self))
        self.setModel(model)
        _list_habits(self)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setCornerButtonEnabled(False)
        self._fit()
        model.modelReset.connect(self._fit)
        self.activated.connect(lambda index: self.opened.emit(model.row(index)))
        self.clicked.connect(lambda index: self.opened.emit(model.row(index)))
        self.selectionModel().currentChanged.connect(
            lambda now, _: self.picked.emit(model.row(now)) if now.isValid() else None)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last entry, not along the only column."""
        model = self.model()
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: model.rowCount() - 1}
        if action in ends and model.rowCount():
            return model.index(ends[action], 0)
        return super().moveCursor(action, modifiers)

    def _fit(self) -> None:
        """All entries are as high as the first."""
        model = self.model()
        line = model.index(0, 0).data(Role.LINE) if model.rowCount() else None
        self.verticalHeader().setDefaultSectionSize(LineDelegate.HEIGHT if line is None or line.detail else ROW)


def _list_habits(view: QAbstractItemView) -> None:
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)

