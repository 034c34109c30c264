import { useEffect, useRef, type ReactNode } from 'react';
import type { CloudViewer } from '../../../viewer/cloud';
import { theme } from '../../page/theme';
import type { Lens } from '../model/choices';
import { useLearn, useLens } from '../model/context';
import { linkCloud } from './cloudLink';
import { LegendView } from './LegendView';
import { PointLine } from './PointLine';
import { Verdict } from './Verdict';

interface Props {
  readonly lens: Lens;
  /** The network's, where there are two. */
  readonly name?: string;
  readonly onReady: (lens: Lens, viewer: CloudViewer | undefined) => void;
  readonly children?: ReactNode;
}

/** Follows the system's wish for less motion. */
function followMotion(viewer: CloudViewer): () => void {
  const media = matchMedia('(prefers-reduced-motion: reduce)');
  const apply = () => viewer.setReducedMotion(media.matches);
  media.addEventListener('change', apply);
  apply();
  return () => media.removeEventListener('change', apply);
}

const KEYS = 'Arrow keys turn the view, plus and minus zoom, Home resets it; N and P choose the next and the previous point.';

/** The shape in 3D as one of the networks sees it. */
export function CloudView({ lens, name, onReady, children }: Props) {
  const model = useLearn();
  const looked = useLens();
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const { current } = host;
    if (!current) return;
    let stop: (() => void) | undefined;
    let gone = false;
    import('../../../viewer/cloud').then(({ createCloudViewer }) => {
      if (gone) return;
      const made = createCloudViewer(current, { theme: theme.get(), label: `3D view of the points${lens === 'second' ? ', seen by the second network' : ''}. ${KEYS}` });
      made.canvas.dataset.ownsArrows = '';
      const stops = [linkCloud(made, model, lens), followMotion(made), theme.subscribe(() => made.setTheme(theme.get())), made.onOrbit((orbit) => model.page.update({ orbit }))];
      onReady(lens, made);
      stop = () => {
        stops.forEach((end) => end());
        onReady(lens, undefined);
        made.dispose();
      };
    }).catch((error: unknown) => model.notices.show({
      topic: 'view', kind: 'error', title: 'The 3D view is not available', lines: [error instanceof Error ? error.message : String(error), 'Training itself may still run.'],
    }));
    return () => {
      gone = true;
      stop?.();
    };
  }, [model, lens, onReady]);

  return (
    <div className={name && looked === lens ? 'stage__view stage__view--looked' : 'stage__view'} data-lens={lens}>
      <div ref={host} className="stage__host" />
      {children}
      <LegendView lens={lens} />
      <Verdict lens={lens} name={name} />
      {looked === lens && <PointLine />}
    </div>
  );
}
