"""Opening a home, and the open desk that the windows, the command line and the sync client hold."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from zzdesk.accounts.commands import create_first_account
from zzdesk.accounts.queries import find_actor
from zzdesk.accounts.rights import FIRST_ROLES, allowed
from zzdesk.actor import Actor, account_id
from zzdesk.clock import Clock, to_iso
from zzdesk.desk.arrival import NOT_BY_SYSTEM, Arrival, Door, arrive
from zzdesk.desk.timing import clock_for as clock_for
from zzdesk.errors import IndexBehindError, InvalidError, KnownError, RefusedError, WrongPasswordError
from zzdesk.i18n import N_
from zzdesk.ops.bringing_back import rotate, settle
from zzdesk.ops.journal import Journal, number_of
from zzdesk.ops.recognise import recognise
from zzdesk.paths import HomePaths
from zzdesk.settings import FORMAT, HomeInfo, load_info, load_settings, save_info
from zzdesk.store import audit, upgrade
from zzdesk.store.engine import Store
from zzdesk.store.files import private_folder
from zzdesk.store.keys import DESK_COST, Cost, KeyRing, login_name
from zzdesk.store.locks import exclusive, shared
from zzdesk.store.raw import raw
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from zzdesk.desk.indexing import Indexer

P = ParamSpec("P")
T = TypeVar("T")

ANCHOR_EVERY: Final = timedelta(minutes=1)
_STATION: Final = re.compile(r"\d{6,15}")
_WAIT: Final = 5.0

LOCKED: Final = N_("屏幕已锁定，请先输入密码解锁。")
REPLACING: Final = N_("数据库正在升级或恢复，请稍候再试。")
IN_USE: Final = N_("工作站正在使用，请先关闭其他窗口。")


class Desk:
    """An open home with somebody logged in.

    ``write`` runs one command in one transaction, ``read`` one query on a consistent state; both refuse while the
    screen is locked.  Safe to use from a database thread and a network thread at once.
    """

    def __init__(self, paths: HomePaths, info: HomeInfo, keys: KeyRing, clock: Clock, login: str) -> None:
        self.paths = paths
        self.info = info
        self.keys = keys
        self.clock = clock
        self.settings = load_settings(paths.settings)
        self.login = login
        self.warnings: list[str] = []
        self.recovered = False
        self.brought_back = 0  # operations that an older database lacked and the journal still had
        self._store: Store | None = None
        self._journal: Journal | None = None
        self._actor: Actor | None = None
        self._held = ExitStack()
        self._anchored: datetime | None = None
        self._indexer: Indexer | None = None

    @property
    def home(self) -> Path:
        """The folder of the home."""
        return self.paths.root

    @property
    def station(self) -> str:
        """The division code of the station."""
        return self.info.station

    @property
    def door(self) -> Door:
        """Where whoever this desk belongs to comes in."""
        return Door(self.paths, self.station, self.login, self.keys, self.clock)

    @property
    def locked(self) -> bool:
        """Whether the key has been put away."""
        return self._store is None

    @property
    def store(self) -> Store:
        """The open database.

        Raises:
            RefusedError: the screen is locked.
        """
        if self._store is None:
            raise RefusedError(LOCKED)
        return self._store

    @property
    def actor(self) -> Actor:
        """Who is logged in, with today's roles.

        Raises:
            RefusedError: the screen is locked.
        """
        if self._actor is None or self._store is None:
            raise RefusedError(LOCKED)
        return self._actor

    def write(
        self, command: Callable[Concatenate[UnitOfWork, P], ChangeSet], *args: P.args, **kwargs: P.kwargs
    ) -> ChangeSet:
        """Run one command: everything of it is saved, or nothing. A refusal is written into the audit."""
        store, actor = self.store, self.actor
        try:
            with store.writer() as session:
                work = UnitOfWork(session, actor, self.clock, allowed, journal=self._journal)
                changes = command(work, *args, **kwargs)
        except RefusedError as error:
            self._note_refusal(command, error)
            raise
        if changes.touches("account"):
            self.refresh_actor()
        self._anchor_now_and_then()
        return changes

    def read(self, query: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one query; what it returns holds no session."""
        store, actor = self.store, self.actor

        def run() -> T:
            with store.reader() as session:
                return query(Reader(session, actor, self.clock, allowed), *args, **kwargs)

        try:
            try:
                return run()
            except IndexBehindError:  # it searches, and much was received just now
                from zzdesk.desk.indexing import catch_up

                catch_up(store)
                return run()
        except RefusedError as error:
            self._note_refusal(query, error)
            raise

    def index_soon(self) -> None:
        """Let the search index catch up with what was received, beside whatever comes next."""
        from zzdesk.desk.indexing import Indexer

        if self._store is not None and self._indexer is None:
            self._indexer = Indexer(self._store)
        if self._indexer is not None:
            self._indexer.start()

    def refresh_actor(self) -> None:
        """Take over roles and device from the database: after a change here, or one that a sync brought.

        Raises:
            RefusedError: the account was stopped meanwhile; the desk is locked from now on.
        """
        try:
            with self.store.reader() as session:
                self._actor = find_actor(session, self.station, self.login)
        except RefusedError:
            self.lock()
            raise

    def note(self, event: str, kind: str | None = None, record_id: str | None = None, **facts: Any) -> None:
        """Write one line into the audit in a transaction of its own."""
        with self.store.writer() as session:
            audit.append(session, self.clock, self._actor, event, kind, record_id, **facts)
            session.commit()

    def lock(self) -> None:
        """Put the key away: nothing can be read until :meth:`unlock`. Locking twice is nothing new."""
        if self._store is not None:
            self.note("desk.lock")
            self._put_away()

    def unlock(self, password: str) -> None:
        """Come back from a locked screen by the password of the same account.

        Raises:
            WrongPasswordError, LockedOutError: see :meth:`KeyRing.unlock`.
        """
        key = self.keys.unlock(self.login, password)
        if self._store is None:
            self.enter(key, "desk.unlock")

    def unlock_by_system(self) -> None:
        """Come back from a locked screen by the system keyring, where the policy lets it open that too.

        Raises:
            RefusedError: this machine asks for the password, or the keyring does not know this account.
            LockedOutError: the account is locked after five wrong passwords.
        """
        if not (self.settings.system_keyring and self.settings.keyring_unlocks):
            raise RefusedError(NOT_BY_SYSTEM)
        key = self.keys.unlock_by_system(self.login)
        if self._store is None:
            self.enter(key, "desk.unlock", by="system")

    def verify_password(self, password: str) -> bool:
        """Say whether this is the password of the account that is logged in; failures count.

        Raises:
            LockedOutError: too many failures.
        """
        try:
            self.keys.unlock(self.login, password)
        except WrongPasswordError:
            return False
        return True

    def close(self) -> None:
        """Log out and let the home go."""
        if self._store is not None:
            self.note("logout")
            self._put_away()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def enter(self, key: bytes, event: str, **facts: Any) -> None:
        """Open the database with its key and log in; what happened meanwhile goes into the audit first."""
        with ExitStack() as stack:
            stack.enter_context(_open_for_use(self.paths, key))
            with raw(self.paths.database, key) as connection:
                arrival = arrive(connection, self.door, key, event, **facts)
            self.go_on(key, arrival, stack)

    def go_on(self, key: bytes, arrival: Arrival, held: ExitStack) -> None:
        """Open the database for somebody who has logged in; ``held`` keeps the home and is taken over.

        Raises:
            RefusedError: the journal brought back that the account was stopped.
        """
        store = Store.open(self.paths.database, key)
        held.callback(store.close)
        journal = Journal(self.paths.journal, key)
        emptying = _is_emptying(store)
        self.brought_back = 0 if emptying else settle(store, journal, self.clock)
        self._store, self._journal, self._actor = store, journal, arrival.actor
        self._held = held.pop_all()
        self.warnings.extend(arrival.warnings)
        if self.brought_back:
            self.warnings.append("journal.brought-back")
            self.refresh_actor()
        if emptying:
            self.clear_away()

    def clear_away(self) -> None:
        """Remove every copy of what this desk held, once its database is empty; see ``zzdesk.desk.emptying``.

        Raises:
            KnownError: something cannot be removed.
        """
        from zzdesk.desk.emptying import clear_away

        clear_away(self)

    def _note_refusal(self, what: Callable[..., Any], error: KnownError) -> None:
        name = f"{getattr(what, '__module__', '')}.{getattr(what, '__name__', 'call')}"
        self.note("refused", what=name.removeprefix("zzdesk."), right=error.params.get("right"))

    def _anchor_now_and_then(self) -> None:
        now = self.clock.now()
        if self._anchored is None or abs(now - self._anchored) >= ANCHOR_EVERY:
            self._try_to_anchor()

    def _try_to_anchor(self) -> None:
        """Move the anchor on. Failing to is no failure of what was saved before: it is tried again later."""
        try:
            self.anchor()
        except (KnownError, OSError) as error:
            logging.getLogger(__name__).warning("the audit's anchor was not moved: %s", type(error).__name__)

    def tidy_journal(self, session: Session) -> None:
        """Let the journal forget what the outbox has forgotten, inside the transaction that forgot it."""
        if self._journal is not None:
            rotate(session, self._journal)

    def settle_journal(self) -> None:
        """Write into the journal what a round made anew: it was committed under a number without a frame."""
        if self._journal is not None:
            settle(self.store, self._journal, self.clock)

    def empty_journal(self) -> None:
        """Let go of every operation in the journal: the centre took this device back, and holds them."""
        if self._journal is not None:
            with self.store.reader() as session:
                number = number_of(session)
            self._journal.rewrite(number, ())

    def anchor(self) -> None:
        """Seal the present end of the audit chain beside the database."""
        with self.store.reader() as session:
            audit.move_anchor(session, self.paths.anchor, self.store.key)
        self._anchored = self.clock.now()

    def _put_away(self) -> None:
        if self._indexer is not None:
            self._indexer.close()
            self._indexer = None
        self._try_to_anchor()
        self._store = self._actor = self._journal = None
        self._held.close()


