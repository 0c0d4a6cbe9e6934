"""Set up zzdesk and drive it, with nothing but Python 3.11 or newer on the machine.

python dev.py run [ARGS]     the desk; ARGS go to the zzdesk command line (`run demo` shows the main job)
python dev.py test [ARGS]    the tests; ARGS go to pytest
python dev.py slow [ARGS]    the long suites: mutants, full networks, load, bench
python dev.py check          lint, types, import rules, translations fresh
python dev.py translate      bring the translation files up to date with the code
python dev.py build          the program as a folder in dist/, and its self-test
python dev.py lock           renew constraints.txt from pyproject.toml
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "dev-stamp.txt"
UV = shutil.which("uv")

# Debian package -> shared object that shows it is there (a bare Debian 12 lacks all of them).
QT_LIBRARIES = {
    "libgl1": "libGL.so.1", "libegl1": "libEGL.so.1", "libfontconfig1": "libfontconfig.so.1",
    "libxkbcommon0": "libxkbcommon.so.0", "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libglib2.0-0": "libglib-2.0.so.0", "libdbus-1-3": "libdbus-1.so.3",
    "libxcb-cursor0": "libxcb-cursor.so.0", "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1", "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1", "libwayland-cursor0": "libwayland-cursor.so.0",
    "libwayland-egl1": "libwayland-egl.so.1",
}  # fmt: skip
NEEDED_BY_QT = ("libgl1", "libegl1", "libfontconfig1", "libxkbcommon0", "libglib2.0-0", "libdbus-1-3")
REAL_DISPLAY = {"xvfb": "Xvfb", "xdotool": "xdotool", "openbox": "openbox"}  # tests with real key presses
CHINESE_FONTS = ("*CJK*", "wqy-*", "*SourceHan*", "uming*", "ukai*", "DroidSansFallback*", "simsun*", "msyh*")


def main(arguments: list[str]) -> int:
    """Run one command; return its exit status (2: wrong usage)."""
    commands = {command.__name__: command for command in (run, test, slow, check, translate, build, lock)}
    if arguments and arguments[0] in commands:
        return commands[arguments[0]](arguments[1:])
    print((__doc__ or "").strip())
    return 0 if arguments[:1] in (["-h"], ["--help"]) else 2


def run(arguments: list[str]) -> int:
    """Start the desk, or any other zzdesk command."""
    set_up()
    return call(PYTHON, "-m", "zzdesk", *arguments, env=environment(offscreen=bool(arguments)), cwd=Path.cwd())


def test(arguments: list[str]) -> int:
    """Run the tests, on two cores or more when nothing narrower is asked for."""
    if "--slow" in arguments:
        return slow([word for word in arguments if word != "--slow"])
    set_up(for_tests=True)
    if arguments:
        return call(PYTHON, "-m", "pytest", *arguments, env=environment())
    cores = min(os.cpu_count() or 1, 4)
    spread = ["-n", str(cores), "--dist", "worksteal"] if cores > 1 else []
    return call(PYTHON, "-m", "pytest", *spread, env=environment())


def slow(arguments: list[str]) -> int:
    """Run the suites that take minutes, one after another: they measure time."""
    set_up(for_tests=True)
    chosen = ["-m", "slow or bench", "--timeout=3600", "-o", "faulthandler_timeout=3700", *arguments]
    return call(PYTHON, "-m", "pytest", *chosen, env=environment())


def check(arguments: list[str]) -> int:
    """Lint, types, import rules, translations fresh; all of them run, the worst status is returned."""
    set_up()
    rules = ["tests/test_imports.py", "tests/test_translations.py"]
    lint, types = call(PYTHON, "-m", "ruff", "check", "."), call(PYTHON, "-m", "mypy")
    return max(lint, types, call(PYTHON, "-m", "pytest", "-q", *rules, *arguments, env=environment()))


def translate(arguments: list[str]) -> int:
    """Extract the texts of the code into the translation files (Qt for windows, gettext for the rest)."""
    set_up()
    status = call(PYTHON, "-m", "tests.translations", *arguments)
    compile_translations()
    return status


def build(arguments: list[str]) -> int:
    """Freeze the program with PyInstaller and let the frozen program test itself."""
    set_up()
    status = call(PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *arguments, "build.spec")
    program = ROOT / "dist" / "zzdesk" / ("zzdesk.exe" if WINDOWS else "zzdesk")
    return status or call(program, "self-test", env=environment())


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml for every platform; the file names no registry."""
    set_up()
    if not UV and call(PYTHON, "-m", "pip", "install", "-q", "uv"):
        return 1
    wanted = ["--universal", "pyproject.toml", "--group", "dev", "--upgrade", *arguments]
    plain = ["-q", "--no-header", "--no-annotate", "-o", "constraints.txt"]
    return call(UV or BIN / "uv", "pip", "compile", *wanted, *plain)


def set_up(for_tests: bool = False) -> None:
    """Bring system packages, the virtual environment and the compiled translations up to date."""
    if sys.platform.startswith("linux"):
        install_system_packages(missing_packages(for_tests))
        if not all(loads(QT_LIBRARIES[name]) for name in NEEDED_BY_QT):
            fail("Qt cannot be loaded without these packages.")
    stamp = fingerprint()
    if not PYTHON.exists() or not STAMP.exists() or STAMP.read_text("utf-8") != stamp:
        make_environment(stamp)
    compile_translations()


