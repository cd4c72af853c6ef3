"""Runs one emulator on a free port of 127.0.0.1, says which on the first line of output, and ends when its input does.

So it never outlives the tests that started it, however they end.
"""

import os
import signal
import socket
import sys
import threading
import time


def end_with_input() -> None:
    sys.stdin.buffer.read()
    if hasattr(os, "killpg"):
        # The emulator runs functions in processes of their own.
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def say(port: int) -> None:
    print(port, flush=True)


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


threading.Thread(target=end_with_input, daemon=True).start()
{"moto": moto, "ministack": ministack}[sys.argv[1]]()
