"""``zzdesk self-test``: does this program work on this machine? Runs inside the frozen program too.

Everything happens in a temporary folder and over loopback; the person's own home is never touched.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from zzdesk.cli import sample
from zzdesk.cli.context import Invocation
from zzdesk.cli.output import warn
from zzdesk.cli.words import command, option
from zzdesk.errors import BugError, KnownError
from zzdesk.i18n import N_, translate

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk
    from zzdesk.store.unit import ChangeSet, UnitOfWork

STATION: Final = "350602002004"
PASSWORD: Final = "does this machine work"  # noqa: S105 - of a home that is deleted at once
REPORTS: Final = 20
IDENTITY: Final = "350602195803070028"

Check = Callable[[], None]


class SelfTest:
    """The steps of the self-test, each building on the one before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = ExitStack()
        self._desks: list[Desk] = []
        self._server: Any = None
        self._case = ""

    def close(self) -> None:
        """Close desks and server."""
        self._open.close()

    def steps(self, *, window: bool) -> Iterator[tuple[str, Check]]:
        """Yield what is tested, and how."""
        yield N_("加密数据库：建立、迁移、打开"), self.open_encrypted
        yield N_("登记事件、零工、调解"), self.record
        yield N_("中文搜索和拼音搜索"), self.search
        yield N_("清单和文书：PDF、Word 和 Excel 表"), self.papers
        if window:
            yield N_("画出窗口"), self.draw
        yield N_("启动中心，接入两台"), self.enrol
        yield N_("同步后两台一致"), self.reconcile
        yield N_("备份并核对"), self.backup
        yield N_("审计链完整"), self.audit

    def open_encrypted(self) -> None:
        """Make two homes; nothing readable may lie in the file, and its schema must be the newest."""
        import zzdesk.catalogue  # noqa: F401 - every table must be known
        from zzdesk.desk.session import create_home
        from zzdesk.store import upgrade
        from zzdesk.store.keys import TEST_COST

        upgrade.prove_revisions(self._folder)
        for name in ("a", "b"):
            desk, _ = create_home(self._folder / name, STATION, name * 3, PASSWORD, test=True, cost=TEST_COST)
            self._open.enter_context(desk)
            self._desks.append(desk)
            _must(upgrade.is_current(desk.paths.database, desk.store.key), "the schema is not the newest")
            _must(not desk.paths.database.read_bytes().startswith(b"SQLite format 3"), "the database is not encrypted")

    def record(self) -> None:
        """Record something of every subject."""
        from zzdesk.desk import records

        desk = self._desks[0]

        def made(kind: str, *lines: dict[str, Any]) -> tuple[str, ...]:
            def add(work: UnitOfWork) -> ChangeSet:
                for fields in lines:
                    records.add(work, kind, fields)
                return work.commit()

            return desk.write(add).created

        made("report", *(sample.report(n) for n in range(REPORTS)))
        (employer,) = made("employer", {"employer_kind": "person", "name": "陈美丽", "identity_number": IDENTITY})
        made("posting", {"employer_id": employer, "title": "周六搬家两人", "wage": "180.00"})
        (case,) = made("case", {"category": "neighbours", "team": [desk.actor.account_id]})
        self._case = case
        made("party", {"case_id": case, "role": "applicant", "name": "林志强"})

    def search(self) -> None:
        """Find a report by its words and by the initials of a name."""
        from zzdesk.desk.queries import search

        _must(bool(self._desks[0].read(search, "漏水")), "nothing found by words")
        _must(bool(self._desks[0].read(search, "lzq")), "nothing found by pinyin")

    def papers(self) -> None:
        """Set a sheet with Chinese in it, and write the reports as a table for Excel."""
        from zzdesk.desk.morning import write_pdf
        from zzdesk.desk.spreadsheets import export_kind

        part = {"heading": "已超期", "note": "", "head": [], "empty": "没有", "columns": [6, 0], "rows": [["SJ-1", "路灯不亮"]]}
        said = {"title": "早间清单", "subtitle": "西桥社区", "foot": "", "lang": "zh", "fonts": ["Noto Sans CJK SC"], "size": 12}
        write_pdf(self._folder / "sheet.pdf", "sheet", said | {"one_page": True, "parts": [part]})
        _must((self._folder / "sheet.pdf").read_bytes().startswith(b"%PDF"), "no PDF was made")
        self._case_papers()
        rows = export_kind(self._desks[0], self._folder / "reports.xlsx", "report", None, lambda *_: None)
        _must(rows == REPORTS, "the table lacks reports")

    def _case_papers(self) -> None:
        """Make a paper of the case as Word and its dossier as PDF, both out of the templates that come with the program."""
        from zzdesk.desk import dossiers

        desk = self._desks[0]
        word = dossiers.make(desk, self._case, "notice", "word")
        _must(word.content.startswith(b"PK") and not word.refused, "no Word file was made")
        whole = dossiers.make(desk, self._case, dossiers.DOSSIER)
        _must(whole.content.startswith(b"%PDF") and whole.pages > 3, "no dossier was made")

    def draw(self) -> None:
        """Draw the window of the first desk and look whether something is in the picture."""
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from zzdesk.cli.window import need_qt

        need_qt()
        from zzdesk.cli.looking import draw_desk

        colours = draw_desk(self._desks[0].home, PASSWORD, self._folder / "window.png")
        _must(colours > 8, "the window is empty")

    def enrol(self) -> None:
        """Start a centre inside this process and make both desks its devices."""
        from sync.client.enrol import enrol
        from sync.server.run import ServerThread

        self._server = self._open.enter_context(ServerThread(self._folder / "centre"))
        for desk in self._desks:
            enrol(desk, self._server.url, self._server.enrol_code(STATION))

    def reconcile(self) -> None:
        """Reconcile both ways; what the station shares is the same afterwards, and the next round does nothing."""
        from sync.client.engine import sync_once
        from zzdesk.cli.sameness import contents

        first, second = self._desks
        for desk in (first, second, first):
            sync_once(desk)
        ours, theirs = contents(first), contents(second)
        shared = {key: digest for key, digest in ours.items() if key[0] != "party"}
        _must(len(shared) >= 23, "too little was shared")
        _must(shared == theirs, "the desks differ")
        again = sync_once(second)
        _must(not (again.pushed or again.pulled or again.pending), "the next round was not idle")

    def backup(self) -> None:
        """Write a backup, which verifies itself."""
        from zzdesk.desk.backup import run_backup

        _must(run_backup(self._desks[0], self._folder / "backups").records > 0, "the backup is empty")

    def audit(self) -> None:
        """Recompute the audit of both desks."""
        from zzdesk.store import audit

        for desk in self._desks:
            desk.anchor()
            with desk.store.reader() as session:
                _must(audit.check(session, desk.paths.anchor, desk.store.key).ok, "the audit is broken")


def _must(fact: bool, otherwise: str) -> None:
    if not fact:
        raise BugError(otherwise)


@command(N_("自检：在临时文件夹里把主要功能走一遍"))
@option("--no-window", is_flag=True, help=N_("不画窗口"))
@click.pass_obj
def self_test(invocation: Invocation, no_window: bool) -> int:
    """Print a line for each step; end with 1 at the first that fails."""
    with tempfile.TemporaryDirectory(prefix="zzdesk-self-test-", ignore_cleanup_errors=True) as folder:
        test = SelfTest(Path(folder))
        try:
            return _run(test, window=not no_window)
        finally:
            test.close()


def _run(test: SelfTest, *, window: bool) -> int:
    from zzdesk.cli import crash

    for name, step in test.steps(window=window):
        try:
            step()
        except Exception as error:  # noqa: BLE001 - whatever it is, the answer is that this step failed
            why = str(error) if isinstance(error, (BugError, KnownError)) else crash.report(error)
            warn(N_("失败：{step}（{why}）"), step=translate(name), why=why)
            return 1
        print(f"ok  {translate(name)}", flush=True)
    print(translate(N_("自检通过")))
    return 0
