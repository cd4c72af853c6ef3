import type { Declarations } from '../layer/declarations.js';
import { environmentNames, targetsOf } from '../layer/environments.js';
import { didYouMean } from '../layer/names.js';
import { type Breach, pointer } from './breach.js';
import type { WrittenEnvironment } from './written.js';

type Declared = Pick<Declarations, 'layers' | 'functions' | 'environments' | 'archive'>;

/** What no schema can say: names lead somewhere, and no two things would be taken for one. */
export function referenceBreaches(declared: Declared): Breach[] {
  return [
    ...unknownLayers(declared),
    ...unknownEvents(declared),
    ...equalNames(declared),
    ...equalTags(declared),
    ...unknownOrigins(declared),
    ...unknownReach(declared),
  ];
}

function unknownLayers({ functions, layers }: Declared): Breach[] {
  return Object.values(functions).flatMap(({ name, layers: used }) =>
    used.flatMap((layer, i) => {
      if (Object.hasOwn(layers, layer)) return [];
      const what = `names "${layer}", which is not a declared layer${didYouMean(layer, Object.keys(layers))}`;
      return [{ field: pointer('functions', name, 'layers', i), what }];
    }),
  );
}

function unknownEvents({ functions }: Declared): Breach[] {
  return Object.values(functions).flatMap(({ name, events, smoke }) =>
    smoke.flatMap(({ event }, i) => {
      if (Object.hasOwn(events, event)) return [];
      const what = `names "${event}", which is not among its events${didYouMean(event, Object.keys(events))}`;
      return [{ field: pointer('functions', name, 'smoke', i, 'event'), what }];
    }),
  );
}

function equalNames({ functions, layers }: Declared): Breach[] {
  return Object.keys(functions)
    .filter((name) => Object.hasOwn(layers, name))
    .map((name) => ({ field: pointer('functions', name), what: 'is a layer, too; a release is known by its name' }));
}

function equalTags({ layers, functions }: Declared): Breach[] {
  const owner = new Map<string, string>();
  const tagged = [
    ...Object.values(layers).map(({ name, tag }) => ({ name, tag, field: pointer('layers', name) })),
    ...Object.values(functions).map(({ name, tag }) => ({ name, tag, field: pointer('functions', name) })),
  ];
  return tagged.flatMap(({ name, tag, field }) => {
    const before = owner.get(tag);
    owner.set(tag, before ?? name);
    return before === undefined ? [] : [{ field, what: `has the tag template "${tag}" that ${before} has already` }];
  });
}

function unknownOrigins({ environments }: Declared): Breach[] {
  const names = environmentNames(environments);
  return names.flatMap((environment) => {
    const promoteFrom = targetsOf(environments, environment)[0]?.promoteFrom;
    const others = names.filter((other) => other !== environment);
    if (promoteFrom === undefined || others.includes(promoteFrom)) return [];
    const what = `names "${promoteFrom}", which is not another declared environment${didYouMean(promoteFrom, others)}`;
    return [{ field: pointer('environments', environment, 'promoteFrom'), what }];
  });
}

function unknownReach({ archive, environments }: Declared): Breach[] {
  const { environment } = archive;
  const names = [...new Set([...environmentNames(environments), ...Object.keys(environments)])];
  if (environment === undefined || names.includes(environment)) return [];
  const what = `names "${environment}", which is not a declared environment${didYouMean(environment, names)}`;
  return [{ field: pointer('archive', 'environment'), what }];
}

/** Targets are accounts and regions of AWS; two in the same one would publish the same layer twice. */
export function targetBreaches(environments: Record<string, WrittenEnvironment>): Breach[] {
  return Object.entries(environments).flatMap(([environment, { target, targets, sync, ...shared }]) => {
    if (environment === 'local' && target !== 'local') {
      const what = 'must be "local": this environment is a folder in every clone, and needs no account';
      return [{ field: pointer('environments', environment, 'target'), what }];
    }
    if (targets === undefined) return [];
    const field = pointer('environments', environment, 'targets');
    if (sync !== undefined) {
      const what = 'is of one account and region; with "targets" each of them has its own';
      return [{ field: pointer('environments', environment, 'sync'), what }];
    }
    if (target !== 'aws') return [{ field, what: 'are accounts and regions of AWS, and "target" is not "aws"' }];
    if (Object.keys(targets).length === 0) return [{ field, what: 'names none; leave it out, or name one' }];
    const owner = new Map<string, string>();
    return Object.entries(targets).flatMap(([name, own]) => {
      const { region, account } = { ...shared, ...own };
      const place = `${account} ${region}`;
      const before = owner.get(place);
      owner.set(place, before ?? name);
      if (before === undefined) return [];
      return [{ field: `${field}${pointer(name)}`, what: `is in the account and region that ${before} is in` }];
    });
  });
}
