import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SHIPPED_ENCODERS } from './shippedEncoders';

it('names the encoders that ship, and no others', () => {
  const folder = 'public/encoders';
  const there = existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/model.json`)) : [];
  expect([...SHIPPED_ENCODERS].sort()).toEqual(there.sort());
});
