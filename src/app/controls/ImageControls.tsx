import { useState } from 'react';
import { useModel, usePage } from '../page/model';
import { useStore } from '../page/useStore';
import { fieldOfViewFromFocal, focalFromFieldOfView, pictureLightOf, readOwnImage, USUAL_VIEW_DEG, type PictureLight } from '../model/ownImage';
import { NumberField } from './NumberField';
import { SelectField } from './SelectField';

const VIEW = { min: 5, max: 150, step: 1 };
const FOCAL = { min: 20, max: 100_000, step: 1 };

/** A person's own picture as the target. */
export function ImageControls() {
  const model = useModel();
  const image = useStore(model.image, (value) => value);
  const [file, setFile] = useState<File>();
  const [mask, setMask] = useState<File>();
  const [known, setKnown] = useState<'view' | 'focal'>('view');
  const [view, setView] = useState(USUAL_VIEW_DEG);
  const [focal, setFocal] = useState(1000);
  const [light, setLight] = useState<PictureLight>('unknown');
  const soughtLight = usePage((state) => pictureLightOf(state.settings));

  const use = async () => {
    if (!file) return;
    try {
      model.useImage(await readOwnImage(file, mask, ({ width }) => (known === 'view' ? focalFromFieldOfView(view, width) : focal)), light);
    } catch (error) {
      model.reportFile(error);
    }
  };
  const pick = (set: (file: File | undefined) => void) => (event: React.ChangeEvent<HTMLInputElement>) => set(event.currentTarget.files?.[0]);

  return (
    <div className="controls__group">
      <p className="note">Your own picture of the object, instead of a rendered one. It stays on this device.</p>
      <div className="controls__row">
        <span className="button button--small file">{file ? file.name : 'Picture …'}<input type="file" accept="image/png,image/jpeg" aria-label="Picture, PNG or JPEG" onChange={pick(setFile)} /></span>
        <span className="button button--small file">{mask ? mask.name : 'Mask …'}<input type="file" accept="image/png,image/jpeg" aria-label="Mask, white where the object is (optional)" onChange={pick(setMask)} /></span>
      </div>
      <SelectField
        label="Known of the lens" value={known} onChange={setKnown}
        options={[{ value: 'view', label: 'field of view' }, { value: 'focal', label: 'focal length' }]}
      />
      {known === 'view'
        ? <NumberField plain label="Field of view across the width, degrees" value={view} limits={VIEW} onChange={setView} />
        : <NumberField plain label="Focal length, pixels of the picture" value={focal} limits={FOCAL} onChange={setFocal} />}
      <SelectField
        label="Light in the picture" value={image ? soughtLight : light} hint="A shaded picture needs its light found; flat colours are surer without"
        onChange={(chosen) => {
          setLight(chosen);
          if (image) model.changePictureLight(chosen);
        }}
        options={[{ value: 'unknown', label: 'find it' }, { value: 'flat', label: 'flat colours' }]}
      />
      <p className="note">
        Taken for granted: no lens distortion, the optical axis through the picture’s middle, square pixels, and the mesh in true proportions.
        Without a mask every pixel counts, the background too.
      </p>
      <div className="controls__row">
        <button type="button" className="button button--small" disabled={!file} onClick={() => void use()}>Find the pose in it</button>
        {image && <button type="button" className="button button--small" onClick={() => model.useImage(undefined)}>Back to a rendered target</button>}
      </div>
      {image && (
        <p className="note">
          {image.name}: {image.width} × {image.height}, focal length <span data-metric="focal-px">{image.focal.toFixed(0)}</span> px (<span data-metric="field-of-view-deg">{fieldOfViewFromFocal(image.focal, image.width).toFixed(1)}</span>°)
          {image.maskName ? `, mask ${image.maskName}` : ', no mask'}; {soughtLight === 'unknown' ? 'its light is sought too' : 'its colours are taken as flat'}.
        </p>
      )}
    </div>
  );
}