def _open_for_use(paths: HomePaths, key: bytes) -> ExitStack:
    """Hold the home against replacement, bringing the database up to this program's version first."""
    with shared(paths.in_use, _WAIT, REPLACING):
        current = upgrade.is_current(paths.database, key)
    if not current:
        with exclusive(paths.in_use, _WAIT, IN_USE):
            upgrade.migrate(paths.database, key, paths.upgrades)
            _recognise(paths, key)
    with ExitStack() as stack:
        stack.enter_context(shared(paths.in_use, _WAIT, REPLACING))
        return stack.pop_all()


def _is_emptying(store: Store) -> bool:
    from zzdesk.desk.emptying import is_due

    with store.reader() as session:
        return is_due(session)


def _recognise(paths: HomePaths, key: bytes) -> None:
    """Put what the older program could only keep into the tables of this one."""
    store = Store.open(paths.database, key)
    try:
        recognise(store)
    finally:
        store.close()


def open_desk(
    home: Path, login: str | None, password: str, clock: Clock | None = None, *, cost: Cost = DESK_COST
) -> Desk:
    """Log in at a home.

    Args:
        home: the folder of the home.
        login: None means the account that ``init`` made.
        password: its password.
        clock: None means the machine's clock (ZZDESK_NOW in a test home).
        cost: what new password slots cost to open.

    Raises:
        NotFoundError: there is no home here.
        WrongPasswordError, LockedOutError: see :meth:`KeyRing.unlock`.
        NewerDatabaseError, BrokenDatabaseError: the database cannot be used by this program.
    """
    desk = _desk(home, login, clock, cost)
    desk.enter(desk.keys.unlock(desk.login, password), "login")
    return desk


