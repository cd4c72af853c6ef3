"""Makes the virtual environment named by the first argument hold what requirements.txt says; nothing to do: nothing done.

Many test workers ask at once: one installs, the others wait. The stamp is written last, so a killed run counts for none.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

folder = Path(sys.argv[1])
requirements = Path(__file__).with_name("requirements.txt")
stamp = folder / "stamp"
wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()


def is_made() -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def make() -> None:
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True, symlinks=sys.platform != "win32")
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-deps"]
    done = subprocess.run([*pip, "-r", requirements], stdout=sys.stderr)
    if done.returncode != 0:
        sys.exit(
            f"pip could not install what {requirements} names. The AWS emulators come from PyPI: run the tests once with "
            "a network, or name a mirror with PIP_INDEX_URL."
        )
    stamp.write_text(wanted)


if not is_made():
    with open(f"{folder}.lock", "w") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_made():
            make()
