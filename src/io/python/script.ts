/**
 * Run by the interpreter. Reads the request from standard input and writes a line of JSON for each step to descriptor 3,
 * so that nothing a module prints is taken for an answer. It ends itself, should we be gone before it is done.
 */
export const script = `
import sys, json, os, signal, importlib
request = json.load(sys.stdin)
signal.alarm(request['limit'] + 5)
report = os.fdopen(3, 'w', encoding='utf-8', errors='backslashreplace')
def say(*words):
    report.write(json.dumps(words) + '\\n')
    report.flush()
say('python', 'python%d.%d' % sys.version_info[:2])
sys.path[:0] = request['path']
for name in request['modules']:
    say('begin', name)
    try:
        importlib.import_module(name)
        say('done', name)
    except BaseException as error:
        say('failed', name, '%s: %s' % (type(error).__name__, error))
say('end')
os._exit(0)
`;
