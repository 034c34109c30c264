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
const BESIDE = /\.(mtl|png|jpe?g)$/i;

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
  async take({ files, folder }: Dropped): Promise<void> {
    if (!files.length) return;
    if (folder !== undefined) {
      this.model.notices.clear('file');
      return this.model.useDataset({ name: folder, files });
    }
    const shapes = files.filter(({ path }) => !BESIDE.test(path));
    if (!shapes.length) return this.refuse(files[0].path, 'It is no point cloud and no mesh.');
    for (const file of shapes) await this.read(file, files.filter((other) => other !== file && BESIDE.test(other.path)));
  }

  /** All of them become the data set. */
  learnFromThem(): void {
    const files = this.shapes.get().map(({ file }) => file);
    void this.model.useDataset({ name: files.length === 1 ? files[0].path : `your ${files.length} files`, files });
  }

  show({ example }: OwnShape): void {
    this.model.choosePoint(undefined);
    this.model.looker.showOwn(example);
  }

  private async read(file: LearnFile, siblings: readonly LearnFile[]): Promise<void> {
    const { notices } = this.model;
    try {
      const { example, warnings } = await this.model.first.ask((api) => api.read(file, siblings));
      if (warnings.length) notices.show({ topic: 'file', kind: 'warning', title: `${file.path} was read with remarks`, lines: warnings.map(({ message }) => message) });
      else notices.clear('file');
      const shape = { name: file.path, file, example: thinned({ ...example, name: file.path }) };
      this.shapes.set([shape, ...this.shapes.get().filter(({ name }) => name !== file.path)].slice(0, MOST_KEPT));
      this.show(shape);
    } catch (error) {
      if (!(error instanceof Superseded)) this.refuse(file.path, error instanceof Error ? error.message : String(error));
    }
  }

  private refuse(name: string, reason: string): void {
    this.model.notices.show({
      topic: 'file', kind: 'error', title: `${name} could not be used`,
      lines: [reason, 'Point clouds: PCD, PLY, OFF, OBJ, XYZ, TXT, NPZ. Meshes: OBJ, PLY, STL, OFF, GLB. What was on screen stays.'],
    });
  }
}
