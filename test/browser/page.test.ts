import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../kit/browser.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser: Browser | null = await openBrowser();
if (browser === null)
  process.stderr.write(
    '\nNo Chromium here, so the page is looked at by nobody: CHROMIUM=/path npx vitest run test/browser\n',
  );

/** A repository with two releases, a violation in between, and names that mean harm wherever a name can stand. */
function written(): string {
  const hostile = '"><script>document.title="hacked"</script><img src=x onerror=alert(1)>';
  const r = exampleRepo();
  const cli = (...args: string[]) => {
    const { code, stderr } = run(r.dir, args, { env: r.env });
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  };
  cli('release', 'inbox-core', '--env', 'local', '--record', '--no-attach');
  r.commit('an ARN', { 'core_layer_arn.txt': 'arn' }).commit('gone', { 'core_layer_arn.txt': null });
  cli('bump', 'inbox-core', 'minor');
  r.git('commit', '-qam', 'bump');
  cli('release', 'inbox-core', '--env', 'local', '--record', '--no-attach');
  r.commit('hostile', {
    'layer_management/archive/2026-01/manifest.json': JSON.stringify({
      schema: 1,
      month: '2026-01',
      artefacts: {
        x: {
          ...{ name: `evil ${hostile}`, version: '1.0.0', sha256: hostile, size_bytes: 3, git_sha: hostile },
          ...{ build_date: hostile, superseded_by: '2.0.0', archived_at: hostile, arns: { [hostile]: hostile } },
        },
      },
    }),
  });
  r.git('checkout', '-q', '-b', 'x<b>y');
  cli('report', '--html', 'layers.html');
  return join(r.dir, 'layers.html');
}

interface Seen {
  page: Page;
  /** Whatever the page did that a page of text does not: requests, errors, dialogs, refusals of its own policy. */
  misdeeds: string[];
}

describe.skipIf(browser === null)('the page in a browser', { timeout: 120_000 }, () => {
  let url = '';
  beforeAll(() => {
    url = pathToFileURL(written()).href;
  });
  afterAll(() => browser?.close());

  async function open(width: number, scheme: 'light' | 'dark' = 'light'): Promise<Seen> {
    const page = await (browser as Browser).newPage();
    const misdeeds: string[] = [];
    page.on('dialog', (dialog) => {
      misdeeds.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => void misdeeds.push(`console ${message.text()}`));
    page.on('pageerror', (error) => void misdeeds.push(`error ${String(error)}`));
    page.on('request', (request) => request.url() === url || void misdeeds.push(`request ${request.url()}`));
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(url);
    return { page, misdeeds };
  }

  it.each(['light', 'dark'] as const)('is accessible (%s), by axe', async (scheme) => {
    const { page } = await open(1200, scheme);
    for (const summary of await page.$$('summary')) await summary.click();
    await page.evaluate(axe);
    const broken = await page.evaluate(`axe.run().then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
    expect(broken).toEqual([]);
    await page.close();
  });

  it('hostile names are text: nothing runs, nothing is asked for, the title is ours', async () => {
    const { page, misdeeds } = await open(1200);
    expect(await page.title()).toMatch(/: layers and environments$/);
    expect(await page.$$eval('script, img, iframe, link, object, form', (all) => all.length)).toBe(0);
    expect(await page.evaluate('document.body.textContent')).toContain('<script>document.title="hacked"</script>');
    expect(misdeeds).toEqual([]);
    await page.close();
  });

  it('its own policy stops a script that got in all the same', async () => {
    const { page, misdeeds } = await open(1200);
    const ran = await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = 'globalThis.hacked = true';
      document.body.append(script);
      'hacked' in globalThis;
    `);
    expect(ran).toBe(false);
    expect(misdeeds.join()).toContain('Content Security Policy');
    await page.close();
  });

  it.each([360, 768, 1200])('fits %d pixels: nothing but tables that say so scrolls sideways', async (width) => {
    const { page } = await open(width);
    for (const summary of await page.$$('summary')) await summary.click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const outside = await page.evaluate(`[...document.querySelectorAll('main *')]
      .filter((one) => one.closest('.scroll') === null && one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => one.outerHTML.slice(0, 80))`);
    expect(outside).toEqual([]);
    await page.close();
  });

  it('is walked by keyboard: skip link, sections, releases; Enter opens', async () => {
    const { page } = await open(1200);
    const focused = () => page.evaluate('document.activeElement.textContent');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to content');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('What runs where');
    await page.focus('summary');
    await page.keyboard.press('Enter');
    expect(await page.evaluate("document.querySelector('details').open")).toBe(true);
    await page.close();
  });

  it('a release of the timeline leads into its opened trace', async () => {
    const { page } = await open(1200);
    await page.click('a[href="#release-inbox-core-1.0.0"]');
    const open1 = await page.evaluate("document.getElementById('release-inbox-core-1.0.0').closest('details').open");
    expect(open1).toBe(true);
    await page.close();
  });

  it('is whole on paper: what is folded is printed, the way around is not', async () => {
    const { page } = await open(1200);
    await page.emulateMediaType('print');
    expect(await page.evaluate("getComputedStyle(document.querySelector('nav')).display")).toBe('none');
    expect(await page.evaluate("document.querySelector('details dl').getBoundingClientRect().height")).toBeGreaterThan(
      50,
    );
    await page.close();
  });

  it('dark is dark', async () => {
    const back = async (scheme: 'light' | 'dark') => {
      const { page } = await open(800, scheme);
      const colour = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      await page.close();
      return colour;
    };
    expect([await back('light'), await back('dark')]).toEqual(['rgb(255, 255, 255)', 'rgb(13, 17, 23)']);
  });
});