def open_desk_with_key(home: Path, login: str | None, key: bytes, clock: Clock | None = None) -> Desk:
    """Log in with the data key at hand (from the system keyring, where the policy allows it)."""
    desk = _desk(home, login, clock, DESK_COST)
    desk.enter(key, "login", by="key")
    return desk


def open_desk_by_recovery(
    home: Path, login: str | None, recovery: str, clock: Clock | None = None, *, cost: Cost = DESK_COST
) -> Desk:
    """Log in with the recovery key, to set a new password."""
    desk = _desk(home, login, clock, cost)
    desk.enter(desk.keys.unlock_recovery(recovery), "login", by="recovery")
    desk.recovered = True
    return desk


def _desk(home: Path, login: str | None, clock: Clock | None, cost: Cost) -> Desk:
    paths = HomePaths(home)
    info = load_info(paths.info)
    clock = clock or clock_for(info.test)
    name = login_name(login) if login else info.first_login
    return Desk(paths, info, KeyRing(home, clock, cost=cost), clock, name)


def create_home(
    home: Path,
    station: str,
    login: str,
    password: str,
    clock: Clock | None = None,
    test: bool = False,
    *,
    display_name: str | None = None,
    cost: Cost = DESK_COST,
) -> tuple[Desk, str]:
    """Make a home for a station and log its first account in.

    Returns:
        the open desk, and the recovery key to be shown once.

    Raises:
        RefusedError: there is a home already.
        InvalidError: the station is not a division code, or the password is too weak.
    """
    desk, key, recovery = prepare_home(home, station, login, password, clock, test, display_name=display_name, cost=cost)
    desk.enter(key, "login")
    return desk, recovery


