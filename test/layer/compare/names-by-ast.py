"""Public names of Python sources by Python's own parser: the second opinion on ours. Paths on stdin, JSON on stdout."""
import ast, json, sys, unicodedata, warnings

warnings.simplefilter('ignore')


def strings(node):
    """The names in a list, and whether it holds nothing else."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return [e.value for e in node.elts if isinstance(e, ast.Constant)], all(
            isinstance(e, ast.Constant) and isinstance(e.value, str) for e in node.elts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        (a, x), (b, y) = strings(node.left), strings(node.right)
        return a + b, x and y
    return [], False


def public(source, name, is_package):
    names, listed, is_open = [], None, False
    own = name.split('.')[0]

    def add(found):
        if found not in names:
            names.append(found)

    def target(node):
        if isinstance(node, ast.Name):
            add(node.id)
        elif isinstance(node, (ast.Tuple, ast.List)):
            for e in node.elts:
                target(e)
        elif isinstance(node, ast.Starred):
            target(node.value)

    def is_all(node):
        return isinstance(node, ast.Name) and node.id == '__all__'

    def lists(node, reset):
        nonlocal listed, is_open
        found, plain = strings(node)
        if reset or listed is None:
            listed, is_open = set(), False
        if plain:
            listed.update(found)
        else:
            is_open = True

    def walk(body):
        nonlocal listed, is_open
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                add(node.name)
            elif isinstance(node, ast.Assign):
                if len(node.targets) == 1 and is_all(node.targets[0]):
                    lists(node.value, True)
                else:
                    for one in node.targets:
                        target(one)
            elif isinstance(node, ast.AnnAssign):
                if is_all(node.target):
                    if node.value:
                        lists(node.value, True)
                elif node.value is not None:
                    target(node.target)
            elif isinstance(node, ast.AugAssign):
                if is_all(node.target):
                    lists(node.value, False)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                f = node.value.func
                if isinstance(f, ast.Attribute) and is_all(f.value):
                    args = node.value.args
                    one = args[0] if args else None
                    if f.attr == 'append' and isinstance(one, ast.Constant):
                        lists(ast.List([one]), False)
                    elif f.attr == 'extend' and one is not None:
                        lists(one, False)
                    elif f.attr == 'remove' and isinstance(one, ast.Constant):
                        listed = listed or set()
                        listed.discard(one.value)
                    elif f.attr in ('append', 'remove'):
                        listed, is_open = listed or set(), True
            elif isinstance(node, ast.Delete):
                for one in node.targets:
                    if isinstance(one, ast.Name) and one.id in names:
                        names.remove(one.id)
            elif isinstance(node, ast.ImportFrom):
                source_of = '.' * node.level + (node.module or '')
                is_own = is_package and (node.level > 0 or source_of == own or source_of.startswith(own + '.'))
                for alias in node.names:
                    if alias.name != '*' and (is_own or alias.asname == alias.name):
                        add(alias.asname or alias.name)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.asname == alias.name:
                        add(alias.name)
            elif isinstance(node, ast.If):
                seen = {n.id if isinstance(n, ast.Name) else getattr(n, 'attr', '') for n in ast.walk(node.test)}
                if not seen & {'TYPE_CHECKING', '__name__'}:
                    walk(node.body)
                walk(node.orelse)
            elif isinstance(node, ast.Match):
                for case in node.cases:
                    walk(case.body)
            else:
                for field in ('body', 'handlers', 'orelse', 'finalbody'):
                    inner = getattr(node, field, [])
                    if isinstance(inner, list):
                        walk([x for h in inner for x in (h.body if isinstance(h, ast.ExceptHandler) else [h])])

    walk(ast.parse(source).body)
    shown = [n for n in names if not n.startswith('_')] if listed is None or is_open else []
    return sorted(set(shown) | (listed or set()))


result = {}
for line in sys.stdin.read().splitlines():
    path, name = line.split('\t')
    try:
        result[path] = public(open(path, 'rb').read(), name, path.endswith('__init__.py'))
    except (SyntaxError, ValueError, RecursionError):
        result[path] = None
json.dump(result, sys.stdout)
