import { failure } from '../../errors.js';
import type { Oid } from '../../ports.js';
import type { StepKind } from '../step.js';

export interface Tag {
  kind: 'tag';
  name: string;
  tag: string;
  target: Oid;
  message: string;
  /** Seconds since the epoch. */
  date: number;
}

/** The annotated tag on the artefact's commit: the last step of all, so a tag says that all before it was done. */
export const tag: StepKind<Tag> = {
  name: (data) => `tag ${data.name}`,
  describe: (data) => `tag ${data.target.slice(0, 12)} as ${data.tag}`,
  async probe(data, { tagged }) {
    const there = await tagged(data.tag);
    if (there === null) return null;
    if (there.commit === data.target) return { tag: data.tag, target: there.commit };
    throw failure('tag-taken', {
      tag: data.tag,
      there: there.commit.slice(0, 12),
      here: data.target.slice(0, 12),
      name: data.name,
    });
  },
  async act({ tag: name, target, message, date }, { git }) {
    await git.tag({ name, target, message, date });
  },
  confirm: (data, world) => tag.probe(data, world),
  undo: null,
};
