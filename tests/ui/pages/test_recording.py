"""Recording in the session room: with everybody's consent only, seen while it runs, kept with its hash, found after a kill."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt

from tests.ui.microphones import RATE, FileMicrophones, spoken
from tests.ui.pages.driver import PASSWORD, Driver
from tests.ui.pages.test_room import ALT, begun, entered, found
from ui.pages.mediation import deck
from ui.pages.mediation.deck import Standing
from ui.pages.mediation.room import SessionRoom
from ui.sound import NO_MICROPHONE, Microphone, Microphones
from zzdesk.desk import recording, room
from zzdesk.desk.recording import Sound
from zzdesk.desk.taking import take_in
from zzdesk.errors import RefusedError
from zzdesk.evidence import tapes
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.queries import AttachmentRow
from zzdesk.evidence.tapes import Tape
from zzdesk.mediation import commands

SECONDS = 30


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    """What the microphone hears, as long as nobody stops it."""
    return spoken(tmp_path / "spoken.wav", SECONDS)


def in_the_room(window: Driver, tmp_path: Path) -> tuple[str, SessionRoom]:
    """Everybody agrees, by pressing the chips."""
    window.window.context.microphones = FileMicrophones(tmp_path / "spoken.wav")
    _, session = begun(window)
    here = entered(window, session)
    assert not here.recording.start.isEnabled(), "nobody has agreed yet"
    for chip in list(here.recording.agreed.buttons.values()):
        chip.click()
        window.settle()
    assert here.recording.start.isEnabled()
    return session, here


def heard(window: Driver, here: SessionRoom, seconds: float) -> None:
    window.qtbot.waitUntil(lambda: here.recording.deck.seconds >= seconds, timeout=10_000)


def kept(window: Driver, session: str) -> tuple[AttachmentRow, bytes]:
    """Return the one recording of a session and its sound; its bytes have the hash that stands there."""
    (file,) = [each for each in found(window, session).files if each.purpose == "recording"]
    store = FileStore(window.desk.paths.files, window.desk.store.key)
    assert store.verify(file.sha256)
    with wave.open(io.BytesIO(b"".join(store.read(file.sha256)))) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (RATE, 1, 2)
        return file, wav.readframes(wav.getnframes())


def said(window: Driver, session: str) -> list[str]:
    return [each.fields["text"] for each in found(window, session).statements]


def test_everybody_agrees_and_one_withdraws_and_comes_back(window: Driver, sound: bytes, tmp_path: Path) -> None:
    session, here = in_the_room(window, tmp_path)
    awake: list[bool] = []
    window.window.context.awake = lambda: awake.append(True)
    deck, second = here.recording.deck, list(here.recording.agreed.buttons.values())[1]
    window.press(Qt.Key.Key_R, ALT)
    window.qtbot.waitUntil(lambda: deck.standing is Standing.RECORDING)
    heard(window, here, 3)
    assert here.sounding.isVisible()
    window.qtbot.waitUntil(lambda: here.sounding.accessibleName() >= "● 正在录音 00:00:03")
    assert awake, "nobody has to press a key so that the screen is not locked while people talk"
    second.click()
    assert deck.standing is Standing.PAUSED, "at once, before anything is saved"
    window.settle()
    at = deck.seconds
    assert "有人不同意" in here.recording.trouble.accessibleName()
    assert not here.recording.go_on.isEnabled()
    second.click()
    window.settle()
    assert deck.seconds == at, "nothing goes on by itself"
    here.recording.go_on.click()
    window.qtbot.waitUntil(lambda: deck.standing is Standing.RECORDING)
    heard(window, here, at + 1)
    here.recording.stop.click()
    window.settle()
    file, words = kept(window, session)
    assert words == sound[: len(words)], "one stream, without what was said in between"
    assert len(words) >= (at + 1) * RATE * 2
    assert file.mime == "audio/wav"
    assert tapes.of_record(window.desk.paths.tapes, session) == []
    assert here.sounding.isHidden()
    assert said(window, session) == [
        "已告知并征得在场当事人同意，开始录音", "有当事人不再同意录音，录音暂停", "在场当事人都同意，继续录音",
    ]  # fmt: skip
    deleted(window, session, here)


def deleted(window: Driver, session: str, here: SessionRoom) -> None:
    """Nobody is recorded in a room that is not looked at; what was recorded goes at somebody's wish, for a reason."""
    here.recording.start.click()
    heard(window, here, 1)
    window.window.navigate("workbench")
    assert here.recording.deck.standing is Standing.PAUSED
    window.window.navigate("mediation")
    window.answer_sheet("当事人要求不留录音")
    here.recording.delete.click()
    window.settle()
    assert len([each for each in found(window, session).files if each.purpose == "recording"]) == 1
    assert tapes.of_record(window.desk.paths.tapes, session) == []
    assert said(window, session)[-1] == "录音已删除，没有保存：当事人要求不留录音"


