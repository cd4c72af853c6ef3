"""Runs a program on a terminal of its own. One JSON document in, one out: what to run and which keys are pressed after what
was seen; what the terminal was sent, where the keys came in between, and how the program ended."""
import fcntl, json, os, pty, select, struct, sys, termios, time

asked = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", asked["rows"], asked["columns"], 0, 0))
    os.chdir(asked["cwd"])
    os.execvpe(asked["argv"][0], asked["argv"], asked["env"])
seen, keys, until = b"", list(asked["keys"]), time.monotonic() + 120
before = []
while time.monotonic() < until:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            part = b""
        if not part:
            break
        seen += part
    if keys and keys[0]["after"].encode() in seen[sum(before):]:
        before.append(len(seen) - sum(before))
        os.write(terminal, keys.pop(0)["press"].encode())
else:
    os.kill(pid, 9)
_, status = os.waitpid(pid, 0)
json.dump({"code": os.waitstatus_to_exitcode(status), "bytes": seen.hex(), "before": before}, sys.stdout)
