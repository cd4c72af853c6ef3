"""A source layer the way the original scripts build it: copy the checkout, zip what os.walk finds, hash, clean up."""

import hashlib
import os
import shutil
import sys
import zipfile
from pathlib import Path

name = sys.argv[1]
version = next(
    line.split("=")[1].strip() for line in Path("VERSION").read_text().splitlines() if line.startswith(f"{name.upper()}_VERSION=")
)
workspace = Path(f".build/layers/{name}-build")
shutil.rmtree(workspace, ignore_errors=True)
(workspace / "python").mkdir(parents=True)
shutil.copytree(f"src/{name}", workspace / "python" / name)

output = Path(f".build/layers/{name}-{version}.zip")
with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
    for root, _, files in os.walk(workspace):
        for file in files:
            path = Path(root) / file
            archive.write(path, path.relative_to(workspace))

sha256 = hashlib.sha256()
with open(output, "rb") as stream:
    for chunk in iter(lambda: stream.read(4096), b""):
        sha256.update(chunk)
shutil.rmtree(workspace)
print(output, version, sha256.hexdigest())
