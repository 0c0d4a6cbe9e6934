"""One round of reconciliation: hello, push, pull. No transaction is open while the network is waited for."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeVar

import msgspec

from sync.calm import undisturbed
from sync.client import digest, greeting, numbering, orders, recovery
from sync.client.answers import Fetched, Greeted, Pulled, Pushed, further
from sync.client.blobs import carry_files, hand_over_files
from sync.client.feed import Feed
from sync.client.flow import ChunkSize
from sync.client.identity import sign_ops
from sync.client.line import Line
from sync.client.parcels import Parcel, pack_singly
from sync.client.proving import token_request
from sync.client.pushing import packed, push_all
from sync.client.report import SyncReport
from sync.client.transport import A, Message, ProblemError, Transport, Wrapped, trusted, wrapped
from sync.limits import MAX_ASKS
from sync.modes import READ_ONLY, RECOVERY
from sync.protocol import (
    SCHEMA,
    FetchRequest,
    HelloAnswer,
    HelloRequest,
    PullRequest,
    PushRequest,
    TokenAnswer,
    TokenRequest,
    Want,
)  # fmt: skip
from zzdesk import __version__
from zzdesk.clock import from_iso, to_iso
from zzdesk.desk.session import Desk
from zzdesk.errors import KnownError, NotOursError, OfflineError, RefusedError
from zzdesk.i18n import N_
from zzdesk.ops import epochs, incoming, kept, lane, membership, outbox, state
from zzdesk.ops.membership import EvictionGuard
from zzdesk.ops.recognise import recognise
from zzdesk.ops.rows import INDEXED_AT_ONCE
from zzdesk.ops.sealing import Seal, seal_given_up
from zzdesk.store import audit
from zzdesk.store.locks import exclusive
from zzdesk.store.space import is_low
from zzdesk.store.unit import ChangeSet

PAGE: Final = 2000
FIRST: Final = 500
"""Size of a first batch or page: the other side starts sooner."""
DEADLINE_S: Final = 120.0
FETCH: Final = 200
_TOKEN_MARGIN_S: Final = 60
_SMALLEST: Final = 8
Progress = Callable[[str, int, int], None]
T = TypeVar("T")
"""Called with the step (``push`` or ``pull``), how many are done, and how many there are (0 where unknown)."""


class SyncClient:
    """Reconciles one open desk with its centre; keeps connection and token between rounds."""

    def __init__(self, desk: Desk, transport: Transport | None = None) -> None:
        with desk.store.reader() as session:
            known = state.get_state(session)
            url, server_id, device = known.server_url, known.server_id, known.device_id
            withdrawn = audit.local_value(session, orders.WIPED)
        if url is None or device is None:
            raise RefusedError(orders.WITHDRAWN if withdrawn else N_("本机还没有在中心登记，请先向中心要接入码"))
        self.desk = desk
        self.device_id = device
        self.wire = transport or Transport(url, server_id, trusted(desk.home))
        self._user = desk.actor.account_id
        self._token: str | None = None
        self._token_until = 0
        self._skew_ms = 0
        self._chunk = ChunkSize(desk.clock)

    def serves(self, desk: Desk) -> bool:
        """Say whether this client is for the desk as it is: the same one, enrolled as before, the same person."""
        with desk.store.reader() as session:
            known = state.get_state(session)
            same = (known.server_url, known.device_id) == (self.wire.url, self.device_id)
        return same and desk is self.desk and desk.actor.account_id == self._user

    def stop(self) -> None:
        """Ask the round under way to end at the next piece of data; nothing is lost."""
        self.wire.stop.set()

    def sync(
        self,
        progress: Progress = lambda step, done, total: None,
        *,
        only_claims: bool = False,
        verify: bool = False,
    ) -> SyncReport:
        """Run one round and say what it did; raise what kept it from finishing.

        ``only_claims`` sends nothing but the claims that wait, alone and at once: one request, no greeting, no pages.
        ``verify`` works through every row and compares it with the centre when the round is done.

        Raises:
            BusyError: another program synchronises this desk. OfflineError, ProblemError, StoppedError.
            RefusedError: the account was stopped meanwhile; the desk is locked.
        """
        self.wire.stop.clear()
        with exclusive(self.desk.home / "sync.lock", busy=N_("另一个窗口或程序正在同步本机")):
            recovery.refuse_another_machine(self.desk)
            recognise(self.desk.store)  # an upgrade that was cut short may have left something to do
            report = self._carry_records(progress, only_claims=only_claims, verify=verify)
            if not (only_claims or report.low_space or report.read_only):
                carry_files(self, report, progress, lambda: self._carry_records(progress), self._chunk)
            return report

    def _carry_records(self, progress: Progress, *, only_claims: bool = False, verify: bool = False) -> SyncReport:
        cycle = Cycle(self, progress)
        cycle.verifies = verify
        try:
            cycle.run_claims() if only_claims else cycle.run()
        except KnownError as error:
            cycle.ended(_code(error))
            error.partial = cycle.report
            raise
        cycle.ended(None, greeted=not only_claims)
        if max(cycle.report.pulled, cycle.report.pushed) > INDEXED_AT_ONCE:
            self.desk.index_soon()
        if cycle.report.changes.touches("account"):
            self.desk.refresh_actor()  # the centre may have given or taken roles
        return cycle.report

    def token(self) -> str:
        """Return a token that still holds for a while; the device signs for who is logged in."""
        if self._token and self.desk.clock.monotonic_ms() < self._token_until:
            return self._token
        answer = self.wire.call("/v1/token", self.token_request(), TokenAnswer)
        self._token = answer.token
        self._token_until = self.desk.clock.monotonic_ms() + (answer.expires_s - _TOKEN_MARGIN_S) * 1000
        return answer.token

    def authorised(self, ask: Callable[[str], T]) -> T:
        """Ask with a token; once more with a new one, where it ran out or the centre knows it no longer."""
        try:
            return ask(self.token())
        except ProblemError as problem:
            if problem.problem != "unauthorised":
                raise
            self.forget_token()
            return ask(self.token())

    def token_request(self) -> Callable[[str], TokenRequest]:
        """Return what makes, out of a nonce, the proof of this device and of who is logged in on it."""
        return token_request(self.desk, self.device_id)

    def forget_token(self) -> None:
        """Ask for a new token at the next request."""
        self._token = None


def _code(error: KnownError) -> str:
    return error.problem if isinstance(error, ProblemError) else error.code


class Cycle:
    """The state of one round: what to ask, and what to do with each answer, whichever way the two travel."""

    def __init__(self, client: SyncClient, progress: Progress) -> None:
        self._client = client
        self._desk = client.desk
        self._progress = progress
        self._started = time.monotonic()
        self._before = (client.wire.traffic.sent, client.wire.traffic.received, client.wire.traffic.requests)
        self._changed: set[tuple[str, str]] = set()
        self._unproven = False
        self._returning = False
        self.verifies = False
        self._limit = outbox.BATCH_OPS
        self._guard = EvictionGuard()
        self._orders = orders.Taken()
        self._total = 0
        self._feed = Feed()
        self._asked = False
        self.report = SyncReport()

    def run(self) -> None:
        """Run the round; a fork of this desk or a restore of the centre is healed, and the round starts afresh."""
        recovery.until_healed(self._desk, self._round, self._tell)

    def _tell(self, sentence: str | None) -> None:
        if sentence and sentence not in self.report.notices:
            self.report.notices.append(sentence)

    def _round(self) -> None:
        """Greet, send, and take what is new; on a full disk only send (section 8.7, step 0)."""
        self.report.low_space = is_low(self._desk.home)
        hello = self._hello()
        self.report.read_only = hello.mode == READ_ONLY
        if self._has_work() and not self.report.read_only:
            self._push_claims()
            self._push()
        if hello.wipe is not None:
            hand_over_files(self._client, self.report, self._progress)
            orders.obey_wipe(self._desk, hello)
            return  # something has not arrived yet: it goes first
        if self._unproven and self.report.pushed:
            self._client.forget_token()  # the account may have been among what was sent: now the centre knows it
            hello = self._hello()
        self.give_up()
        if self.report.low_space:
            self.forget_durable(hello.durable_seq)
            return
        self._pull(hello)
        self._fetch()
        self.forget_durable(hello.durable_seq)
        scopes, recovering = {scope.id for scope in hello.scopes}, hello.mode in (RECOVERY, READ_ONLY)
        self._tell(recovery.salvage(self._desk, self._call, self._replica, self._epoch, scopes, recovering))
        self._fetch()  # what the centre turned out to have
        if not recovering:
            self._verify(scopes)
        self.refuse_forged()

    def refuse_forged(self) -> None:
        """Raise NotOursError where somebody else tried to take something away; nothing was obeyed."""
        if self._orders.forged:
            raise NotOursError(orders.FORGED)

    def give_up(self) -> None:
        """Remove what the centre withdrew, as far as it has everything that was done there."""
        self._changed |= orders.give_up(self._desk, self._orders.revoked)

    def _verify(self, scopes: set[str]) -> None:
        """Compare digests where it is due, or asked for; everything has been pulled."""
        with self._desk.store.reader() as session:
            due = digest.is_due(session, self._desk)
        if due or self.verifies:
            verifier = digest.Verifier(self._desk, self._call, self._fetch)
            self.report.verified = verifier.run(scopes, rows=self.verifies)
            self._tell(None if self.report.verified.ok else digest.DIFFERENT)

    def forget_durable(self, durable_seq: int) -> None:
        """Let go of what the centre can no longer lose."""
        if not durable_seq:
            return
        with self._desk.store.writer() as session:
            if outbox.purge(session, durable_seq):
                self._desk.tidy_journal(session)
            session.commit()

    def run_claims(self) -> None:
        """Ask for what was claimed here, and take the centre's word for it."""
        with self._desk.store.reader() as session:
            self._replica, self._epoch = state.named(session)
        self._push_claims()
        self._fetch()

    def _call(self, path: str, message: Message | Wrapped, answer: type[A], *, urgent: bool = False) -> A:
        if time.monotonic() - self._started > DEADLINE_S:
            raise OfflineError(N_("同步时间太长，先停在这里，下次接着来；内容都还在本机"))
        return self._client.authorised(lambda token: self._client.wire.call(path, message, answer, token, urgent=urgent))

    def _hello(self) -> Greeted:
        answer: Greeted = self._call("/v1/hello", self.hello_request(with_news=not self.report.low_space), Greeted)
        self.take_hello(answer)
        self.report.next_poll_s = answer.next_poll_s
        return answer

    def hello_request(self, *, with_news: bool = False) -> Callable[[str], HelloRequest]:
        """Return what makes the first message of a round out of a nonce.

        ``with_news`` asks for the first page of what is new as well, unless something waits here: that goes first.
        """
        with self._desk.store.reader() as session:
            replica, self._epoch = state.named(session)
            cursors, waiting = state.cursors(session), outbox.waiting(session)
            asks = outbox.awaited(session, MAX_ASKS)
            numbers = numbering.countings(session, self._desk)
            again, self._returning = epochs.to_send_again(session), epochs.is_returning(session)
        self._replica, epoch = replica, self._epoch or None
        free = shutil.disk_usage(self._desk.home).free
        oldest = to_iso(waiting.oldest) if waiting.oldest else None
        self._asked = with_news and not waiting.count
        rows = FIRST if self._asked else 0

        def message(nonce: str) -> HelloRequest:
            return HelloRequest(
                replica, __version__, SCHEMA, nonce, epoch, free, waiting.count, oldest, cursors, again, asks,
                rows, numbers,
            )  # fmt: skip

        return message

    def take_hello(self, answer: HelloAnswer, *, live: bool = True) -> None:
        """Note what the centre says of itself and of this desk.

        ``live`` is False where the answer has been on its way for who knows how long: it tells nothing of the clocks.

        Raises:
            ProblemError: epoch-changed.
        """
        if answer.epoch != self._epoch:
            raise recovery.NewEpochError(answer.epoch)
        with self._desk.store.writer(repeatable=live, bulk=True) as session:
            state.note_server_keys(session, answer.server_keys)
            state.set_scopes(session, [(s.id, s.rights) for s in answer.scopes])
            membership.granted(session, [s.id for s in answer.scopes])
            self._orders = orders.taken(session, answer)
            self._guard.announced = self._orders.announced
            results = [msgspec.to_builtins(result) for result in answer.settled]
            self._changed |= outbox.take_decisions(session, results)
            self._unproven = greeting.keep(session, answer)
            self._feed.greeted(answer.head, {s.id: s.head for s in answer.scopes}, state.cursors(session))
            if live:
                orders.heard(session, answer.server_time)
                state.note_skew(session, from_iso(answer.server_time) - self._desk.clock.now())
            session.commit()

    def _has_work(self) -> bool:
        with self._desk.store.reader() as session:
            return self._returning or outbox.waiting(session).count > 0

    def _push_claims(self) -> None:
        """Send the claims that wait in front of everything else (8.9); what goes wrong is tried again with the rest."""
        with self._desk.store.reader() as session:
            if not lane.any_claims(session):
                return
        with self._desk.store.writer() as session:
            batch = lane.seal_claims(session)
            parcel = packed(session, batch, self._returning)
            session.commit()
        answer = self._send(parcel, urgent=True) if batch.rows else None
        if answer is not None:
            self.take_results(answer, parcel)

    def _push(self) -> None:
        """Send everything that waits; the centre judges one batch while this desk takes the answer to another."""
        for seal in (outbox.seal, seal_given_up) if self._returning else (outbox.seal,):
            push_all(partial(self._next, seal), self._send, self._sent, self._is_full)

    def _sent(self, parcel: Parcel, answer: Pushed) -> None:
        self.take_results(answer, parcel, repeatable=True)
        self._progress("push", self.report.pushed, self._total)

    def _is_full(self, parcel: Parcel) -> bool:
        """Return whether more is likely to wait behind a batch."""
        return 2 * len(parcel.batch.rows) > min(self._limit, FIRST)

    def _next(self, seal: Seal, after: int) -> Parcel | None:
        """Seal the next batch; None when nothing is left."""
        limit = self._limit if self._total else min(self._limit, FIRST)
        with undisturbed(), self._desk.store.writer(bulk=True) as session:
            batch = seal(session, after, limit)
            if not batch.rows:
                return None
            self._total = self._total or outbox.waiting(session).count
            parcel = packed(session, batch, self._returning)
            session.commit()
        parcel.wrapped = wrapped(partial(parcel.message, self._epoch))  # while the centre judges the one before
        return parcel

    def next_push(self, after: int) -> tuple[outbox.Batch, Callable[[str], PushRequest]]:
        """Seal the operations that come after number ``after``; return them, and their message out of a nonce.

        Each is signed by itself, so that it can be believed wherever it goes.
        """
        with self._desk.store.writer() as session:
            batch = outbox.seal(session, after, self._limit)
            receipts = recovery.old_receipts(session, [row.op_id for row in batch.rows] if self._returning else [])
            parcel = pack_singly(sign_ops(session, batch.ops), batch, receipts)
            session.commit()
        return batch, partial(parcel.message, self._epoch)

    def _send(self, parcel: Parcel, *, urgent: bool = False) -> Pushed | None:
        """Send one batch; a batch too much for the line or the centre is halved (None) and tried again."""
        count = len(parcel.batch.rows)
        try:
            message = parcel.wrapped or partial(parcel.message, self._epoch)
            return self._call("/v1/push", message, Pushed, urgent=urgent)
        except (OfflineError, ProblemError) as error:
            heavy = not isinstance(error, ProblemError) or error.status >= 500 or error.status == 413
            if not heavy or count <= _SMALLEST or self._limit <= _SMALLEST:
                raise
            # A group is sent whole, however small the limit: it is the limit that must come down to its end.
            self._limit = max(_SMALLEST, min(self._limit, count) // 2)
            return None

    def take_results(
        self, answer: Pushed, parcel: Parcel | None = None, *, repeatable: bool = False
    ) -> set[tuple[str, str]]:
        """Apply the receipts of one push, in one transaction; return the records to be asked for by id.

        ``parcel`` is what was sent, where its answer may speak of runs; ``repeatable`` as for ``Store.writer``.
        """
        results = [msgspec.to_builtins(result) for result in answer.results]
        with undisturbed(), self._desk.store.writer(repeatable=repeatable, bulk=True) as session:
            taken = [outbox.take_answers(session, results)]
            if parcel is not None:
                runs = [parcel.born(said) for said in answer.born]
                taken += [outbox.take_born(session, born, doubtful=doubtful) for born, doubtful in runs]
                edits = [edit for said in answer.kept for edit in parcel.kept(said)]
                taken += [kept.take_kept(session, edits, parcel.batch.hashes)] if edits else []
                places = [place for each in taken for place in each.places]
                state.move_cursors(session, self._feed.pushed(answer.head, places))
            state.note_durable(session, answer.durable_seq)
            session.commit()
        for each in taken:
            self.report.pushed += each.applied + each.conflicts
            self.report.conflicts += each.conflicts
            self.report.held += each.held
            self.report.rejected += each.rejected
            self._changed |= each.changed
        return {key for each in taken for key in each.fetch}

    def _pull(self, hello: Greeted) -> None:
        with self._desk.store.reader() as session:
            cursors = state.cursors(session)
        granted = {scope.id: scope.head for scope in hello.scopes}
        wanted = {s: cursors.get(s, 0) for s, head in granted.items() if head > cursors.get(s, 0)}
        if self.report.pushed and not self._feed.is_whole:
            wanted |= {scope: cursors.get(scope, 0) for scope in granted}
        with Line() as line:
            answer: Greeted | Pulled | None = hello if hello.pages else self._ask(wanted) if wanted else None
            while answer is not None:
                wanted = further(answer.pages, wanted)
                asking = line.send(self._ask, wanted, beside=True) if wanted else None
                self.take_pages(answer)
                answer = asking.result() if asking else None

    def _ask(self, wanted: dict[str, int]) -> Pulled:
        """Ask for one page of each wanted scope; the first is short, so that it can be taken while the next comes."""
        wants = [Want(scope, after, self._feed.known_beyond(after)) for scope, after in wanted.items()]
        limit = PAGE if self._asked else min(PAGE, FIRST)
        self._asked = True

        def message(nonce: str) -> PullRequest:
            return PullRequest(self._replica, self._epoch, nonce, wants, limit, brief=True)

        answer: Pulled = self._call("/v1/pull", message, Pulled)
        answer.unpack()
        return answer

    def take_pages(self, answer: Pulled | Greeted) -> set[tuple[str, str]]:
        """Apply each page in a transaction of its own with its cursor; return the records to be asked for by id."""
        fetch: set[tuple[str, str]] = set()
        for page in answer.pages:
            with undisturbed(), self._desk.store.writer(repeatable=True, bulk=True) as session:
                taken = incoming.take_page(session, page.unpacked, self._guard)
                session.commit()
            self._took(taken.changed)
            fetch |= set(taken.fetch)
        return fetch

    def _took(self, changed: Iterable[tuple[str, str]]) -> None:
        keys = set(changed)
        self._changed |= keys
        self.report.pulled += len(keys)
        self._progress("pull", self.report.pulled, 0)

    def _fetch(self) -> None:
        """Ask for the records that are in doubt, also those that an interrupted round had found."""
        while True:
            with self._desk.store.reader() as session:
                part = incoming.wanted(session, FETCH)
            if not part:
                return
            answer: Fetched = self._call("/v1/fetch", partial(FetchRequest, part), Fetched)
            with self._desk.store.writer() as session:
                changed = incoming.take_records(session, msgspec.to_builtins(answer.records), again=True)
                # Without any: those are not for this desk. With some: the others may not have fitted in.
                incoming.asked(session, [(rec.kind, rec.id) for rec in answer.records] or part)
                self._changed |= frozenset() if answer.records else epochs.moved_away(session, part)
                session.commit()
            self._took(changed)

    def ended(self, error: str | None, *, greeted: bool = True) -> None:
        """Note the round's end where the person can see it; what sent only claims is no round."""
        with self._desk.store.writer(bulk=True) as session:
            if greeted:
                state.attempted(session, self._desk.clock.now(), error)
            self.report.pending = outbox.waiting(session).count
            session.commit()
        traffic = self._client.wire.traffic
        self.report.bytes = traffic.sent + traffic.received - self._before[0] - self._before[1]
        self.report.requests = traffic.requests - self._before[2]
        self.report.seconds = round(time.monotonic() - self._started, 3)
        self.report.changes = ChangeSet(frozenset(self._changed))


def sync_once(
    desk: Desk, progress: Progress = lambda step, done, total: None, *, only_claims: bool = False, verify: bool = False
) -> SyncReport:
    """Run one round with a client of its own; see ``SyncClient.sync``."""
    return SyncClient(desk).sync(progress, only_claims=only_claims, verify=verify)


__all__ = ["SyncClient", "SyncReport", "sync_once"]
