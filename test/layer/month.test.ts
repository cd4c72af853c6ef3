import { expect, it } from 'vitest';
import { daysSince, monthOf, parseMonth } from '../../src/layer/month.js';

it.each([
  ['2025-10', '2026-01-31', 92],
  ['2025-11', '2026-01-31', 62],
  ['2025-12', '2026-03-31', 90],
  ['2024-02', '2024-03-01', 1],
  ['2026-01', '2026-01-15', -16],
])('from the end of %s to %s', (month, today, days) => {
  expect(daysSince(month, today)).toBe(days);
});

it.each([
  '2026-1',
  '2026-13',
  '2026-00',
  'v18',
  '2026-01-01',
  ' 2026-01',
  '２０２６-01',
  '',
])('%j is no month', (name) => {
  expect(parseMonth(name)).toBeNull();
});

it('counts in UTC', () => {
  expect(monthOf(Date.parse('2026-01-31T23:30:00-05:00'))).toBe('2026-02');
});
