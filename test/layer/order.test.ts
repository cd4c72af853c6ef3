import { describe, expect, it } from 'vitest';
import { byUtf8 } from '../../src/layer/order.js';
import { likelyModules } from '../../src/layer/required-names.js';

describe('order and names', () => {
  it.each([
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['a', 'a', 0],
    ['a', 'ab', -1],
    ['ab', 'a', 1],
    ['\uff5e', '\u{1f600}', -1],
    ['\u{1f600}', '\uff5e', 1],
    ['\u{1f600}', '\u{1f601}', -1],
    ['\ud7ff', '\u{10000}', -1],
    ['\ue000', '\u{10ffff}', -1],
    ['\uffff', '\ud800', -1],
    ['\uffff', '\udfff', -1],
  ])('%j before %j: %i', (a, b, sign) => expect(Math.sign(byUtf8(a, b))).toBe(sign));

  it.each([
    ['requests', ['requests']],
    ['PyYAML', ['yaml', '_yaml']],
    ['typing-extensions', ['typing_extensions']],
    ['Flask-Login', ['flask_login', 'Flask_Login']],
    ['zope.interface', ['zope_interface']],
    ['Pillow', ['PIL']],
    ['toString', expect.anything()],
  ])('%s is imported as %j', (name, modules) => expect(likelyModules(name)).toEqual(modules));
});
