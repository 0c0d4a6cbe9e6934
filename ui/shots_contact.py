"""Pictures of contact with enterprises: the planner, visits, needs, the give-back ledger and its sums; and their records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.widgets.dates import CHINA

Screen = tuple[str, Callable[[MainWindow], QWidget | None]]
Add = Callable[[str, Sequence[dict[str, Any]]], list[str]]
Do = Callable[..., Any]

FIRMS: Final = (
    {"employer_kind": "enterprise", "name": "漳州水仙花食品有限公司", "credit_code": "91350602MA2XYA1234"},
    {"employer_kind": "sole-trader", "name": "文川里阿明五金店", "credit_code": "92350603MA8TQ4567A"},
)
NEEDS: Final = (
    {"source": "phone", "need_kind": "labour", "title": "周末装卸工，能上夜班的优先", "people": 4, "details": "卸冷链车"},
    {"source": "counter", "need_kind": "training", "title": "消防安全培训", "people": 20},
)
GIVEN: Final = (
    {"giveback_kind": "goods", "what": "大米", "quantity": "30", "unit": "袋", "purpose": "慰问独居老人", "project": "敬老慰问"},
    {"giveback_kind": "money", "what": "助学款", "amount": "5000", "purpose": "三名困难学生开学", "receipt_number": "0012345"},
    {"giveback_kind": "service", "what": "义务维修水电", "quantity": "6.5", "unit": "小时", "purpose": "邻里中心"},
)


def months(today: date) -> tuple[str, str]:
    """Return the month of the last contact day and of the next one."""
    last = today if today.day >= 15 else today.replace(day=1) - timedelta(days=1)
    following = last.replace(day=1) + timedelta(days=32)
    return f"{last:%Y-%m}", f"{following:%Y-%m}"


def record_contact(add: Add, do: Do, account: str, today: date) -> None:
    """Write down a day that was held and one that is prepared, visits, needs and what was given; ``do(kind, id, action, …)``."""
    firms = add("employer", FIRMS)
    last, following = months(today)
    held, prepared = add("contact_day", [{"month": last}, {"month": following, "plan": "走访三家用工大户，带上政策清单。"}])
    visits = add("employer_visit", [
        {"employer_id": firms[0], "contact_day_id": held, "visitors": [account]},
        {"employer_id": firms[1], "contact_day_id": held, "visitors": [account]},
        {"employer_id": firms[1], "contact_day_id": prepared, "visitors": [account]},
    ])  # fmt: skip
    do("contact_day", held, "hold")
    said = ("notes=旺季缺装卸工，愿意给社区老人送米。", "met_name=陈志强", "met_post=人事经理", "met_phone=13605961234")
    do("employer_visit", visits[0], "make", *(word for each in said for word in ("--set", each)))
    add("visit_item", [
        {"employer_visit_id": visits[0], "title": "送就业补贴政策清单", "owned_by": account, "due_on": f"{today + timedelta(3)}"},
        {"employer_visit_id": visits[0], "title": "约定送米的日子", "owned_by": account, "due_on": f"{today - timedelta(2)}"},
    ])  # fmt: skip
    heard = {"employer_visit_id": visits[0], "title": "流水线普工", "people": 6, "until": f"{today + timedelta(20)}"}
    needs = add("employer_need", [heard, *({"employer_id": firms[0]} | each for each in NEEDS)])
    do("employer_need", needs[1], "post")
    lines = add("giveback_entry", [{"employer_id": firms[0], "given_on": f"{today}"} | each for each in GIVEN])
    do("giveback_entry", lines[1], "correct", "--reason", "多打了一个零", "--set", "amount=500")


def contact_screens(open_page: Callable[..., Callable[[MainWindow], None]], settle: Callable[[MainWindow], None]) -> list[Screen]:
    """Return the lists, a form, and the sums."""

    def listed(key: str, row: int = 0) -> Callable[[MainWindow], None]:
        def show(window: MainWindow) -> None:
            _list(window, key)
            page: Any = window.shell.pages["jobs"]
            if row < page.shown.model.rowCount():
                page.shown.open_record(page.shown.model.row(row).id)

        return show

    def _list(window: MainWindow, key: str) -> Any:
        open_page("jobs")(window)
        page: Any = window.shell.pages["jobs"]
        page.show_list(key)
        page.shown.leave_form()
        settle(window)
        return page

    def form(window: MainWindow) -> None:
        _list(window, "giveback_entry").shown.open_form()

    def sums(window: MainWindow) -> QWidget:
        from ui.pages.jobs.giveback_sums import SumsSheet

        page = _list(window, "giveback_entry")
        today = window.context.now().astimezone(CHINA).date()
        sheet = SumsSheet(window, window.context, today, page.shown.narrow)
        sheet.show()
        sheet.move(window.mapToGlobal(QPoint(240, 40)))
        settle(window)
        return sheet

    return [("contact-days", listed("contact_day")), ("contact-prepared", listed("contact_day", 1)),
            ("contact-visit", listed("employer_visit", 2)), ("contact-needs", listed("employer_need", 2)),
            ("contact-giveback", listed("giveback_entry")), ("contact-giveback-new", form), ("contact-sums", sums)]
