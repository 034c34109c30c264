// Writes the built-in objects that ship as files: three.js's teapot as public/objects/teapot.ply.
// Run: node scripts/makeObjects.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { TeapotGeometry } from 'three/examples/jsm/geometries/TeapotGeometry.js';

/** 32 patches of 2 · 6² triangles, less the degenerate ones: 2256 faces. */
const SEGMENTS = 6;
/** The patches meet to within rounding; the teapot is about 3 units long. */
const SAME_PLACE = 1e-4;
/** Cosine above which two normals at one place belong to one smooth surface. */
const SAME_NORMAL = Math.cos((30 * Math.PI) / 180);

/** Vertices at one place get exactly one position, and become one where their normals agree. */
function weld(positions, normals, index) {
  const places = new Map();
  const vertices = [];
  const renumbered = [];
  for (let v = 0; v < positions.length / 3; v++) {
    const p = [0, 1, 2].map((k) => positions[3 * v + k]);
    const n = [0, 1, 2].map((k) => normals[3 * v + k]);
    const place = findPlace(places, p);
    let twin = place.vertices.find((w) => n[0] * vertices[w].n[0] + n[1] * vertices[w].n[1] + n[2] * vertices[w].n[2] > SAME_NORMAL);
    if (twin === undefined) {
      twin = vertices.length;
      vertices.push({ p: place.p, n });
      place.vertices.push(twin);
    }
    renumbered.push(twin);
  }
  const faces = [];
  for (let i = 0; i < index.length; i += 3) {
    const face = [renumbered[index[i]], renumbered[index[i + 1]], renumbered[index[i + 2]]];
    const [a, b, c] = face.map((v) => vertices[v].p);
    if (a !== b && b !== c && c !== a) faces.push(face);
  }
  return compact(vertices, faces);
}

/** The known place within SAME_PLACE of p, looked for in the grid cells around it, or a new one. */
function findPlace(places, p) {
  const cell = p.map((x) => Math.round(x / SAME_PLACE));
  for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) for (let dz = -1; dz <= 1; dz++) {
    const place = places.get(`${cell[0] + dx} ${cell[1] + dy} ${cell[2] + dz}`);
    if (place && Math.hypot(...place.p.map((x, k) => x - p[k])) < SAME_PLACE) return place;
  }
  const place = { p, vertices: [] };
  places.set(cell.join(' '), place);
  return place;
}

function compact(vertices, faces) {
  const used = [...new Set(faces.flat())].sort((a, b) => a - b);
  const renumbered = new Map(used.map((v, i) => [v, i]));
  return { vertices: used.map((v) => vertices[v]), faces: faces.map((face) => face.map((v) => renumbered.get(v))) };
}

/** Binary little-endian PLY with positions and normals. */
function writePly(path, comment, { vertices, faces }) {
  const header = [
    'ply', 'format binary_little_endian 1.0', `comment ${comment}`,
    `element vertex ${vertices.length}`, ...['x', 'y', 'z', 'nx', 'ny', 'nz'].map((name) => `property float ${name}`),
    `element face ${faces.length}`, 'property list uchar uint vertex_indices', 'end_header', '',
  ].join('\n');
  const body = Buffer.alloc(24 * vertices.length + 13 * faces.length);
  vertices.forEach(({ p, n }, v) => [...p, ...n].forEach((x, k) => body.writeFloatLE(x, 24 * v + 4 * k)));
  faces.forEach((face, f) => {
    const at = 24 * vertices.length + 13 * f;
    body.writeUInt8(3, at);
    face.forEach((v, k) => body.writeUInt32LE(v, at + 1 + 4 * k));
  });
  writeFileSync(path, Buffer.concat([Buffer.from(header, 'latin1'), body]));
  console.log(`${path}: ${vertices.length} vertices, ${faces.length} faces`);
}

const folder = new URL('../public/objects/', import.meta.url);
mkdirSync(folder, { recursive: true });
const geometry = new TeapotGeometry(1, SEGMENTS);
const { position, normal } = geometry.attributes;
const welded = weld(position.array, normal.array, geometry.index.array);
writePly(new URL('teapot.ply', folder).pathname, 'The Utah teapot (Martin Newell), tessellated by three.js (MIT licence)', welded);
