import type { LearnExample } from '../../../experiments/learn/protocol';
import type { LearnFile } from '../../../workers/learnApi';
import { Store } from '../../run/store';
import type { LearnModel } from '../model/learnModel';
import { Superseded } from '../run/queries';
import type { Dropped } from './collect';

export interface OwnShape {
  readonly name: string;
  readonly file: LearnFile;
  readonly example: LearnExample;
}

/** More are kept as a list than a person would look through. */
const MOST_KEPT = 30;

/** Of a shape to look at. */
const MOST_POINTS = 32_768;

/** Readers other than these go by the file's first bytes; what only lies beside a mesh is no shape of its own. */
const BESIDE = /\.(mtl|bin|png|jpe?g|webp)$/i;

interface Remark {
  readonly name: string;
  readonly reason: string;
}

/** What became of the files of a drop. */
interface Outcome {
  readonly read: string[];
  readonly refused: Remark[];
  readonly remarks: Remark[];
}

const FORMATS = 'Point clouds: PCD, PLY, OFF, OBJ, XYZ, TXT, NPZ. Meshes: OBJ, PLY, STL, OFF, GLB, glTF with its .bin.';
/** Reasons, where more follows them: a notice shows six lines. */
const MOST_SAID = 5;
/** Of a file's name on screen. */
const MOST_LETTERS = 64;

const shorten = (name: string): string => (name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 12)}…${name.slice(-11)}` : name);

/** Reasons mostly name their file; those that do not are given it. */
const lineOf = ({ name, reason }: Remark): string => (reason.startsWith(name) ? `${shorten(name)}${reason.slice(name.length)}` : `${shorten(name)}: ${reason}`);

/** Every so many points of a large cloud: it goes to the network and back whenever it is looked at, and the network sees far fewer. */
function thinned(example: LearnExample): LearnExample {
  const { cloud } = example;
  const stride = Math.ceil(cloud.positions.length / 3 / MOST_POINTS);
  if (stride <= 1) return example;
  const triples = (values: Float32Array | undefined) => values?.filter((_, i) => Math.floor(i / 3) % stride === 0);
  return {
    ...example,
    cloud: { name: cloud.name, positions: triples(cloud.positions) ?? cloud.positions, normals: triples(cloud.normals), labels: cloud.labels?.filter((_, i) => i % stride === 0) },
  };
}

/** A person's own shapes, one by one, and folders as data sets. */
export class OwnShapes {
  readonly shapes = new Store<readonly OwnShape[]>([]);

  constructor(private readonly model: LearnModel) {}

  /** A folder becomes the data set; single files become shapes to look at. */
  async take({ files, folder, isCut }: Dropped): Promise<void> {
    if (!files.length) return;
    this.model.notices.clear('cut');
    if (isCut) this.model.notices.show({ topic: 'cut', kind: 'warning', title: `There were more than ${files.length.toLocaleString('en')} files: the others were left out`, lines: [] });
    if (folder !== undefined) {
      this.model.notices.clear('file');
      return this.model.useDataset({ name: folder, files, ...(isCut && { isCut }) });
    }
    const shapes = files.filter(({ path }) => !BESIDE.test(path));
    const outcome: Outcome = { read: [], refused: [], remarks: [] };
    if (!shapes.length) outcome.refused.push({ name: files[0].path, reason: 'It is no point cloud and no mesh.' });
    for (const file of shapes) await this.read(file, files.filter((other) => other !== file && BESIDE.test(other.path)), outcome);
    this.tell(outcome);
  }

  /** All of them become the data set. */
  learnFromThem(): void {
    const files = this.shapes.get().map(({ file }) => file);
    void this.model.useDataset({ name: files.length === 1 ? files[0].path : `your ${files.length} files`, files });
  }

  show({ example }: OwnShape): void {
    this.model.page.update({ point: undefined, brushed: undefined });
    this.model.showOwn(example);
  }

  private async read(file: LearnFile, siblings: readonly LearnFile[], { read, refused, remarks }: Outcome): Promise<void> {
    try {
      const { example, warnings } = await this.model.first.ask((api) => api.read(file, siblings));
      read.push(file.path);
      remarks.push(...warnings.map(({ message }) => ({ name: file.path, reason: message })));
      const shape = { name: file.path, file, example: thinned({ ...example, name: file.path }) };
      this.shapes.set([shape, ...this.shapes.get().filter(({ name }) => name !== file.path)].slice(0, MOST_KEPT));
      this.show(shape);
    } catch (error) {
      if (!(error instanceof Superseded)) refused.push({ name: file.path, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** One message for all files that came together: none hides another. */
  private tell({ read, refused, remarks }: Outcome): void {
    const { notices } = this.model;
    const lines = [...refused, ...remarks].map(lineOf);
    const remarked = new Set(remarks.map(({ name }) => name)).size;
    if (refused.length) {
      const title = refused.length === 1 ? `${shorten(refused[0].name)} could not be used` : `${refused.length} files could not be used`;
      notices.show({ topic: 'file', kind: 'error', title, lines: read.length ? lines : [...lines.slice(0, MOST_SAID), `${FORMATS} What was on screen stays.`] });
    } else if (remarked) {
      notices.show({ topic: 'file', kind: 'warning', title: remarked === 1 ? `${shorten(remarks[0].name)} was read with remarks` : `${remarked} files were read with remarks`, lines });
    } else notices.clear('file');
  }
}
