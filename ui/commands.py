"""What the search palette offers besides records: every page and every quick action, found by pinyin too."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.search_palette import Command


def palette_commands(context: Context) -> list[Command]:
    """Return the pages and actions in the order in which an empty palette shows them."""
    return [*_actions(context), *_of_mediation(context), *_work_pages(context), *_more_pages(context), *_switches(context)]


def _actions(context: Context) -> list[Command]:
    go = context.navigate
    return [
        Command(
            "new-report",
            "plus",
            lambda: QCoreApplication.translate("Commands", "登记事件"),
            "djsj dengjishijian new report record",
            lambda: go("reports", "new"),
            "Ctrl+N",
        ),
        Command(
            "new-posting",
            "plus",
            lambda: QCoreApplication.translate("Commands", "登记用工信息"),
            "djyg dengjiyonggong new posting job",
            lambda: go("jobs", "new"),
        ),
        Command(
            "new-case",
            "plus",
            lambda: QCoreApplication.translate("Commands", "受理调解"),
            "sltj shoulitiaojie new case mediation",
            lambda: go("mediation", "new"),
        ),
        Command(
            "morning",
            "printer",
            lambda: QCoreApplication.translate("Commands", "打印早间清单"),
            "dyzjqd dayinzaojianqingdan morning sheet print today",
            lambda: go("reports", "morning"),
        ),
        Command(
            "month",
            "calendar",
            lambda: QCoreApplication.translate("Commands", "事件月度统计"),
            "sjydtj shijianyuedutongji monthly figures statistics satisfaction",
            lambda: go("reports", "month"),
        ),
        Command(
            "sync-now",
            "refresh-cw",
            lambda: QCoreApplication.translate("Commands", "现在同步"),
            "xztb xianzaitongbu sync now",
            lambda: go("sync", "now"),
        ),
    ]


def _of_mediation(context: Context) -> list[Command]:
    go = context.navigate
    month = Command(
        "mediation-month",
        "calendar",
        lambda: QCoreApplication.translate("Commands", "调解月报"),
        "tjyb tiaojieyuebao mediation monthly report figures close",
        lambda: go("mediation", "month"),
    )
    subsidy = Command(
        "subsidy",
        "list",
        lambda: QCoreApplication.translate("Commands", "以案定补"),
        "yadb yiandingbu butie subsidy mediator payment",
        lambda: go("mediation", "subsidy"),
    )
    return [month, subsidy] if context.may("subsidy.read") else [month]


def _work_pages(context: Context) -> list[Command]:
    go = context.navigate
    return [
        Command(
            "workbench",
            "house",
            lambda: QCoreApplication.translate("Shell", "工作台"),
            "gzt gongzuotai home today",
            lambda: go("workbench", ""),
            "Ctrl+1",
        ),
        Command(
            "reports",
            "clipboard-list",
            lambda: QCoreApplication.translate("Shell", "事件"),
            "sj shijian",
            lambda: go("reports", ""),
            "Ctrl+2",
        ),
        Command(
            "jobs",
            "briefcase",
            lambda: QCoreApplication.translate("Shell", "零工"),
            "lg linggong",
            lambda: go("jobs", ""),
            "Ctrl+3",
        ),
        Command(
            "mediation",
            "handshake",
            lambda: QCoreApplication.translate("Shell", "调解"),
            "tj tiaojie",
            lambda: go("mediation", ""),
            "Ctrl+4",
        ),
        Command(
            "patrol",
            "shield-check",
            lambda: QCoreApplication.translate("Shell", "群防"),
            "qf qunfang xunluo zhiyuanzhe patrol",
            lambda: go("patrol", ""),
            "Ctrl+5",
        ),
    ]


def _more_pages(context: Context) -> list[Command]:
    go = context.navigate
    return [
        Command(
            "map",
            "map",
            lambda: QCoreApplication.translate("Shell", "地图"),
            "dt ditu wangge map",
            lambda: go("map", ""),
            "Ctrl+6",
        ),
        Command(
            "sync",
            "refresh-cw",
            lambda: QCoreApplication.translate("Shell", "同步"),
            "tb tongbu",
            lambda: go("sync", ""),
            "Ctrl+7",
        ),
        Command(
            "conflicts",
            "git-compare",
            lambda: QCoreApplication.translate("Commands", "冲突"),
            "ct chongtu",
            lambda: go("conflicts", ""),
        ),
        Command(
            "settings",
            "settings",
            lambda: QCoreApplication.translate("Shell", "设置"),
            "sz shezhi",
            lambda: go("settings", ""),
            "Ctrl+8",
        ),
    ]


def _switches(context: Context) -> list[Command]:
    return [
        Command(
            "dark",
            "moon",
            lambda: QCoreApplication.translate("Commands", "深色外观"),
            "ss shense dark theme",
            lambda: context.set_theme("dark"),
        ),
        Command(
            "light",
            "sun",
            lambda: QCoreApplication.translate("Commands", "浅色外观"),
            "qs qianse light theme",
            lambda: context.set_theme("light"),
        ),
        Command(
            "english",
            "languages",
            lambda: "English",
            "yw yingwen english",
            lambda: context.set_language("en"),
        ),
        Command(
            "chinese", "languages", lambda: "中文", "zw zhongwen chinese", lambda: context.set_language("zh")
        ),
        Command(
            "help",
            "circle-help",
            lambda: QCoreApplication.translate("Commands", "帮助"),
            "bz bangzhu help",
            lambda: context.help(""),
            "F1",
        ),
        Command(
            "shortcuts",
            "keyboard",
            lambda: QCoreApplication.translate("Commands", "快捷键"),
            "kjj kuaijiejian shortcuts keys",
            lambda: context.help("shortcuts"),
        ),
        Command(
            "lock",
            "lock",
            lambda: QCoreApplication.translate("Commands", "锁屏"),
            "sp suoping lock",
            context.lock,
            "Ctrl+L",
        ),
    ]
