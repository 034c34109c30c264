import { useCallback, useState } from 'react';
import { Controls } from '../controls/Controls';
import { HelpDialog } from '../help/HelpDialog';
import { HelpText } from '../help/HelpText';
import { Hypotheses } from '../panels/Hypotheses';
import { ImagePanels } from '../panels/ImagePanels';
import { Metrics } from '../panels/Metrics';
import { Plots } from '../panels/Plots';
import { Stage } from '../panels/Stage';
import type { PickedHypothesis } from '../panels/stageLink';
import type { PageModel } from '../model/pageModel';
import { EncoderPanel } from '../train/EncoderPanel';
import { Announcer } from './Announcer';
import { DropZone } from './DropZone';
import { Header } from './Header';
import { usePageKeys } from './keys';
import { ModelContext } from './model';
import { NoticeList } from './NoticeList';
import { SlowNotice } from './SlowNotice';
import { Transport } from './Transport';

/** The page. */
export function App({ model, picked }: { model: PageModel; picked: PickedHypothesis }) {
  const [helping, setHelping] = useState(false);
  const [message, setMessage] = useState('');
  const help = useCallback(() => setHelping(true), []);
  const drop = useCallback(({ files }: DataTransfer) => {
    if (files.length) model.openFiles([...files]);
  }, [model]);
  usePageKeys(model.run, help);

  return (
    <ModelContext value={model}>
      <a className="button skip" href="#main" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>('#main')?.focus(); }}>Skip to the panels</a>
      <Header onHelp={help} announce={setMessage} />
      <Transport />
      <NoticeList notices={model.notices} />
      <SlowNotice />
      <main className="bench" id="main" tabIndex={-1}>
        <div className="bench__middle">
          <Stage picked={picked} />
          <ImagePanels />
        </div>
        <div className="bench__side">
          <Metrics />
          <Plots />
          <Hypotheses picked={picked} />
        </div>
        <div className="bench__left">
          <Controls />
        </div>
        <div className="bench__below"><EncoderPanel /></div>
      </main>
      <HelpDialog open={helping} onClose={() => setHelping(false)}><HelpText /></HelpDialog>
      <DropZone says="Drop a mesh (OBJ with MTL and textures, PLY, STL, OFF, GLB, or glTF with its files), or a picture to find the pose in (PNG or JPEG)" onDrop={drop} />
      <Announcer message={message} />
    </ModelContext>
  );
}
