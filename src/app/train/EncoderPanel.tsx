import { useEffect, useMemo, useState } from 'react';
import { DEFAULT_ENCODER_SETTINGS } from '../../experiments/pose/encoder/settings';
import { BUILT_IN_OBJECTS } from '../../scene/objects';
import { SHIPPED_ENCODERS } from '../../workers/shippedEncoders';
import { useModel, usePage, useShownRun } from '../page/model';
import { useStore } from '../page/useStore';
import { HeldBack } from './HeldBack';
import { LossCurve } from './LossCurve';
import { IDLE_TRAINING } from './trainController';
import './EncoderPanel.css';

const SHIPPED = BUILT_IN_OBJECTS.filter(({ id }) => SHIPPED_ENCODERS.includes(id)).map(({ title }) => title);

const LOST = { 'context-lost': 'The training lost its graphics context.', died: 'The training stopped.' };

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** The encoder: where its guesses come from, and its training, live. */
export function EncoderPanel() {
  const model = useModel();
  const { train } = model;
  const loaded = useStore(model.object, (state) => state.loaded);
  const changing = useStore(model.object, (state) => state.loading !== undefined);
  const used = useShownRun((state) => state.opened?.encoder);
  const wanted = usePage((state) => state.settings.useEncoder);
  const target = usePage((state) => state.settings.target);
  const seed = usePage((state) => state.settings.seed);
  const { status, progress, step, keptStep, losses, evaluations, trouble } = useStore(train.state, (state) => (changing ? IDLE_TRAINING : state));
  const own = useStore(model.encoder, (value) => value !== undefined);
  const [taking, setTaking] = useState(false);
  const latest = evaluations.at(-1);

  // What was learnt of one object says nothing of another.
  useEffect(() => () => train.end(), [train, loaded]);
  const plan = useMemo(() => loaded && { object: loaded.object, settings: { ...DEFAULT_ENCODER_SETTINGS, target }, seed }, [loaded, target, seed]);
  useEffect(() => {
    if (plan && !changing && status === 'idle') void train.lookFor(plan);
  }, [train, plan, status, changing]);

  const without = own ? 'trained on this page' : status === 'training' ? 'being trained' : 'none for this object yet';
  const caption = wanted ? used ?? without : 'not asked';

  const begin = status === 'paused' ? 'Go on training' : status === 'idle' && keptStep ? `Go on training from step ${keptStep}` : 'Train it now';
  const waits = status === 'opening' || status === 'recovering';
  const take = async () => {
    setTaking(true);
    const artifacts = await train.artifacts();
    setTaking(false);
    if (artifacts) model.useEncoder(artifacts);
  };

  return (
    <section className="panel encoder" aria-labelledby="encoder-title">
      <div className="panel__head">
        <h2 className="panel__title" id="encoder-title">Encoder</h2>
        <p className="note" data-metric="encoder-used">{caption}</p>
      </div>
      <div className="encoder__body">
        <div className="encoder__train">
          <p className="encoder__what">
            A small network that looks at the target and guesses poses. It learns from renderings: first from which of {DEFAULT_ENCODER_SETTINGS.views.toLocaleString('en')} views,
            drawn beforehand and so of known pose, looks most like the image; then also from its own guesses, drawn: the one that looks most alike gets the renderer’s gradient
            and the score. The most similar view goes on pulling, less, to the end. The pose of the image itself never enters the loss. {SHIPPED.length > 0 && `Trained ones ship for: ${SHIPPED.join(', ')}.`}
          </p>
          <div className="encoder__buttons">
            {status === 'training' || status === 'recovering'
              ? <button type="button" className="button" onClick={() => train.pause()}>Pause training</button>
              : <button type="button" className="button" onClick={() => plan && void train.start(plan)} disabled={!plan || changing || status === 'opening'}>{begin}</button>}
            {status === 'opening' && <button type="button" className="button" onClick={() => train.end()}>Cancel training</button>}
            <button type="button" className="button" onClick={() => plan && void train.reset(plan)} disabled={(status === 'idle' && !keptStep) || status === 'opening'}>Reset training</button>
            <button type="button" className="button" onClick={() => void take()} disabled={taking || step === 0 || (status !== 'training' && status !== 'paused')}>Use it for the search</button>
            {own && <button type="button" className="button" onClick={() => model.useEncoder(undefined)}>Back to the one before</button>}
          </div>
          {status === 'recovering' && <p className="encoder__trouble" role="status">{LOST[trouble?.code === 'context-lost' ? 'context-lost' : 'died']} It goes on from its last checkpoint.</p>}
          {waits && progress && <p className="encoder__progress"><span>{progress.label} …</span><progress aria-label={progress.label} value={progress.fraction} /></p>}
          {status === 'failed' && <p className="encoder__trouble" role="alert">Training stopped: {trouble?.message}</p>}
          <dl className="encoder__figures">
            <div><dt>Steps</dt><dd data-metric="encoder-step">{step}</dd></div>
            <div><dt>Median error</dt><dd data-metric="encoder-median-deg">{latest ? `${latest.medianDeg.toFixed(0)}°` : '–'}</dd></div>
            <div><dt>Best guess under 30°</dt><dd data-metric="encoder-under-30">{latest ? percent(latest.shareUnder30) : '–'}</dd></div>
            <div><dt>Any guess under 30°</dt><dd data-metric="encoder-any-under-30">{latest ? percent(latest.shareAnyUnder30) : '–'}</dd></div>
          </dl>
        </div>
        <LossCurve losses={losses} evaluations={evaluations} />
        <HeldBack evaluation={latest} />
      </div>
    </section>
  );
}