def test_leaving_the_room_or_locking_the_screen_keeps_it(window: Driver, sound: bytes, tmp_path: Path) -> None:
    session, here = in_the_room(window, tmp_path)
    here.recording.start.click()
    heard(window, here, 2)
    here.leave()
    window.settle()
    assert len(kept(window, session)[1]) >= 2 * RATE * 2
    here = entered(window, session)
    here.recording.start.click()
    heard(window, here, 1)
    somebody_comes_in(window, session, here)
    window.window.lock()
    window.settle()
    window.desk.unlock(PASSWORD)
    assert len([each for each in found(window, session).files if each.purpose == "recording"]) == 2
    killed(window, session, here, sound)


def somebody_comes_in(window: Driver, session: str, here: SessionRoom) -> None:
    """Who was let in, and who speaks for a party, is heard: it pauses until they have agreed as well."""
    parties = [party.id for party in found(window, session).parties]
    window.desk.write(room.invite, session, {"name": "陈老", "capacity": "relative", "agreed_by": parties})
    window.desk.write(commands.edit_paper, "party", parties[1], {"agent_name": "赵律师"})
    window.page("mediation").refresh()
    window.settle()
    deck, chips = here.recording.deck, here.recording.agreed.buttons
    assert deck.standing is Standing.PAUSED
    assert "有人还没有同意" in here.recording.trouble.accessibleName()
    assert list(chips) == [parties[0], parties[1], f"agent:{parties[1]}", found(window, session).guests[0].id]
    assert [chip.text() for chip in chips.values()][2:] == ["代理人 赵*师", "陈*"]
    for chip in list(chips.values())[2:]:
        assert not here.recording.go_on.isEnabled()
        chip.click()
        window.settle()
    here.recording.go_on.click()
    window.qtbot.waitUntil(lambda: deck.standing is Standing.RECORDING)


def killed(window: Driver, session: str, here: SessionRoom, sound: bytes) -> None:
    """What a program that was killed left on its tape is kept or deleted by a person."""
    left = Tape(window.desk.paths.tapes, window.desk.store.key, session, window.desk.clock.now(), Sound(RATE, 1))
    left.add(sound[: RATE * 2 * 3 + 500])
    left._file.close()  # what was heard of the fourth second was not written
    here.recording.deck.open(session)
    window.settle()
    assert "（00:00:03）没有保存完" in here.recording.trouble.accessibleName()
    assert here.recording.start.isHidden()
    here.recording.stop.click()
    window.settle()
    files = [each.sha256 for each in found(window, session).files if each.purpose == "recording"]
    store = FileStore(window.desk.paths.files, window.desk.store.key)
    assert len(files) == 3
    assert sound[: RATE * 2 * 3] in [b"".join(store.read(sha256))[tapes.HEADER :] for sha256 in files]
    assert here.recording.trouble.isHidden()
    assert not here.recording.start.isHidden()


def test_who_cannot_record_is_told_and_may_add_a_file(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf(Microphones):
        def can_record(self) -> bool:
            return True

        def open(self, parent: QObject) -> Microphone:
            raise RefusedError(NO_MICROPHONE)

    class Without(Microphones):
        def can_record(self) -> bool:
            return False

    spoken(tmp_path / "spoken.wav", 1)
    session, here = in_the_room(window, tmp_path)
    monkeypatch.setattr(deck, "STUCK_LOOKS", 1)
    here.recording.start.click()
    window.qtbot.waitUntil(lambda: "麦克风没有声音" in here.recording.trouble.accessibleName(), timeout=5_000)
    window.answer_sheet("没录到")
    here.recording.delete.click()
    window.settle()
    window.window.context.microphones = Deaf()
    here.recording.start.click()
    assert "没有找到能用的麦克风" in here.recording.trouble.accessibleName()
    window.window.context.microphones = Without()
    here.recording.retranslate()
    assert here.recording.start.isHidden()
    assert "本程序没有录音部件" in here.recording.note.text()
    assert here.recording.add.isEnabled()
    with pytest.raises(RefusedError, match="全部同意"):
        take_in(window.desk, "session", begun(window)[1], tmp_path / "spoken.wav", "recording")
    here.recording.take(tmp_path / "spoken.wav")
    window.settle()
    assert len(kept(window, session)[1]) == RATE * 2


    nothing_without_consent(window)


def nothing_without_consent(window: Driver) -> None:
    """The command refuses what the window does not offer."""
    _, session = begun(window)
    with pytest.raises(RefusedError, match="全部同意"):
        recording.begin(window.desk, session, Sound())
    window.desk.write(room.agree_to_recording, session, [found(window, session).parties[0].id])
    with pytest.raises(RefusedError, match="全部同意"):
        window.desk.write(recording.go_on, session)
    assert tapes.of_record(window.desk.paths.tapes, session) == []
    assert said(window, session) == []
    assert recording.left(window.desk, session) is None
