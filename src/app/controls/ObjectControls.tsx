import { useId, useState } from 'react';
import { BUILT_IN_OBJECTS } from '../../scene/objects';
import { OBJECT_FILES_ACCEPTED } from '../model/openable';
import { Icon } from '../page/Icon';
import { useModel, usePage } from '../page/model';
import { useStore } from '../page/useStore';
import { readObjectUrl } from '../url/fields';

const OWN = '';

/** Which object: one of ours, a person's own file, or an address. */
export function ObjectControls() {
  const model = useModel();
  const object = usePage((state) => state.object);
  // What is known of one object is not known of the next.
  const loaded = useStore(model.object, (state) => (state.loading ? undefined : state.loaded));
  const [url, setUrl] = useState('');
  const [problem, setProblem] = useState<string>();
  const [chooseId, urlId] = [useId(), useId()];

  const openUrl = (event: React.FormEvent) => {
    event.preventDefault();
    try {
      const checked = readObjectUrl(url.trim(), location.origin);
      setProblem(undefined);
      model.choose({ kind: 'url', url: checked });
    } catch (error) {
      setProblem(`The address ${error instanceof Error ? error.message : String(error)}.`);
    }
  };

  return (
    <div className="controls__group">
      <div className="field field--wide">
        <label className="sr-only" htmlFor={chooseId}>Object</label>
        <select
          id={chooseId} className="field__select" value={object.kind === 'builtin' ? object.id : OWN}
          onChange={(event) => event.currentTarget.value !== OWN && model.choose({ kind: 'builtin', id: event.currentTarget.value })}
        >
          {BUILT_IN_OBJECTS.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
          {object.kind !== 'builtin' && <option value={OWN}>{object.kind === 'file' ? object.name : object.url}</option>}
        </select>
      </div>
      {loaded && (
        <p className="note">
          <span data-metric="vertices">{loaded.vertices.toLocaleString('en')}</span> vertices, <span data-metric="faces">{loaded.faces.toLocaleString('en')}</span> faces,
          {' '}<span data-metric="size-units">{formatSize(loaded.object.diameter)}</span> units across
        </p>
      )}
      {loaded && loaded.notes.length > 0 && <div data-metric="object-notes">{loaded.notes.map((note) => <p key={note} className="note">{note}</p>)}</div>}
      <div className="controls__row">
        <span className="button file">
          Open files …
          <input
            type="file" multiple accept={OBJECT_FILES_ACCEPTED} aria-label="Open files: OBJ with MTL and textures, PLY, STL, OFF, GLB, glTF with its files, or a picture"
            onChange={({ currentTarget }) => {
              const files = [...(currentTarget.files ?? [])];
              currentTarget.value = '';
              if (files.length) model.openFiles(files);
            }}
          />
        </span>
        <button type="button" className="button" onClick={() => model.newTarget()} title="Draw another pose to find"><Icon name="dice" />New target</button>
      </div>
      <form className="field field--wide" onSubmit={openUrl}>
        <label className="field__label" htmlFor={urlId}>… or from the web</label>
        <div className="controls__row">
          <input
            id={urlId} className="field__text controls__url" type="url" placeholder="https://…/mesh.glb" value={url} aria-invalid={problem !== undefined}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <button type="submit" className="button button--small">Load</button>
        </div>
        {problem && <p className="note" role="alert">{problem}</p>}
      </form>
    </div>
  );
}

const formatSize = (size: number) => Number(size.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });
