"""A layer of packages the way the original scripts build it: pip install into a folder, tidy it up, zip what rglob finds."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

# Their first try, wheels of the platform linux_x86_64 alone, never finds one; this is the second.
PIP = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", "requirements.txt"]
output = Path(".build/layers/deps.zip")
output.parent.mkdir(parents=True, exist_ok=True)

with tempfile.TemporaryDirectory() as folder:
    layer = Path(folder) / "python"
    layer.mkdir()
    subprocess.run([*PIP, "-t", str(layer), *sys.argv[1:]], check=True)
    for pattern in ["*.dist-info", "__pycache__", "*.pyc", "*.pyo", "test*", "tests", "docs", "examples"]:
        for path in list(layer.rglob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.is_file() and pattern in ("*.pyc", "*.pyo"):
                path.unlink()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in layer.rglob("*"):
            if path.is_file():
                archive.write(path, path.relative_to(folder))

sha256 = hashlib.sha256()
with open(output, "rb") as stream:
    for chunk in iter(lambda: stream.read(4096), b""):
        sha256.update(chunk)
print(output, sha256.hexdigest())
