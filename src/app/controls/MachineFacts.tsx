interface Props {
  /** "webgl" or "cpu"; nothing while no engine is here. */
  readonly backend: string | undefined;
  readonly renderer: string | undefined;
  readonly place: 'worker' | 'main thread' | undefined;
  /** What the graphics lack, in plain words. */
  readonly lacks: readonly string[] | undefined;
  readonly stepMs: number | undefined;
  readonly recoveries: number;
}

/** What computes, what it lacks and how fast it is. */
export function MachineFacts({ backend, renderer, place, lacks, stepMs, recoveries }: Props) {
  return (
    <>
      <dl className="machine">
        <div><dt>Backend</dt><dd>{backend ? `${backend}, in ${place === 'worker' ? 'a worker' : 'the page’s own thread'}` : '–'}</dd></div>
        <div><dt>Graphics</dt><dd>{renderer ?? '–'}</dd></div>
        <div><dt>Time of a step</dt><dd><span data-metric="step-time-ms">{stepMs === undefined ? '–' : stepMs.toFixed(0)}</span>{stepMs !== undefined && ' ms'}</dd></div>
        <div><dt>Recoveries</dt><dd data-metric="recoveries">{recoveries}</dd></div>
      </dl>
      {lacks && lacks.length > 0 && <ul className="machine__lacks" aria-label="What the graphics lack">{lacks.map((one) => <li key={one}>{one}</li>)}</ul>}
    </>
  );
}
