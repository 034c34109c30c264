import type { PointCloud } from '../scene/pointCloud';
import { LIMITS } from './limits';
import { OFF_HEADER } from './off';
import { finishCloud } from './pointTable';
import type { Report } from './report';
import { readLines, splitWords } from './text';

/** The vertices of an OBJ or OFF without faces, as points; normals of an OBJ where there is one for each vertex. */
export function readVertexCloud(name: string, bytes: Uint8Array, format: 'obj' | 'off', report: Report): PointCloud {
  const [positions, normals, lines]: [number[], number[], number[]] = [[], [], []];
  let counted = format === 'off' ? undefined : Infinity;
  for (const { text, number } of readLines(bytes)) {
    const words = splitWords(text.includes('#') ? text.slice(0, text.indexOf('#')) : text);
    if (words.length === 0) continue;
    if (counted === undefined) {
      const counts = OFF_HEADER.test(words[0]) ? words.slice(1) : words;
      if (counts.length > 0) counted = Number(counts[0]);
      continue;
    }
    if (lines.length >= counted) break;
    if (format === 'obj' && words[0] === 'vn') normals.push(...[1, 2, 3].map((k) => Number(words[k])));
    if (format === 'obj' && words[0] !== 'v') continue;
    if (lines.length === LIMITS.points) report.fail('too-large', `there are more than ${LIMITS.points.toLocaleString('en')} points`, `line ${number}`, 'Thin the cloud out first.');
    const numbers = format === 'obj' ? words.slice(1) : words;
    for (let k = 0; k < 3; k++) positions.push(Number(numbers[k] ?? NaN));
    lines.push(number);
  }
  return finishCloud(name, {
    positions: Float64Array.from(positions), ...(normals.length > 0 && normals.length === positions.length && { normals }), placeOf: (row) => `line ${lines[row]}`,
  }, report);
}