def prepare_home(
    home: Path,
    station: str,
    login: str,
    password: str,
    clock: Clock | None = None,
    test: bool = False,
    *,
    display_name: str | None = None,
    cost: Cost = DESK_COST,
) -> tuple[Desk, bytes, str]:
    """Make a home as :func:`create_home` does, with nobody logged in yet; return its desk, data key and recovery key."""
    paths, name = HomePaths(home), login_name(login)
    _check_new(paths, station, name, password)
    clock = clock or clock_for(test)
    private_folder(home)
    keys = KeyRing(home, clock, cost=cost)
    with exclusive(paths.in_use, _WAIT, IN_USE):
        _move_unfinished_aside(paths, clock)
        key, recovery = keys.create(name, password)
        seed = keys.proof_seed(account_id(station, name), password, cheap=test)
        _first_records(paths, key, station, name, display_name or login.strip(), clock, seed)
        info = HomeInfo(FORMAT, station, name, to_iso(clock.now()), test)
        save_info(paths.info, info)
    return Desk(paths, info, keys, clock, name), key, recovery


def _check_new(paths: HomePaths, station: str, name: str, password: str) -> None:
    from zzdesk.accounts.passwords import check_password

    if paths.info.exists():
        raise RefusedError(N_("这个文件夹里已经有工作站。"))
    if not _STATION.fullmatch(station):
        raise InvalidError.one("station", N_("应为区划代码（数字）。"))
    if not name:
        raise InvalidError.one("login", N_("请填写用户名。"))
    check_password(password, login=name)


def _move_unfinished_aside(paths: HomePaths, clock: Clock) -> None:
    """An earlier ``init`` that was killed left keys to an empty database: keep them, out of the way."""
    left = [
        path
        for path in paths.root.glob("*")
        if path.name.startswith(("keys.", "guard.", "zzdesk.db", "audit."))
    ]
    if left:
        aside = private_folder(paths.root / f"unfinished-{clock.now():%Y%m%dT%H%M%S}")
        for path in left:
            path.rename(aside / path.name)


def _first_records(
    paths: HomePaths, key: bytes, station: str, login: str, display_name: str, clock: Clock, seed: bytes
) -> None:
    from zzdesk.ops.state import begin

    upgrade.migrate(paths.database, key, paths.upgrades)
    store = Store.open(paths.database, key)
    me = Actor(account_id(station, login), login, display_name, frozenset(FIRST_ROLES), station)
    try:
        with store.writer() as session:
            begin(session, clock)
            session.commit()
        with store.writer() as session:
            work = UnitOfWork(session, me, clock, allowed)
            create_first_account(work, login, display_name, FIRST_ROLES, seed)
        with store.reader() as session:
            audit.write_anchor(paths.anchor, key, audit.head(session))
    finally:
        store.close()
