/**
 * Run by the interpreter: calls one handler once, as the service does. Reads the request from standard input and writes
 * lines of JSON to descriptor 3, so that nothing a handler prints is taken for its answer. Errors have the service's shape.
 */
export const invokeScript = `
import sys, json, os, signal, time, importlib, traceback
request = json.load(sys.stdin)
signal.alarm(int(request['limit']) + 5)
report = os.fdopen(3, 'w', encoding='utf-8', errors='backslashreplace')
def say(*words):
    report.write(json.dumps(words) + '\\n')
    report.flush()
def end(error, payload, ms):
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        pass
    say('answer', error, payload, ms)
    os._exit(0)
def fail(kind, message, ms, error=None):
    stack = [] if error is None else traceback.format_list(traceback.extract_tb(error.__traceback__)[1:])
    payload = {'errorMessage': message, 'errorType': kind, 'requestId': request['id'], 'stackTrace': stack}
    end('Unhandled', json.dumps(payload), ms)
def since(start):
    return round((time.perf_counter() - start) * 1000, 2)
class Context:
    function_name = request['functionName']
    function_version = '$LATEST'
    invoked_function_arn = request['arn']
    memory_limit_in_mb = '128'
    aws_request_id = request['id']
    log_group_name = '/aws/lambda/' + request['functionName']
    log_stream_name = 'local'
    identity = None
    client_context = None
    def get_remaining_time_in_millis(self):
        return max(0, int(deadline - time.monotonic() * 1000))
deadline = time.monotonic() * 1000 + request['limit'] * 1000
say('python', 'python%d.%d' % sys.version_info[:2])
sys.path[:0] = request['path']
os.chdir(request['path'][0])
start = time.perf_counter()
name, _, attribute = request['handler'].rpartition('.')
try:
    module = importlib.import_module(name.replace('/', '.'))
    handler = getattr(module, attribute)
except ImportError as error:
    fail('Runtime.ImportModuleError', "Unable to import module '%s': %s" % (name, error), since(start))
except SyntaxError as error:
    fail('Runtime.UserCodeSyntaxError', "Syntax error in module '%s': %s" % (name, error), since(start))
except AttributeError as error:
    if 'module' in globals():
        fail('Runtime.HandlerNotFound', "Handler '%s' missing on module '%s'" % (attribute, name), since(start))
    fail('AttributeError', str(error), since(start), error)
except SystemExit as error:
    fail('Runtime.ExitError', 'The module ended the process with code %s' % error.code, since(start))
except BaseException as error:
    fail(type(error).__name__, str(error), since(start), error)
say('init', since(start))
start = time.perf_counter()
try:
    answer = handler(json.loads(request['event']), Context())
except SystemExit as error:
    fail('Runtime.ExitError', 'The handler ended the process with code %s' % error.code, since(start))
except BaseException as error:
    fail(type(error).__name__, str(error), since(start), error)
try:
    payload = json.dumps(answer)
except BaseException as error:
    fail('Runtime.MarshalError', 'Unable to marshal response: %s' % error, since(start))
if len(payload) > 6291556:
    fail('Function.ResponseSizeTooLarge', 'Response payload size exceeded maximum allowed payload size (6291556 bytes).', since(start))
end(None, payload, since(start))
`;
