import type { LearnExample } from '../../../experiments/learn/protocol';
import type { LearnFile } from '../../../workers/learnApi';
import { Store } from '../../run/store';
import type { LearnModel } from '../model/learnModel';
import { Superseded } from '../run/queries';
import type { Dropped } from './collect';

export interface OwnShape {
  readonly name: string;
  readonly example: LearnExample;
}

/** More are kept as a list than a person would look through. */
const MOST_KEPT = 30;

/** Readers other than these go by the file's first bytes; what only lies beside a mesh is no shape of its own. */
const BESIDE = /\.(mtl|png|jpe?g)$/i;

/** A person's own shapes, one by one, and folders as data sets. */
export class OwnShapes {
  readonly shapes = new Store<readonly OwnShape[]>([]);

  constructor(private readonly model: LearnModel) {}

  /** A folder becomes the data set; single files become shapes to look at. */
  async take({ files, folder }: Dropped): Promise<void> {
    if (!files.length) return;
    if (folder !== undefined) {
      this.model.notices.clear('file');
      this.model.useDataset({ name: folder, files });
      return;
    }
    const shapes = files.filter(({ path }) => !BESIDE.test(path));
    if (!shapes.length) return this.refuse(files[0].path, 'It is no point cloud and no mesh.');
    for (const file of shapes) await this.read(file, files.filter((other) => other !== file && BESIDE.test(other.path)));
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
      const shape = { name: file.path, example: { ...example, name: file.path } };
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
