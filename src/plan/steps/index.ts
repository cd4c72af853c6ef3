import type { StepKind } from '../step.js';
import { type Attach, attach } from './attach.js';
import { type MoveAlias, moveAliases } from './move-alias.js';
import { type PublishVersion, publishVersion } from './publish-version.js';
import { type Push, push } from './push.js';
import { type PutObject, putObject } from './put-object.js';
import { type PutProvenance, putProvenance } from './put-provenance.js';
import { type Record, record } from './record.js';
import { type Smoke, smoke } from './smoke.js';
import { type StoreArchive, storeArchive } from './store-archive.js';
import { type Sync, sync } from './sync.js';
import { type Tag, tag } from './tag.js';
import { type WriteBuild, writeBuild } from './write-build.js';
import { type WriteRecord, writeRecord } from './write-record.js';

export type StepData =
  | WriteBuild
  | StoreArchive
  | PutObject
  | PutProvenance
  | PublishVersion
  | Sync
  | Attach
  | MoveAlias
  | Smoke
  | Record
  | WriteRecord
  | Tag
  | Push;

const kinds: { [Kind in StepData['kind']]: StepKind<Extract<StepData, { kind: Kind }>> } = {
  'write-build': writeBuild,
  'put-object': putObject,
  'put-provenance': putProvenance,
  'publish-version': publishVersion,
  sync,
  attach,
  'move-alias': moveAliases,
  smoke,
  'store-archive': storeArchive,
  record,
  'write-record': writeRecord,
  tag,
  push,
};

/** The kind of a step, typed by its data. */
export function kindOf<Data extends StepData>(step: Data): StepKind<Data> {
  // A union's member is not seen to agree with its own kind.
  return kinds[step.kind] as unknown as StepKind<Data>;
}
