import { baseName, daysSince, defineRule, fromTop, monthOf, parseMonth, pathspec, shellWord } from 'layer-policy/rule';

const archive = 'layer_management/archive/';
const harmless = ['README.md', '.gitkeep'];

export default defineRule({
  id: 'archive-age',
  title: 'Archived artefacts leave the repository after three months',
  why: 'The archive is for a quick rollback; every clone carries it for ever, and older artefacts belong in the archive bucket.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['archive', 'today'],
  options: {
    schema: {
      days: { type: 'integer', minimum: 1, maximum: 36500, description: 'days after the last day of the month' },
    },
    defaults: { days: 90 },
    stricter: { days: 'lower' },
  },
  messages: {
    tooOld: {
      message: '{month} ended {age} days ago; the limit is {days} days',
      hint: 'Run: layer-policy archive --older-than {days}   Or copy it to the archive bucket by other means, then: git rm -r --cached -- {spec}',
    },
    future: {
      message: '{month} is in the future (today is {today})',
      hint: `Move it to the month in which it was superseded: ${fromTop('mkdir -p {archive}{thisMonth} && git mv -- {word}/* {archive}{thisMonth}/')}`,
    },
    notAMonth: {
      message: '"{name}" is not a month',
      hint: `Archive by the month in which a version was superseded: ${fromTop('mkdir -p {archive}{thisMonth} && git mv -- {word}/* {archive}{thisMonth}/')}`,
    },
    loose: {
      message: 'directly in archive/, where only months belong',
      hint: `Move it to the month in which it was superseded: ${fromTop('mkdir -p {archive}{thisMonth} && git mv -- {word} {archive}{thisMonth}/')}`,
    },
  },
  *check({ archive: paths, today }, { days }) {
    const seen = new Set<string>();
    for (const { path, pathBytes } of paths) {
      const inside = path.slice(archive.length);
      const name = inside.split('/')[0] ?? '';
      const thisMonth = monthOf(today);
      if (name === inside) {
        if (harmless.includes(baseName(path))) continue;
        yield { message: 'loose', file: path, pathBytes, data: { word: shellWord(path), archive, thisMonth } };
        continue;
      }
      if (seen.has(name)) continue;
      seen.add(name);
      const folder = archive + name;
      const word = shellWord(folder);
      const month = parseMonth(name);
      if (month === null) yield { message: 'notAMonth', file: folder, data: { name, word, archive, thisMonth } };
      else if (month > thisMonth)
        yield { message: 'future', file: folder, data: { month, today, word, archive, thisMonth } };
      else if (daysSince(month, today) > days) {
        yield {
          message: 'tooOld',
          file: folder,
          data: { month, spec: pathspec(folder), days, age: daysSince(month, today) },
        };
      }
    }
  },
});
