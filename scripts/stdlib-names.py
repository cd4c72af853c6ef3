"""Writes src/layer/imports/stdlib.gen.ts: the names of Python's standard library, for each version that Lambda has or had.

    python3 scripts/stdlib-names.py python3.8 … python3.13 3.14=names-of-3.14.txt

An interpreter tells its own names (`sys.stdlib_module_names`; before 3.10 what lies in its folders); a file has one a line,
for a version that is not installed. Beside CI, since no machine of CI has all of them.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

PROBE = r"""
import json, os, sys, sysconfig
names = set(getattr(sys, "stdlib_module_names", ()))
if not names:
    names = set(sys.builtin_module_names)
    lib = sysconfig.get_paths()["stdlib"]
    for folder in (lib, os.path.join(lib, "lib-dynload")):
        for file in os.listdir(folder):
            path = os.path.join(folder, file)
            if file.endswith((".py", ".so")) or os.path.exists(os.path.join(path, "__init__.py")):
                names.add(file.split(".")[0])
print(json.dumps([sys.version_info[1], sorted(names)]))
"""
# Of the build of Python and of its own tests, not of its library.
NOT_FOR_USE = re.compile(r"_sysconfigdata|_?test|_xx|xx|__phello__|__hello__|this$|lib$|_ctypes_test|idlelib|antigravity")

versions = {}
for argument in sys.argv[1:]:
    if "=" in argument:
        version, file = argument.split("=")
        minor, names = int(version.split(".")[1]), {line.split(".")[0].strip() for line in Path(file).open()} - {""}
    else:
        minor, names = json.loads(subprocess.check_output([argument, "-c", PROBE]))
    versions[minor] = {name for name in {*names, "__main__"} if not NOT_FOR_USE.match(name)}

first, last = min(versions), max(versions)
entries = []
for name in sorted(set.union(*versions.values())):
    there = [minor for minor in sorted(versions) if name in versions[minor]]
    since = "" if there[0] == first else f">{there[0]}"
    until = "" if there[-1] == last else f"<{there[-1] + 1}"
    entries.append(name + since + until)

lines, line = [], ""
for entry in entries:
    if len(line) + len(entry) > 110:
        lines.append(line)
        line = ""
    line += f" {entry}" if line else entry
lines.append(line)
Path("src/layer/imports/stdlib.gen.ts").write_text(
    f"""/** Made by scripts/stdlib-names.py of Python 3.{first} to 3.{last}. `tomllib>11`: since 3.11; `imp<12`: not any more in 3.12. */
export const stdlibMinors = [{first}, {last}] as const;
export const stdlibNames = `
{chr(10).join(lines)}
`;
"""
)
