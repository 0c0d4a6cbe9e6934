"""What goes between the centre and a partner, and what an adapter has to do to carry it.

An adapter knows how one partner is reached (files, REST, Open311) and nothing of records. Everything that goes out has a
``key`` that is the same at every attempt: whatever was sent twice is one thing to whoever gets it. Everything that comes in
is named by the partner's own number: what comes twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

What = Literal["order", "withdraw", "status", "file"]
Content = Callable[[], Iterator[bytes]]
"""Yields the plain bytes of a file from their beginning, however often it is asked."""


@dataclass(frozen=True)
class Enclosed:
    """One file of an order: its name there, its media type, how many bytes it has, and their SHA-256 in hexadecimal.

    The name says nothing of what somebody called it: people name files after people.
    """

    name: str
    type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Outgoing:
    """One message to a partner.

    ``key``: names it for ever. ``order`` and ``number``: our order. ``external_ref``: the partner's number for it, as far
    as it gave one. ``at``: when it was made, ISO 8601 in UTC. ``fields``: the fields of the report that are handed over, by
    name, as the wire carries them (codes, ISO moments); nobody else's. ``said``: what else there is to say, by name:
    of an order ``recipient``, ``reason`` and for 110 the four facts of the call; of a withdrawal ``reason``; of a status
    ``status`` (accepted, working, done, returned, out-of-duty), ``text``, ``public_answer``, ``out_of_duty``,
    ``request_type``, ``round``. ``origins``: of an order, where its matter was before it goes to this partner, each as
    ``code:number``, ours among them: whoever passes it on passes them on, too, and no circle closes. ``files``: of an order,
    the files that follow it, each as a message ``file`` of its own once its bytes are here; of a file, that one.
    """

    key: str
    what: What
    partner: str
    order: str
    number: str
    at: str
    external_ref: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    origins: tuple[str, ...] = ()
    files: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """A partner's word that it has something: its number for that, when (None: now), and its own number for the order."""

    number: str
    at: str | None = None
    external_ref: str | None = None


@dataclass(frozen=True)
class FileIn:
    """A file that a partner gives with an order: its name there, and the SHA-256 of its bytes in hexadecimal.

    ``size`` in bytes and ``type`` (its media type) as far as the partner says them.
    """

    name: str
    sha256: str
    size: int | None = None
    type: str | None = None


@dataclass(frozen=True)
class OrderIn:
    """A work order that a partner gives us. ``external_ref`` is its number there; values are as a form takes them.

    ``area``: a division or grid code of the place; ``limit_days``: 办理时限 in working days, counted from ``given_at``;
    ``urgency``, ``demand``, ``category``: our codes. ``origins``: where the matter was before, each as ``code:number``.
    """

    external_ref: str
    title: str
    description: str | None = None
    category: str | None = None
    demand: str | None = None
    urgency: str | None = None
    happened_at: str | None = None
    given_at: str | None = None
    address: str | None = None
    area: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    reporter_name: str | None = None
    reporter_phone: str | None = None
    name_hidden: bool | None = None
    limit_days: int | None = None
    origins: tuple[str, ...] = ()
    files: tuple[FileIn, ...] = ()


@dataclass(frozen=True)
class ReceiptIn:
    """A receipt that came later, for our order (its id, its number, or the partner's number for it)."""

    order: str
    receipt: Receipt


@dataclass(frozen=True)
class StatusIn:
    """What a partner says of an order: of ours (``order``: its id or number), or of one of its own (its number there).

    ``status``: one of ``zzdesk.handover.workflow.STATUSES``. ``line``: the partner's number of this word, where it has one;
    else the same word at the same moment is one.
    """

    order: str
    status: str
    text: str | None = None
    at: str | None = None
    line: str | None = None
    external_ref: str | None = None


Incoming = OrderIn | ReceiptIn | StatusIn


@dataclass(frozen=True)
class Refused:
    """One thing that came and cannot be taken: which of its parcel (from 0), and why, in words."""

    place: int
    why: str


class Parcel(Protocol):
    """Some things that came together (a file, a page of a feed)."""

    @property
    def name(self) -> str:
        """What it is called where it came from, for messages."""

    @property
    def items(self) -> Sequence[Incoming]:
        """What is in it, as far as it can be read."""

    def settle(self, refused: Sequence[Refused]) -> None:
        """Put it away: everything in it was taken, but for these. It is called when all of that is in the database."""


class PartnerError(Exception):
    """Something could not be sent or fetched. ``passing``: it may work later (the line is down); else a person must look.

    ``code``: of a file that is not taken, why, where that is known (``zzdesk.handover.files``). ``status``: what a server
    answered (HTTP); ``reached``: the line to it stood, whether it answered or not.
    """

    def __init__(
        self, why: str, *, passing: bool = True, code: str | None = None, status: int | None = None, reached: bool = False
    ) -> None:
        super().__init__(why)
        self.why = why
        self.passing = passing
        self.code = code
        self.status = status
        self.reached = reached or status is not None


class Adapter(Protocol):
    """Carries messages to and from one partner. Used by one runner at a time; nothing is open between two rounds."""

    def send(self, message: Outgoing) -> Receipt | None:
        """Hand a message over; return the receipt where the partner gives one at once. Twice the same key is once.

        Raises:
            PartnerError: it did not get there.
        """

    def receive(self) -> Iterator[Parcel]:
        """Yield what has come, the oldest first; a parcel that is not settled comes again.

        Raises:
            PartnerError: nothing can be fetched now.
        """


@dataclass(frozen=True)
class Followed:
    """One of our orders with which the partner is not done: its id, its state here, and by what the partner knows it."""

    order: str
    state: str
    receipt_number: str | None
    external_ref: str | None


@runtime_checkable
class Follower(Protocol):
    """An adapter to a partner that tells nothing by itself: how our orders stand is asked for."""

    def follow(self, orders: Sequence[Followed]) -> Iterator[Parcel]:
        """Ask about some orders and yield what the partner says of them; what was said before may come again.

        Raises:
            PartnerError: nothing can be asked now.
        """


@runtime_checkable
class Fetcher(Protocol):
    """An adapter by which the bytes of the files of a partner's orders can be fetched."""

    def fetch(self, file: FileIn, most: int) -> bytes | None:
        """Return the bytes of a file, None where the partner has none of that name; more than ``most`` bytes are not read.

        Raises:
            PartnerError: they cannot be fetched now, or are too many (``code``).
        """


@runtime_checkable
class Carrier(Protocol):
    """An adapter that takes the files of an order one by one, after the order."""

    def carry(self, message: Outgoing, content: Content) -> Receipt | None:
        """Hand one file over (a message ``file`` with one file); twice the same key is once.

        Raises:
            PartnerError: it did not get there, or is not taken: ``code`` says why where that is known.
        """


@runtime_checkable
class Encloser(Protocol):
    """An adapter whose partner takes files only together with their order."""

    @property
    def media_types(self) -> frozenset[str]:
        """Return the media types of files that may go along; none where the partner takes no files."""

    def enclose(self, message: Outgoing, contents: Sequence[tuple[Enclosed, Content]]) -> Receipt | None:
        """Hand an order over with its files, as ``send`` does.

        Raises:
            PartnerError: it did not get there.
        """
