import type { Vars } from './profile.js';

const secretNames = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_BEARER_TOKEN',
];

/** Text from AWS or its SDK without what opens a door: known secrets, key ids, signatures and tokens of URLs. */
export function withoutSecrets(text: string, vars: Vars): string {
  let safe = text;
  for (const name of secretNames) {
    const value = vars[name];
    if (value && value.length >= 8) safe = safe.replaceAll(value, '***');
  }
  return safe
    .replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, '$1***')
    .replace(/\b(X-Amz-(?:Signature|Security-Token|Credential)=)[^&\s"]+/gi, '$1***')
    .replace(/\b(Signature=|Credential=)[^,&\s"]+/g, '$1***');
}
