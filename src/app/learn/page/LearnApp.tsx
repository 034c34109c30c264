import { useCallback, useState } from 'react';
import { HelpDialog } from '../../help/HelpDialog';
import { DropZone } from '../../page/DropZone';
import { HeaderBar } from '../../page/HeaderBar';
import { usePageKeys } from '../../page/keys';
import { NoticeList } from '../../page/NoticeList';
import { LearnControls } from '../controls/LearnControls';
import { LookInside } from '../inside/LookInside';
import { LearnContext } from '../model/context';
import type { LearnModel } from '../model/learnModel';
import { filesOfDrop } from '../own/collect';
import { CloudStage } from '../panels/CloudStage';
import { Confusion } from '../panels/Confusion';
import { Curves } from '../panels/Curves';
import { Gallery } from '../panels/Gallery';
import { LearnFigures } from '../panels/LearnFigures';
import { LearnAnnouncer } from './LearnAnnouncer';
import { LearnHelp } from './LearnHelp';
import { LearnTransport } from './LearnTransport';

const WHAT = {
  classify: 'Learns to tell shapes apart from their points: press Play and watch, then click a point and look inside.',
  segment: 'Learns which part of a shape each point belongs to: press Play and watch, then click a point and look inside.',
} as const;
const DROP = 'Drop a cloud or a mesh (PCD, PLY, OFF, OBJ, XYZ, TXT, NPZ) to look at, or a folder of them to learn from';

/** A learning page. */
export function LearnApp({ model }: { model: LearnModel }) {
  const [helping, setHelping] = useState(false);
  const [message, setMessage] = useState('');
  const help = useCallback(() => setHelping(true), []);
  const drop = useCallback((data: DataTransfer) => void filesOfDrop(data).then((dropped) => model.own.take(dropped)), [model]);
  usePageKeys(model, help);
  const local = () => (model.dataset.get() || model.own.shapes.get().length ? 'Files and folders of your own stay here.' : undefined);

  return (
    <LearnContext value={model}>
      <a className="button skip" href="#main" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>('#main')?.focus(); }}>Skip to the panels</a>
      <HeaderBar lab={model.task} what={WHAT[model.task]} notices={model.notices} link={() => model.link()} leftOut={local} onHelp={help} announce={setMessage} />
      <LearnTransport />
      <NoticeList notices={model.notices} />
      <main className="bench" id="main" tabIndex={-1}>
        <div className="bench__middle"><CloudStage /></div>
        <div className="bench__side">
          <LearnFigures />
          <Curves />
          <LookInside />
        </div>
        <div className="bench__left"><LearnControls /></div>
        <div className="bench__below">
          <Confusion />
          <Gallery />
        </div>
      </main>
      <HelpDialog open={helping} onClose={() => setHelping(false)}><LearnHelp task={model.task} /></HelpDialog>
      <DropZone says={DROP} onDrop={drop} />
      <LearnAnnouncer message={message} />
    </LearnContext>
  );
}
