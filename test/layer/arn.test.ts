import { describe, expect, it } from 'vitest';
import { localArn, parseLayerArn } from '../../src/layer/arn.js';

describe('an ARN of a layer version', () => {
  const arn = 'arn:aws:lambda:eu-west-3:123456789012:layer:core-dev:7';
  it('is taken apart', () => {
    const parts = { partition: 'aws', region: 'eu-west-3', account: '123456789012', layerName: 'core-dev', version: 7 };
    expect(parseLayerArn(arn)).toEqual(parts);
    expect(parseLayerArn(arn.replace('aws:', 'aws-us-gov:').replace('eu-west-3', 'us-gov-west-1'))?.partition).toBe(
      'aws-us-gov',
    );
    expect(parseLayerArn(localArn('core', 3))).toMatchObject({ region: 'local', account: '000000000000', version: 3 });
    expect(parseLayerArn(arn.replace('core-dev', 'x'.repeat(140)))?.layerName).toHaveLength(140);
  });
  it.each([
    '',
    arn.replace(':7', ''),
    arn.replace(':7', ':0'),
    `${arn}x`,
    ` ${arn}`,
    arn.replace('layer', 'function'),
    arn.replace('123456789012', '12345'),
    arn.replace('core-dev', ''),
    arn.replace('core-dev', 'x'.repeat(141)),
    arn.replace('eu-west-3', ''),
    arn.replace(':7', ':1234567890'),
  ])('%j is none', (text) => expect(parseLayerArn(text)).toBeNull());
});
