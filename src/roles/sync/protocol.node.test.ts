import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import * as protocol from './protocol.ts';

/** When this fails you have changed what peers say to each other. Only add optional fields, or raise PROTOCOL and keep answering the old one. */
test('the messages of replication are as they were', () => {
  const hashes: Record<string, string> = { protocol: String(protocol.PROTOCOL) };
  for (const [name, schema] of Object.entries(protocol)) {
    if (!(schema instanceof z.ZodType)) continue;
    hashes[name] = createHash('sha256')
      .update(JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })))
      .digest('hex')
      .slice(0, 12);
  }
  expect(hashes).toMatchInlineSnapshot(`
    {
      "cursorSchema": "34c3e048e799",
      "helloAnswer": "1ad4d98ed2da",
      "helloRequest": "d5e6677017d7",
      "offerAnswer": "132159f04d3e",
      "offerRequest": "d6f7a8fdb1da",
      "protocol": "1",
      "pullMeta": "1062f2b9e63d",
      "pullRequest": "21ea22d3e86c",
      "pushAnswer": "573e0e7ea708",
      "scopeSchema": "b5b262884df4",
      "sessionAnswer": "074ea8d31423",
      "sessionRequest": "c4c66872ebbb",
      "stateAnswer": "630420d562ac",
      "stateRequest": "3fb70a6976d0",
      "unitsMeta": "e213d8c61b26",
      "unitsRequest": "e99ed5a9162e",
    }
  `);
});
