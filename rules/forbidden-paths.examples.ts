import { type ExamplesOf, judged } from 'layer-policy/rule';
import type rule from './forbidden-paths.js';

export default [
  {
    name: 'no notebooks, but those of the course',
    given: { tipPaths: judged('src/a.py', 'course/intro.ipynb') },
    options: { paths: ['**/*.ipynb'], except: ['course/**'] },
    problems: [],
  },
  {
    name: 'a notebook and a key',
    given: { tipPaths: judged('src/try.ipynb', 'deploy.pem') },
    options: { paths: ['**/*.ipynb', '**/*.pem'], because: 'outputs hold customer data' },
    problems: ['forbidden', 'forbidden'],
  },
  {
    name: 'a key that a later commit took out again',
    given: { paths: judged('deploy.pem') },
    options: { paths: ['**/*.pem'], history: true },
    problems: ['forbidden'],
  },
] satisfies ExamplesOf<typeof rule>;
