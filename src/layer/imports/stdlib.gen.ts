/** Made by scripts/stdlib-names.py of Python 3.8 to 3.14. `tomllib>11`: since 3.11; `imp<12`: not any more in 3.12. */
export const stdlibMinors = [8, 14] as const;
export const stdlibNames = `
__future__ __main__ _abc _aix_support>9 _android_support>13 _apple_support>14 _ast _ast_unparse>14 _asyncio
_bisect _blake2 _bootlocale<10 _bootsubprocess>9<12 _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022
_codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _colorize>13 _compat_pickle _compression<14
_contextvars _crypt<13 _csv _ctypes _curses _curses_panel _datetime _dbm>10 _decimal _dummy_thread<9
_elementtree _frozen_importlib>10 _frozen_importlib_external>10 _functools _gdbm>10 _hashlib _heapq _hmac>14
_imp _interpchannels>13 _interpqueues>13 _interpreters>13 _io _ios_support>13 _json _locale _lsprof _lzma
_markupbase _md5 _msi>10<13 _multibytecodec _multiprocessing _opcode _opcode_metadata>13 _operator _osx_support
_overlapped>10 _peg_parser>9<10 _pickle _posixshmem _posixsubprocess _py_abc _py_warnings>14 _pydatetime>12
_pydecimal _pyio _pylong>12 _pyrepl>13 _queue _random _remote_debugging>14 _scproxy>10 _sha1 _sha2>12
_sha256<12 _sha3 _sha512<12 _signal _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string
_strptime _struct _suggestions>13 _symtable _sysconfig>13 _thread _threading_local _tkinter _tokenize>11
_tracemalloc _types>14 _typing>11 _uuid _warnings _weakref _weakrefset _winapi>10 _wmi>13 _zoneinfo>9 _zstd>14
abc aifc<13 annotationlib>14 argparse array ast asynchat<12 asyncio asyncore<12 atexit audioop<13 base64 bdb
binascii binhex<11 bisect builtins bz2 cProfile calendar cgi<13 cgitb<13 chunk<13 cmath cmd code codecs codeop
collections colorsys compileall compression>14 concurrent configparser contextlib contextvars copy copyreg
crypt<13 csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils<12 doctest dummy_threading<9
email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch formatter<10 fractions ftplib
functools gc genericpath getopt getpass gettext glob graphlib>9 grp gzip hashlib heapq hmac html http imaplib
imghdr<13 imp<12 importlib inspect io ipaddress itertools json keyword lib2to3<13 linecache locale logging lzma
mailbox mailcap<13 marshal math mimetypes mmap modulefinder msilib>10<13 msvcrt>10 multiprocessing netrc nis<13
nntplib<13 nt>10 ntpath nturl2path numbers opcode operator optparse os ossaudiodev<13 parser<10 pathlib pdb
pickle pickletools pipes<13 pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd
py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy
sched secrets select selectors shelve shlex shutil signal site smtpd<12 smtplib sndhdr<13 socket socketserver
spwd<13 sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess
sunau<13 symbol<10 symtable sys sysconfig syslog tabnanny tarfile telnetlib<13 tempfile termios textwrap
threading time timeit tkinter token tokenize tomllib>11 trace traceback tracemalloc tty turtle turtledemo types
typing unicodedata unittest urllib uu<13 uuid venv warnings wave weakref webbrowser winreg>10 winsound>10
wsgiref xdrlib<13 xml xmlrpc zipapp zipfile zipimport zlib zoneinfo>9
`;
