"""Runs one emulator on a free port of 127.0.0.1, says which on the first line of output, and ends when its input does.

So it never outlives the tests that started it, however they end. Until then its input may ask ministack to `keep` all
there is, which it answers with the name of a file, and to go `back` to that, which another process of it may do as well.
"""

import os
import pickle
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback


def obey_input() -> None:
    try:
        for line in sys.stdin:
            verb, _, path = line.rstrip("\n").partition(" ")
            say(keep() if verb == "keep" else back(path))
    except BaseException:
        traceback.print_exc()
    if hasattr(os, "killpg"):
        # The emulator runs functions in processes of their own.
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def say(what: object) -> None:
    print(what, flush=True)


def keep() -> str:
    handle, path = tempfile.mkstemp()
    with open(handle, "wb") as file:
        pickle.dump({name: store._data for name, store in stores().items()}, file)
    return path


def back(path: str) -> str:
    from ministack.services import lambda_svc, s3

    # Processes that run functions go as well.
    lambda_svc.reset()
    s3.reset()
    with open(path, "rb") as file:
        kept = pickle.load(file)
    for name, store in stores().items():
        store._data.update(kept[name])
    return path


def stores() -> dict:
    """All that its S3 and Lambda know: dictionaries of theirs, over all accounts."""
    from ministack.core.responses import AccountRegionScopedDict, AccountScopedDict
    from ministack.services import lambda_svc, s3

    return {
        (module.__name__, name): value
        for module in (lambda_svc, s3)
        for name, value in vars(module).items()
        if isinstance(value, (AccountRegionScopedDict, AccountScopedDict))
    }


def moto() -> None:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    say(server.get_host_and_port()[1])
    threading.Event().wait()


def ministack() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ.update(
        BIND_HOST="127.0.0.1",
        GATEWAY_PORT=str(port),
        SERVICES="s3,lambda,sts,iam,logs",
        # Else it opens 8883 on every interface.
        IOT_MTLS_ENABLED="0",
        LOG_LEVEL="ERROR",
    )
    threading.Thread(target=say_when_it_listens, args=(port,), daemon=True).start()
    from ministack.app import main

    sys.argv = ["ministack"]
    main()


def say_when_it_listens(port: int) -> None:
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return say(port)
        time.sleep(0.02)


threading.Thread(target=obey_input, daemon=True).start()
{"moto": moto, "ministack": ministack}[sys.argv[1]]()
