import { defineRule } from 'layer-policy/rule';

export default defineRule({
  id: 'import-closure',
  title: 'What a function imports is there when it runs',
  why: 'An import that nothing provides fails the first invocation after the release, not the build.',
  severity: 'error',
  stages: ['ci', 'release', 'all'],
  facts: ['functionImports'],
  options: {
    schema: {
      provided: {
        type: 'array',
        maxItems: 200,
        items: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$', maxLength: 200 },
        description:
          'modules, by their first name, that are there although nothing here says so: of layers outside this policy, or of distributions with another name',
      },
    },
    defaults: { provided: [] as readonly string[] },
    stricter: { provided: 'fewer' },
  },
  messages: {
    nowhere: {
      message: '{name} imports "{module}", which neither Python nor {name} nor {layers} has',
      hint: 'Name its distribution in the requirements of a layer that {name} uses. Where a layer outside this policy has it, say so: the option "provided": ["{top}"] of import-closure.',
    },
    version: {
      message: '{name} imports "{module}", which {runtimes} does not have',
      hint: 'Import it under try with except ImportError, or take what replaces it.',
    },
    absent: {
      message: '{name} imports "{module}", which is not in {of}',
      hint: 'Correct the name, or commit the module: git add',
    },
    relative: {
      message:
        '{name} imports "{module}", which leads out of its package: at the root of a function, or of a layer, there is none',
      hint: 'Import it by its full name, without the dots in front.',
    },
  },
  *check({ functionImports }, { provided }) {
    for (const { name, layers, path, line, module, kind, runtimes, of } of functionImports) {
      const top = module.split('.', 1)[0] ?? '';
      if (kind === 'nowhere' && provided.includes(top)) continue;
      yield {
        message: kind,
        file: path,
        line,
        layer: name,
        about: `${name} ${module}`,
        data: {
          name,
          module,
          top,
          layers: layers.length === 0 ? 'any layer' : layers.join(', '),
          runtimes: runtimes.join(', '),
          of: of ?? '',
        },
      };
    }
  },
});
