import type { PointCloud } from '../scene/pointCloud';
import { linearFromFile } from './color';
import { growableFloats } from './growable';
import { LIMITS } from './limits';
import { createRow, openBody } from './plyBody';
import { readPlyHeader, type PlyElement } from './plyHeader';
import { finishCloud } from './pointTable';
import type { Report } from './report';

/** Names that writers give to what part or class a point belongs to. */
const LABELS = ['label', 'labels', 'class', 'classification', 'scalar_label', 'scalar_classification', 'part', 'segment', 'instance', 'object_id'];

/** The vertices of a PLY as points, with normals, colours and labels where they have them. Faces are passed over. */
export function readPlyCloud(name: string, bytes: Uint8Array, report: Report): PointCloud {
  const header = readPlyHeader(bytes, report);
  const rows = openBody(bytes, header, report);
  for (const element of header.elements) {
    if (element.name === 'vertex') return readVertices(name, element, rows, report);
    const row = createRow(element);
    for (let i = 0; i < element.count && element.properties.length > 0; i++) if (!rows.next(element, row)) break;
  }
  return report.fail('malformed', 'it declares no vertices', undefined, 'Is it a cloud of points?');
}

function readVertices(name: string, element: PlyElement, rows: ReturnType<typeof openBody>, report: Report): PointCloud {
  if (element.count > LIMITS.points) report.fail('too-large', `it declares ${element.count.toLocaleString('en')} points`, undefined, `At most ${LIMITS.points.toLocaleString('en')} are read.`);
  const column = (...names: string[]) => element.properties.findIndex((p) => !p.lengthType && names.includes(p.name.toLowerCase()));
  const three = (...names: string[][]) => {
    const at = names.map((one) => column(...one));
    return at.every((i) => i >= 0) ? at : undefined;
  };
  const position = three(['x'], ['y'], ['z']) ?? report.fail('malformed', 'its vertices lack x, y or z', undefined, 'Export the cloud again.');
  const normal = three(['nx', 'normal_x'], ['ny', 'normal_y'], ['nz', 'normal_z']);
  const color = three(['red', 'r', 'diffuse_red'], ['green', 'g', 'diffuse_green'], ['blue', 'b', 'diffuse_blue']);
  const full = color ? fullColor(element.properties[color[0]].type) : 1;
  const label = column(...LABELS);
  const positions: number[] = [];
  const [normals, colors, labels, places] = [growableFloats(), growableFloats(), growableFloats(), [] as number[]];
  const row = createRow(element);
  for (let i = 0; i < element.count && element.properties.length > 0; i++) {
    if (!rows.next(element, row)) {
      report.warn('malformed', `the file ends after ${i} of ${element.count} points`, `${rows.unit} ${rows.place()}`);
      break;
    }
    places.push(rows.place());
    for (const at of position) positions.push(row.values[at]);
    if (normal) for (const at of normal) normals.push(row.values[at]);
    if (color) for (const at of color) colors.push(linearFromFile(row.values[at] / full));
    if (label >= 0) labels.push(row.values[label]);
  }
  return finishCloud(name, {
    positions: Float64Array.from(positions), ...(normal && { normals: normals.finish() }), ...(color && { colors: colors.finish() }),
    ...(label >= 0 && { labels: labels.finish() }), placeOf: (i) => `${rows.unit} ${places[i]}`,
  }, report);
}

const fullColor = (type: string): number => (type.startsWith('float') ? 1 : type === 'uint16' ? 65535 : 255);
