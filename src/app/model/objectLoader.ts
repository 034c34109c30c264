import type { LoadedObject, MeshSource } from '../../workers/meshApi';
import type { Progress } from '../../workers/poseApi';
import { Store } from '../run/store';
import type { ObjectChoice } from '../url/pageState';
import { loadObject, type Loading } from './meshLink';

export interface ObjectState {
  readonly loaded?: LoadedObject;
  /** Another one is on its way. */
  readonly loading?: Progress;
}

/** The object on screen, and the one that is being loaded. A load that fails, or is cancelled, leaves what was there. */
export class ObjectLoader {
  readonly state = new Store<ObjectState>({});
  private under: Loading | undefined;

  constructor(private readonly start: typeof loadObject = loadObject) {}

  /** The object; undefined where another load came in between. @throws what the reader throws. */
  async load(source: MeshSource): Promise<LoadedObject | undefined> {
    this.under?.cancel();
    this.state.update({ loading: { label: 'Loading the object' } });
    const load = this.start(source, (label, fraction) => {
      if (this.under === load) this.state.update({ loading: { label, fraction } });
    });
    this.under = load;
    try {
      const loaded = await load.result;
      if (this.under !== load) return undefined;
      this.under = undefined;
      this.state.set({ loaded });
      return loaded;
    } catch (error) {
      if (this.under !== load) return undefined;
      this.under = undefined;
      this.state.update({ loading: undefined });
      throw error;
    }
  }

  /** Ends a load. False where there is none. */
  cancel(): boolean {
    if (!this.under) return false;
    this.under.cancel();
    this.under = undefined;
    this.state.update({ loading: undefined });
    return true;
  }
}

/** Where a choice's bytes come from. @param files those of a person, for a choice of files. */
export function sourceOf(choice: ObjectChoice, baseUrl: string, files: readonly File[]): MeshSource {
  switch (choice.kind) {
    case 'builtin': return { kind: 'builtin', id: choice.id, baseUrl };
    case 'url': return { kind: 'url', url: choice.url };
    case 'file': return { kind: 'files', files };
  }
}
