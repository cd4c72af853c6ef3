import { describe, expect, it } from 'vitest';
import { holds, surroundingsOf } from '../../../src/layer/packages/marker.js';

const here = () => surroundingsOf({ runtime: 'python3.11', architecture: 'arm64' });

it('Lambda is a Linux on the machine that the architecture names', () => {
  expect(here()).toEqual({
    python_version: '3.11',
    python_full_version: '3.11.99',
    implementation_version: '3.11.99',
    implementation_name: 'cpython',
    platform_python_implementation: 'CPython',
    os_name: 'posix',
    sys_platform: 'linux',
    platform_system: 'Linux',
    platform_machine: 'aarch64',
    platform_release: '',
    platform_version: '',
    extra: '',
  });
  expect(surroundingsOf({ runtime: 'python3.9', architecture: 'x86_64' })).toMatchObject({
    python_version: '3.9',
    platform_machine: 'x86_64',
  });
});

describe('a marker holds on Python 3.11, arm64:', () => {
  it.each([
    '',
    '  ',
    'python_version >= "3.9"',
    "python_version>='3.9'",
    '"3.9" <= python_version',
    'python_version < "3.12"',
    'python_version == "3.11"',
    'python_version == "3.*"',
    'python_version != "3.1"',
    'python_version ~= "3.10"',
    'python_full_version >= "3.11.4"',
    'implementation_version > "3.11"',
    'python_version in "3.10 3.11"',
    'python_version not in "3.9, 3.10"',
    'sys_platform == "linux"',
    'sys_platform === "linux"',
    'sys_platform != "win32"',
    'sys_platform in "linux darwin"',
    '"lin" in sys_platform',
    'sys_platform not in "win32"',
    'sys_platform > "darwin"',
    'sys_platform >= "linux"',
    'sys_platform < "win32"',
    'sys_platform <= "linux"',
    'os.name == "posix"',
    'sys.platform == "linux"',
    'platform.machine == "aarch64"',
    'platform.version == ""',
    'platform_python_implementation == "CPython"',
    'platform.python_implementation == "CPython"',
    'python_implementation == "CPython"',
    '"a" == "a"',
    'extra == ""',
    '(os_name == "posix")',
    '((os_name == "posix"))',
    'os_name == "nt" or os_name == "posix"',
    'os_name == "posix" or os_name == "nt" and os_name == "nt"',
    'os_name == "nt" and os_name == "nt" or os_name == "posix"',
    '(os_name == "posix" or os_name == "nt") and sys_platform == "linux"',
    'os_name == "posix" and sys_platform == "linux" and python_version > "3"',
    ' os_name  ==\t"posix" ',
    `${'('.repeat(50)}os_name == "posix"${')'.repeat(50)}`,
    `${'(os_name == "posix") and '.repeat(60)} os_name == "posix"`,
  ])('%s', (marker) => {
    expect(holds(marker, here())).toBe(true);
  });
});

describe('a marker does not hold there:', () => {
  it.each([
    'python_version < "3.9"',
    'python_version == "3.1"',
    'python_version >= "3.110"',
    '"3.12" <= python_version',
    'python_full_version < "3.11.4"',
    'python_version in "3.9 3.10"',
    'python_version not in "3.11"',
    'sys_platform == "win32"',
    'sys_platform != "linux"',
    'sys_platform === "Linux"',
    'sys_platform > "linux"',
    'sys_platform >= "win32"',
    'sys_platform < "linux"',
    'sys_platform <= "darwin"',
    'platform_machine == "arm64"',
    'extra == "tests"',
    'os_name == "nt" or os_name == "java"',
    'os_name == "posix" and sys_platform == "win32"',
    '(os_name == "posix" or os_name == "nt") and sys_platform == "win32"',
    'os_name == "nt" and (os_name == "nt" or os_name == "posix")',
  ])('%s', (marker) => {
    expect(holds(marker, here())).toBe(false);
  });
});

describe('a marker is not understood:', () => {
  it.each([
    'os_name',
    'os_name ==',
    'os_name == "posix" and',
    'os_name == "posix" or',
    'or os_name == "posix"',
    'os_name == "posix" os_name == "posix"',
    'os_name == "posix" xor os_name == "posix"',
    '(os_name == "posix"',
    'os_name == "posix")',
    '()',
    'os_name = "posix"',
    'os_name ~= "posix"',
    'os_name is "posix"',
    'os_name not "posix"',
    'os_name not in',
    'os_name not is "posix"',
    'nobody == "posix"',
    '"posix" == nobody',
    'toString == "posix"',
    '"a == os_name',
    'os_name == "posix" #',
    'os_name == 3',
    'nobody == "x" or os_name == "posix"',
    'os_name == "posix" or nobody == "x"',
    'os_name == "nt" and nobody == "x"',
    `${'('.repeat(52)}os_name == "posix"${')'.repeat(52)}`,
    `os_name == "${'x'.repeat(10_000)}"`,
  ])('%s', (marker) => {
    expect(holds(marker, here())).toBeNull();
  });
});

it('an extra is one under any spelling', () => {
  const asked = { ...here(), extra: 'Use_Chardet.py' };
  expect(holds('extra == "use-chardet-py"', asked)).toBe(true);
  expect(holds('"USE..CHARDET--PY" == extra', asked)).toBe(true);
  expect(holds('extra != "use-chardet-py"', asked)).toBe(false);
  // Only extras have spellings.
  expect(holds('os_name == "POSIX"', asked)).toBe(false);
});
