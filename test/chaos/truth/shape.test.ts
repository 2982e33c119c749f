import { describe, expect, it } from '@jest/globals';
import { shapeOf } from '../../../sim/chaos/truth/shape.ts';

describe('the shape of a blueprint', () => {
  it('counts what an environment is owed', () => {
    const text = `
version: 1
tasks:
  migrate: { image: vol-app/api, phase: pre-deploy }
  tidy: { image: vol-app/api, phase: on-demand }
database: { name: shop, credentials: user }
secrets: [{ copy: a, to: b }]
services:
  web: { image: vol-app/api, port: 80, host: web }
  cache: { image: redis:7, port: 6379 }
  inside: { image: vol-app/api, expose: internal, host: x, count: 2, paths: [app/**] }
`;
    expect(shapeOf(text)).toEqual({
      services: [
        { name: 'web', public: true, count: 1, ofHead: true },
        { name: 'cache', public: false, count: 1, ofHead: false },
        { name: 'inside', public: false, count: 2, ofHead: false },
      ],
      tasks: ['migrate'],
      database: true,
      users: 1,
      secrets: 1,
      parameters: 0,
    });
  });

  it.each([[undefined], [''], ['services: {}'], [': not yaml {'], ['- a list']])('is none of %j', (text) => {
    expect(shapeOf(text)).toBeUndefined();
  });
});
