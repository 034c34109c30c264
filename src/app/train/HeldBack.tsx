import { useEffect, useRef } from 'react';
import type { ImageRecord } from '../../scene/mesh';
import type { TrainerEvaluation } from '../../workers/trainerApi';

function Thumbnail({ image, label }: { image: ImageRecord; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(image.data), image.width, image.height), 0, 0);
  }, [image]);
  return <canvas ref={canvas} className="held__canvas" width={image.width} height={image.height} role="img" aria-label={label} />;
}

/** Poses that training never saw, each beside the encoder's likeliest guess. */
export function HeldBack({ evaluation }: { evaluation: TrainerEvaluation | undefined }) {
  return (
    <figure className="held">
      <figcaption className="held__title">Held-back poses: as they are (above) and as guessed (below)</figcaption>
      {evaluation ? (
        <ul className="held__list">
          {evaluation.pictures.map(({ truth, guess, errorDeg }, i) => (
            <li key={i} className="held__item">
              <Thumbnail image={truth} label={`Held-back pose ${i + 1}`} />
              <Thumbnail image={guess} label={`The encoder's guess of pose ${i + 1}, off by ${errorDeg.toFixed(0)} degrees`} />
              <span data-metric="held-back-error-deg" className={errorDeg < 30 ? 'held__error held__error--near' : 'held__error'}>{errorDeg.toFixed(0)}°</span>
            </li>
          ))}
        </ul>
      ) : <p className="note">They appear once training begins.</p>}
    </figure>
  );
}
