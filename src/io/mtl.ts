import { linearFromFile } from './color';
import type { Report } from './report';
import { readLines, splitWords } from './text';

/** What is used of an MTL material. */
export interface ObjMaterial {
  /** Diffuse colour Kd, linear RGB. */
  readonly color: readonly [number, number, number];
  /** map_Kd: an image's file name. */
  readonly texture?: string;
}

/** How many words follow each option of a map statement. */
const OPTION_WORDS: Readonly<Record<string, number>> = {
  '-blendu': 1, '-blendv': 1, '-boost': 1, '-bm': 1, '-cc': 1, '-clamp': 1, '-imfchan': 1, '-mm': 2, '-texres': 1, '-type': 1,
};
/** Options followed by one to three numbers. */
const VECTOR_OPTIONS = new Set(['-o', '-s', '-t']);

/** The materials of an MTL file by name. */
export function parseMtl(bytes: Uint8Array, file: string, report: Report): Map<string, ObjMaterial> {
  const materials = new Map<string, ObjMaterial>();
  let name: string | undefined;
  const update = (change: Partial<ObjMaterial>) => {
    if (name !== undefined) materials.set(name, { color: [1, 1, 1], ...materials.get(name), ...change });
  };
  for (const { text, number } of readLines(bytes)) {
    const [keyword, ...words] = splitWords(text);
    if (keyword === 'newmtl') {
      name = text.trim().slice(keyword.length).trim();
      update({});
    } else if (keyword === 'Kd') {
      const rgb = words.slice(0, 3).map((word) => linearFromFile(Number(word)));
      if (rgb.length === 3 && words.slice(0, 3).every((word) => Number.isFinite(Number(word)))) update({ color: [rgb[0], rgb[1], rgb[2]] });
      else report.warn('malformed', `a colour in "${file}" is no three numbers`, `line ${number}`);
    } else if (keyword === 'map_Kd') {
      const texture = textureName(text.trim().slice(keyword.length).trim());
      if (texture) update({ texture });
    }
  }
  return materials;
}

/** A map statement's file name, which may hold spaces, after its options. */
function textureName(statement: string): string {
  let rest = statement;
  for (; ;) {
    const [option] = splitWords(rest);
    const words = VECTOR_OPTIONS.has(option) ? '(?:\\s+[-+.\\d][-+.\\deE]*(?=\\s)){1,3}' : option in OPTION_WORDS ? `(?:\\s+\\S+){${OPTION_WORDS[option]}}` : undefined;
    const match = words && new RegExp(`^${option}${words}\\s*`).exec(rest);
    if (!match) return rest.replace(/^"(.*)"$/, '$1');
    rest = rest.slice(match[0].length);
  }
}
