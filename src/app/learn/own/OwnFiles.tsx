import { useStore } from '../../page/useStore';
import { NumberField } from '../../controls/NumberField';
import { SelectField } from '../../controls/SelectField';
import { useLearn, useLearnPage, useLook, useTraining } from '../model/context';
import { LIMITS } from '../url/fields';
import { UP_AXES } from '../url/pageState';
import { filesOfInput } from './collect';
import { ReportView } from './ReportView';

export const SHAPE_FILES = '.pcd,.ply,.off,.obj,.xyz,.txt,.pts,.csv,.npz,.npy,.stl,.glb,.gltf,.bin,.mtl';

const UPS = UP_AXES.map((value) => ({ value, label: value.replace('-', '−') }));

/** A person's own clouds and meshes, and folders of them to learn from. */
export function OwnFiles() {
  const model = useLearn();
  const { own, dataset, task } = model;
  const shapes = useStore(own.shapes, (value) => value);
  const folder = useStore(dataset, (value) => value);
  const report = useTraining((state) => state.opened?.report);
  const shown = useLook((look) => look.example?.name);
  const isOwn = useLook((look) => look.index === undefined);
  const stands = useLearnPage((page) => page.stands ?? 'y');
  const turned = useLearnPage((page) => page.turned ?? 0);
  const take = (folderName?: string) => ({ currentTarget }: React.ChangeEvent<HTMLInputElement>) => {
    const { files, isCut } = filesOfInput(currentTarget.files ?? []);
    currentTarget.value = '';
    void own.take({ files, isCut, folder: folderName && (files[0]?.path.split('/')[0] ?? folderName) });
  };
  return (
    <div className="controls__group">
      <p className="note">
        Drop them anywhere on the page, or choose them here. One file is looked at by the network; a folder is learnt from
        {task === 'classify' ? ': class/train and class/test, or class folders alone.' : ': files whose points carry labels.'} Nothing leaves this device.
      </p>
      <div className="controls__row">
        <span className="button button--small file">Open a cloud or mesh …<input type="file" multiple accept={SHAPE_FILES} aria-label="Open a cloud or a mesh: PCD, PLY, OFF, OBJ, XYZ, TXT, NPZ" onChange={take()} /></span>
        <span className="button button--small file">
          Learn from a folder …
          <input type="file" multiple aria-label="Learn from a folder" ref={(input) => input?.setAttribute('webkitdirectory', '')} onChange={take('folder')} />
        </span>
      </div>
      {shapes.length > 0 && (
        <ul className="own" aria-label="Your shapes">
          {shapes.map((shape) => (
            <li key={shape.name}>
              <button type="button" className="button button--small" aria-pressed={isOwn && shown === shape.name} onClick={() => own.show(shape)}>{shape.name}</button>
            </li>
          ))}
        </ul>
      )}
      {shapes.length > 0 && (
        <>
          <SelectField label="Upright axis" value={stands} options={UPS} onChange={(up) => model.standUp(up, turned)} hint="Of your shapes: the networks know shapes with y up; CAD models often stand along z, depth cameras see y down" />
          <NumberField label="Turned about it" unit="°" value={turned} limits={LIMITS.turned} onChange={(angle) => model.standUp(stands, angle)} />
        </>
      )}
      {shapes.length > 0 && !folder && <button type="button" className="button button--small" onClick={() => own.learnFromThem()}>Learn from {shapes.length === 1 ? 'this file' : `these ${shapes.length} files`}</button>}
      {folder && report && <ReportView report={report} name={folder.name} isCut={folder.isCut} />}
    </div>
  );
}