def make_environment(stamp: str) -> None:
    """Make .venv and install the pinned packages and the project itself."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    old = STAMP.read_text("utf-8").split() if STAMP.exists() else stamp.split()
    # Uninstalling a PySide6 wheel takes files of its successor along: another Qt or Python means a new folder.
    renew = old[:2] != stamp.split()[:2] or not any(VENV.glob("[Ll]ib/**/site-packages/pip"))
    say("Setting up .venv; the first time takes some minutes, later starts are immediate.")
    if renew and importlib.util.find_spec("ensurepip"):
        must(base, "-m", "venv", "--clear", str(VENV))
    elif renew:
        must(UV or fail("Python has no venv module here and uv is not installed either."),
             "venv", "--clear", "--seed", "--python", base, str(VENV))  # fmt: skip
    # Compiled at once, as pip does it by itself: else every start would compile some of it again.
    install: list[object] = []
    if UV:
        install = [UV, "pip", "install", "-q", "--compile-bytecode", "--python", str(PYTHON)]
    if not install or call(*install, "-r", "constraints.txt"):
        install = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        must(*install, "-r", "constraints.txt")
    must(*install, "--no-deps", "--no-build-isolation", "-e", ".")
    STAMP.write_text(stamp, "utf-8")


def fingerprint() -> str:
    """Return what .venv depends on, in one line: Python, Qt, and a hash over the rest."""
    files = [(ROOT / name).read_bytes() for name in ("constraints.txt", "pyproject.toml")]
    qt = [line for line in files[0].decode().splitlines() if line.startswith("pyside6")]
    digest = hashlib.sha256(b"\0".join(files)).hexdigest()
    return f"python-{sys.version_info[0]}.{sys.version_info[1]} {''.join(qt).replace(' ', '')} {digest}"


def compile_translations() -> None:
    """Compile every translation that is newer than its compiled form."""
    for source in (ROOT / "resources" / "i18n").glob("*.ts"):
        target = source.with_suffix(".qm")
        if is_stale(target, source):
            must(BIN / "pyside6-lrelease", "-silent", source, "-qm", target)
    for source in (ROOT / "resources" / "locale").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if is_stale(target, source):
            must(BIN / "pybabel", "-q", "compile", "-i", source, "-o", target)


def is_stale(target: Path, source: Path) -> bool:
    """Tell whether ``target`` is absent or older than ``source``."""
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def missing_packages(for_tests: bool) -> list[str]:
    """Return the Debian packages whose parts are not found on this machine."""
    wanted = [name for name, library in QT_LIBRARIES.items() if not loads(library)]
    if not has_chinese_font():
        wanted.append("fonts-noto-cjk")
    if importlib.util.find_spec("ensurepip") is None and not UV and not PYTHON.exists():
        wanted.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if for_tests and not os.environ.get("DATABASE_URL") and not has_postgresql():
        wanted.append("postgresql")
    if for_tests:
        wanted += [name for name, program in REAL_DISPLAY.items() if not shutil.which(program)]
    return wanted


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds ``library``."""
    with contextlib.suppress(OSError):
        return bool(ctypes.CDLL(library))
    return False


def has_chinese_font() -> bool:
    """Tell whether a font with simplified Chinese is installed."""
    if shutil.which("fc-list"):
        answer = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
        return bool(answer.stdout.strip())
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    return any(next(folder.rglob(name), None) for folder in folders for name in CHINESE_FONTS)


def has_postgresql() -> bool:
    """Tell whether a PostgreSQL server can be started here."""
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def install_system_packages(names: list[str]) -> None:
    """Install Debian packages when we may, else print the one command that does."""
    if not names:
        return
    if not shutil.which("apt-get"):
        say("Missing on this machine (by their Debian names): " + " ".join(names))
    elif os.geteuid() != 0:
        say("Missing here. Please run:  sudo apt-get update && sudo apt-get install -y " + " ".join(names))
    else:
        say("Installing system packages: " + " ".join(names))
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        call("apt-get", "-q", "update", env=quiet)
        if call("apt-get", "-qq", "install", "-y", "--no-install-recommends", *names, env=quiet):
            say("They could not be installed; going on without them.")


def environment(offscreen: bool = True) -> dict[str, str]:
    """Return the environment for a command; Qt would abort where there is no display."""
    env = dict(os.environ)
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process, and every core of the tests, would compile all of it anew
    shown = not sys.platform.startswith("linux") or env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")
    if offscreen and not shown:
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


def call(*words: object, env: dict[str, str] | None = None, cwd: Path = ROOT) -> int:
    """Run a command, in the project's folder unless told otherwise, and return its exit status."""
    return subprocess.run([str(word) for word in words], cwd=cwd, env=env, check=False).returncode


def must(*words: object) -> None:
    """Run a command that we cannot do without."""
    if call(*words):
        fail("This did not work: " + " ".join(str(word) for word in words))


def fail(sentence: str) -> str:
    """End with one clear sentence, status 1."""
    raise SystemExit(f"dev.py: {sentence}")


def say(sentence: str) -> None:
    """Tell the person what happens, before anything that is slow."""
    print(f"dev.py: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - the project needs it, dev.py says so
        fail(f"zzdesk needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: python3.11 dev.py")
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
