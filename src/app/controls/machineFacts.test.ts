import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { MachineFacts } from './MachineFacts';

const facts = { backend: 'webgl', renderer: 'a card', place: 'worker', stepMs: 12.4, recoveries: 1 } as const;
const html = (lacks: readonly string[] | undefined) => renderToStaticMarkup(createElement(MachineFacts, { ...facts, lacks }));

it('says in plain words what the graphics lack, and nothing where they lack nothing', () => {
  const said = html(['It is slow.', 'It is <small>.']);
  expect(said).toContain('<li>It is slow.</li><li>It is &lt;small&gt;.</li>');
  expect(said).toContain('<span data-metric="step-time-ms">12</span>');
  for (const lacks of [[], undefined]) expect(html(lacks)).not.toContain('<ul');
});
